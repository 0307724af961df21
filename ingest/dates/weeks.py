"""Weeks by their number, as Swedish and German calendars have them: "vecka 32", "KW 7", "12. Kalenderwoche"."""

from __future__ import annotations

import re

from ingest.dates.mention import Expression
from ingest.dates.relative import GAP

WEEK_WORDS = {"sv": ("vecka",), "de": ("kw", "kalenderwoche")}
_AFTER = re.compile(rf"{GAP}(?P<week>\d{{1,2}})(?![\d%]|[.,:]\d)")
_BEFORE = re.compile(rf"\.{GAP}(?:Kalenderwoche|KW)(?!\w)")
# "i vecka 12 av graviditeten"
_PREGNANCY = re.compile(r"gravid|abort|foster|förlossning|föd[ds]", re.IGNORECASE)
_WINDOW = 80


def read_week_number(text: str, start: int, end: int, language: str) -> Expression | None:
    """The week whose word or, in German, number is `text[start:end]`; None for weeks of a pregnancy."""
    if text[start].isdecimal():
        match = _BEFORE.match(text, end) if language == "de" else None
        week = text[start:end]
    else:
        match = _AFTER.match(text, end)
        week = match["week"] if match else ""
    if match is None or not 1 <= int(week) <= 53:
        return None
    if _PREGNANCY.search(text, max(0, start - _WINDOW), match.end() + _WINDOW):
        return None
    return Expression(start, match.end(), "week", week_number=int(week))
