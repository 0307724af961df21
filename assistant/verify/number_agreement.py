"""One number of a text, and whether others say the same: in other words, rounded, or in another unit.

It knows nothing of how numbers are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Converted quantities are rounded anew: 6 metres for 20 feet, 2,5 Zentimeter for an inch.
_CONVERSION = 0.1
# Spans of time are not: ten years are a decade, 30 days a month.
_TIME_CONVERSION = 0.02
FAHRENHEIT = ("temperature", 5 / 9)
CELSIUS = ("temperature", 1.0)
DEGREE = ("temperature", 0.0)


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a text; `values` are its plausible readings, `unit` "%", "%-points", a currency code or None.

    `weak` numbers ("a", "both", "second", a conversion in brackets) may support another one and are never
    asked for themselves. `bound` is +1 for "more than", -1 for "less than". `measure` is the dimension
    and size of the unit of length, weight … that follows. A ratio ("four in ten") is a fraction or its `parts`.
    """

    start: int
    end: int
    text: str
    values: tuple[float, ...]
    unit: str | None = None
    weak: bool = False
    hedged: bool = False
    bound: int = 0
    measure: tuple[str, float] | None = None
    parts: tuple[Number, ...] = ()


def tells(evidence: Iterable[Number], number: Number) -> bool:
    """Whether one of the numbers of the evidence says `number`, a rounding of it if it is hedged."""
    known = list(evidence)
    return any(_agree(number, other) for other in known) or bool(
        number.parts and all(tells(known, part) for part in number.parts)
    )


def out_of_bounds(evidence: Iterable[Number], number: Number) -> bool:
    """Whether the evidence bounds the same number from the other side: less than 40, more than 40."""
    return number.bound != 0 and any(
        other.bound == -number.bound and set(other.values) & set(number.values) for other in evidence
    )


def left_over(claim: Sequence[Number], sentence: Sequence[Number]) -> tuple[tuple[Number, Number], ...]:
    """Pairs of numbers of one kind that stay alone when every other number has found its own partner.

    Where the sentence translates the claim, such a pair is one number exchanged for another, even when the
    claim's number stands in the sentence a second time.
    """
    free = list(sentence)
    alone = []
    for number in claim:
        partner = next((other for other in free if _agree(number, other)), None)
        if partner is not None:
            free.remove(partner)
        elif not number.weak:
            alone.append(number)
    strong = [other for other in free if not other.weak and not any(_agree(number, other) for number in claim)]
    repeated = [other for other in free if not other.weak and other not in strong]
    pairs = []
    for number in alone:
        pool = strong or repeated
        partner = next((other for other in pool if _kind(other) == _kind(number)), None)
        if partner is not None:
            pool.remove(partner)
            pairs.append((number, partner))
    return tuple(pairs)


def _kind(number: Number) -> tuple[str | None, str | None]:
    return number.unit, number.measure[0] if number.measure else None


def _agree(number: Number, other: Number) -> bool:
    if _share(number, other) or _share(other, number):
        return True
    if not _may_be_one_unit(number.unit, other.unit):
        return False
    return any(
        abs(value - told) <= 1e-9 * max(abs(value), abs(told), 1e-9)
        or _converts(number, value, other, told)
        or _rounds(number, value, told)
        for value in number.values
        for told in other.values
    )


def _may_be_one_unit(one: str | None, two: str | None) -> bool:
    """Whether the units are the same or one is left out; languages leave out that points are of a percentage."""
    if "%-points" in (one, two):
        return {one, two} <= {"%-points", "%", None}
    return one == two or (None in (one, two) and "%" not in (one, two))


def _share(fraction: Number, percent: Number) -> bool:
    """Whether a fraction says a percentage: half is 50 %, a fifth 20 %, two thirds 67 %."""
    return percent.unit == "%" and fraction.unit is None and any(
        0 < value < 1 and abs(value * 100 - told) <= 0.5 for value in fraction.values for told in percent.values
    )


def _converts(number: Number, value: float, other: Number, told: float) -> bool:
    """Whether the two are one quantity in two units: 6 metres are 20 feet, give or take a tenth."""
    if number.measure is None or other.measure is None or number.measure[0] != other.measure[0]:
        return False
    if number.measure == other.measure != DEGREE:
        return False
    if number.measure[0] == "temperature":
        return _converts_degrees(value, number.measure[1], told, other.measure[1])
    asked, answered = value * number.measure[1], told * other.measure[1]
    exact = number.measure[0] == "time" and not number.hedged
    tolerance = _TIME_CONVERSION if exact else _CONVERSION
    return abs(asked - answered) <= tolerance * max(asked, answered)


def _converts_degrees(value: float, size: float, told: float, told_size: float) -> bool:
    """Degrees as a point of the scale or as a difference; a bare "degrees" may be either scale."""
    pairs = []
    if size != CELSIUS[1] and told_size != FAHRENHEIT[1]:
        pairs.append((value, told))
    if told_size != CELSIUS[1] and size != FAHRENHEIT[1]:
        pairs.append((told, value))
    return any(
        abs(reading - celsius) <= max(1.0, _CONVERSION * abs(celsius))
        for fahrenheit, celsius in pairs
        for reading in ((fahrenheit - 32) * 5 / 9, fahrenheit * 5 / 9)
    )


def _rounds(number: Number, value: float, told: float) -> bool:
    """Whether `value` is `told` in fewer digits: hedged to 10 %, or a large figure to two digits."""
    if not value or not told or value == told:
        return False
    gap = abs(value - told) / abs(told)
    if number.hedged:
        return gap <= 0.1 and significant_digits(value) < significant_digits(told)
    return abs(value) >= 1e5 and gap <= 0.005 and 2 <= significant_digits(value) < significant_digits(told)


def significant_digits(value: float) -> int:
    """How many digits of a value are no zeros at its end: 2 for 41 000, 5 for 41 237."""
    return len(f"{value:.6g}".partition("e")[0].replace(".", "").strip("0-")) or 1
