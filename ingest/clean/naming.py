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


_NO_TITLE = ("control", "related", "credit_end", "date", "byline", "consent", "subscribe", "rights", "bullet")
_NO_PLACE = ("control", "related", "consent", "subscribe", "no_words")
_BRIEF, _CAPTION, _OUTSIDE = 12, 80, 25  # words at most: of a name, date or credit; of a caption; of a label


class Namer:
    """Names the dropped lines of one page; `kept` are the fates of its judged lines."""

    def __init__(self, reading: Reading, kept: Sequence[bool], publishers: Sequence[str]) -> None:
        self._reading = reading
        self._publishers = {name.casefold() for name in publishers}
        words = line_words(reading)
        self._words: list[float] = words.tolist()
        self._title, first = _title_and_start(reading, kept, words)
        count = len(kept)
        brief, order = words <= _BRIEF, np.arange(count)
        followed = np.append(is_set(reading, "credit")[1:], False) & (words >= 5) & (words <= 60)
        placed = ~_any_set(reading, _NO_PLACE) & (self._title >= 0)
        byline = placed & (order > self._title) & (order <= first) & is_set(reading, "title_case")
        section = placed & (order >= self._title - 2) & (order < self._title) & (words <= 3)
        self._marks = {
            "date": (brief & _any_set(reading, ("date", "clock"))).tolist(),
            "byline": is_set(reading, "byline").tolist(),
            "agency": (brief & is_set(reading, "parenthesis") & is_set(reading, "agency")).tolist(),
            "caption": ((words <= _CAPTION) & _any_set(reading, ("credit_end", "agency"))).tolist(),
            "before credit": followed.tolist(),
            "name": (byline & ~is_set(reading, "role")).tolist(),
            "section": section.tolist(),
        }
        said = np.column_stack([is_set(reading, family) for family, _ in _BY_FAMILY])
        self._family: list[int] = np.where(said.any(axis=1), said.argmax(axis=1), -1).tolist()

    def name(self, n: int) -> Verdict:
        """Kind and reason of the dropped judged line `n`."""
        text = self._text(n)
        return self._metadata(n, text) or self._photo(n, text) or self._place(n) or self._boilerplate(n)

    def _metadata(self, n: int, text: str) -> Verdict | None:
        if n == self._title:
            return "title", "the headline"
        if text.casefold() in self._publishers or ("©" in text and self._words[n] <= _BRIEF):
            return "publisher", "the publisher's name"
        if self._marks["date"][n]:
            return "date", "a date line"
        if self._marks["byline"][n]:
            return "byline", "the author's name"
        return None

    def _photo(self, n: int, text: str) -> Verdict | None:
        if self._marks["agency"][n] or is_credit(text):
            return "credit", "a photo or source credit"
        captioned = self._marks["before credit"][n] and is_credit(self._text(n + 1)) and strip_credit(text)
        return ("caption", "a photo caption") if self._marks["caption"][n] or captioned else None

    def _place(self, n: int) -> Verdict | None:
        if self._marks["name"][n]:
            return "byline", "the author's name"
        return ("section", "the section of the publication") if self._marks["section"][n] else None

    def _boilerplate(self, n: int) -> Verdict:
        if self._family[n] >= 0:
            return "boilerplate", _BY_FAMILY[self._family[n]][1]
        brief = self._words[n] < _OUTSIDE
        return "boilerplate", "stands outside the article" if brief else "no part of the article's run of text"

    def _text(self, n: int) -> str:
        return self._reading.lines[self._reading.judged[n]].plain


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
