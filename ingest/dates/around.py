"""The word before a place in a text; what it is tells which day, month or season is meant."""

from __future__ import annotations

import re

_WORD_BEFORE = re.compile(r"([^\W\d_]+)[^\w\n]{1,3}$")


def word_before(text: str, start: int) -> str:
    """The word before `start` in lower case, "" when a line or sentence begins there."""
    match = _WORD_BEFORE.search(text, max(0, start - 24), start)
    return match[1].lower() if match else ""


def begin_before(text: str, start: int) -> int:
    """Where the word before `start` begins."""
    match = _WORD_BEFORE.search(text, max(0, start - 24), start)
    return match.start() if match else start


