"""The kind of a dropped line and the reason a person is told."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.article import LineKind
from ingest.clean.captions import is_credit, strip_credit
from ingest.clean.hints import PLACE, line_words
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


class Namer:
    """Names the dropped lines of one page; `kept` are the fates of its judged lines."""

    def __init__(self, reading: Reading, kept: list[bool], publishers: Sequence[str]) -> None:
        self._reading = reading
        self._kept = kept
        self._words: list[float] = line_words(reading).tolist()
        self._set: list[list[bool]] = (reading.features > 0).tolist()
        self._publishers = {name.casefold() for name in publishers}
        self._title = next((n for n, row in enumerate(self._set) if row[PLACE["is_title"]]), -1)
        self._first = next((n for n, fate in enumerate(kept) if fate), len(kept))
        if not 0 <= self._title < self._first:
            above = (n for n in reversed(range(self._first)) if self._like_title(n))
            self._title = next(above, self._title)

    def name(self, n: int) -> Verdict:
        """Kind and reason of the dropped judged line `n`."""
        text = self._reading.lines[self._reading.judged[n]].plain
        return self._metadata(n, text) or self._photo(n, text) or self._place(n) or self._boilerplate(n)

    def _like_title(self, n: int) -> bool:
        """Whether a line above the article could be its headline, when none stood out by its words."""
        barred = (
            "control",
            "related",
            "credit_end",
            "date",
            "byline",
            "consent",
            "subscribe",
            "rights",
            "bullet",
        )
        return 3 <= self._words[n] <= 25 and not any(self._has(n, feature) for feature in barred)

    def _has(self, n: int, feature: str) -> bool:
        return self._set[n][PLACE[feature]]

    def _metadata(self, n: int, text: str) -> Verdict | None:
        if n == self._title:
            return "title", "the headline"
        if text.casefold() in self._publishers or ("©" in text and self._words[n] <= 12):
            return "publisher", "the publisher's name"
        if self._words[n] <= 12 and (self._has(n, "date") or self._has(n, "clock")):
            return "date", "a date line"
        if self._has(n, "byline"):
            return "byline", "the author's name"
        return None

    def _photo(self, n: int, text: str) -> Verdict | None:
        if is_credit(text) or (
            self._has(n, "parenthesis") and self._has(n, "agency") and self._words[n] <= 12
        ):
            return "credit", "a photo or source credit"
        if self._words[n] <= 80 and (self._has(n, "credit_end") or self._has(n, "agency")):
            return "caption", "a photo caption"
        follows = n + 1 < len(self._kept) and self._has(n + 1, "credit") and is_credit(self._text(n + 1))
        if follows and 5 <= self._words[n] <= 60 and strip_credit(text):
            return "caption", "a photo caption"
        return None

    def _place(self, n: int) -> Verdict | None:
        plain = not any(
            self._has(n, family) for family in ("control", "related", "consent", "subscribe", "no_words")
        )
        if not plain or self._title < 0:
            return None
        if self._title < n < self._first + 1 and self._has(n, "title_case") and not self._has(n, "role"):
            return "byline", "the author's name"
        if self._title - 2 <= n < self._title and self._words[n] <= 3:
            return "section", "the section of the publication"
        return None

    def _boilerplate(self, n: int) -> Verdict:
        for family, reason in _BY_FAMILY:
            if self._has(n, family):
                return "boilerplate", reason
        return "boilerplate", "stands outside the article" if self._words[
            n
        ] < 25 else "no part of the article's run of text"

    def _text(self, n: int) -> str:
        return self._reading.lines[self._reading.judged[n]].plain
