"""Weekdays and months named in a text of any of three languages, also inside a word: "Montagabend", "oktoberregn".

It knows nothing of days of a year; `assistant.verify.times` does.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.verify.words import Word, read_words

_DAY_STEMS = (
    "monday mandag montag",
    "tuesday tisdag dienstag",
    "wednesday onsdag mittwoch",
    "thursday torsdag donnerstag",
    "friday fredag freitag",
    "saturday lordag samstag sonnabend",
    "sunday sondag sonntag",
)
_WEEKDAYS = {stem: number for number, stems in enumerate(_DAY_STEMS) for stem in stems.split()}
# Stems that name a month in the three languages, folded.
MONTHS = (
    ("januar",),
    ("februar",),
    ("march", "mars", "marz"),
    ("april",),
    ("may", "maj", "mai"),
    ("june", "juni"),
    ("july", "juli"),
    ("august",),
    ("septemb",),
    ("oktob", "octob"),
    ("novemb",),
    ("dezemb", "decemb"),
)
_AMBIGUOUS = frozenset(("may", "march", "mars", "august"))
_NO_MONTH = (
    "marsch",
    "marshal",
    "marchand",
    "mainz",
    "maidan",
    "mailand",
    "maintain",
    "mainly",
    "mayor",
    "maybe",
    "majorit",
    "majest",
    "marzipan",
    "maister",
    "mailbox",
    "maisch",
)
_AS_MONTH = re.compile(
    r"(?:\b(?:in|of|on|by|since|until|early|late|i|den|im|am|mid|next|last)|\d\.?)[ -]$", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def calendar_words(text: str) -> tuple[dict[int, str], dict[int, str]]:
    """The weekdays (0…6) and the months (1…12) named in `text`, each with the word that names it."""
    days: dict[int, str] = {}
    months: dict[int, str] = {}
    for word in read_words(text):
        for stem, number in _WEEKDAYS.items():
            if word.folded.startswith(stem):
                days.setdefault(number, word.text)
        month = _month_of(text, word)
        if month is not None:
            months.setdefault(month, word.text)
    return days, months


def _month_of(text: str, word: Word) -> int | None:
    for number, stems in enumerate(MONTHS, start=1):
        if word.folded not in stems and not (len(word.folded) > 5 and word.folded.startswith(stems)):
            continue
        if word.folded in _AMBIGUOUS and not _AS_MONTH.search(text[max(0, word.start - 9) : word.start]):
            return None
        return None if word.folded.startswith(_NO_MONTH) else number
    return None


def strange_days(claim: str, told: str) -> tuple[str, ...]:
    """Weekdays and months the claim names where the evidence names others instead."""
    strange = []
    for asked, answered in zip(calendar_words(claim), calendar_words(told), strict=True):
        if answered:
            strange += [word for number, word in asked.items() if number not in answered]
    return tuple(strange)
