"""What is measured on a line itself: shape, punctuation, and the phrases it holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.clean import phrases
from ingest.clean.lexicon import tokens
from ingest.clean.lines import SourceLine
from ingest.clean.said import FAMILIES, said_by
from ingest.clean.signs import Signs, count_signs

Matrix = NDArray[np.float64]

# German, Nordic and French closing quotes end a sentence as well as English ones do.
TERMINAL = re.compile(r"[.!?…][\"'”“’‘»«›‹)\]]*$|[.!?,][”“\"»«]$")
_CLOSING = frozenset(".!?…\"'”“’‘»«›‹)]")
BYLINE = re.compile(
    r"(?:av|von|by|text|text von|text av|författare|autor|autorin|skriven av|af|story by|written by)[: ]+"
    r"[A-ZÅÄÖÜÉÆØ]"
    r"|(?:Av|Von|By|AV|VON|BY|Text)[: ]"
)
_LABEL = re.compile(r"[^\s:][^:]{0,30}: ")
_LABEL_MOST = 33  # characters up to and with the blank after a label's colon
_SEPARATOR = re.compile(r"\s[•/>]\s|[|·›]")
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

Columns = dict[str, NDArray[np.float64] | NDArray[np.bool_] | list[bool] | list[float]]


def line_features(lines: Sequence[SourceLine], repeated: Collection[int], teasers: Collection[int]) -> Matrix:
    """The base features of a page's lines, one row a line in the order of BASE."""
    texts = [line.plain for line in lines]
    ends = [text if len(text) <= 2 * _ENDS else text[:_ENDS] + " " + text[-_ENDS:] for text in texts]
    words = [tokens(text) for text in ends]
    distinct = [set(own) for own in words]
    signs = count_signs(ends)
    gaps = [line.gap for line in lines]
    sizes = np.array([line.size for line in lines], dtype=float)
    counts = _word_counts(ends, words, sizes)
    columns: Columns = {
        **_sizes(counts, ends, words, sizes),
        **_endings(texts),
        **_signs(texts, ends, words, signs),
        **_said(ends, words, distinct, signs),
        **_shared(words, distinct),
        "bullet": [line.bullet for line in lines],
        "stopwords": [len(own & phrases.STOPWORDS) / (len(own) or 1) for own in distinct],
        "repeated": [i in repeated for i in range(len(lines))],
        "teaser": [i in teasers for i in range(len(lines))],
        "gap": gaps,
        "gap_after": [*gaps[1:], True][: len(gaps)],
        "byline": [
            few and bool(BYLINE.match(text))
            for few, text in zip((counts <= _BYLINE).tolist(), texts, strict=True)
        ],
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


def _word_counts(ends: Sequence[str], words: Sequence[Sequence[str]], sizes: Matrix) -> Matrix:
    seen = np.array([len(own) for own in words], dtype=float)
    long = np.array([len(text) > 2 * _ENDS for text in ends], dtype=bool)
    # The words of a long line's middle are not counted but guessed from its size.
    counts: Matrix = np.where(long, np.maximum(seen, sizes // 6), seen)
    return counts


def _sizes(counts: Matrix, ends: Sequence[str], words: Sequence[Sequence[str]], sizes: Matrix) -> Columns:
    seen = np.array([len(own) for own in words], dtype=float)
    lengths = np.array([len(text) for text in ends], dtype=float)
    return {
        "log_words": np.log1p(counts),
        "eight_words": counts >= PROSE,
        "three_words": counts <= 3,
        "no_words": seen == 0,
        "word_length": np.minimum(lengths / np.maximum(seen, 1.0), 15.0) / 10,
        "size_share": np.sqrt(sizes / max(1.0, float(sizes.sum()))),
    }


def _endings(texts: Sequence[str]) -> Columns:
    return {
        "terminal": [text[-1:] in _CLOSING and bool(TERMINAL.search(text[-6:])) for text in texts],
        "colon": [text.endswith(":") for text in texts],
        "ellipsis": [text.endswith(("…", "...")) for text in texts],
        "question": [text.endswith("?") for text in texts],
        "exclamation": [text.endswith("!") for text in texts],
        "lower_start": [text[:1].islower() for text in texts],
        "parenthesis": [text.startswith("(") and text.endswith(")") for text in texts],
        "dash_start": [text.startswith(("–", "—", "- ")) for text in texts],
        "label": [": " in text[:_LABEL_MOST] and bool(_LABEL.match(text)) for text in texts],
    }


def _signs(
    texts: Sequence[str], ends: Sequence[str], words: Sequence[Sequence[str]], signs: Signs
) -> Columns:
    lengths = np.array([len(text) or 1 for text in ends], dtype=float)
    seen = np.array([len(own) for own in words], dtype=float)
    first_upper = np.array([text[:1].isupper() for text in texts], dtype=float)
    capitals = np.maximum(signs.initial - first_upper, 0.0) / np.maximum(seen - 1, 1.0)
    separated, stopped = signs.separator.tolist(), signs.stop.tolist()
    separators = [
        len(_SEPARATOR.findall(text)) if has else 0 for has, text in zip(separated, ends, strict=True)
    ]
    sentences = [len(_SENTENCE.findall(text)) if has else 0 for has, text in zip(stopped, ends, strict=True)]
    return {
        "commas": np.log1p(signs.commas),
        "capitals": np.where(seen > 1, np.minimum(1.0, capitals), 0.5),
        "digits": signs.digits / lengths,
        "uppercase": signs.upper / lengths,
        "quote": signs.quote,
        "separators": np.minimum(np.array(separators, dtype=float), 4.0) / 4,
        "sentences": np.log1p(np.array(sentences, dtype=float)),
    }


def _said(
    ends: Sequence[str], words: Sequence[Sequence[str]], distinct: Sequence[set[str]], signs: Signs
) -> Columns:
    numbers, quotes, inner = (signs.digits > 0).tolist(), signs.quote.tolist(), signs.inner_stop.tolist()
    found = [
        said_by(text, own, different, number, quote, stop)
        for text, own, different, number, quote, stop in zip(
            ends, words, distinct, numbers, quotes, inner, strict=True
        )
    ]
    return {name: [name in said for said in found] for name in FAMILIES}


def _shared(words: Sequence[Sequence[str]], distinct: Sequence[set[str]]) -> Columns:
    """How many of each line's longer words come back in other prose lines, and their share."""
    content = [{word for word in own if len(word) >= CONTENT} for own in distinct]
    prose = [len(own) >= PROSE for own in words]
    frequency: Counter[str] = Counter()
    for own, long_words in zip(prose, content, strict=True):
        if own:
            frequency.update(long_words)
    once = frozenset(frequency)
    twice = frozenset(word for word, count in frequency.items() if count > 1)
    shared = np.array(
        [len(own & (twice if itself else once)) for own, itself in zip(content, prose, strict=True)],
        dtype=float,
    )
    return {
        "shared": shared / np.array([len(own) or 1 for own in content], dtype=float),
        "shared_count": np.log1p(shared),
    }
