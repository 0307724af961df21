"""How many capitals, digits and other telling characters the lines of a page hold, all lines at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.intp]
Flags = NDArray[np.bool_]

_WORD, _UPPER, _DIGIT, _COMMA, _QUOTE, _SEPARATOR, _STOP = (1 << n for n in range(7))
_KINDS = {
    _COMMA: ",",
    _QUOTE: "\"“„”»«",
    _SEPARATOR: "|·›•/>",
    _STOP: ".!?",
}
_PLANE = 0x10000  # characters beyond the basic plane (emoji, rare scripts) count as no word


@dataclass(frozen=True, slots=True)
class Signs:
    """One number a line: capitals, word-initial capitals, digits, commas; and whether it holds the rest.

    `stop` is a full stop, question or exclamation mark with something after it; `inner_stop` one between
    two word characters, as in an address.
    """

    upper: Counts
    initial: Counts
    digits: Counts
    commas: Counts
    quote: Flags
    separator: Flags
    stop: Flags
    inner_stop: Flags


def count_signs(texts: Sequence[str]) -> Signs:
    """The signs of every text; no text may hold a line break."""
    joined = "".join(f"{text}\n" for text in texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = _table()[np.minimum(codes, _PLANE)]
    ends = np.flatnonzero(codes == 0x0A)
    starts = np.concatenate([[0], ends[:-1] + 1]).astype(np.intp) if len(ends) else ends

    def per_line(mask: Flags) -> Counts:
        counts: Counts = np.add.reduceat(mask, starts, dtype=np.intp) if len(starts) else starts
        return counts

    word, upper, stop = ((kinds & kind) > 0 for kind in (_WORD, _UPPER, _STOP))
    after_word = np.concatenate([[False], word[:-1]]).astype(bool)
    before_word = np.concatenate([word[1:], [False]]).astype(bool)
    followed = np.concatenate([codes[1:] != 0x0A, [False]]).astype(bool)[: len(codes)]
    return Signs(
        per_line(upper),
        per_line(upper & ~after_word),
        per_line((kinds & _DIGIT) > 0),
        per_line((kinds & _COMMA) > 0),
        per_line((kinds & _QUOTE) > 0) > 0,
        per_line((kinds & _SEPARATOR) > 0) > 0,
        per_line(stop & followed) > 0,
        per_line((codes == 0x2E) & after_word & before_word[: len(codes)]) > 0,
    )


@cache
def _table() -> NDArray[np.uint8]:
    """The kinds of every character of the basic plane, as bits; word and digit as `re` sees them."""
    table = np.zeros(_PLANE + 1, dtype=np.uint8)
    for code in range(_PLANE):
        sign = chr(code)
        if sign.isalnum() or sign == "_":
            table[code] = _WORD | (_DIGIT if sign.isdecimal() else 0)
    for first, last in ("AZ", "ÀÖ", "ØÞ", "АЯ"):
        table[ord(first) : ord(last) + 1] |= _UPPER
    for kind, signs in _KINDS.items():
        for sign in signs:
            table[ord(sign)] |= kind
    return table
