"""What pages of other publishers cannot teach: rules that lower or raise a line's score, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.article import LineKind
from ingest.clean.features import Matrix
from ingest.clean.page import Reading
from ingest.clean.sequence import FEATURES, prose_words

Mask = NDArray[np.bool_]
_PLACE = {name: i for i, name in enumerate(FEATURES)}
_NAME = r"([^\W\d_][\w.&'’-]*(?: [^\W\d_][\w.&'’-]*){0,3})"
_RIGHTS_OF = re.compile(rf"(?:©|\bcopyright\b)\s*(?:©\s*)?(?:\d{{4}}(?:\s*[-–]\s*\d{{4}})?,?\s*)?(?:by\s+)?{_NAME}", re.I)
_WORKS_FOR = re.compile(
    rf"\b(?i:reporter|journalist|redaktör|skribent|redakteur|redakteurin|writer|correspondent|editor) "
    rf"(?i:på|hos|bei|beim|der|at|for|with) {_NAME}"
)
_CONNECTORS = {"med", "och", "som", "mit", "und", "with", "and", "who", "all", "alla", "alle", "rights", "ab", "gmbh"}
# "The Daily is …", "Das Blatt wurde …": a line that opens with the publisher's name and one of these is about it.
_ABOUT = re.compile(
    r",? (?:är|publicerar|grundades|finns|ger|vill|strävar|utges|ist|wurde|erscheint|bietet|berichtet|informiert|steht|"
    r"is|was|has|publishes|offers|provides|aims|er|ble|utgis)\b"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Lines under `mask` get `amount` added to their log-odds; dropped for it, they get `kind` and `reason`."""

    mask: Mask
    amount: float
    kind: LineKind
    reason: str


def column(reading: Reading, name: str) -> Matrix:
    """The feature `name` of every judged line."""
    values: Matrix = reading.features[:, _PLACE[name]]
    return values


def is_set(reading: Reading, name: str) -> Mask:
    """Which judged lines have the yes-or-no feature `name`."""
    mask: Mask = column(reading, name) > 0
    return mask


def line_words(reading: Reading) -> Matrix:
    """The number of words of every judged line."""
    counts: Matrix = np.expm1(column(reading, "log_words"))
    return counts


def rules_for(reading: Reading) -> list[Rule]:
    """The rules that apply to a page, strongest reasons first."""
    words = line_words(reading)

    def has(name: str) -> Mask:
        return is_set(reading, name)

    # Most of the prose lies before the line, or nearly none: where notices stand.
    late = column(reading, "before") > 0.7
    edge = late | (column(reading, "before") < 0.05)
    heading = ~has("terminal") | has("colon")
    speaks = has("reader") & has("ourselves")
    return [
        Rule(has("teaser"), -9.0, "duplicate", "a cut copy of a longer line"),
        Rule(_headline(reading), -9.0, "title", "the headline"),
        Rule(_own_words(reading), -7.0, "boilerplate", "the publisher speaks of itself"),
        Rule(has("control"), -8.0, "boilerplate", "a control or label of the page"),
        Rule(has("pointer") & (words <= 30) & (heading | _labelled(reading)), -7.0, "boilerplate", "points to other articles"),
        Rule(has("solicit") & speaks, -8.0, "boilerplate", "speaks to the reader about cookies, accounts or subscriptions"),
        Rule(has("solicit") & edge, -4.0, "boilerplate", "speaks to the reader about cookies, accounts or subscriptions"),
        Rule(speaks & late & ~has("quote") & has("disclaimer"), -5.0, "boilerplate", "the publisher speaks to the reader"),
        Rule(has("embed") & (words <= 90), -5.0, "boilerplate", "stands in for embedded content"),
        Rule(has("disclaimer") & edge, -5.0, "boilerplate", "a notice of the publisher"),
        Rule(has("bio") & _bio_shape(reading) & (late | has("repeated")), -7.0, "boilerplate", "about the author"),
        Rule(has("credit_end") & (words <= 60), -5.0, "caption", "a photo caption"),
        Rule(has("rights") & (words <= 40) & edge, -6.0, "boilerplate", "a copyright notice"),
        Rule(_subheadings(reading), 4.0, "subheading", ""),
        Rule(_standfirst(reading), 9.0, "standfirst", ""),
    ]  # fmt: skip


