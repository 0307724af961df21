"""Dates that name a day, month or year ("8. Februar 2024", "den 15 juni", "Q3 2023"), read at one place.

"08/02/2024" is 8 February in every language but English, where it counts only as some day in 2024 unless
one number is over twelve: American and British pages look alike.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.dates.mention import Expression
from ingest.dates.relative import GAP
from ingest.dates.vocabulary import LAST_WORDS, ORDINALS, SEASONS, months
from ingest.dates.years import COUNTED

# Before 1800 the number after a month may be a time of day or a count: "on 3 May 1630 GMT", "i maj 1500 personer".
_NO_YEAR = "|".join(sorted((*COUNTED, "gmt", "utc", "cet", "cest", "bst", "est", "edt", "hours", "hrs")))
_YEAR = rf"(?P<year>(?:1[89]|20|21)\d\d|1[0-7]\d\d(?!{GAP}(?:{_NO_YEAR})\b))(?!\d|[.,]\d)"
_ISO = re.compile(
    r"(?P<year>(?:1[89]|20|21)\d\d)(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)"
)
_NUMERIC = re.compile(
    r"(?P<first>\d{1,2})(?P<sep>[./-])[^\S\n]?(?P<second>\d{1,2})(?P=sep)[^\S\n]?(?P<year>\d{4}|\d{2})(?![\d/-]|[.,]\d)"
)
_SLASH_DAY_MONTH = re.compile(rf"(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?:{GAP}{_YEAR})?(?![\d/])")
_GERMAN_DAY_MONTH = re.compile(r"(?P<day>\d{1,2})\.[^\S\n]?(?P<month>\d{1,2})\.(?!\d)")
_DECADE = re.compile(r"(?P<year>(?:1[89]|20)\d0)(?:-talet|-tal|er[- ]Jahren?|er\b|s\b)", re.IGNORECASE)
_QUARTER = re.compile(r"q(?P<part>[1-4])(?:[\s/-]{1,2}" + _YEAR + ")?(?!\\w)", re.IGNORECASE)
_PART = re.compile(
    rf"(?:\.|:[ae]|st|nd|rd|th)?{GAP}(?P<unit>kvartalet|quarter|quartals?|halvåret|half|halbjahre?s?)"
    rf"(?:{GAP}(?:of{GAP}|des{GAP}jahres{GAP}|år{GAP})?{_YEAR}"
    rf"|(?P<this>{GAP}(?:of{GAP}(?:the|this){GAP}year|des{GAP}jahres|(?:av|på){GAP}året)))?(?!\w)",
    re.IGNORECASE,
)
_OF_A_YEAR = re.compile(rf"{GAP}of{GAP}(?:last|this|next|the{GAP}previous){GAP}year", re.IGNORECASE)
_WEEK_OF_MONTH = re.compile(
    rf"{GAP}(?:week|veckan|woche){GAP}(?:of|in|im|i|av){GAP}(?P<month>[^\W\d_]+)(?:{GAP}{_YEAR})?", re.IGNORECASE
)
_OF_YEAR = re.compile(
    rf"{GAP}(?:of{GAP}|des{GAP}Jahres{GAP}|år{GAP})?{_YEAR}(?:/(?P<second>\d\d(?:\d\d)?)\b)?"
)
_JOIN = r"(?:-|–|—|bis(?: zum)?|till|until|to|och|und|and|&)"
_BEFORE_PARTIAL = frozenset({"am", "vom", "zum", "bis", "ab", "den", "dem", "der", "seit", "til", "och"})
_BEFORE_RANGE = frozenset({"between", "mellan", "zwischen", "from", "från", "von", "vom"})
_BEFORE_MONTH = frozenset({
    "i", "in", "im", "of", "since", "sedan", "seit", "until", "till", "bis", "by", "from", "från", "vom",
    "during", "under", "early", "late", "mid", "anfang", "ende", "mitte", "av", "last", "next", "förra",
    "nästa", "vergangenen", "letzten", "kommenden", "nächsten", "this", "före", "efter", "before", "after",
    "nach", "vor", "between", "mellan", "zwischen", "ab", "med",
})  # fmt: skip


@cache
def _to_month(language: str) -> re.Pattern[str]:
    """What follows the first month of "between March and May 2023", "von April bis Juni"."""
    return re.compile(
        rf"{GAP}{_JOIN}{GAP}(?P<last>{_names(language)})(?!\w)(?:{GAP}{_YEAR})?", re.IGNORECASE
    )


@cache
def _day_month(language: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<day>\d{{1,2}})(?:\.|:[ae]|st|nd|rd|th|er|º)?"
        rf"(?:[^\S\n]{{0,3}}{_JOIN}[^\S\n]{{0,3}}(?P<last>\d{{1,2}})(?:\.|:[ae]|st|nd|rd|th)?)?"
        rf"[^\S\n]{{0,3}}(?:(?:of|de|d'){GAP})?(?P<month>{_names(language)})(?!\w)\.?"
        rf"(?:,?{GAP}(?:(?:de|del){GAP})?{_YEAR})?",
        re.IGNORECASE,
    )


@cache
def _month_first(language: str) -> re.Pattern[str]:
    day = (
        rf"{GAP}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)"
        rf"(?:[^\S\n]{{0,3}}{_JOIN}[^\S\n]{{0,3}}(?P<last>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))?(?:,?{GAP}{_YEAR})?"
        if language not in ("sv", "de", "da", "no", "fi", "nl", "pl", "ru")
        else "(?!)"
    )
    year = _YEAR.replace("year", "only")
    return re.compile(
        rf"(?P<month>{_names(language)})(?!\w)\.?(?:{day}|,?{GAP}(?:(?:de|del|of|år){GAP})?{year})?",
        re.IGNORECASE,
    )


def _names(language: str) -> str:
    return "|".join(sorted(map(re.escape, months(language)), key=len, reverse=True))


def read_number(text: str, start: int, before: str, language: str) -> Expression | None:
    """The date that begins with the digits at `start`; `before` is the lower-case word before them."""
    return (
        _read_iso(text, start)
        or _read_numeric(text, start, language)
        or _read_day_month(text, start, language)
        or _read_partial(text, start, before, language)
        or _read_part(text, start, start + 1, text[start : start + 1])
    )


def _int(match: re.Match[str], name: str) -> int | None:
    value = match[name]
    return int(value) if value else None


def _read_iso(text: str, start: int) -> Expression | None:
    match = _ISO.match(text, start)
    if match and 1 <= int(match["month"]) <= 12 and 1 <= int(match["day"]) <= 31:
        return Expression(
            start, match.end(), "day", int(match["year"]), int(match["month"]), int(match["day"])
        )
    match = _DECADE.match(text, start)
    return Expression(start, match.end(), "decade", int(match["year"])) if match else None


def _read_numeric(text: str, start: int, language: str) -> Expression | None:
    match = _NUMERIC.match(text, start)
    if match is None:
        return None
    day, month, year = int(match["first"]), int(match["second"]), int(match["year"])
    if len(match["year"]) == 2:
        if len(match["first"]) + len(match["second"]) < 4 or language == "en" or match["sep"] == "-":
            return None
        year += 2000
    if month > 12:
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1800 <= year < 2200):
        return None
    if language == "en" and match["sep"] == "/" and max(day, month) <= 12 and day != month:
        return Expression(start, match.end(), "year", year)
    return Expression(start, match.end(), "day", year, month, day)


def _read_day_month(text: str, start: int, language: str) -> Expression | None:
    match = _day_month(language).match(text, start)
    if match is None or not 1 <= int(match["day"]) <= 31:
        return None
    month = months(language)[match["month"].lower()]
    last = _int(match, "last")
    end = match.end() if match["year"] or not match[0].endswith(".") else match.end("month")
    return Expression(start, end, "day", _int(match, "year"), month, int(match["day"]), last)


def _read_partial(text: str, start: int, before: str, language: str) -> Expression | None:
    pattern = _SLASH_DAY_MONTH if language == "sv" else _GERMAN_DAY_MONTH
    match = pattern.match(text, start) if language in ("sv", "de") else None
    if match is None or not (1 <= int(match["month"]) <= 12 and 1 <= int(match["day"]) <= 31):
        return None
    year = _int(match, "year") if language == "sv" else None
    if year is None and before not in _BEFORE_PARTIAL:
        return None
    return Expression(start, match.end(), "day", year, int(match["month"]), int(match["day"]))


def read_word(text: str, start: int, end: int, word: str, before: str, language: str) -> Expression | None:
    """The date that begins with the word at `start:end` (`word`, `before`: in lower case)."""
    if word in months(language):
        return _read_month(text, start, before, language)
    if word in SEASONS.get(language, {}):
        match = _OF_YEAR.match(text, end)
        year = int(match["year"]) + (match["second"] is not None) if match else None
        return Expression(start, match.end(), "season", year, part=SEASONS[language][word]) if match else None
    if word == "q":
        match = _QUARTER.match(text, start)
        return (
            Expression(start, match.end(), "quarter", _int(match, "year"), part=int(match["part"]))
            if match
            else None
        )
    return _read_week(text, start, end, word, language) or _read_part(text, start, end, word)


def _read_week(text: str, start: int, end: int, word: str, language: str) -> Expression | None:
    """ "the first week of April", "sista veckan i maj", "in der zweiten Woche im Juni"; the last is numbered 0."""
    part = 0 if word in LAST_WORDS else ORDINALS.get(word)
    match = _WEEK_OF_MONTH.match(text, end) if part is not None else None
    if match is None or match["month"].lower() not in months(language):
        return None
    month = months(language)[match["month"].lower()]
    return Expression(start, match.end(), "week", _int(match, "year"), month, part=part)


def _read_month(text: str, start: int, before: str, language: str) -> Expression | None:
    match = _month_first(language).match(text, start)
    if match is None:
        return None
    month = months(language)[match["month"].lower()]
    groups = match.groupdict()
    if groups.get("day"):
        if not 1 <= int(groups["day"]) <= 31 or not text[start].isupper():
            return None
        year, last = groups.get("year"), groups.get("last")
        return Expression(
            start,
            match.end(),
            "day",
            int(year) if year else None,
            month,
            int(groups["day"]),
            int(last) if last else None,
        )
    if groups.get("only"):
        return Expression(start, match.end(), "month", int(groups["only"]), month)
    written = match["month"]
    proper = written[0].isupper() or language in (
        "sv",
        "da",
        "no",
        "nl",
        "fr",
        "es",
        "it",
        "pt",
        "fi",
        "pl",
        "ru",
    )
    to = _to_month(language).match(text, match.end("month")) if before in _BEFORE_RANGE else None
    if to and proper:
        last = months(language)[to["last"].lower()]
        return Expression(start, to.end(), "month", _int(to, "year"), month, last_month=last)
    if before in _BEFORE_MONTH and proper and len(written) > 2:
        return Expression(start, match.end("month"), "month", month=month)
    return None


def _read_part(text: str, start: int, end: int, word: str) -> Expression | None:
    """ "first quarter of 2023", "3. Quartal", "andra halvåret"."""
    part = ORDINALS.get(word) or (int(word) if word in ("1", "2", "3", "4") else None)
    match = _PART.match(text, end) if part else None
    if match is None:
        return None
    half = match["unit"].lower().startswith("hal")
    if match["unit"].lower() == "half" and not (match["year"] or match["this"] or _OF_A_YEAR.match(text, match.end())):
        return None  # of a match
    if half and (part or 0) > 2:
        return None
    shift = 0 if match["this"] else None
    return Expression(start, match.end(), "half" if half else "quarter", _int(match, "year"), part=part, shift=shift)
