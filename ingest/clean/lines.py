"""Page text → lines with offsets, and the plain view of a line that all judging works on."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n]+")
_BULLET = re.compile(r"\s*(?:[•●▪■◦‣⁃*·]|\d{1,2}[.)])\s+(?=\S)")

# Soft hyphens, zero-width signs, bidi controls and the C0/C1 controls read as nothing. No-break and other
# odd spaces are left in: str.split knows them all.
_UNREAD = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+"
)

# A longer line is prose or garbage whatever its middle says; judging its ends keeps the cost bounded.
_HEAD, _TAIL = 3000, 1000


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A non-blank line: `text` == page[start:end]; `plain` is its readable form without bullet.

    `gap` tells that a blank line (or the start of the page) stands before it. `plain` of a very long
    line holds its head and tail only.
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
    lines = []
    previous = None
    for match in _LINE.finditer(text):
        raw = match.group()
        if raw.isspace():
            continue
        start, end = match.span()
        gap = previous is None or _blank_between(text, previous, start)
        bullet = _BULLET.match(raw)
        plain = plain_view(raw[bullet.end() :] if bullet else raw)
        lines.append(SourceLine(raw, start, end, plain, gap, bullet is not None))
        previous = end
    return lines


def plain_view(raw: str) -> str:
    """`raw` with odd spaces and invisible signs smoothed; head and tail only when it is very long."""
    if len(raw) > _HEAD + _TAIL:
        raw = raw[:_HEAD] + " " + raw[-_TAIL:]
    if not raw.isprintable():
        raw = _UNREAD.sub("", raw)
    elif "  " not in raw:
        return raw.strip(" ")
    return " ".join(raw.split())


def _blank_between(text: str, end: int, start: int) -> bool:
    breaks = text[end:start]
    return breaks not in ("\n", "\r", "\r\n")
