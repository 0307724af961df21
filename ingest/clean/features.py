"""What is measured on a line itself: shape, punctuation, and the phrases it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ingest.clean import phrases
from ingest.clean.lines import SourceLine
from ingest.clean.said import FAMILIES, said_by_lines
from ingest.clean.signs import COLON, QUOTE, SEPARATOR, STOP, Flags, Signs, count_signs
from ingest.clean.words import Numbers, Words, numbers_of, tell_words

Matrix = NDArray[np.float64]

# German, Nordic and French closing quotes end a sentence as well as English ones do.
TERMINAL = re.compile(r"[.!?…][\"'”“’‘»«›‹)\]]*$|[.!?,][”“\"»«]$")
BYLINE = re.compile(
    r"(?:av|von|by|text|text von|text av|författare|autor|autorin|skriven av|af|story by|written by)[: ]+"
    r"[A-ZÅÄÖÜÉÆØ]"
    r"|(?:Av|Von|By|AV|VON|BY|Text)[: ]"
)
_BYLINE_WORDS = frozenset("av von by text författare autor autorin skriven af story written".split())
_LABEL = re.compile(r"[^\s:][^:]{0,30}: ")
_LABEL_MOST = 33  # characters up to and with the blank after a label's colon
# Not the stroke of a telephone number, "0651 / 98 76".
_SEPARATOR = re.compile(r"\s[•>]\s|(?<!\d)\s/\s|\s/\s(?!\d)|[|·›]")
_SENTENCE = re.compile(r"[.!?][\"”“’»)]? +[\"„“”»(]?[A-ZÅÄÖÜÆØÉ]")

_ENDS = 350  # characters at either end of a line that are searched for phrases
CONTENT = 5  # letters: shorter words say little about what a line is about
_BYLINE, _NAME = 12, 4  # words at most of a byline, and of a line that may be nothing but a name
PROSE = 8  # words: C4's line filter takes 5 for a sentence, 8 measured better on flattened news

BASE = (
    "log_words", "eight_words", "terminal", "colon", "ellipsis", "commas", "bullet", "capitals",
    "digits", "uppercase", "separators", "quote", "related", "pointer", "control", "consent",
    "subscribe", "channel", "rights", "disclaimer", "embed", "bio", "role", "credit", "credit_end",
    "agency", "date", "clock", "address", "reader", "ourselves", "stopwords", "repeated", "teaser",
    "gap", "gap_after", "lower_start", "word_length", "sentences", "question", "exclamation", "byline",
    "parenthesis", "label", "title_case", "shared", "shared_count", "three_words", "size_share",
    "dash_start", "no_words", "solicit",
)  # fmt: skip
INDEX = {name: i for i, name in enumerate(BASE)}

Columns = dict[str, NDArray[np.float64] | Flags]


def line_features(lines: Sequence[SourceLine], repeated: Collection[int], teasers: Collection[int]) -> Matrix:
    """The base features of a page's lines, one row a line in the order of BASE."""
    if not lines:
        return np.empty((0, len(BASE)))
    texts = [line.plain for line in lines]
    ends = [text if len(text) <= 2 * _ENDS else text[:_ENDS] + " " + text[-_ENDS:] for text in texts]
    signs = count_signs(ends)
    told = tell_words(signs)
    gaps = np.array([line.gap for line in lines], dtype=bool)
    sizes = np.array([line.end - line.start for line in lines], dtype=float)
    lengths = np.array([len(text) for text in ends], dtype=float)
    seen = told.counts.astype(float)
    # The words of a long line's middle are not counted but guessed from its size.
    counts = np.where(lengths > 2 * _ENDS, np.maximum(seen, sizes // 6), seen)
    said = said_by_lines(ends, told, signs)
    columns: Columns = {
        **_sizes(counts, seen, lengths, sizes),
        **_endings(texts, signs),
        **_signs(ends, seen, lengths, signs),
        **{name: said[:, i] for i, name in enumerate(FAMILIES)},
        **_shared(told),
        "bullet": np.array([line.bullet for line in lines], dtype=bool),
        "repeated": _at(repeated, len(lines)),
        "teaser": _at(teasers, len(lines)),
        "gap": gaps,
        "gap_after": np.append(gaps[1:], True),
        "byline": _where((counts <= _BYLINE) & told.opening(_listed()[0]), texts, BYLINE.match),
        "title_case": (counts > 1) & (counts <= _NAME) & (signs.initial == counts),
    }
    matrix = np.empty((len(lines), len(BASE)))
    for i, name in enumerate(BASE):
        matrix[:, i] = columns[name]
    return matrix


def column(matrix: Matrix, name: str) -> Matrix:
    """The feature `name` of every line."""
    values: Matrix = matrix[:, INDEX[name]]
    return values


def _at(indices: Collection[int], count: int) -> Flags:
    mask = np.zeros(count, dtype=bool)
    mask[list(indices)] = True
    return mask


def _where(mask: Flags, texts: Sequence[str], test: Callable[[str], object]) -> Flags:
    """`mask` without the lines that fail `test`, which is asked of those under the mask only."""
    found = mask.copy()
    for n in np.flatnonzero(mask).tolist():
        found[n] = bool(test(texts[n]))
    return found


def _sizes(counts: Matrix, seen: Matrix, lengths: Matrix, sizes: Matrix) -> Columns:
    return {
        "log_words": np.log1p(counts),
        "eight_words": counts >= PROSE,
        "three_words": counts <= 3,
        "no_words": seen == 0,
        "word_length": np.minimum(lengths / np.maximum(seen, 1.0), 15.0) / 10,
        "size_share": np.sqrt(sizes / max(1.0, float(sizes.sum()))),
    }


def _endings(texts: Sequence[str], signs: Signs) -> Columns:
    first, last = signs.first, signs.last
    closes = signs.closes()
    labels = signs.has(COLON)
    return {
        "terminal": _where(closes, texts, lambda text: TERMINAL.search(text[-6:])),
        "colon": last == ord(":"),
        "ellipsis": _where(closes, texts, lambda text: text.endswith(("…", "..."))),
        "question": last == ord("?"),
        "exclamation": last == ord("!"),
        "lower_start": signs.opens("lower"),
        "parenthesis": (first == ord("(")) & (last == ord(")")),
        "dash_start": _where(_is_one(first, "–—-"), texts, lambda text: text.startswith(("–", "—", "- "))),
        "label": _where(labels, texts, lambda text: ": " in text[:_LABEL_MOST] and _LABEL.match(text)),
    }


def _is_one(codes: NDArray[np.uint32], signs: str) -> Flags:
    found: Flags = np.logical_or.reduce([codes == ord(sign) for sign in signs])
    return found


def _signs(ends: Sequence[str], seen: Matrix, lengths: Matrix, signs: Signs) -> Columns:
    lengths = np.maximum(lengths, 1.0)
    capitals = np.maximum(signs.initial - signs.opens("upper").astype(float), 0.0) / np.maximum(seen - 1, 1.0)
    separators = _found(_SEPARATOR, signs.has(SEPARATOR), ends)
    return {
        "commas": np.log1p(signs.commas),
        "capitals": np.where(seen > 1, np.minimum(1.0, capitals), 0.5),
        "digits": signs.digits / lengths,
        "uppercase": signs.upper / lengths,
        "quote": signs.has(QUOTE),
        "separators": np.minimum(separators, 4.0) / 4,
        "sentences": np.log1p(_found(_SENTENCE, signs.has(STOP), ends)),
    }


def _found(pattern: re.Pattern[str], mask: Flags, texts: Sequence[str]) -> Matrix:
    """How often `pattern` is found in each line under `mask`."""
    counts = np.zeros(len(texts))
    for n in np.flatnonzero(mask).tolist():
        counts[n] = len(pattern.findall(texts[n]))
    return counts


@cache
def _listed() -> tuple[Numbers, Numbers]:
    """The words that open a byline, and the small words."""
    return numbers_of(_BYLINE_WORDS), numbers_of(phrases.STOPWORDS)


def _shared(words: Words) -> Columns:
    """Per line: share of small words, and how many of its longer words come back in other prose lines."""
    long = words.lengths >= CONTENT
    prose = words.counts >= PROSE
    in_prose = words.frequency(prose)
    once, twice = long & (in_prose > 0), long & (in_prose > 1)
    shared = np.where(prose, words.per_line(twice), words.per_line(once)).astype(float)
    return {
        "stopwords": words.per_line(words.among(_listed()[1])) / words.per_line(),
        "shared": shared / np.maximum(words.per_line(long), 1),
        "shared_count": np.log1p(shared),
    }
