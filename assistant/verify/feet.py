"""Feet and inches as one length: "6-foot-6", "six feet two inches", "5'11\""."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from assistant.verify.number_agreement import Number
from assistant.verify.number_tables import measures

_FEET = re.compile(r"(?:[\s-]?(?:foot|feet|ft)\b\.?[\s,-]*|['’′]\s?)", re.IGNORECASE)
_INCHES = re.compile(r"\s?[\"”″]|[\s-]?(?:in|inch|inches)\b|(?!\s?[^\W\d_])", re.IGNORECASE)
_INCH_SIGN = re.compile(r"\s?[\"”″]")
_MOST_INCHES = 12


def join_feet(text: str, numbers: Sequence[Number]) -> Iterator[Number]:
    """`numbers` with every pair that gives feet and inches made one number, measured in feet."""
    skipped = None
    for number, following in zip_longest(numbers, numbers[1:]):
        if following is not None and _is_feet_and_inches(text, number, following):
            skipped = following
            values = (number.values[0] + following.values[0] / _MOST_INCHES,)
            span = text[number.start : following.end]
            yield replace(number, end=following.end, text=span, values=values, measure=measures()["feet"])
        elif number is not skipped:
            yield number


def _is_feet_and_inches(text: str, number: Number, following: Number) -> bool:
    between = text[number.end : following.start]
    marked = between[:1] in ("'", "’", "′") and _INCH_SIGN.match(text, following.end) is not None
    if number.measure != measures()["feet"] and not marked:
        return False
    hyphened = between.startswith("-") and between.endswith("-")
    in_inches = hyphened or following.measure == measures()["inch"] or _INCHES.match(text, following.end) is not None
    return bool(_FEET.fullmatch(between)) and in_inches and 0 < following.values[0] < _MOST_INCHES
