"""Which line of a flattened page is its title."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from ingest.metadata.cues import BYLINE, TIME, asks_consent, names_credit, names_menu
from ingest.metadata.layout import Layout

_TERMINAL = re.compile(r"[.…;,:][\"'”“»)]*$")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]{2,}")
_HEADLINE = 6  # words of letters: labels of menus and price tickers have fewer
_ON_TOPIC = 0.25  # share of its words: a headline about private data has more in common with its article
_DIGITS = re.compile(r"(?:19|20)\d\d|\d[:.]\d\d")
_BEFORE, _AFTER = 25, 4  # lines around the first paragraph in which a title is looked for
_MAX_WORDS = 32
# Learned on news pages of 78 publishers, each flattened in three ways (tests/benchmarks/metadata.py --learn;
# a softmax over the lines of a page): cross-validated by publisher, .79 to .85 of the titles present are found.
WEIGHTS: tuple[float, ...] = (
    0.92, 2.00, -0.09, 3.40, -1.80, -3.00, -3.14, -0.53, -2.97, -2.25, 1.55, -2.28, -5.10, -0.04, -3.72,
    0.32, -0.16, 0.71, 2.79, -2.26, -1.98, 0.78, -1.43, -1.45, -2.64, 1.19, 0.71, 0.55, 0.89, 0.92,
)  # fmt: skip
THRESHOLD = -0.5  # below, no line: in cross-validation half of the titles between -2 and -0.5 were wrong
_SEEN_BY_CLEANER = 1.0  # the cleaner called it the title; it looks at other things than this model


def find_title(layout: Layout, weights: Sequence[float] = WEIGHTS) -> int | None:
    """Index of the line that is the article's title; None when no line is likely enough.

    `weights` are those of the package unless others are to be measured.
    """
    best, best_score = None, THRESHOLD
    for index in candidates(layout):
        value = score(features(layout, index), weights) + _SEEN_BY_CLEANER * (layout.kinds[index] == "title")
        if value > best_score:
            best, best_score = index, value
    return best


def score(values: Sequence[float], weights: Sequence[float] = WEIGHTS) -> float:
    """The log-odds that a line with these features is the title."""
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


def candidates(layout: Layout) -> list[int]:
    """Indices of lines neither too short nor too long for a title: around the first paragraph, or called one."""
    first = min(layout.first_body, len(layout.lines))
    window = set(range(max(0, first - _BEFORE), min(len(layout.lines), first + _AFTER)))
    called = {index for index, kind in enumerate(layout.kinds) if kind == "title"}
    return [
        index
        for index in sorted(window | called)
        if 2 <= len(layout.lines[index].split()) <= _MAX_WORDS
        and len(layout.lines[index]) <= 300
        and not _is_menu(layout.lines[index])
        and not (asks_consent(layout.lines[index]) and layout.shared(index) < _ON_TOPIC)
    ]


def _is_menu(line: str) -> bool:
    """Is the line made of labels between two bars or more, none of them as long as a headline?"""
    labels = line.split(" | ")
    return len(labels) > 2 and max(len(_WORD.findall(label)) for label in labels) < _HEADLINE


def features(layout: Layout, index: int) -> tuple[float, ...]:
    """Numbers about one line, in the order of WEIGHTS."""
    return (*_wording(layout, index), *_place(layout, index), *_neighbours(layout, index))


def _wording(layout: Layout, index: int) -> tuple[float, ...]:
    line = layout.lines[index]
    tokens = line.split()
    content = layout.content_words(index)
    return (
        layout.shared(index),
        sum(word in layout.lead_words for word in content) / max(1, len(content)),
        float(len(content) < 2),
        min(len(tokens), 10) / 10,
        float(len(tokens) > 18),
        float(bool(_TERMINAL.search(line))),
        float(names_menu(line)),
        float(names_credit(line)),
        float("|" in line or bool(_DIGIT.search(line) and TIME.search(line))),
        sum(token[:1].isupper() for token in tokens) / len(tokens),
        float(line.endswith("?") or ":" in line[:-1]),
        float("(" in line),
    )


def _place(layout: Layout, index: int) -> tuple[float, ...]:
    line = layout.lines[index]
    distance = layout.first_body - index
    strong = sum(_strong(layout, other) for other in range(max(0, index - 12), index))
    kind = layout.kinds[index]
    return (
        1.0,
        math.log1p(max(0, distance)),
        float(distance < 0),
        float(layout.counts[line] > 1),
        float(layout.joined.count(line) > layout.counts[line]),
        min(strong, 3) / 3,
        float(strong == 0),
        float(kind == "body"),
        float(kind in ("caption", "credit")),
        float(kind == "title"),
        float(kind in ("standfirst", "subheading")),
    )


def _strong(layout: Layout, index: int) -> bool:
    """Could line `index`, which stands earlier, be the title itself?"""
    found = layout.titles.get(index)
    if found is None:
        line = layout.lines[index]
        found = layout.titles[index] = (
            20 < len(line) < 200
            and 4 <= len(line.split()) <= 25
            and not layout.bullets[index]
            and layout.shared(index) >= 0.4
            and not names_credit(line)
            and not names_menu(line)
        )
    return found


def _neighbours(layout: Layout, index: int) -> tuple[float, ...]:
    line = layout.lines[index]
    before = layout.lines[index - 1] if index else ""
    after = layout.lines[index + 1 : index + 6]
    following = after[0] if after else ""
    return (
        float(names_credit(following) and len(following.split()) < 12),
        float(line in (before, following)),
        float(any(_DIGITS.search(text) and len(text.split()) < 12 for text in after)),
        float(any(BYLINE.match(text) and len(text) < 100 for text in after)),
        float(0 < len(before.split()) <= 3 and not layout.bullets[index - 1]),
        float(len(following) > 1.3 * len(line)),
        float(following in line and len(following) > 8),
    )
