"""Neighbours that are one expression: "Thursday, 8 February", "Mittwoch nächster Woche", "January this year"."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.dates.mention import Expression

_JOINT = re.compile(r"[^\S\n]{0,3},?[^\S\n]{0,3}(?:(?:the|den|dem|der|in|on|of|i|im|på|am|des)[^\S\n]{1,3})?")


def join(first: Expression, second: Expression, text: str) -> Expression | None:
    """Two neighbours that are one expression ("Thursday, 8 February", "Mittwoch nächster Woche")."""
    gap = _JOINT.fullmatch(text, first.end, second.start)
    if gap is None or second.start - first.end > 10:
        return None
    start, end = first.start, second.end
    if first.weekday is not None and second.day is not None:
        return replace(second, start=first.start)
    for one, other in ((first, second), (second, first)):
        if (
            one.weekday is not None
            and other.precision == "week"
            and other.shift is not None
            and other.part is None
            and "," not in gap[0]
        ):
            if other.counted:  # "am Montag in einer Woche" counts from the coming Monday
                return replace(one, weeks=other.shift, pick="today or next", start=start, end=end)
            return replace(one, shift=other.shift, pick=None, start=start, end=end)
        if (
            one.year is None
            and other.precision == "year"
            and not one.relative
            and (one.month is not None or one.part is not None)
        ):
            if other.shift is not None and (one is first or abs(other.shift) == 1):
                return replace(one, shift=other.shift, start=start, end=end)
            if one is first and not gap[0].strip(" ,"):
                return replace(one, year=other.year, start=start, end=end)
    return None


