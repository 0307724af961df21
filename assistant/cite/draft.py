"""A draft with canonical markers into sentences and the markers that belong to each.

A marker after the full stop belongs to the sentence before it. It knows nothing of articles.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from ingest.sentences import split_sentences

_MARKER = re.compile(r"[ \t]*\[(\d{1,6})\]")
_BULLET = re.compile(r"[ \t]*(?:[-*•–][ \t]+|\d{1,2}[.)][ \t]+|#{1,6}[ \t]+|>[ \t]+)*")
_EMPHASIS = re.compile(r"\*\*|__")
_BOLD_LINE = re.compile(r"\s*(\*\*|__)[^*_]+\1:?\s*$")


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence of a draft; `draft[start:end]` is it with its markers, `text` without them.

    `markers` are its own, in order. `borrowed` are those of the next marked sentence of the same
    paragraph when it has none of its own. `heading` is a title or a lead-in, which claims nothing.
    """

    text: str
    start: int
    end: int
    markers: tuple[int, ...]
    borrowed: tuple[int, ...] = ()
    heading: bool = False


def split_draft(text: str, language: str) -> tuple[DraftSentence, ...]:
    """The sentences of a draft, in order; list bullets and heading signs are no part of them."""
    sentences: list[DraftSentence] = []
    offset = 0
    for line in text.splitlines(keepends=True):
        sentences.extend(_borrow(_split_line(line, offset, language)))
        offset += len(line)
    return tuple(sentences)


def _split_line(line: str, offset: int, language: str) -> list[DraftSentence]:
    bullet = _BULLET.match(line)
    begin = bullet.end() if bullet else 0
    bare, origins, marks = _without_markers(line, begin)
    spans = split_sentences(bare, language)
    if not spans:
        return []
    # A sentence reaches to the start of the next one, so markers after its full stop are inside.
    starts = [start for start, _ in spans]
    owners: list[list[int]] = [[] for _ in spans]
    ends = [origins[end - 1] + 1 for _, end in spans]
    for position, number, end in marks:
        index = max(0, bisect_left(starts, position) - 1)
        if number not in owners[index]:
            owners[index].append(number)
        ends[index] = max(ends[index], end)
    heading = _is_heading(line, has_markers=bool(marks), sentences=len(spans))
    return [
        DraftSentence(
            _EMPHASIS.sub("", bare[start:end]).strip(),
            offset + origins[start],
            offset + ends[i],
            tuple(owners[i]),
            heading=heading,
        )
        for i, (start, end) in enumerate(spans)
    ]


def _without_markers(line: str, begin: int) -> tuple[str, list[int], list[tuple[int, int, int]]]:
    """The line without markers, where each character stood, and (place, number, end) of each marker."""
    pieces: list[str] = []
    origins: list[int] = []
    marks: list[tuple[int, int, int]] = []
    position = begin
    for match in _MARKER.finditer(line, begin):
        pieces.append(line[position : match.start()])
        origins.extend(range(position, match.start()))
        marks.append((len(origins), int(match[1]), match.end()))
        position = match.end()
    pieces.append(line[position:])
    origins.extend(range(position, len(line)))
    return "".join(pieces), origins, marks


def _is_heading(line: str, *, has_markers: bool, sentences: int) -> bool:
    bare = line.strip()
    if has_markers or sentences > 1:
        return False
    return bare.startswith("#") or bare.rstrip("*_").endswith(":") or _BOLD_LINE.match(line) is not None


def _borrow(sentences: list[DraftSentence]) -> list[DraftSentence]:
    """Give sentences without markers those of the next marked one: models often cite once a paragraph."""
    following: tuple[int, ...] = ()
    result: list[DraftSentence] = []
    for sentence in reversed(sentences):
        if sentence.markers:
            following = sentence.markers
            result.append(sentence)
        else:
            result.append(
                DraftSentence(sentence.text, sentence.start, sentence.end, (), following, sentence.heading)
            )
    return result[::-1]
