"""The words of a page's lines as numbers, so that questions about all lines are asked at once.

A word is the polynomial of its lower-case characters modulo 2^64, worked out for all words of a page in a few
array operations: cutting the words out as strings takes five times as long. Two words with one number would be
taken for one; that only blurs a feature.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ingest.clean.signs import Counts, Flags, Signs, count_signs

Numbers = NDArray[np.uint64]

_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2^64
_INVERSE = pow(_BASE, -1, 1 << 64)
_PLANE = 0x10000
_LINES = 1 << 20  # more lines than a page that is read has


@dataclass(frozen=True, slots=True)
class Words:
    """`counts` are the words of every line, `first` the number of its first word (0 without one).

    `vocabulary` are the different words, sorted, and `lengths` their letters; (`line_of`[k], `word_of`[k]) are
    the pairs of a line and (the place in the vocabulary of) a word that it holds, each pair once.
    """

    counts: Counts
    first: Numbers
    vocabulary: Numbers
    lengths: Counts
    line_of: Counts
    word_of: Counts

    def among(self, listed: Numbers) -> Flags:
        """Which words of the vocabulary are `listed` (see `numbers_of`)."""
        return _among(self.vocabulary, listed)

    def opening(self, listed: Numbers) -> Flags:
        """Which lines have one of the `listed` words as their first."""
        return _among(self.first, listed)

    def per_line(self, which: Flags | None = None) -> Counts:
        """How many different words (of those under `which`) each line holds; all words: at least 1."""
        if which is None:
            return np.maximum(np.bincount(self.line_of, minlength=len(self.counts)), 1)
        return np.bincount(self.line_of[which[self.word_of]], minlength=len(self.counts))

    def frequency(self, which: Flags) -> Counts:
        """How many of the lines under `which` hold each word of the vocabulary."""
        return np.bincount(self.word_of[which[self.line_of]], minlength=len(self.vocabulary))


def tell_words(signs: Signs) -> Words:
    """The words of all lines."""
    starts, ends, numbers = _read_words(signs)
    bounds = np.searchsorted(starts, signs.ends)
    counts = np.diff(bounds, prepend=0)
    first = np.zeros(len(counts), dtype=np.uint64)
    first[counts > 0] = numbers[(bounds - counts)[counts > 0]]
    order = np.argsort(numbers)
    ordered = numbers[order]
    new = np.ones(len(ordered), dtype=bool)
    new[1:] = ordered[1:] != ordered[:-1]
    word_of = np.empty(len(order), dtype=np.intp)
    word_of[order] = np.cumsum(new) - 1
    pairs = np.sort(word_of * _LINES + np.repeat(np.arange(len(counts)), counts))
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]  # np.unique takes ten times as long
    lengths = (ends - starts)[order][new]
    return Words(counts, first, ordered[new], lengths, pairs % _LINES, pairs // _LINES)


def numbers_of(words: Iterable[str]) -> Numbers:
    """The numbers of these words, sorted."""
    return np.sort(_read_words(count_signs(list(words)))[2])


def _read_words(signs: Signs) -> tuple[Counts, Counts, Numbers]:
    """Where each word starts and ends among the characters, and its number."""
    border = np.flatnonzero(np.diff(signs.words, prepend=False, append=False))
    starts, ends = border[::2], border[1::2]
    powers, inverses = _powers(1 << len(signs.codes).bit_length())
    sums = np.zeros(len(signs.codes) + 1, dtype=np.uint64)
    np.cumsum(_small().take(signs.codes, mode="clip") * powers[: len(signs.codes)], out=sums[1:])
    return starts, ends, (sums[ends] - sums[starts]) * inverses[starts]


def _among(numbers: Numbers, listed: Numbers) -> Flags:
    found: Flags = listed[np.minimum(np.searchsorted(listed, numbers), len(listed) - 1)] == numbers
    return found


@cache
def _powers(count: int) -> tuple[Numbers, Numbers]:
    """The first powers of the base and of its inverse; 24 sizes at most are asked for."""
    base, inverse = (np.full(count, factor, dtype=np.uint64) for factor in (_BASE, _INVERSE))
    base[0] = inverse[0] = 1
    return np.cumprod(base), np.cumprod(inverse)


@cache
def _small() -> Numbers:
    """The lower-case form of every character of the basic plane."""
    lower = (chr(code).lower() for code in range(_PLANE + 1))
    return np.array([ord(form) if len(form) == 1 else ord(form[0]) for form in lower], dtype=np.uint64)
