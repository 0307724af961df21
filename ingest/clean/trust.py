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
_PRIOR = 2  # lines not doubted: of a text of three lines one alone says little
_TELLING = (
    "control", "pointer", "consent", "rights", "solicit", "credit_end", "role", "embed", "repeated",
    "disclaimer", "byline", "separators", "no_words", "address",
)  # fmt: skip
_TOLD = 0.02  # share of telling lines that an article of 50 lines may have by chance
_TRUST = 5.0  # log-odds that a line of a clean page gets unless an unmistakable rule speaks against it
_FIRM = -7.0  # a rule this strong holds on a clean page too
_HEADING = 12  # words: a longer line without a full stop is a paragraph or a list item and heads nothing
_HEADS = 1.0  # log-odds that such a line of a clean page has at least: the model knows no titles of one word
_OPENING = 3  # lines: of so few the first may be a lead without a full stop as well as a headline
_EXCERPT = 5  # lines: so few on a bare page are an excerpt, opened by a subheading, as often as an article
_HEADLINE = 16  # words: a longer first line is a standfirst without a full stop
# Log-odds: nine headlines of ten have less, of the subheadings that open an excerpt only one in four.
_UNLIKE_TEXT = -2.0


def is_clean(reading: Reading, learned: Matrix) -> bool:
    """Whether the model (`learned` log-odds) would keep nearly all of the page but the headings of a bare one."""
    words = line_words(reading)
    liked = float((words * (learned > 0)).sum())
    if _is_bare(reading, learned):
        doubted = np.minimum(learned[~_headings(reading)], 0.0)
        doubt, most = -float(doubted.sum()) / (len(doubted) + _PRIOR), _DOUBT_UNTOLD
    else:
        doubt, most = -float(np.minimum(learned, 0.0).mean()), _DOUBT
    return liked >= _WORDS * float(words.sum()) and doubt <= most


def trusting(reading: Reading, learned: Matrix) -> Matrix:
    """The log-odds of the lines of a clean page."""
    scores: Matrix = learned + _TRUST
    if _is_bare(reading, learned):
        sound = _headings(reading) | (len(learned) <= _EXCERPT)
        scores = np.where(sound, np.maximum(scores, _HEADS), scores)
    return scores


def holds(reading: Reading, rule: Rule, learned: Matrix) -> Mask:
    """The lines that `rule` speaks against even on a clean page; `learned` are the model's log-odds."""
    if rule.amount > _FIRM:
        return np.zeros(len(rule.mask), dtype=bool)
    if rule.kind == "title":
        return rule.mask & _headline_place(reading, learned)
    if rule.kind == "duplicate":
        return rule.mask & is_set(reading, "ellipsis")
    return rule.mask


def may_head(reading: Reading) -> Mask:
    """Short lines without a full stop or bullet: what heads a paragraph is one of them."""
    return (line_words(reading) <= _HEADING) & ~is_set(reading, "terminal") & ~is_set(reading, "bullet")


def _headings(reading: Reading) -> Mask:
    """Short lines without a full stop that stand singly above a paragraph: a menu's stand in a row."""
    short = may_head(reading)
    found = short.copy()
    found[:-1] &= reading.prose[1:] > 0
    found[-1] = False
    found[1:] &= ~short[:-1]
    return found


def _is_bare(reading: Reading, learned: Matrix) -> bool:
    """Whether next to no line that the model would drop speaks of a menu, notice or credit."""
    telling = np.logical_or.reduce([is_set(reading, name) for name in _TELLING])
    return bool((telling & (learned <= 0)).mean() <= _TOLD)


def _headline_place(reading: Reading, learned: Matrix) -> Mask:
    """The first line, or the second below a standfirst; further down stand subheadings.

    On a bare page, which may be an excerpt, it is the first only, and only if it is unlike text.
    """
    place = np.zeros(len(reading.judged), dtype=bool)
    if len(place) <= _OPENING:
        return place
    if _is_bare(reading, learned):
        place[0] = len(place) > _EXCERPT and learned[0] < _UNLIKE_TEXT
    else:
        place[:2] = True, reading.prose[0] > 0
    found: Mask = place & (line_words(reading) < _HEADLINE)
    return found
