"""Page text → lines with offsets, and the plain view of a line that all judging works on."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n]+")
_BULLET = re.compile(r"\s*(?:[•●▪■◦‣⁃*·]|\d{1,2}[.)])\s+(?=\S)")

# No-break and other odd spaces read as a space; soft hyphens, zero-width signs, bidi controls and the
# C0/C1 controls as nothing.
_READING: dict[int, str | None] = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], None),
    **dict.fromkeys([0xAD, 0x61C, *range(0x200B, 0x2010), 0x2060, 0xFEFF], None),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], None),
    **dict.fromkeys([0x09, 0x0B, 0x0C, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)], " "),
    **dict.fromkeys([0x2028, 0x2029, 0x202F, 0x205F, 0x3000], " "),
}
_ODD = re.compile("[\x00-\x1f\x7f-\xa0\xad\u061c\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff]")

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
    if _ODD.search(raw):
        raw = raw.translate(_READING)
    return " ".join(raw.split())


def _blank_between(text: str, end: int, start: int) -> bool:
    breaks = text[end:start]
    return breaks not in ("\n", "\r", "\r\n")
