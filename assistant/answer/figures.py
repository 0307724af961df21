"""Do two sentences give the same figure or day? Numbers with their units, and dates, apart from the question's own.

Careful on purpose: sentences that share any figure agree, and only figures of one unit can differ.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from assistant.answer.asked import Asked
from assistant.verify.numbers import Number, find_numbers, tells
from assistant.verify.times import dates_of, tells_date
from ingest.dates import DateMention

# "klockan 03.15", "at 7.40pm", "um 21 Uhr": times of day count nothing.
_HOUR_BEFORE = re.compile(r"\b(?:klockan|kl\.?)\s*$", re.IGNORECASE)
_HOUR_AFTER = re.compile(r"\s*(?:Uhr\b|[ap]\.?m\b|o[’']clock\b)", re.IGNORECASE)

Relation = Literal["agree", "differ", "unlike"]


def figures_of(text: str, language: str) -> tuple[Number, ...]:
    """The figures that `text` tells, dates left out."""
    days = [(mention.start, mention.end) for mention in dates_of(text, language, None)]
    return tuple(
        number
        for number in find_numbers(text, language)
        if not number.weak and not any(start <= number.start < end for start, end in days)
        and not _is_hour(text, number)
    )


def _is_hour(text: str, number: Number) -> bool:
    before = text[max(0, number.start - 10) : number.start]
    return bool(_HOUR_BEFORE.search(before) or _HOUR_AFTER.match(text, number.end))


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
    if any(tells(right, number) or tells([number], other) for number in left for other in right):
        return "agree"
    if left and right and _unit(left[0]) == _unit(right[0]):
        return "differ"
    return "unlike"


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


def _unit(number: Number) -> tuple[str | None, str | None]:
    return number.unit, number.measure[0] if number.measure else None
