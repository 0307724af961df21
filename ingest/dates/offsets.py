"""What stands before the date it counts from: "the Monday before" Christmas, "zwei Tage nach dem" 3. Mai."""

from __future__ import annotations

import re
from functools import cache

from ingest.dates.mention import Offset, Precision
from ingest.dates.numbers import NUMBER, NUMBERS
from ingest.dates.relative import GAP
from ingest.dates.vocabulary import weekdays

_UNITS: dict[str, dict[str, Precision]] = {
    "sv": {"dagen": "day", "dagar": "day", "veckan": "week", "veckor": "week", "vecka": "week"},
    "de": {"tag": "day", "tage": "day", "tagen": "day", "woche": "week", "wochen": "week"},
    "en": {"day": "day", "days": "day", "week": "week", "weeks": "week"},
}
_WAYS = {"sv": ("före|innan", "efter"), "de": ("vor", "nach"), "en": ("before", "after")}


@cache
def offset_words(language: str) -> frozenset[str]:
    """Words that may begin such an expression."""
    if language not in _UNITS:
        return frozenset()
    return frozenset((*_UNITS[language], *NUMBERS[language], *weekdays(language)))


@cache
def _pattern(language: str) -> re.Pattern[str]:
    days = "|".join(sorted(weekdays(language), key=len, reverse=True))
    before, after = _WAYS[language]
    return re.compile(
        rf"(?:(?:(?P<n>{NUMBER}){GAP})?(?P<unit>{'|'.join(_UNITS[language])})|(?P<weekday>{days})){GAP}"
        rf"(?:(?P<before>{before})|(?P<after>{after})){GAP}(?:(?:the|den|dem|der){GAP})?",
        re.IGNORECASE,
    )


def offset_before(text: str, start: int, language: str) -> tuple[Offset, int] | None:
    """The offset that begins at `start` and where the date it counts from must begin."""
    match = _pattern(language).match(text, start) if language in _UNITS else None
    if match is None:
        return None
    after = match["after"] is not None
    if match["weekday"]:
        return Offset(after, weekday=weekdays(language)[match["weekday"].lower()]), match.end()
    written = (match["n"] or "1").lower()
    count = int(written) if written.isdecimal() else NUMBERS[language].get(written)
    if count is None:
        return None
    unit = _UNITS[language][match["unit"].lower()]
    if unit == "week" and match["n"]:  # "three weeks after 3 May" is a day
        return Offset(after, 7 * count), match.end()
    return Offset(after, count, unit), match.end()
