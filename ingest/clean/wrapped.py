"""Text wrapped at a fixed width: its lines are pieces of paragraphs, and are judged and joined as such."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.clean.lines import SourceLine

_NARROW, _WIDE = 50, 100  # characters: people and mail programs wrap between these; poems and menus are narrower
_LEAST = 3  # lines: of two the first is always full
_FULL = 0.5  # share of the lines followed by another without a gap that its first word would have made too long
_FEW = 2  # such lines: fewer are chance
_MANY, _FULL_OF_MANY = 8, 1 / 3  # so many are none even where short paragraphs follow each other without a gap
_OPEN = 0.6  # share of those that end inside a sentence
_CLOSERS = tuple(".!?…:\"'”“’»«)")

Piece = range  # places of the lines of one paragraph


def paragraphs_of(lines: Sequence[SourceLine]) -> list[Piece]:
    """The paragraphs of wrapped text; of any other text every line by itself."""
    single = [range(n, n + 1) for n in range(len(lines))]
    width = max((len(line.plain) for line in lines), default=0)
    if len(lines) < _LEAST or not _NARROW <= width <= _WIDE:
        return single
    full = [_continues(line, after, width) for line, after in pairwise(lines)]
    inside = (is_full and not line.plain.endswith(_CLOSERS) for is_full, line in zip(full, lines, strict=False))
    open_ended = sum(inside)
    together = sum(not (line.gap or line.bullet) for line in lines[1:])
    share = _FULL if sum(full) < _MANY else _FULL_OF_MANY
    if sum(full) < max(_FEW, share * together) or open_ended < _OPEN * sum(full):
        return single
    found: list[Piece] = []
    start = 0
    for n, goes_on in enumerate([*full, False], start=1):
        if not goes_on:
            found.append(range(start, n))
            start = n
    return found


def join_lines(lines: Sequence[SourceLine], piece: Piece) -> SourceLine:
    """The lines of one paragraph as one line."""
    first, last = lines[piece[0]], lines[piece[-1]]
    if first is last:
        return first
    text = " ".join(lines[n].text.strip() for n in piece)
    plain = " ".join(lines[n].plain for n in piece)
    return SourceLine(text, first.start, last.end, plain, first.gap, first.bullet)


def _continues(line: SourceLine, after: SourceLine, width: int) -> bool:
    """Whether `after` goes on with the paragraph: its first word had no room on `line`."""
    return not (after.gap or after.bullet) and len(line.plain) + 1 + len(after.plain.split(" ", 1)[0]) > width
