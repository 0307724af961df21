"""Answers on the articles themselves: when published, who wrote it, which outlet, from which sources.

Made from the metadata alone, in our own words, or by saying that the page does not tell. Every line
cites a sentence of its article. Knows nothing of what the articles report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer.about_which import Field
from assistant.question import Query
from assistant.wording import (
    CREDITED,
    DATE_SOURCES,
    ESTIMATED,
    NO_AUTHOR,
    NO_PUBLISHER,
    NOT_DATED,
    OTHERS_UNDATED,
    PUBLISHED,
    PUBLISHED_BY,
    SPEAKS_OF,
    WRITTEN_BY,
    long_date,
    quoted,
    say,
)
from ingest.article import Article
from ingest.dates import DateMention, find_dates
from ingest.sentences import split_sentences

_HINTS = 3
_SHORTEST_OPENING = 40


@dataclass(frozen=True, slots=True)
class Statement:
    """A line of ours about an article and the sentence `article.text[start:end]` it cites."""

    text: str
    article: Article
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class About:
    """What the articles' metadata tell; `told` is False when none of what was asked for is known."""

    statements: tuple[Statement, ...]
    told: bool


def describe_article(
    query: Query, fields: Sequence[Field], article: Article, credits: Sequence[str]
) -> About:
    """What is asked of one article in one line; `credits` are the page's lines that name its sources."""
    facts, told = [], False
    hints = date_hints(article)
    for field in fields:
        fact, known = _FACTS[field](article, query.language, credits, hints)
        facts.append(fact)
        told = told or known
    start, end = _cited(article, hints if "date" in fields else ())
    line = f"{_name(article, query.language)}: {'; '.join(facts)}"
    return About((Statement(line, article, start, end),), told)


def list_dated(query: Query, articles: Iterable[Article], most: int) -> About:
    """Which articles state their publication date, at most `most` of them, and how many do not."""
    everything = list(articles)
    dated = [article for article in everything if article.metadata.published_at]
    language = query.language
    statements = [
        Statement(f"{_name(one, language)}: {_published(one, language)}", one, *_cited(one, ())) for one in dated[:most]
    ]
    undated = [article for article in everything if not article.metadata.published_at]
    if undated:
        text = say(OTHERS_UNDATED, language).format(count=len(undated), total=len(everything))
        names = ", ".join(article.metadata.publisher or _name(article, language) for article in undated[:most])
        statements.append(Statement(f"{text}: {names}", undated[0], *_cited(undated[0], ())))
    return About(tuple(statements), bool(dated))


def date_hints(article: Article) -> tuple[DateMention, ...]:
    """The time expressions of an undated article's text that tell most: days, then weeks, then weekdays."""
    found = [one for one in find_dates(article.text, article.language) if one.precision in ("day", "week", "month")]
    found.sort(key=lambda one: (one.relative, one.precision == "day" and one.relative, one.start))
    first: dict[str, DateMention] = {}
    for one in found:
        first.setdefault(one.text.casefold().rstrip("s"), one)
    return tuple(first.values())[:_HINTS]


def _name(article: Article, language: str) -> str:
    meta = article.metadata
    title = quoted(meta.title, language) if meta.title else article.name
    return f"{meta.publisher}, {title}" if meta.publisher else title


def _published(article: Article, language: str) -> str:
    iso = article.metadata.published_at or ""
    source = article.metadata.provenance.get("published_at", "text")
    where = say(DATE_SOURCES.get(source, DATE_SOURCES["text"]), language)
    day = long_date(date.fromisoformat(iso[:10]), language)
    return say(PUBLISHED, language).format(date=day, iso=iso[:10], where=where)


def _date_fact(
    article: Article, language: str, credits: Sequence[str], hints: Sequence[DateMention]
) -> tuple[str, bool]:
    if article.metadata.published_at:
        return _published(article, language), True
    facts = [say(NOT_DATED, language)]
    if hints:
        facts.append(say(SPEAKS_OF, language).format(days=", ".join(quoted(hint.text, language) for hint in hints)))
    if article.metadata.estimate:
        first, last = article.metadata.estimate
        facts.append(say(ESTIMATED, language).format(first=first, last=last))
    return "; ".join(facts), len(facts) > 1


def _author_fact(
    article: Article, language: str, credits: Sequence[str], hints: Sequence[DateMention]
) -> tuple[str, bool]:
    name = article.metadata.author
    return (say(WRITTEN_BY, language).format(name=name), True) if name else (say(NO_AUTHOR, language), False)


def _publisher_fact(
    article: Article, language: str, credits: Sequence[str], hints: Sequence[DateMention]
) -> tuple[str, bool]:
    name = article.metadata.publisher
    facts = [say(PUBLISHED_BY, language).format(name=name) if name else say(NO_PUBLISHER, language)]
    if credits:
        facts.append(say(CREDITED, language).format(lines=", ".join(quoted(line, language) for line in credits)))
    return "; ".join(facts), bool(name or credits)


_FACTS: dict[Field, Callable[[Article, str, Sequence[str], Sequence[DateMention]], tuple[str, bool]]] = {
    "date": _date_fact, "author": _author_fact, "publisher": _publisher_fact,
}


def _cited(article: Article, hints: Sequence[DateMention]) -> tuple[int, int]:
    """The sentence with the most telling time expression, else the opening one."""
    spans = split_sentences(article.text, article.language)
    holding = [(s, e) for hint in hints[:1] for s, e in spans if s <= hint.start and hint.end <= e]
    opening = [(s, e) for s, e in spans if e - s >= _SHORTEST_OPENING]
    return (holding or opening or list(spans) or [(0, len(article.text))])[0]
