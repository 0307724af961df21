"""Whether a page is clean already, and what may still be dropped from one that is."""

from __future__ import annotations

import numpy as np

from ingest.clean.features import Matrix
from ingest.clean.hints import Mask, is_set, line_words
from ingest.clean.page import Reading
from ingest.clean.rules import Rule

_WORDS = 0.65  # share of the words that the model must like
_DOUBT = 1.0  # mean log-odds against a line: pages that hold other things have 1 to 5, article text up to 1
_DOUBT_UNTOLD = 1.6  # the same for a page with nothing on it that speaks of a menu, notice or credit
_TELLING = (
    "control", "pointer", "consent", "rights", "solicit", "credit_end", "role", "embed", "repeated",
    "disclaimer", "byline", "separators", "no_words", "address",
)  # fmt: skip
_TOLD = 0.02  # share of telling lines that an article of 50 lines may have by chance
_FIRM = -7.0  # a rule this strong holds on a clean page too
_OPENING = 3  # lines: of so few the first may be a lead without a full stop as well as a headline
_HEADLINE = 16  # words: a longer first line is a standfirst without a full stop
# Log-odds: nine headlines of ten have less, of the subheadings that open an excerpt only one in four.
_UNLIKE_TEXT = -2.0


def is_clean(reading: Reading, learned: Matrix) -> bool:
    """Whether the model (`learned` log-odds) would keep nearly all of the page."""
    words = line_words(reading)
    liked = float((words * (learned > 0)).sum())
    doubt = -float(np.minimum(learned, 0.0).mean())
    return liked >= _WORDS * float(words.sum()) and doubt <= (_DOUBT_UNTOLD if _is_bare(reading) else _DOUBT)


def holds(reading: Reading, rule: Rule, learned: Matrix) -> Mask:
    """The lines that `rule` speaks against even on a clean page; `learned` are the model's log-odds."""
    if rule.amount > _FIRM:
        return np.zeros(len(rule.mask), dtype=bool)
    if rule.kind == "title":
        return rule.mask & _headline_place(reading, learned)
    if rule.kind == "duplicate":
        return rule.mask & is_set(reading, "ellipsis")
    return rule.mask


def _is_bare(reading: Reading) -> bool:
    """Whether next to nothing on the page speaks of a menu, notice or credit."""
    return bool(np.logical_or.reduce([is_set(reading, name) for name in _TELLING]).mean() <= _TOLD)


def _headline_place(reading: Reading, learned: Matrix) -> Mask:
    """The first line, or the second below a standfirst; further down stand subheadings.

    On a bare page, which may be an excerpt, it is the first only, and only if it is unlike text.
    """
    place = np.zeros(len(reading.judged), dtype=bool)
    if len(place) <= _OPENING:
        return place
    if _is_bare(reading):
        place[0] = learned[0] < _UNLIKE_TEXT
    else:
        place[:2] = True, reading.prose[0] > 0
    found: Mask = place & (line_words(reading) < _HEADLINE)
    return found
