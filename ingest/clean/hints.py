"""Hints that take the whole page to see: the publisher's own words, headline, standfirst, subheadings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.clean.features import Matrix
from ingest.clean.page import Reading
from ingest.clean.sequence import FEATURES

Mask = NDArray[np.bool_]
PLACE = {name: i for i, name in enumerate(FEATURES)}
_NAME = r"([^\W\d_][\w.&'’-]*(?: [^\W\d_][\w.&'’-]*){0,3})"
_RIGHTS_OF = re.compile(
    rf"(?:©|\bcopyright\b)\s*(?:©\s*)?(?:\d{{4}}(?:\s*[-–]\s*\d{{4}})?,?\s*)?(?:by\s+)?{_NAME}", re.I
)
_WORKS_FOR = re.compile(
    rf"\b(?i:reporter|journalist|redaktör|skribent|redakteur|redakteurin|writer|correspondent|editor) "
    rf"(?i:på|hos|bei|beim|der|at|for|with) {_NAME}"
)
# A line that names its publisher holds one of a few literals, and most pages hold none.
_NAMING = (
    (("©", "opyright"), _RIGHTS_OF),
    (("eporter", "ournalist", "edaktör", "kribent", "edakteur", "riter", "orrespondent", "ditor"), _WORKS_FOR),
)
_NOTICE = 400  # characters: a longer line is no notice
_NOTICES = ("disclaimer", "rights", "ourselves", "bio", "subscribe")
_CONNECTORS = frozenset(
    ["med", "och", "som", "mit", "und", "with", "and", "who", "all", "alla", "alle", "rights", "ab", "gmbh"]
)
# A line that opens with the publisher's name and one of these is about the publisher.
_ABOUT = re.compile(
    r",? (?:är|publicerar|grundades|finns|ger|vill|strävar|utges|ist|wurde|erscheint|bietet|berichtet|"
    r"informiert|steht|is|was|has|publishes|offers|provides|aims|er|ble|utgis)\b"
)


# A short line with one of these between two paragraphs is no heading.
_NO_HEADING = (
    "control", "related", "credit", "credit_end", "date", "clock", "address", "agency", "byline",
    "role", "repeated", "bullet", "terminal", "colon", "no_words", "lower_start", "rights", "bio",
    "subscribe", "title_case", "separators", "parenthesis",
)  # fmt: skip


def column(reading: Reading, name: str) -> Matrix:
    """The feature `name` of every judged line."""
    values: Matrix = reading.features[:, PLACE[name]]
    return values


def is_set(reading: Reading, name: str) -> Mask:
    """Which judged lines have the yes-or-no feature `name`."""
    mask: Mask = reading.flags[PLACE[name]]
    return mask


def line_words(reading: Reading) -> Matrix:
    """The number of words of every judged line."""
    return reading.words


def publisher_names(reading: Reading) -> list[str]:
    """The publisher's names in copyright lines and author boxes; long ones also without their first word."""
    page = "\n".join([line.plain for line in reading.lines if line.end - line.start <= _NOTICE])
    places = {(*place, k) for k, (hints, _) in enumerate(_NAMING) for place in _lines_with(page, hints)}
    names: list[str] = []
    for start, end, k in sorted(places):
        match = _NAMING[k][1].search(page, start, end)
        if match and (name := _trimmed(match.group(1))):
            names.append(name)
            if name.count(" ") >= 2:
                names.append(name.partition(" ")[2])
    return list(dict.fromkeys(names))


def _lines_with(page: str, hints: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Start and end of every line of `page` that holds one of `hints`."""
    for hint in hints:
        at = page.find(hint)
        while at >= 0:
            end = page.find("\n", at)
            end = len(page) if end < 0 else end
            yield page.rfind("\n", 0, at) + 1, end
            at = page.find(hint, end)


def _trimmed(name: str) -> str:
    kept: list[str] = []
    for word in name.split():
        if word.casefold() in _CONNECTORS or not word[0].isupper():
            break
        kept.append(word.rstrip("."))
    return " ".join(kept) if len(" ".join(kept)) >= 3 else ""


def _judged_texts(reading: Reading) -> list[str]:
    return [reading.lines[i].plain for i in reading.judged]


def own_words(reading: Reading, names: Sequence[str]) -> Mask:
    """Lines in which the publisher speaks of itself, and those after them that go on saying "we"."""
    mask = np.zeros(len(reading.judged), dtype=bool)
    if not names:
        return mask
    texts = _judged_texts(reading)
    named = np.logical_or.reduce([[name in text for text in texts] for name in names])
    about = np.logical_or.reduce([is_set(reading, name) for name in _NOTICES])
    own = named & (about | (line_words(reading) <= 12)) & ~is_set(reading, "quote")
    for n in np.flatnonzero(named & ~own).tolist():
        own[n] = any(texts[n].startswith(name) and _ABOUT.match(texts[n], len(name)) for name in names)
    ours, prose = is_set(reading, "ourselves"), reading.prose
    going = False
    for n in range(int(own.argmax()) if own.any() else len(own), len(own)):
        mask[n] = own[n] or (going and ours[n])
        going = bool(mask[n]) or (going and not prose[n])
    return mask


def headline(reading: Reading) -> Mask:
    """The headline and every repetition of it."""
    titles = {reading.keys[reading.judged[n]] for n in _title_lines(reading)}
    if not titles:
        return np.zeros(len(reading.judged), dtype=bool)
    return np.array([reading.keys[i] in titles for i in reading.judged], dtype=bool)


def labelled(reading: Reading) -> Mask:
    """Lines that point elsewhere and have a colon near their start ("Read more: …")."""
    mask = is_set(reading, "pointer").copy()
    for n in np.flatnonzero(mask).tolist():
        mask[n] = ":" in reading.lines[reading.judged[n]].plain[:40]
    return mask


def subheadings(reading: Reading) -> Mask:
    """One to three words that start like a heading between two paragraphs, and are no name, label or date."""
    prose = reading.prose > 0
    between = np.zeros(len(prose), dtype=bool)
    between[1:-1] = prose[:-2] & prose[2:]
    for name in _NO_HEADING:
        between &= ~is_set(reading, name)
    inside = column(reading, "outside") > 0.1
    found: Mask = between & inside & is_set(reading, "three_words") & (column(reading, "digits") == 0)
    return found


def standfirst(reading: Reading) -> Mask:
    """A paragraph right above the headline whose words come back in the text."""
    mask = np.zeros(len(reading.judged), dtype=bool)
    for n in _title_lines(reading):
        if n > 0 and reading.prose[n - 1] > 0 and column(reading, "shared")[n - 1] >= 0.5:
            mask[n - 1] = not is_set(reading, "credit_end")[n - 1] and not is_set(reading, "solicit")[n - 1]
    return mask


def _title_lines(reading: Reading) -> list[int]:
    return [int(n) for n in np.flatnonzero(is_set(reading, "is_title"))]
