"""Holidays that date news ("on Christmas Eve", "under påskhelgen", "an Neujahr"), by language and by year.

A single day counts wherever it is named; a stretch ("Easter", "jul") only after a preposition of time, because
its name is as often part of another one ("Easter Rising", "Weihnachten ist teuer").
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from ingest.dates.holiday_names import NAMES
from ingest.dates.mention import Expression, Pick

GAP = r"[^\S\n]{1,3}"
# Month, day, number of days; of Christmas the three days that all three countries keep.
_FIXED: dict[str, tuple[int, int, int]] = {
    "new year": (1, 1, 1), "epiphany eve": (1, 5, 1), "epiphany": (1, 6, 1), "saint knut": (1, 13, 1),
    "burns night": (1, 25, 1), "holocaust": (1, 27, 1), "valentine": (2, 14, 1), "women": (3, 8, 1),
    "patrick": (3, 17, 1), "walpurgis": (4, 30, 1), "may day": (5, 1, 1), "swedish day": (6, 6, 1),
    "juneteenth": (6, 19, 1), "turn of the half-year": (6, 30, 2), "assumption": (8, 15, 1), "unity": (10, 3, 1),
    "halloween": (10, 31, 1), "reformation": (10, 31, 1), "all saints": (11, 1, 1), "bonfire": (11, 5, 1),
    "martinmas": (11, 11, 1), "armistice": (11, 11, 1), "saint nicholas": (12, 6, 1), "lucia": (12, 13, 1),
    "christmas eve": (12, 24, 1), "christmas day": (12, 25, 1), "boxing day": (12, 26, 1), "christmas": (12, 24, 3),
    "between the years": (12, 27, 4), "new year eve": (12, 31, 1), "turn of the year": (12, 31, 2),
}  # fmt: skip
# Days from Easter Sunday, number of days.
_MOVABLE: dict[str, tuple[int, int]] = {
    "women carnival": (-52, 1), "rose monday": (-48, 1), "shrove tuesday": (-47, 1), "ash wednesday": (-46, 1),
    "palm sunday": (-7, 1), "maundy thursday": (-3, 1), "good friday": (-2, 1), "easter saturday": (-1, 1),
    "easter sunday": (0, 1), "easter monday": (1, 1), "easter": (-2, 4), "ascension": (39, 1), "whit sunday": (49, 1),
    "whit monday": (50, 1), "whitsun": (48, 3), "corpus christi": (60, 1),
}  # fmt: skip
# The first such weekday (0 is Monday) from a month and day on, days added, number of days.
_WEEKDAY_FROM: dict[str, tuple[int, int, int, int, int]] = {
    "king": (0, 1, 15, 0, 1), "presidents": (0, 2, 15, 0, 1), "mother de": (6, 5, 8, 0, 1),
    "memorial": (0, 5, 25, 0, 1),
    "mother sv": (6, 5, 25, 0, 1), "midsummer eve": (4, 6, 19, 0, 1), "midsummer day": (4, 6, 19, 1, 1),
    "midsummer": (4, 6, 19, 0, 3), "labor": (0, 9, 1, 0, 1), "columbus": (0, 10, 8, 0, 1),
    "all saints sv": (5, 10, 31, 0, 1), "father sv": (6, 11, 8, 0, 1), "remembrance": (6, 11, 8, 0, 1),
    "thanksgiving": (3, 11, 22, 0, 1), "black friday": (3, 11, 22, 1, 1), "cyber monday": (3, 11, 22, 4, 1),
    "volkstrauertag": (6, 11, 27, -14, 1), "repentance": (6, 11, 27, -11, 1), "totensonntag": (6, 11, 27, -7, 1),
    "advent 1": (6, 11, 27, 0, 1), "advent 2": (6, 11, 27, 7, 1), "advent 3": (6, 11, 27, 14, 1),
    "advent 4": (6, 11, 27, 21, 1),
}  # fmt: skip
STRETCHES = frozenset({"christmas", "easter", "whitsun", "midsummer", "turn of the year"})
# Single days whose name means something else as well: a girl's name, other countries' days.
_DOUBTFUL = frozenset({"lucia", "swedish day"})
_WITH_PREPOSITION = frozenset({"the turn of the year"})
_TIME_WORDS = frozenset({
    "at", "over", "during", "since", "this", "last", "next", "by", "until", "i", "på", "under", "över", "sedan", "vid",
    "förra", "till", "med", "kring", "an", "zu", "über", "zum", "seit", "am", "um", "bis", "letzte", "letzten",
    "vergangene", "vergangenen", "vergangenes", "letztes", "nächste", "nächstes", "in", "der",
    "before", "after", "före", "innan", "inför", "efter", "vor", "nach",
})  # fmt: skip
_YEAR_AFTER = re.compile(rf"(?:{GAP}(?:in{GAP}|år{GAP})?|,{GAP})(?P<year>(?:19|20)\d\d)(?!\d|[.,]\d)")


@cache
def holiday_words(language: str) -> frozenset[str]:
    """Words that may begin the name of a holiday."""
    return frozenset(re.split(r"[ ']", name)[0] for name in NAMES.get(language, {}))


@cache
def _pattern(language: str) -> re.Pattern[str]:
    names = sorted(NAMES[language], key=len, reverse=True)
    forms = (re.escape(name).replace(r"\ ", GAP).replace("'", "['’]") for name in names)
    return re.compile(rf"(?:{'|'.join(forms)})(?![\w-])", re.IGNORECASE)


def read_holiday(text: str, start: int, before: str, language: str) -> Expression | None:
    """The holiday whose name begins at `start`, with its year where it is written; `before` as for `read_word`."""
    match = _pattern(language).match(text, start)
    if match is None:
        return None
    written = " ".join(match[0].lower().replace("’", "'").split())
    name = NAMES[language][written]
    unmarked = written not in _WITH_PREPOSITION
    if language != "sv" and match[0].islower() and unmarked:
        return None
    if (name in STRETCHES or name in _DOUBTFUL) and before not in _TIME_WORDS and unmarked:
        return None
    if language == "en" and name in STRETCHES and re.match(r"[’']s\b| [A-Z]", text[match.end() : match.end() + 2]):
        return None
    year = _YEAR_AFTER.match(text, match.end())
    pick: Pick | None = "past" if match[0].lower() in ("julas", "påskas") else None
    return Expression(
        start, year.end() if year else match.end(), "week" if _is_stretch(name) else "day",
        int(year["year"]) if year else None, holiday=name, pick=pick,
    )  # fmt: skip


def _is_stretch(holiday: str) -> bool:
    first, last = holiday_span(holiday, 2000)
    return first != last


def holiday_span(holiday: str, year: int) -> tuple[date, date]:
    """First and last day of a holiday in `year`; the turn of the year is the one that begins `year`."""
    if holiday == "turn of the year":
        year -= 1
    if holiday in _FIXED:
        month, day, days = _FIXED[holiday]
        first = date(year, month, day)
    elif holiday in _WEEKDAY_FROM:
        weekday, month, day, later, days = _WEEKDAY_FROM[holiday]
        earliest = date(year, month, day)
        first = earliest + timedelta(days=(weekday - earliest.weekday()) % 7 + later)
    else:
        offset, days = _MOVABLE[holiday]
        first = easter_sunday(year) + timedelta(days=offset)
    return first, first + timedelta(days=days - 1)


def easter_sunday(year: int) -> date:
    """Western Easter (Meeus, Jones, Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
