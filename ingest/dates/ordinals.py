"""Days of a month told by their order: "the first Monday in March", "sista april", "am 12. dieses Monats"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from ingest.dates.mention import Expression
from ingest.dates.relative import GAP
from ingest.dates.vocabulary import LAST_WORDS, ORDINALS, months, weekdays

# "the first Monday in March", "letzten Freitag des Monats": the words between.
_OF = {"sv": "i|av", "de": "im|in|des", "en": "of|in"}
# Months that count from the day of writing.
_RELATIVE_MONTHS = {
    "sv": {
        "månaden": 0, "denna månad": 0, "den här månaden": 0, "innevarande månad": 0, "nästa månad": 1,
        "kommande månad": 1, "förra månaden": -1,
    },
    "de": {
        "monats": 0, "monat": 0, "dieses monats": 0, "diesem monat": 0, "laufenden monats": 0,
        "nächsten monats": 1, "nächsten monat": 1, "kommenden monats": 1, "kommenden monat": 1,
        "vergangenen monats": -1, "vergangenen monat": -1, "letzten monats": -1, "vorigen monats": -1,
    },
    "en": {"the month": 0, "this month": 0, "next month": 1, "last month": -1},
}  # fmt: skip
_DAY = {"sv": "dagen", "de": "tag(?:es)?", "en": "day"}
_YEAR = r"(?:,?[^\S\n]{1,3}(?P<year>(?:19|20)\d\d)(?![\d]|[.,]\d))?"


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """What follows "first": a weekday or a day, and whose month."""
    days = "|".join(sorted(weekdays(language), key=len, reverse=True))
    return re.compile(
        rf"(?:{GAP}(?:(?P<weekday>{days})|(?P<day>{_DAY[language]})))?(?P<of>{GAP}(?:{_OF[language]}))?{GAP}{_month(language)}",
        re.IGNORECASE,
    )


@cache
def _numbered(language: str) -> re.Pattern[str]:
    """What follows the number of "12th of this month"."""
    months = "|".join(sorted(_RELATIVE_MONTHS[language], key=len, reverse=True)).replace(" ", GAP)
    return re.compile(
        rf"(?:\.|:[ae]|st|nd|rd|th)?(?:{GAP}(?:{_OF[language]}))?{GAP}(?P<relative>{months})(?!\w)", re.IGNORECASE
    )


def _month(language: str) -> str:
    relative = "|".join(sorted(_RELATIVE_MONTHS[language], key=len, reverse=True)).replace(" ", GAP)
    names = "|".join(sorted((name for name in months(language) if len(name) > 2), key=len, reverse=True))
    return rf"(?:(?P<relative>{relative})|(?P<month>{names})(?![\w-]){_YEAR})(?!\w)"


def read_numbered_day(text: str, start: int, end: int, language: str) -> Expression | None:
    """ "12th of this month", "12. dieses Monats": the number `text[start:end]` as a day of a month near the writing."""
    match = _numbered(language).match(text, end) if language in _OF else None
    if match is None or not 1 <= int(text[start:end]) <= 28:
        return None
    shift = _RELATIVE_MONTHS[language][" ".join(match["relative"].lower().split())]
    return Expression(start, match.end(), "day", day=int(text[start:end]), shift=shift)


def read_ordinal(text: str, start: int, end: int, word: str, language: str) -> Expression | None:
    """The day of a month that begins with an ordinal word or "last" at `start:end`."""
    part = 0 if word in LAST_WORDS else ORDINALS.get(word)
    match = _pattern(language).match(text, end) if part is not None and language in _OF else None
    if match is None or part is None or not _is_day(match, part, language):
        return None
    found = Expression(start, match.end(), "day")
    if match["weekday"]:
        found = replace(found, part=part, weekday=weekdays(language)[match["weekday"].lower()])
    else:
        found = replace(found, day=part)
    if match["relative"]:
        return replace(found, shift=_RELATIVE_MONTHS[language][" ".join(match["relative"].lower().split())])
    year = int(match["year"]) if match["year"] else None
    return replace(found, month=months(language)[match["month"].lower()], year=year)


def _is_day(match: re.Match[str], part: int, language: str) -> bool:
    """ "Last March" is a month, "first in May" and "first of the month" need not be days."""
    if match["weekday"]:
        return bool(match["of"])
    if match["day"]:
        return part < 2
    if match["relative"]:
        return False
    if language == "en":
        return part > 0 and bool(match["of"]) and match["of"].split()[-1].lower() == "of"
    return not match["of"] and (part > 0 or language == "sv")
