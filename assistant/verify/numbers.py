"""Numbers of a text with every plausible reading, and whether one is told by others.

227.7 billion, 227,7 Milliarden and 227,7 miljarder are one number; "1,500" may be 1500 or 1.5. It knows
nothing of dates: the caller leaves out what stands inside one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest

from assistant.verify.feet import join_feet
from assistant.verify.number_agreement import Number, left_over, out_of_bounds, tells
from assistant.verify.number_tables import (
    fraction_words,
    measures,
    ordinal_words,
    roman_numerals,
    scale_words,
    stand_ins,
    unit_words,
)
from assistant.verify.number_values import DIGITS, FRACTION_SIGNS, SPACE, read_age, read_clock, read_digits
from assistant.verify.number_words import counted_words, read_word

__all__ = ["Number", "find_numbers", "left_over", "out_of_bounds", "tells"]

_NUMBER = re.compile(
    rf"(?P<sign>(?:US)?[$€£¥]{SPACE}?)?(?<![\w,])(?<!\d\.)(?P<digits>{DIGITS})(?P<fraction>{SPACE}?[½¼¾⅓⅔])?"
    r"(?::(?P<minutes>[0-5]\d)(?!\d))?"
    r"|(?P<alone>[½¼¾⅓⅔])|(?P<word>[^\W\d_]+(?:-[^\W\d_]+)?)"
)
_FOLLOWING = re.compile(r"[\s\u00a0\u202f°º-]{0,2}(?P<word>per cent|[^\W\d_]+|%|[$€£¥](?!\s?\d))\.?")
_RANGE = re.compile(r"\s?(?:[-–—]|to|till|bis|and|och|und|or|eller|oder)\s?(?:(?:US)?[$€£¥]\s?)?")
# "half a million", "half a dozen"
_HALF_A = re.compile(r"half\s+an?\s+(?=million|billion|dozen|hundred)", re.IGNORECASE)
# "two and a half", "a year and a half"
_AND_A_HALF = re.compile(r"(?:\b(\w+) )?\b(\w+) (?:and|och|und) (?:an? |en |ett |eine? |einen )?$", re.IGNORECASE)
_HALF_MORE = re.compile(
    r"(?: [^\W\d_]+)? (?:and|och|und) (?:an?|en|ett|eine?|einen) (?:half|hal[vb]\w*)\b", re.IGNORECASE
)
# "halb acht" and "halv åtta" are half past seven
_HALF_TO = re.compile(r"\b(?:halb|halv) $", re.IGNORECASE)
_HALF_PAST = re.compile(r"\bhalf past $", re.IGNORECASE)
_HEDGE = re.compile(
    r"(?:about|around|nearly|almost|roughly|approximately|over|more than|under|less than|at least|up to|some|"
    r"omkring|ungefär|nästan|cirka|ca|drygt|knappt|runt|över|mer än|fler än|under|mindre än|minst|upp till|"
    r"etwa|rund|ungefähr|fast|beinahe|über|mehr als|unter|weniger als|mindestens|bis zu|knapp)\s*[$€£]?$",
    re.IGNORECASE,
)
_ABOVE = (
    " over", " more than", " above", " exceeding", " upwards of", " at least", " över", " mer än", " fler än",
    " minst", " drygt", " über", " mehr als", " mindestens",
)
_BELOW = (
    " under", " less than", " fewer than", " below", " at most", " mindre än", " färre än", " högst", " knappt",
    " unter", " weniger als", " höchstens", " knapp",
)
_MEASURE = re.compile(
    r"[\s\u00a0\u202f-]{0,2}(?P<word>km/h|km/tim|k?m²|"
    r"(?:kilomet\w+|miles|Meilen) (?:per|an|pro|i) (?:hour|Stunde|timmen)|square \w+|[°º]\s?[CF]\b|[°º]|[^\W\d_]+)",
    re.IGNORECASE,
)
# "One in ten", "fyra av tio", "drei von vier".
_OF_ALL = re.compile(r"\s(?:in|in every|out of|out of every|av|von|von je)\s")
_ROUND_WHOLES = (3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 20.0, 100.0, 1000.0)
# "sex" is asked for only before what it counts.
_COUNTS = re.compile(
    r"\s(?!(?:och|eller|men|som|i|på|är|var|med|utan|för|av|till|från|mellan|inom)\b)[^\W\d_]", re.IGNORECASE
)


@lru_cache(maxsize=1024)
def find_numbers(text: str, language: str | None = None) -> tuple[Number, ...]:
    """The numbers of `text` in order; an unknown language keeps every reading."""
    numbers = [*_share_units(text, [*_join_scales(text, _scan(text, language), language)])]
    numbers = [*join_feet(text, numbers)]
    return tuple(_join_ratios(text, numbers))


def _scan(text: str, language: str | None) -> Iterator[Number]:
    for match in _NUMBER.finditer(text):
        if match["word"]:
            found = _from_word(match, text, language)
            if found is not None:
                yield found
        elif match["alone"]:
            yield Number(match.start(), match.end(), match[0], (FRACTION_SIGNS[match[0]],))
        else:
            yield _from_digits(match, text, language)


def _from_word(match: re.Match[str], text: str, language: str | None) -> Number | None:
    word = match["word"].lower()
    if word == "sex" and language not in ("sv", None):
        return None
    value, weak, end = read_word(word), word == "sex" and not _COUNTS.match(text, match.end()), match.end()
    head, _, tail = word.partition("-")
    if value is None and tail and (value := read_word(head)) is not None and tail not in fraction_words():
        end = match.start() + len(head)  # "two-foot": what is measured follows
    if value is None:
        found = ordinal_words().get(word, stand_ins().get(word, roman_numerals().get(match["word"])))
        value, weak = (counted_words(word) if found is None else found), True
    if value is None:
        return None
    values = (value / fraction_words()[tail], value) if tail in fraction_words() else (value,)
    before = text[max(0, match.start() - 24) : match.start()]
    if value == 0.5 and (base := _whole_before(before)):
        values = (base + 0.5,)
    elif _HALF_TO.search(before):
        values = (*values, value - 0.7, value + 11.3)
    elif _HALF_PAST.search(before):
        values = (*values, value + 0.3, value + 12.3)
    hedged = _HEDGE.search(before.rstrip()) is not None
    return Number(match.start(), end, text[match.start() : end], values, weak=weak, hedged=hedged)


def _whole_before(before: str) -> float | None:
    """The whole number that "and a half" follows, with or without what it counts between them."""
    if not (found := _AND_A_HALF.search(before)):
        return None
    words = (found[2].lower(), (found[1] or "").lower())
    return next((base for word in words if (base := read_word(word) or stand_ins().get(word))), None)


def _from_digits(match: re.Match[str], text: str, language: str | None) -> Number:
    unit = unit_words().get((match["sign"] or "").strip().lower())
    hedged = _HEDGE.search(text[max(0, match.start() - 24) : match.start()].rstrip()) is not None
    values = read_digits(match["digits"], language)
    if match["fraction"]:
        values = tuple(value + FRACTION_SIGNS[match["fraction"].strip()] for value in values)
    values += read_clock(match["digits"], match["minutes"], text, match.end())
    values, end = read_age(values, text, match.end())
    return Number(match.start(), end, text[match.start() : end], values, unit, hedged=hedged)


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
    if half := _HALF_A.match(text, number.start):
        end = half.end()
    if _HALF_MORE.match(text, end):
        values = (*values, *(value + 0.5 for value in values))
    for _ in range(3):
        match = _FOLLOWING.match(text, end)
        if match is None:
            break
        word = match["word"].lower()
        beside = match.start("word") <= end + 1
        if (scales := scale_words().get(word)) and (beside or len(word) > 1):
            scaled = tuple(value * scale for value in values for scale in _scales_of(scales, language))
            values = (*values, *scaled) if word in measures() else scaled
        elif word in unit_words() or word == "per cent":
            unit = unit or unit_words().get(word, "%")
        elif part := fraction_words().get(word):
            base = _whole_before(text[max(0, number.start - 24) : end + 1])
            values = tuple(base + v / part for v in values) if base else (*(v / part for v in values), *values)
        else:
            break
        end = match.end("word")
    measure = measures().get(found["word"].lower().replace(" ", "")) if (found := _MEASURE.match(text, end)) else None
    if measure is None and (last := re.search(r"[^\W\d_]+$", text[number.end : end])):
        measure = measures().get(last[0].lower())
    in_brackets = measure is not None and text[number.start - 1 : number.start] == "("
    return replace(
        number, end=end, text=text[number.start : end], values=values, unit=unit, measure=measure,
        weak=(number.weak and end == number.end) or in_brackets,
        bound=_bound(text, number.start),
    )


def _share_units(text: str, numbers: Sequence[Number]) -> Iterator[Number]:
    """Give the first number of a range the scale and unit of the second: "2 to 3 million", "5–10 cm"."""
    for number, following in zip_longest(numbers, numbers[1:]):
        bare = number.measure is None and number.text[-1:].isdecimal()
        if following is None or not bare or not _RANGE.fullmatch(text, number.end, following.start):
            yield number
            continue
        digits = re.match(r"\D{0,4}[\d.,]*\d", following.text)
        scaled = text[following.start + (digits.end() if digits else 0) : following.end].strip(" -").split()
        scale = scale_words().get(scaled[0]) if scaled else None
        values = (*number.values, *(v * s for v in number.values for s in scale or ()))
        yield replace(number, unit=number.unit or following.unit, measure=following.measure, values=values)


def _join_ratios(text: str, numbers: Sequence[Number]) -> Iterator[Number]:
    """ "Four in ten" is 40 %: the share, and its two numbers as weak ones."""
    whole = None
    for place, number in enumerate(numbers):
        following = numbers[place + 1] if place + 1 < len(numbers) else None
        if following is not None and _is_ratio(text, number, following):
            whole, share = following, (number.values[0] / following.values[0],)
            span = text[number.start : following.end]
            yield Number(number.start, following.end, span, share, parts=(number, following))
            yield replace(number, weak=True)
        else:
            yield replace(number, weak=True) if number is whole else number


def _is_ratio(text: str, part: Number, whole: Number) -> bool:
    if not _OF_ALL.fullmatch(text, part.end, whole.start) or part.unit or whole.unit:
        return False
    return whole.values[0] in _ROUND_WHOLES and 0 < part.values[0] < whole.values[0]


def _bound(text: str, start: int) -> int:
    before = text[max(0, start - 24) : start].rstrip().lower()
    return 1 if before.endswith(_ABOVE) else -1 if before.endswith(_BELOW) else 0


def _scales_of(scales: tuple[float, ...], language: str | None) -> tuple[float, ...]:
    if len(scales) == 1 or language is None:
        return scales
    return scales[1:] if language == "de" else scales[:1]
