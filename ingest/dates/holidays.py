"""Holidays that date news ("on Christmas Eve", "under påskhelgen", "an Neujahr"), by language and by year.

A single day counts wherever it is named; a stretch ("Easter", "jul") only after a preposition of time, because
its name is as often part of another one ("Easter Rising", "Weihnachten ist teuer").
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from ingest.dates.mention import Expression, Holiday, Pick

GAP = r"[^\S\n]{1,3}"
# Month, day, number of days; of Christmas the three days that all three countries keep.
_FIXED: dict[Holiday, tuple[int, int, int]] = {
    "new year": (1, 1, 1), "epiphany": (1, 6, 1), "walpurgis": (4, 30, 1), "halloween": (10, 31, 1),
    "christmas eve": (12, 24, 1), "christmas day": (12, 25, 1), "boxing day": (12, 26, 1),
    "new year eve": (12, 31, 1), "christmas": (12, 24, 3), "turn of the year": (12, 31, 2),
}  # fmt: skip
# Days from Easter Sunday, number of days.
_MOVABLE: dict[Holiday, tuple[int, int]] = {
    "maundy thursday": (-3, 1), "good friday": (-2, 1), "easter saturday": (-1, 1), "easter sunday": (0, 1),
    "easter monday": (1, 1), "easter": (-2, 4), "ascension": (39, 1), "whit sunday": (49, 1),
    "whit monday": (50, 1), "whitsun": (48, 3),
}  # fmt: skip
STRETCHES: frozenset[Holiday] = frozenset({"christmas", "easter", "whitsun", "midsummer", "turn of the year"})
_TIME_WORDS = frozenset({
    "at", "over", "during", "since", "this", "last", "next", "i", "under", "över", "sedan", "vid", "förra",
    "an", "zu", "über", "zum", "seit", "am", "um", "letzte", "letzten", "vergangene", "vergangenen",
})  # fmt: skip
_NAMES: dict[str, dict[str, Holiday]] = {
    "sv": {
        "nyårsdagen": "new year", "trettondagen": "epiphany", "trettondedag jul": "epiphany",
        "valborg": "walpurgis", "valborgsmässoafton": "walpurgis", "julafton": "christmas eve",
        "julaftonen": "christmas eve", "juldagen": "christmas day", "annandag jul": "boxing day",
        "annandagen": "boxing day", "nyårsafton": "new year eve", "skärtorsdagen": "maundy thursday",
        "långfredagen": "good friday", "påskafton": "easter saturday", "påskdagen": "easter sunday",
        "annandag påsk": "easter monday", "kristi himmelsfärdsdag": "ascension", "pingstdagen": "whit sunday",
        "midsommarafton": "midsummer eve", "midsommardagen": "midsummer day", "midsommar": "midsummer",
        "midsommarhelgen": "midsummer", "påsk": "easter", "påsken": "easter", "påskhelgen": "easter",
        "påskas": "easter", "jul": "christmas", "julen": "christmas", "julhelgen": "christmas",
        "julas": "christmas", "pingst": "whitsun", "pingsthelgen": "whitsun",
        "årsskiftet": "turn of the year", "nyårshelgen": "turn of the year",
    },
    "de": {
        "neujahr": "new year", "neujahrstag": "new year", "heiligabend": "christmas eve",
        "heiligen abend": "christmas eve", "ersten weihnachtstag": "christmas day",
        "ersten weihnachtsfeiertag": "christmas day", "zweiten weihnachtstag": "boxing day",
        "zweiten weihnachtsfeiertag": "boxing day", "silvester": "new year eve",
        "silvesterabend": "new year eve", "gründonnerstag": "maundy thursday", "karfreitag": "good friday",
        "karsamstag": "easter saturday", "ostersonntag": "easter sunday", "ostermontag": "easter monday",
        "christi himmelfahrt": "ascension", "pfingstsonntag": "whit sunday",
        "pfingstmontag": "whit monday", "ostern": "easter", "osterwochenende": "easter",
        "pfingsten": "whitsun", "pfingstwochenende": "whitsun", "weihnachten": "christmas",
        "jahreswechsel": "turn of the year",
    },
    "en": {
        "new year's day": "new year", "christmas eve": "christmas eve", "christmas day": "christmas day",
        "boxing day": "boxing day", "new year's eve": "new year eve", "halloween": "halloween",
        "maundy thursday": "maundy thursday", "good friday": "good friday", "easter sunday": "easter sunday",
        "easter monday": "easter monday", "easter": "easter", "easter weekend": "easter",
        "christmas": "christmas", "ascension day": "ascension", "whit monday": "whit monday",
    },
}  # fmt: skip
_YEAR_AFTER = re.compile(rf"(?:{GAP}(?:in{GAP}|år{GAP})?|,{GAP})(?P<year>(?:19|20)\d\d)(?!\d|[.,]\d)")


@cache
def holiday_words(language: str) -> frozenset[str]:
    """Words that may begin the name of a holiday."""
    return frozenset(re.split(r"[ ']", name)[0] for name in _NAMES.get(language, {}))


@cache
def _pattern(language: str) -> re.Pattern[str]:
    names = sorted(_NAMES[language], key=len, reverse=True)
    forms = (re.escape(name).replace(r"\ ", GAP).replace("'", "['’]") for name in names)
    return re.compile(rf"(?:{'|'.join(forms)})(?![\w-])", re.IGNORECASE)


def read_holiday(text: str, start: int, before: str, language: str) -> Expression | None:
    """The holiday whose name begins at `start`, with its year where it is written; `before` as for `read_word`."""
    match = _pattern(language).match(text, start)
    if match is None or (language != "sv" and text[start].islower() and not match[0][-4:].istitle()):
        return None
    name = _NAMES[language][" ".join(match[0].lower().replace("’", "'").split())]
    if name in STRETCHES and before not in _TIME_WORDS:
        return None
    if language == "en" and name in STRETCHES and re.match(r"[’']s\b| [A-Z]", text[match.end() : match.end() + 2]):
        return None
    year = _YEAR_AFTER.match(text, match.end())
    pick: Pick | None = "past" if match[0].lower() in ("julas", "påskas") else None
    return Expression(
        start, year.end() if year else match.end(), "week" if name in STRETCHES else "day",
        int(year["year"]) if year else None, holiday=name, pick=pick,
    )  # fmt: skip


def holiday_span(holiday: Holiday, year: int) -> tuple[date, date]:
    """First and last day of a holiday in `year`; the turn of the year is the one that begins `year`."""
    if holiday == "turn of the year":
        year -= 1
    if holiday in _FIXED:
        month, day, days = _FIXED[holiday]
        first = date(year, month, day)
    elif holiday.startswith("midsummer"):  # its eve is the Friday of 19 to 25 June
        eve = date(year, 6, 19) + timedelta(days=(4 - date(year, 6, 19).weekday()) % 7)
        days = 3 if holiday == "midsummer" else 1
        first = eve + timedelta(days=holiday == "midsummer day")
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
