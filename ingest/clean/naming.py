"""The kind of a dropped line and the reason a person is told."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ingest.article import LineKind
from ingest.clean.captions import is_credit, strip_credit
from ingest.clean.features import Matrix
from ingest.clean.hints import Mask, is_set, line_words
from ingest.clean.page import Reading

Verdict = tuple[LineKind, str | None]

_BY_FAMILY: tuple[tuple[str, str], ...] = (
    ("role", "a staff list"),
    ("control", "a control or label of the page"),
    ("pointer", "points to other articles"),
    ("consent", "about cookies, privacy or accounts"),
    ("subscribe", "about subscriptions, accounts or other channels"),
    ("channel", "about subscriptions, accounts or other channels"),
    ("embed", "stands in for embedded content"),
    ("rights", "a copyright notice"),
    ("disclaimer", "a notice of the publisher"),
    ("bio", "about the author"),
    ("related", "points to other articles"),
    ("address", "an address or link"),
    ("separators", "a menu or list of links"),
    ("bullet", "an item of a list outside the article"),
    ("three_words", "a label or menu item"),
)


_TITLE: Verdict = ("title", "the headline")
_PUBLISHER: Verdict = ("publisher", "the publisher's name")
_DATE: Verdict = ("date", "a date line")
_BYLINE: Verdict = ("byline", "the author's name")
_CREDIT: Verdict = ("credit", "a photo or source credit")
_CAPTIONED: Verdict = ("caption", "a photo caption")
_SECTION: Verdict = ("section", "the section of the publication")
_STRAY: Verdict = ("boilerplate", "stands outside the article")
_NO_PART: Verdict = ("boilerplate", "no part of the article's run of text")

_NO_TITLE = ("control", "related", "credit_end", "date", "byline", "consent", "subscribe", "rights", "bullet")
_NO_PLACE = ("control", "related", "consent", "subscribe", "no_words")
_BRIEF, _CAPTION, _OUTSIDE = 12, 80, 25  # words at most: of a name, date or credit; of a caption; of a label


class Namer:
    """Names the dropped lines of one page; `kept` are the fates of its judged lines."""

    def __init__(self, reading: Reading, kept: Sequence[bool], publishers: Sequence[str]) -> None:
        self._reading = reading
        words = line_words(reading)
        title, first = _title_and_start(reading, kept, words)
        brief, order = words <= _BRIEF, np.arange(len(kept))
        placed = ~_any_set(reading, _NO_PLACE) & (title >= 0)
        byline = placed & (order > title) & (order <= first) & is_set(reading, "title_case")
        self._followed = (np.append(is_set(reading, "credit")[1:], False) & (words >= 5) & (words <= 60)).tolist()
        self._sure = _first_of(
            (order == title, _TITLE),
            (_publisher_lines(reading, publishers, brief), _PUBLISHER),
            (brief & _any_set(reading, ("date", "clock")), _DATE),
            (is_set(reading, "byline"), _BYLINE),
            (brief & is_set(reading, "parenthesis") & is_set(reading, "agency"), _CREDIT),
        )
        self._likely = _first_of(
            ((words <= _CAPTION) & _any_set(reading, ("credit_end", "agency")), _CAPTIONED),
            (byline & ~is_set(reading, "role"), _BYLINE),
            (placed & (order >= title - 2) & (order < title) & (words <= 3), _SECTION),
            *((is_set(reading, family), ("boilerplate", reason)) for family, reason in _BY_FAMILY),
            (words < _OUTSIDE, _STRAY),
            (words >= _OUTSIDE, _NO_PART),
        )

    def name(self, n: int) -> Verdict:
        """Kind and reason of the dropped judged line `n`."""
        sure = self._sure[n]
        if sure:
            return sure
        text = self._text(n)
        if is_credit(text):
            return _CREDIT
        if self._followed[n] and is_credit(self._text(n + 1)) and strip_credit(text):
            return _CAPTIONED
        return self._likely[n] or _NO_PART

    def _text(self, n: int) -> str:
        return self._reading.lines[self._reading.judged[n]].plain


def _first_of(*choices: tuple[Mask, Verdict]) -> list[Verdict | None]:
    """Per line the verdict of the first mask that holds it."""
    chosen = np.full(len(choices[0][0]), -1)
    for k in reversed(range(len(choices))):
        chosen[choices[k][0]] = k
    return [choices[k][1] if k >= 0 else None for k in chosen.tolist()]


def _publisher_lines(reading: Reading, publishers: Sequence[str], brief: Mask) -> Mask:
    """Lines that are one of the publisher's names, and brief ones with a copyright sign."""
    mask = np.zeros(len(brief), dtype=bool)
    names = {name.casefold() for name in publishers}
    if names:
        mask = np.array([reading.keys[i] in names for i in reading.judged], dtype=bool)
    for n in np.flatnonzero(brief & is_set(reading, "rights")).tolist():
        mask[n] |= "©" in reading.lines[reading.judged[n]].plain
    return mask


def _any_set(reading: Reading, names: Sequence[str]) -> Mask:
    found: Mask = np.logical_or.reduce([is_set(reading, name) for name in names])
    return found


def _title_and_start(reading: Reading, kept: Sequence[bool], words: Matrix) -> tuple[int, int]:
    """The headline's line (or -1) and the first kept line."""
    titles = np.flatnonzero(is_set(reading, "is_title"))
    title = int(titles[0]) if len(titles) else -1
    first = next((n for n, fate in enumerate(kept) if fate), len(kept))
    if 0 <= title < first:
        return title, first
    # None stood out by its words: the last line above the article that could be one.
    likely = np.flatnonzero(((words >= 3) & (words <= 25) & ~_any_set(reading, _NO_TITLE))[:first])
    return int(likely[-1]) if len(likely) else title, first
