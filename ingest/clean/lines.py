"""Page text → lines with offsets, and the plain view of a line that all judging works on."""

from __future__ import annotations

import re
from typing import NamedTuple

_BULLET = re.compile(r"\s*(?:[•●▪■◦‣⁃*·]|\d{1,2}[.)])\s+(?=\S)")

# Soft hyphens, zero-width signs, bidi controls and the C0/C1 controls read as nothing. No-break and other
# odd spaces are left in: str.split knows them all.
_UNREAD = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+"
)

# A longer line is prose or garbage whatever its middle says; judging its ends keeps the cost bounded.
_HEAD, _TAIL = 3000, 1000


class SourceLine(NamedTuple):
    """A non-blank line: `text` == page[start:end]; `plain` is its readable form without bullet.

    `gap` tells that a blank line (or the start of the page) stands before it. `plain` of a very long
    line holds its head and tail only. (A named tuple: a page has hundreds, and it is made in a third of
    the time of a frozen dataclass.)
    """

    text: str
    start: int
    end: int
    plain: str
    gap: bool
    bullet: bool

    @property
    def size(self) -> int:
        """Characters in the line."""
        return self.end - self.start


def split_lines(text: str) -> list[SourceLine]:
    r"""The non-blank lines of `text` in order; only \n, \r and \r\n end a line."""
    lines: list[tuple[str, int, int, str, bool, bool]] = []
    carriage = "\r" in text
    start = previous = 0
    for raw in (text.replace("\r", "\n") if carriage else text).split("\n"):
        end = start + len(raw)
        inner = raw.strip()
        if inner:
            gap = start - previous > 1 or not lines
            if gap and carriage and lines and text[previous:start] == "\r\n":
                gap = False
            bullet = None if inner[0].isalpha() else _BULLET.match(raw)
            if bullet:
                inner = raw[bullet.end() :].rstrip()
            # One question asked of most lines: whether they are read as they stand.
            plain = inner if inner.isprintable() and "  " not in inner and end - start <= _HEAD else plain_view(inner)
            lines.append((raw, start, end, plain, gap, bullet is not None))
            previous = end
        start = end + 1
    return list(map(SourceLine._make, lines))


def plain_view(raw: str) -> str:
    """`raw` with odd spaces and invisible signs smoothed; head and tail only when it is very long."""
    if len(raw) > _HEAD + _TAIL:
        raw = raw[:_HEAD] + " " + raw[-_TAIL:]
    if not raw.isprintable():
        raw = _UNREAD.sub("", raw)
    return " ".join(raw.split())
