"""One candidate for a citation marker, read character by character.

It knows the grammar of markers and nothing of which numbers are known.
"""

from __future__ import annotations

from collections.abc import Callable

OPENERS = "[【［"
CLOSERS = "]】］"
TICK = "`"
# Blank also means invisible: "[\u200b9]" would read as [9] on the screen.
_BLANK = " \t\n\r\u00a0\u00ad\u2009\u200a\u200b\u200c\u200d\u202f\u2060\ufeff"
_SEPARATORS = ",;&-–—:/+"
_LABELS = frozenset(
    (
        "source",
        "sources",
        "passage",
        "passages",
        "article",
        "doc",
        "document",
        "ref",
        "cite",
        "citation",
        "källa",
        "källor",
        "artikel",
        "quelle",
        "quellen",
    )
)
_LONGEST_LABEL = max(map(len, _LABELS))
# A longer candidate is no list of passages any more but text with a bracket in it; nothing shows while it is read.
MAX_CANDIDATE = 400


class Candidate:
    """Characters that may become one marker; `take` says what the next character makes of them."""

    def __init__(self) -> None:
        self.raw = ""
        self.body = ""
        self.state: Callable[[str], bool] = self._in_ticks
        self.ticks = self.opens = self.closes = self.closing_ticks = 0
        self.label = ""

    def take(self, char: str) -> bool:
        """Whether `char` still belongs to the candidate; a refused character is not consumed."""
        if self.too_long or not self.state(char):
            return False
        self.raw += char
        if self.state in (self._in_number, self._in_separator):
            self.body += char
        return True

    @property
    def too_long(self) -> bool:
        """Whether the characters so far are more than any marker has."""
        return len(self.raw) >= MAX_CANDIDATE

    @property
    def complete(self) -> bool:
        """Whether the characters so far are a whole marker."""
        return self.closed and self.closes == self.opens

    @property
    def closed(self) -> bool:
        """Whether a closing bracket has been read."""
        return self.closes > 0

    def _in_ticks(self, char: str) -> bool:
        if char == TICK and self.ticks < 3:
            self.ticks += 1
            return True
        return self._opens(char)

    def _opens(self, char: str) -> bool:
        if char not in OPENERS or self.opens == 2:
            return False
        self.opens += 1
        self.state = self._in_open
        return True

    def _in_open(self, char: str) -> bool:
        if char in _BLANK:
            return True
        if char.isalpha():
            self.state = self._in_label
            return self._in_label(char)
        if char in "^#":
            self.state = self._in_caret
            return True
        if char in OPENERS:
            return self.raw[-1:] not in _BLANK and self._opens(char)
        return self._starts_number(char)

    def _in_label(self, char: str) -> bool:
        if char.isalpha():
            self.label += char.lower()
            known = any(label.startswith(self.label) for label in _LABELS)
            return known and len(self.label) <= _LONGEST_LABEL
        if self.label not in _LABELS:
            return False
        if char in _BLANK or char in ":#.":
            self.state = self._in_caret
            return True
        return self._starts_number(char)

    def _in_caret(self, char: str) -> bool:
        return char in _BLANK or char in "^:#." or self._starts_number(char)

    def _starts_number(self, char: str) -> bool:
        if not char.isdecimal():
            return False
        self.state = self._in_number
        return True

    def _in_number(self, char: str) -> bool:
        if char.isdecimal():
            return True
        return self._in_separator(char)

    def _in_separator(self, char: str) -> bool:
        if char in _BLANK or char in _SEPARATORS or char in "^#":
            self.state = self._in_separator
        elif char.isdecimal():
            self.state = self._in_number
        elif char == "†":
            self.state = self._in_tail
        elif char in CLOSERS:
            self.closes, self.state = 1, self._in_closed
        else:
            return False
        return True

    def _in_tail(self, char: str) -> bool:
        if char in CLOSERS:
            self.closes, self.state = 1, self._in_closed
        return char not in OPENERS and char != TICK

    def _in_closed(self, char: str) -> bool:
        if char in CLOSERS and self.closes < self.opens:
            self.closes += 1
            return True
        if char == TICK and self.closes == self.opens and self.closing_ticks < self.ticks:
            self.closing_ticks += 1
            return True
        return False
