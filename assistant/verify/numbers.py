"""Numbers of a text with every plausible reading, and whether one is told by others.

227.7 billion, 227,7 Milliarden and 227,7 miljarder are one number; "1,500" may be 1500 or 1.5. It knows
nothing of dates: the caller leaves out what stands inside one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.verify.number_words import (
    measures,
    number_words,
    ordinal_words,
    scale_words,
    stand_ins,
    unit_words,
)

_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_SPACE = "[ \u00a0\u202f\u2009]"
_DIGITS = (
    rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:[.,]\d{{1,2}}(?!\d))?"
    r"|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?|\d{1,3}(?:['’]\d{3})+(?!\d)"
    r"|\d+[.,]\d+|\d+"
)
_NUMBER = re.compile(
    rf"(?P<sign>(?:US)?[$€£¥]{_SPACE}?)?(?<![\w.,])(?P<digits>{_DIGITS})(?P<fraction>{_SPACE}?[½¼¾⅓⅔])?"
    r"(?P<clock>:[0-5]\d(?!\d))?"
    r"|(?P<alone>[½¼¾⅓⅔])|(?P<word>[^\W\d_]+(?:-[^\W\d_]+)?)"
)
_FOLLOWING = re.compile(r"[\s\u00a0\u202f-]{0,2}(?P<word>per cent|[^\W\d_]+|%|[$€£¥])\.?")
_RANGE_TO_UNIT = re.compile(
    r"\s?(?:[-–—]|to|till|bis|and|och|und|or|eller|oder)\s?[$€£]?\d[\d.,]*\s?(%|per ?cent|procent|Prozent)"
)
_CENTURY = re.compile(
    r"(?:st|nd|rd|th|:e|\.)?[\s-](?:century|centuries|Jahrhundert\w*|århundrade\w*|seklet|sekel)"
)
_HUNDREDS = re.compile(r"-tal\w*|er(?:[\s-]Jahre\w*)?\b|s\b")
_DAYTIME = re.compile(r"\s?(?P<half>[ap])\.?m\b|\s?(?:Uhr|o'clock)", re.IGNORECASE)
_HEDGE = re.compile(
    r"(?:about|around|nearly|almost|roughly|approximately|over|more than|under|less than|at least|up to|some|"
    r"omkring|ungefär|nästan|cirka|ca|drygt|knappt|runt|över|mer än|fler än|under|mindre än|minst|upp till|"
    r"etwa|rund|ungefähr|fast|beinahe|über|mehr als|unter|weniger als|mindestens|bis zu|knapp)\s*[$€£]?$",
    re.IGNORECASE,
)

_ABOVE = (
    " over",
    " more than",
    " above",
    " exceeding",
    " upwards of",
    " at least",
    " över",
    " mer än",
    " fler än",
    " minst",
    " drygt",
    " über",
    " mehr als",
    " mindestens",
)
_BELOW = (
    " under",
    " less than",
    " fewer than",
    " below",
    " at most",
    " mindre än",
    " färre än",
    " högst",
    " knappt",
    " unter",
    " weniger als",
    " höchstens",
    " knapp",
)
_MEASURE = re.compile(r"[\s\u00a0\u202f-]{0,2}(?P<word>km/h|km/tim|[^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a text; `values` are its plausible readings, `unit` "%", a currency code or None.

    `weak` numbers ("a", "both", "second", a conversion in brackets) may support another one and are never
    asked for themselves. `bound` is +1 for "more than", -1 for "less than". `measure` is the dimension
    and size of the unit of length, weight … that follows.
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


@lru_cache(maxsize=1024)
def find_numbers(text: str, language: str | None = None) -> tuple[Number, ...]:
    """The numbers of `text` in order; an unknown language keeps every reading."""
    return tuple(_join_scales(text, _scan(text, language), language))


def tells(evidence: Iterable[Number], number: Number) -> bool:
    """Whether one of the numbers of the evidence says `number`, a rounding of it if it is hedged."""
    return any(_agree(number, other) for other in evidence)


def _agree(number: Number, other: Number) -> bool:
    if number.unit != other.unit and "%" in (number.unit, other.unit) and not _half(number, other):
        return False
    if None not in (number.unit, other.unit) and number.unit != other.unit:
        return False
    for value in number.values:
        for told in other.values:
            if abs(value - told) <= 1e-9 * max(abs(value), abs(told), 1e-9):
                return True
            if _converts(number, value, other, told):
                return True
            if _rounds(number, value, told):
                return True
    return False


def _converts(number: Number, value: float, other: Number, told: float) -> bool:
    """Whether the two are one quantity in two units: 6 metres are 20 feet, give or take a tenth."""
    if number.measure is None or other.measure is None or number.measure[0] != other.measure[0]:
        return False
    asked, answered = value * number.measure[1], told * other.measure[1]
    return number.measure != other.measure and abs(asked - answered) <= 0.1 * max(asked, answered)


def out_of_bounds(evidence: Iterable[Number], number: Number) -> bool:
    """Whether the evidence bounds the same number from the other side: less than 40, more than 40."""
    return number.bound != 0 and any(
        other.bound == -number.bound and set(other.values) & set(number.values) for other in evidence
    )


def _half(number: Number, other: Number) -> bool:
    return 50.0 in number.values and 0.5 in other.values


def _rounds(number: Number, value: float, told: float) -> bool:
    """Whether `value` is `told` in fewer digits: hedged to 10 %, or a large figure to two digits."""
    if not value or not told or value == told:
        return False
    gap = abs(value - told) / abs(told)
    if number.hedged:
        return gap <= 0.1 and _significant(value) < _significant(told)
    return abs(value) >= 1e5 and gap <= 0.005 and 2 <= _significant(value) < _significant(told)


def _significant(value: float) -> int:
    return len(f"{value:.6g}".partition("e")[0].replace(".", "").strip("0-")) or 1


def _scan(text: str, language: str | None) -> Iterator[Number]:
    for match in _NUMBER.finditer(text):
        if match["word"]:
            found = _from_word(match, language)
            if found is not None:
                yield found
        elif match["alone"]:
            yield Number(match.start(), match.end(), match[0], (_FRACTIONS[match[0]],))
        else:
            yield _from_digits(match, text, language)


def _from_word(match: re.Match[str], language: str | None) -> Number | None:
    word = match["word"].lower()
    if word == "sex" and language != "sv":
        return None
    value = number_words().get(word)
    if value is None and "-" in word:
        value = number_words().get(word.partition("-")[0])
    if value is not None:
        return Number(match.start(), match.end(), match[0], (value,))
    value = ordinal_words().get(word, stand_ins().get(word))
    if value is None:
        return None
    return Number(match.start(), match.end(), match[0], (value,), weak=True)


def _from_digits(match: re.Match[str], text: str, language: str | None) -> Number:
    end = match.end()
    unit = unit_words().get((match["sign"] or "").strip().lower())
    hedged = _HEDGE.search(text[max(0, match.start() - 24) : match.start()].rstrip()) is not None
    values = _readings(match["digits"], language)
    if match["fraction"]:
        values = tuple(value + _FRACTIONS[match["fraction"].strip()] for value in values)
    values += _clock(match, text)
    if century := _CENTURY.match(text, end):
        values += tuple((value - 1) * 100 for value in values)
        end = century.end()
    elif hundreds := _HUNDREDS.match(text, end):
        values += tuple(value / 100 + 1 for value in values if value >= 1000 and value % 100 == 0)
        values += tuple(value - 1900 for value in values if 1900 <= value < 2000)
        end = hundreds.end()
    if unit is None and _RANGE_TO_UNIT.match(text, end):
        unit = "%"
    return Number(match.start(), end, text[match.start() : end], values, unit, hedged=hedged)


def _clock(match: re.Match[str], text: str) -> tuple[float, ...]:
    """Hours.minutes readings: "2:30 pm" and "14.30" meet at 14.3."""
    digits = match["digits"]
    if match["clock"]:
        hour, minute = float(digits.replace(",", "").replace(".", "") or 0), int(match["clock"][1:])
    elif re.fullmatch(r"\d{1,2}(?:\.[0-5]\d)?", digits):
        hour, minute = float(digits.partition(".")[0]), int(digits.partition(".")[2] or 0)
    else:
        return ()
    daytime = _DAYTIME.match(text, match.end())
    readings = [hour + minute / 100] if match["clock"] else []
    if daytime and daytime["half"] and daytime["half"].lower() == "p" and hour < 12:
        readings.append(hour + 12 + minute / 100)
    return tuple(readings)


def _readings(digits: str, language: str | None) -> tuple[float, ...]:
    bare = re.sub(r"[\s\u00a0\u202f\u2009'’]", "", digits)
    if "." in bare and "," in bare:
        decimal = max(".", ",", key=bare.rfind)
        return (float(bare.replace("," if decimal == "." else ".", "").replace(",", ".")),)
    sign = "," if "," in bare else "."
    head, _, tail = bare.rpartition(sign)
    if not head:
        return (float(bare),)
    grouped = float(bare.replace(sign, ""))
    if bare.count(sign) > 1:
        return (grouped,)
    decimal_value = float(f"{head}.{tail}")
    if len(tail) != 3:
        return (decimal_value,)
    likely_group = (sign == ",") == (language == "en")
    return (grouped, decimal_value) if likely_group or language is None else (decimal_value, grouped)


def _join_scales(text: str, numbers: Iterator[Number], language: str | None) -> Iterator[Number]:
    """Multiply each number by the scale words after it and give it the unit that follows."""
    skip_to = 0
    for number in numbers:
        if number.start < skip_to:
            continue
        number = _with_followers(text, number, language)
        skip_to = number.end
        yield number


def _with_followers(text: str, number: Number, language: str | None) -> Number:
    end, values, unit = number.end, number.values, number.unit
    for _ in range(3):
        match = _FOLLOWING.match(text, end)
        if match is None:
            break
        word = match["word"].lower()
        scales = scale_words().get(word) or ((100.0,) if word in ("hundred", "hundra", "hundert") else None)
        if scales and not (len(word) == 1 and match.start("word") > end + 1):
            values = tuple(value * scale for value in values for scale in _scales_of(word, scales, language))
        elif word in unit_words() or word == "per cent":
            unit = unit or unit_words().get(word, "%")
        else:
            break
        end = match.end("word")
    measure = measures().get(found["word"].lower()) if (found := _MEASURE.match(text, end)) else None
    weak = (
        (number.weak
        and end == number.end)
        or (measure is not None and text[number.start - 1 : number.start] == "(")
    )
    return replace(
        number,
        end=end,
        text=text[number.start : end],
        values=values,
        unit=unit,
        weak=weak,
        measure=measure,
        bound=_bound(text, number.start),
    )


def _bound(text: str, start: int) -> int:
    before = text[max(0, start - 24) : start].rstrip().lower()
    return 1 if before.endswith(_ABOVE) else -1 if before.endswith(_BELOW) else 0


def _scales_of(word: str, scales: tuple[float, ...], language: str | None) -> tuple[float, ...]:
    if len(scales) == 1 or language is None:
        return scales
    return scales[1:] if language == "de" else scales[:1]