def publisher_names(reading: Reading) -> list[str]:
    """Names the page gives its publisher in a copyright line or an author's box, long ones also without first word."""
    names: list[str] = []
    for line in reading.lines:
        if line.size > 400:
            continue
        for pattern in (_RIGHTS_OF, _WORKS_FOR):
            match = pattern.search(line.plain)
            if match and (name := _trimmed(match.group(1))):
                names.append(name)
                if name.count(" ") >= 2:
                    names.append(name.partition(" ")[2])
    return list(dict.fromkeys(names))


def _trimmed(name: str) -> str:
    kept: list[str] = []
    for word in name.split():
        if word.casefold() in _CONNECTORS or not word[0].isupper():
            break
        kept.append(word.rstrip("."))
    return " ".join(kept) if len(" ".join(kept)) >= 3 else ""


def _judged_texts(reading: Reading) -> list[str]:
    return [reading.lines[i].plain for i in reading.judged]


def _mask(reading: Reading, test: Callable[[str], bool]) -> Mask:
    return np.array([test(text) for text in _judged_texts(reading)], dtype=bool)


def _own_words(reading: Reading) -> Mask:
    """Lines in which the publisher speaks of itself, and those after them that go on saying "we"."""
    mask = np.zeros(len(reading.judged), dtype=bool)
    names = publisher_names(reading)
    if not names:
        return mask
    about = [is_set(reading, name) for name in ("disclaimer", "rights", "ourselves", "bio", "subscribe")]
    ours, quoted = is_set(reading, "ourselves"), is_set(reading, "quote")
    words, prose = line_words(reading), prose_words(reading.features)
    going = False
    for n, text in enumerate(_judged_texts(reading)):
        named = next((name for name in names if name in text), "")
        starts = any(text.startswith(name) and _ABOUT.match(text, len(name)) for name in names)
        noted = bool(named) and (any(mark[n] for mark in about) or words[n] <= 12)
        own = starts or (noted and not quoted[n])
        mask[n] = own or (going and bool(ours[n]))
        going = mask[n] or (going and not prose[n])
    return mask


def _headline(reading: Reading) -> Mask:
    """The headline and every repetition of it."""
    titles = {reading.keys[reading.judged[n]] for n in _title_lines(reading)}
    return np.array([reading.keys[i] in titles for i in reading.judged], dtype=bool)


def _labelled(reading: Reading) -> Mask:
    return _mask(reading, lambda text: ":" in text[:40])


def _bio_shape(reading: Reading) -> Mask:
    return line_words(reading) <= 80


def _subheadings(reading: Reading) -> Mask:
    """One to three words that start like a heading between two paragraphs, and are no name, label or date."""
    prose = prose_words(reading.features) > 0
    between = np.zeros(len(prose), dtype=bool)
    between[1:-1] = prose[:-2] & prose[2:]
    barred = ("control", "related", "credit", "credit_end", "date", "clock", "address", "agency", "byline", "role",
              "repeated", "bullet", "terminal", "colon", "no_words", "lower_start", "rights", "bio", "subscribe",
              "title_case", "separators", "parenthesis")  # fmt: skip
    for name in barred:
        between &= ~is_set(reading, name)
    inside = column(reading, "outside") > 0.1
    return between & inside & is_set(reading, "three_words") & (column(reading, "digits") == 0)


def _standfirst(reading: Reading) -> Mask:
    """A paragraph right above the headline whose words come back in the text."""
    mask = np.zeros(len(reading.judged), dtype=bool)
    for n in _title_lines(reading):
        if n > 0 and prose_words(reading.features)[n - 1] > 0 and column(reading, "shared")[n - 1] >= 0.5:
            mask[n - 1] = not is_set(reading, "credit_end")[n - 1] and not is_set(reading, "solicit")[n - 1]
    return mask


def _title_lines(reading: Reading) -> Iterator[int]:
    yield from np.flatnonzero(is_set(reading, "is_title")).tolist()
