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
    """`numbers` are those of all words in the order of reading, `starts` where each begins in `Signs.codes`.

    `counts` are the words of every line, `bounds` how many words the page holds up to the end of each line.
    `vocabulary` are the different words, sorted, `lengths` their letters, `places` each word's place among
    them; (`line_of`[k], `word_of`[k]) are the pairs of a line and (the place in the vocabulary of) a word that
    it holds, each pair once.
    """

    numbers: Numbers
    starts: Counts
    counts: Counts
    bounds: Counts
    vocabulary: Numbers
    lengths: Counts
    places: Counts
    line_of: Counts
    word_of: Counts

    def line(self, n: int) -> list[int]:
        """The numbers of the words of line `n`."""
        found: list[int] = self.numbers[self.bounds[n] - self.counts[n] : self.bounds[n]].tolist()
        return found

    def among(self, listed: Numbers) -> Flags:
        """Which words of the vocabulary are `listed` (see `numbers_of`)."""
        found: Flags = listed[self._nearest(listed)] == self.vocabulary
        return found

    def values(self, listed: Numbers, values: Counts) -> Counts:
        """What each word of the vocabulary is worth: of the `listed` words their `values`, of others 0."""
        nearest = self._nearest(listed)
        return np.where(listed[nearest] == self.vocabulary, values[nearest], 0)

    def _nearest(self, listed: Numbers) -> Counts:
        return np.minimum(np.searchsorted(listed, self.vocabulary), len(listed) - 1)

    def opening(self, listed: Numbers) -> Flags:
        """Which lines have one of the `listed` words as their first."""
        opens = np.zeros(len(self.counts), dtype=bool)
        some = np.flatnonzero(self.counts)
        opens[some] = self.among(listed)[self.places[(self.bounds - self.counts)[some]]]
        return opens

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
    counts = bounds.copy()
    counts[1:] -= bounds[:-1]
    order = np.argsort(numbers)
    ordered = numbers[order]
    new = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    places = np.empty(len(order), dtype=np.intp)
    places[order] = np.cumsum(new) - 1
    pairs = np.sort(places * _LINES + np.repeat(np.arange(len(counts)), counts))
    fresh = np.ones(len(pairs), dtype=bool)
    np.not_equal(pairs[1:], pairs[:-1], out=fresh[1:])
    pairs = pairs[fresh]  # np.unique takes ten times as long
    firsts = order[new]
    return Words(
        numbers, starts, counts, bounds,
        ordered[new], ends[firsts] - starts[firsts], places,
        pairs & (_LINES - 1), pairs // _LINES,
    )  # fmt: skip


def numbers_of(words: Iterable[str]) -> Numbers:
    """The numbers of these words, sorted."""
    return np.sort(number_words(list(words)))


def number_words(texts: list[str]) -> Numbers:
    """The numbers of all words of `texts`, in the order of reading."""
    return _read_words(count_signs(texts))[2]


def _read_words(signs: Signs) -> tuple[Counts, Counts, Numbers]:
    """Where each word starts and ends among the characters, and its number."""
    within = signs.words
    border = np.flatnonzero(within[1:] != within[:-1]) + 1  # the last character is a line break
    if within[0]:
        border = np.concatenate(([0], border))
    starts, ends = border[::2], border[1::2]
    powers, inverses = _powers(1 << len(signs.codes).bit_length())
    sums = np.zeros(len(signs.codes) + 1, dtype=np.uint64)
    np.cumsum(_small().take(signs.codes, mode="clip") * powers[: len(signs.codes)], out=sums[1:])
    return starts, ends, (sums[ends] - sums[starts]) * inverses[starts]


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
