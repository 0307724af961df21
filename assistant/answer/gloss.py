"""Dates and countries of a quote in the question's language, for readers of another one; nothing is translated.

A relative date ("on Tuesday") is told with its day where the article says when it was published. Knows
Swedish, German and English.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from babel import Locale

from assistant.answer.asked import what_is_asked
from assistant.answer.breadth import how_broad
from assistant.question import Query, question_parts
from assistant.verify.lexicon import LANGUAGES
from assistant.wording import long_date, month_name
from ingest.article import Article
from ingest.dates import DateMention, find_dates

_ASKS_COUNTRIES = re.compile(
    r"\b(?:land|länder\w*|stater\w*|staaten\w*|country|countries|nations?|nationer\w*|nationen|states)\b", re.IGNORECASE
)
MOST_DATES = 3
MOST_COUNTRIES = 12


def gloss_quote(query: Query, article: Article, quote: str) -> tuple[str, ...]:
    """What of `quote` is worth repeating in the question's language; empty when it reads well as it is."""
    if query.language not in LANGUAGES:
        return ()
    told: list[str] = []
    if _asks_date(query):
        told += _dates(query, article, quote)
    if article.language != query.language and _ASKS_COUNTRIES.search(query.question):
        told += _countries(quote, article.language, query.language)
    return tuple(dict.fromkeys(told))


def _asks_date(query: Query) -> bool:
    if how_broad(query.question) != "point":
        return True
    kinds = (what_is_asked(one.question) for one in (query, *question_parts(query)))
    return any(kind is not None and kind.kind == "date" for kind in kinds)


def _dates(query: Query, article: Article, quote: str) -> list[str]:
    iso = article.metadata.published_at
    written = date.fromisoformat(iso[:10]) if iso else None
    across = article.language != query.language
    found = [one for one in find_dates(quote, article.language, reference=written) if across or one.relative]
    return [told for one in found if (told := _written_out(one, query.language))][:MOST_DATES]


def _written_out(mention: DateMention, language: str) -> str | None:
    """A day or month in `language`, with its year only where the text or the day of publication tells it."""
    exact = mention.earliest is not None and mention.earliest == mention.latest
    if mention.precision == "day" and exact and mention.earliest and not mention.inferred:
        return long_date(mention.earliest, language)
    if mention.relative or mention.month is None or mention.precision not in ("day", "month"):
        return None
    day = f"{mention.day}{'.' if language == 'de' else ''} " if mention.day else ""
    year = f" {mention.year}" if mention.year and not mention.inferred else ""
    return f"{day}{month_name(mention.month, language)}{year}"


def _countries(quote: str, language: str, into: str) -> list[str]:
    names = [(match.start(), code) for name, code in _territories(language).items()
             for match in re.finditer(rf"\b{re.escape(name)}s?\b", quote)]
    wanted = Locale.parse(into).territories
    return [wanted[code] for _, code in sorted(names)][:MOST_COUNTRIES]


@cache
def _territories(language: str) -> dict[str, str]:
    """Country names of a language and their two-letter codes."""
    if language not in LANGUAGES:
        return {}
    names = Locale.parse(language).territories
    return {name: code for code, name in names.items() if code.isalpha() and len(code) == 2}
