"""How many capitals, digits and other telling characters the lines of a page hold, all lines at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.intp]
Flags = NDArray[np.bool_]

_WORD, _UPPER, DIGIT, _COMMA, QUOTE, SEPARATOR, _STOP, _LOWER, CLOSING, COLON, AT, RIGHTS, _JOINT, _UPPER_ANY = (
    1 << n for n in range(14)
)  # _UPPER are the capitals of Latin-1 and Russian, _UPPER_ANY those of any alphabet
# Made of more than one character: a full stop, question or exclamation mark with something after it; a full
# stop between two word characters, as in an address; two digits joined by a sign of dates and times; ":/".
STOP, INNER_STOP, JOINED, SCHEME = (1 << n for n in range(14, 18))
_KINDS = {
    _COMMA: ",",
    QUOTE: '"“„”»«',
    SEPARATOR: "|·›•/>",
    _STOP: ".!?",
    CLOSING: ".!?…\"'”“’‘»«›‹)]",
    COLON: ":",
    AT: "@",
    RIGHTS: "©",
    _JOINT: "./-:",
}
_COUNTED = _UPPER | DIGIT | _COMMA | _STOP | COLON
_PLANE = 0x10000  # characters beyond the basic plane (emoji, rare scripts) count as no word


@dataclass(frozen=True, slots=True)
class Signs:
    """One number a line: capitals, word-initial capitals, digits, commas; its first and last character.

    `kinds` are the kinds of character that the line holds, as bits; see `has`. `codes` are the characters of
    all lines, each line ended by a line break at `ends`, `words` those of them that words are made of.
    """

    upper: Counts
    initial: Counts
    digits: Counts
    commas: Counts
    first: NDArray[np.uint32]
    last: NDArray[np.uint32]
    kinds: NDArray[np.uint32]
    codes: NDArray[np.uint32]
    ends: Counts
    words: Flags

    def has(self, kind: int) -> Flags:
        """Which lines hold a character of `kind`."""
        return (self.kinds & kind) > 0

    def opens(self, kind: str) -> Flags:
        """Which lines begin with an "upper" or "lower" case letter."""
        found: Flags = (_kinds(self.first) & (_UPPER_ANY if kind == "upper" else _LOWER)) > 0
        return found

    def closes(self) -> Flags:
        """Which lines end with a character that may close a sentence."""
        found: Flags = (_kinds(self.last) & CLOSING) > 0
        return found


def count_signs(texts: Sequence[str]) -> Signs:
    """The signs of every text, of which there must be one; no text may hold a line break."""
    codes = np.frombuffer(("\n".join(texts) + "\n").encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    ends = np.flatnonzero(codes == 0x0A)
    starts = np.zeros_like(ends)
    starts[1:] = ends[:-1] + 1
    kinds = _kinds(codes)
    places = np.flatnonzero((kinds & _COUNTED) > 0)  # one character in ten
    here = kinds[places]
    kinds[places] |= _pairs(codes, kinds, places, here)

    bounds = np.searchsorted(places, ends)

    def per_line(mask: Flags) -> Counts:
        sums = np.zeros(len(places) + 1, dtype=np.intp)
        np.cumsum(mask, out=sums[1:])
        found: Counts = sums[bounds]
        found[1:] -= sums[bounds[:-1]]
        return found

    upper = (here & _UPPER) > 0
    return Signs(
        per_line(upper),
        per_line(upper & ((kinds[places - 1] & _WORD) == 0)),
        per_line((here & DIGIT) > 0),
        per_line((here & _COMMA) > 0),
        codes[starts],
        codes[ends - 1],
        np.bitwise_or.reduceat(kinds, starts),
        codes,
        ends,
        (kinds & _WORD) > 0,
    )


def _pairs(
    codes: NDArray[np.uint32], kinds: NDArray[np.uint32], places: Counts, here: NDArray[np.uint32]
) -> NDArray[np.uint32]:
    """The kinds made of more than one character that begin (or have their full stop) at `places`."""
    before, following = kinds[places - 1], kinds[places + 1]  # the last character is a line break, and no place
    beyond = kinds[np.minimum(places + 2, len(kinds) - 1)]
    following_code = codes[places + 1]
    found = np.zeros(len(places), dtype=np.uint32)
    found[((here & _STOP) > 0) & (following_code != 0x0A)] = STOP
    found[(codes[places] == 0x2E) & ((before & following & _WORD) > 0)] |= INNER_STOP
    found[((here & beyond & DIGIT) > 0) & ((following & _JOINT) > 0)] |= JOINED
    found[((here & COLON) > 0) & (following_code == 0x2F)] |= SCHEME
    return found


def _kinds(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The kinds of every character, as bits."""
    found: NDArray[np.uint32] = _table().take(codes, mode="clip")
    return found


@cache
def _table() -> NDArray[np.uint32]:
    """The kinds of every character of the basic plane; word and digit as `re` sees them."""
    table = np.zeros(_PLANE + 1, dtype=np.uint32)
    for code in range(_PLANE):
        sign = chr(code)
        if sign.isalnum() or sign == "_":
            table[code] = _WORD | (DIGIT if sign.isdecimal() else 0)
        if sign.islower():
            table[code] |= _LOWER
        elif sign.isupper():
            table[code] |= _UPPER_ANY
    for first, last in ("AZ", "ÀÖ", "ØÞ", "АЯ"):
        table[ord(first) : ord(last) + 1] |= _UPPER
    for kind, signs in _KINDS.items():
        for sign in signs:
            table[ord(sign)] |= kind
    return table
