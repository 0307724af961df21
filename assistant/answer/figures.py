"""Do two sentences give the same figure or day? Numbers with their units, and dates, apart from the question's own.

Careful on purpose: sentences that share any figure agree, and only figures of one kind and size can differ.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Literal

from assistant.answer.asked import Asked
from assistant.verify.number_agreement import significant_digits
from assistant.verify.numbers import Number, find_numbers, tells
from assistant.verify.times import dates_of, tells_date
from ingest.dates import DateMention

# "klockan 03.15", "at 7.40pm", "um 21 Uhr": times of day count nothing.
_HOUR_BEFORE = re.compile(r"\b(?:klockan|kl\.?)\s*$", re.IGNORECASE)
_HOUR_AFTER = re.compile(r"\s*(?:Uhr\b|[ap]\.?m\b|o[’']clock\b)", re.IGNORECASE)

# "Im 16. und 17. Jahrhundert", "the 2nd", "den 3:e": places in a row.
_ORDINAL_AFTER = re.compile(r"(?:st|nd|rd|th|:[ea])\b|\.\s(?:und|bis|oder)\b")
_CENTURY = re.compile(r"Jahrhundert|århundrade|seke?l|centur(?:y|ies)|-tal", re.IGNORECASE)

Relation = Literal["agree", "differ", "unlike"]
# The kind of a figure without a unit.
BARE = (None, None)

# Two reports of one thing are seldom five times apart: of 31 made-up pairs and 17 of two example sets none is more than
# 3.3 times the other, while "60 000 kronor a week" stood beside a repair for 38 million.
MOST_APART = 5.0
# A figure in fewer digits may be the other one rounded, even where no "about" says so.
ROUNDED = 0.05
# What a euro bought, lowest and highest yearly means since 2000 (European Central Bank) and a tenth on either side;
# Danish and Norwegian crowns are read as Swedish ones. Sums in two currencies differ when no such rate makes them one.
_PER_EURO = {"EUR": (1.0, 1.0), "USD": (0.8, 1.6), "GBP": (0.55, 0.98), "SEK": (6.7, 12.7), "JPY": (85.0, 190.0)}


def figures_of(text: str, language: str) -> tuple[Number, ...]:
    """The figures that `text` tells, dates left out."""
    days = [(mention.start, mention.end) for mention in dates_of(text, language, None)]
    return tuple(
        number
        for number in find_numbers(text, language)
        if not number.weak and not any(start <= number.start < end for start, end in days)
        and not _is_hour(text, number) and not _is_place(text, number)
    )


def _is_hour(text: str, number: Number) -> bool:
    before = text[max(0, number.start - 10) : number.start]
    return bool(_HOUR_BEFORE.search(before) or _HOUR_AFTER.match(text, number.end))


def _is_place(text: str, number: Number) -> bool:
    return bool(_ORDINAL_AFTER.match(text, number.end) or _CENTURY.search(number.text))


def figures_told(asked: Asked, text: str, language: str, question: Sequence[Number]) -> tuple[Number, ...]:
    """The figures of `text` that are of the asked-for kind and not in the question."""
    spans = asked.spans_in(text)
    return tuple(
        number
        for number in figures_of(text, language)
        if any(start < number.end and number.start < end for start, end in spans) and not tells(question, number)
        and (asked.kind != "money" or number.unit not in (None, "%"))
    )


def relate_figures(left: Sequence[Number], right: Sequence[Number]) -> Relation:
    """Whether two sentences' figures agree, differ in one unit, or cannot be compared."""
    relations = [relate_numbers(one, other) for one in left for other in right]
    return "agree" if "agree" in relations else relations[0] if relations else "unlike"


def relate_numbers(one: Number, other: Number) -> Relation:
    """Whether two figures are the same, two reports of one thing that differ, or nothing that can be held together."""
    left, right = _kind(one), _kind(other)
    if left != right and BARE not in (left, right):
        return "unlike"
    if one.measure == other.measure:  # only a figure in another unit is rounded anew: 14 and 15 km are two
        one, other = replace(one, measure=None), replace(other, measure=None)
    if tells([other], one) or tells([one], other):
        return "agree"
    if one.parts or other.parts or left != right:
        return "unlike"
    value, other_value = nearest_readings(one, other)
    exchanged = one.unit != other.unit
    (low, high), (least, most) = sorted((_range(one, value, exchanged=exchanged),
                                         _range(other, other_value, exchanged=exchanged)))
    if least <= high or _may_round(value, other_value) or most > MOST_APART * max(low, 1e-9):
        return "unlike"
    return "differ"


def nearest_readings(one: Number, other: Number) -> tuple[float, float]:
    """The readings of two figures that are nearest to each other: "2,300" beside "3.100" is no 2.3."""
    return min(
        product(one.values, other.values), key=lambda pair: abs(math.log(max(pair[0], 1e-9) / max(pair[1], 1e-9)))
    )


def _range(number: Number, value: float, *, exchanged: bool) -> tuple[float, float]:
    """The least and the most that a figure is in the base unit of its kind: metres, hours, euros if `exchanged`."""
    if number.unit in _PER_EURO:
        fewest, most = _PER_EURO[number.unit] if exchanged else (1.0, 1.0)
        return value / most, value / fewest
    value *= number.measure[1] if number.measure else 1.0
    return value, value


def _may_round(one: float, other: float) -> bool:
    """Whether the figure in fewer digits is the other one, give or take one of its last digit: 41 000 for 41 237."""
    rough, fine = sorted((one, other), key=significant_digits)
    if not rough or significant_digits(fine) < max(3, significant_digits(rough) + 1):
        return False
    last_digit = 10.0 ** (math.floor(math.log10(abs(rough))) + 1 - significant_digits(rough))
    return abs(rough - fine) < min(last_digit, ROUNDED * abs(fine))


def days_told(asked: Asked, text: str, language: str, written: date | None) -> tuple[DateMention, ...]:
    """The days and months that `text` states and the question does not; `written` is when it was published.

    "On Tuesday" is none of them: two weekdays are more often two events than two reports of one.
    """
    return tuple(
        mention
        for mention in dates_of(text, language, written)
        if mention.precision in ("day", "month") and mention.month is not None
        and not mention.relative and not asked.mentions(mention.text)
    )


def relate_days(left: Sequence[DateMention], right: Sequence[DateMention]) -> Relation:
    """Whether two sentences tell a common day, each a single other one, or cannot be compared."""
    if any(tells_date([other], one, ()) or tells_date([one], other, ()) for one in left for other in right):
        return "agree"
    if len(left) == len(right) == 1 and left[0].precision == right[0].precision:
        return "differ"
    return "unlike"


def same_figures(left: Sequence[Number], right: Sequence[Number]) -> bool:
    """Whether neither sentence tells a figure that the other lacks."""
    return all(tells(right, number) for number in left) and all(tells(left, number) for number in right)


def _kind(number: Number) -> tuple[str | None, str | None]:
    """What a figure is of: money in any currency, a share, a dimension, or a bare count."""
    if number.unit in _PER_EURO:  # "398.000 Pfund" weigh nothing
        return "money", None
    return number.unit, number.measure[0] if number.measure else None
