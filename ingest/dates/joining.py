"""Neighbours that belong together: "Thursday, 8 February", "Mittwoch nächster Woche", "from 28 April to 3 May 2022"."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.dates.mention import Expression

_JOINT = re.compile(r"[^\S\n]{0,3},?[^\S\n]{0,3}(?:(?:the|den|dem|der|in|on|of|i|im|på|am|des)[^\S\n]{1,3})?")
# "28 April to Tuesday, the 3 May 2022".
_STRETCHES = re.compile(
    r",?[^\S\n]{0,3}(?:to|until|till|through|bis|and|och|und|t\.?o\.?m\.?|[–—-])[^\S\n]{0,3}(?:(?:the|den|zum|dem)[^\S\n]{1,3})?"
    r"(?:[^\W\d_]+,?[^\S\n]{1,3}(?:(?:the|den|dem)[^\S\n]{1,3})?)?"
)
_SIDE_BY_SIDE = re.compile(r"[^\S\n]{0,3}(?:and|och|und)\b")


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


def lend_year(first: Expression, second: Expression, text: str) -> Expression:
    """`first` in the year of `second` where the two end a stretch, or stand side by side, and only the second names it.

    A stretch that would end before it begins began the year before ("28 December to 3 January 2022"); days side by
    side out of order are of years that nobody can tell.
    """
    if first.month is None or first.year is not None or first.relative or second.month is None or second.year is None:
        return first
    if not {first.precision, second.precision} <= {"day", "month"}:
        return first
    gap = _STRETCHES.match(text, first.end)
    if gap is None or gap.end() < second.start:  # a weekday has its "till" with it
        return first
    ends_before = (second.month, second.day or 31) < (first.month, first.day or 1)
    if ends_before and _SIDE_BY_SIDE.match(text, first.end):
        return first
    return replace(first, year=second.year - ends_before)
