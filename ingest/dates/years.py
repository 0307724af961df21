"""Bare years: is "2024" the year, or a count of something?"""

from __future__ import annotations

import re

from ingest.dates.mention import Expression
from ingest.dates.relative import GAP

_YEAR = re.compile(r"(?:1[89]\d\d|20\d\d)(?![\d]|[.,:/]\d|[-–][^\W\d]|[^\W\d])(?:/\d{2}(?!\d))?")
_AFTER = re.compile(rf"{GAP}(?P<word>[^\W\d_]+|[%$€£°])")
_MONEY_BEFORE = re.compile(r"[$€£#+±§]\s?$|(?:\bnr|\bno|\bNr)\.?\s$")
_CUES = frozenset({
    "in", "i", "im", "since", "sedan", "sen", "seit", "from", "från", "von", "until", "till", "bis", "by",
    "during", "under", "year", "år", "året", "åren", "jahr", "jahre", "jahres", "early", "late", "mid",
    "anfang", "ende", "mitte", "before", "after", "före", "efter", "vor", "nach", "around", "omkring",
    "kring", "ab", "spring", "summer", "autumn", "våren", "sommaren", "hösten", "vintern", "frühjahr",
    "sommer", "herbst", "winter", "of", "for", "für", "för", "och", "und", "and", "mellan", "zwischen",
    "between",
})  # fmt: skip
# German prepositions that count as often as they date: "vor 2012 Zuschauern", "in 1900 Fällen".
_COUNTING_CUES = frozenset(["vor", "in", "mit", "für", "von", "und", "um", "bis", "auf", "nach"])
# What is counted: a number before one of these is an amount.
COUNTED = frozenset({
    "personer", "människor", "kronor", "miljoner", "miljarder", "procent", "meter", "kilometer", "km", "m",
    "kg", "ton", "hektar", "gånger", "soldater", "poäng", "röster", "bostäder", "invånare", "euro",
    "dollar", "kr", "kvm", "mil", "deltagare", "personen", "menschen", "kilometern", "metern", "prozent",
    "mal", "tonnen", "stimmen", "einwohner", "einwohnern", "teilnehmer", "millionen", "milliarden",
    "soldaten", "people", "million", "billion", "percent", "miles", "metres", "meters", "feet", "times",
    "votes", "points", "troops", "soldiers", "residents", "homes", "jobs", "cases", "words", "characters",
    "tecken", "fall", "st", "stycken", "stück", "uhr", "euros", "dollars", "pounds", "mw", "gw", "kwh",
    "mhz",
})  # fmt: skip
# Function words and verbs that may follow a year that stands alone; a noun there would be counted.
_FOLLOWERS = frozenset({
    "och", "eller", "som", "var", "har", "hade", "är", "ska", "skulle", "blev", "att", "på", "av", "till",
    "men", "då", "när", "med", "utan", "för", "från", "i", "fick", "gick", "kom", "tog", "und", "oder",
    "war", "wurde", "wurden", "hat", "hatte", "ist", "sind", "waren", "als", "bei", "mit", "von", "zu",
    "zum", "zur", "im", "in", "an", "auf", "aus", "nach", "wird", "werden", "haben", "hatten", "kam",
    "ging", "gab", "and", "or", "was", "were", "has", "had", "is", "are", "when", "with", "from", "to",
    "at", "on", "by", "but", "that", "as", "the",
})  # fmt: skip


def read_year(text: str, start: int, before: str, language: str) -> Expression | None:
    """The bare year whose digits begin at `start`; None when it may as well be an amount."""
    match = _YEAR.match(text, start)
    if match is None or _MONEY_BEFORE.search(text, max(0, start - 4), start):
        return None
    year = int(match[0][:4])
    expression = Expression(start, start + 4, "year", year)
    following = _AFTER.match(text, match.end())
    if following is None:
        return expression if before or _closed(text, start, match.end()) else None
    word = following["word"]
    lower = word.lower()
    if lower in COUNTED or not word[0].isalpha():
        return None
    if before in _CUES:
        doubtful = before in _COUNTING_CUES and word[0].isupper() if language == "de" else year % 100 == 0
        amount = doubtful and lower not in _FOLLOWERS
        return None if amount else expression
    return expression if lower in _FOLLOWERS else None


def _closed(text: str, start: int, end: int) -> bool:
    """Does the year stand in brackets or after a dash ("2019–2022"), not alone on its line?"""
    return text[start - 1 : start] in tuple("([–-") and text[end : end + 1] in tuple(")].,;–- ")
