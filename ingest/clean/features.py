"""What is measured on a line itself: shape, punctuation, and the phrases it holds."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.clean import phrases
from ingest.clean.lexicon import families, tokens
from ingest.clean.lines import SourceLine

Matrix = NDArray[np.float64]

# German, Nordic and French closing quotes end a sentence as well as English ones do.
TERMINAL = re.compile(r"[.!?…][\"'”“’‘»«›‹)\]]*$|[.!?,][”“\"»«]$")
DATE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
    rf"|\b\d{{1,2}}(?:\.|st|nd|rd|th)? (?:of )?(?:{phrases.MONTHS})\b|\b(?:{phrases.MONTHS})\.? \d{{1,4}}\b",
    re.IGNORECASE,
)
BYLINE = re.compile(
    r"(?:av|von|by|text|text von|text av|författare|autor|autorin|skriven av|af|story by|written by)[: ]+"
    r"[A-ZÅÄÖÜÉÆØ]"
    r"|(?:Av|Von|By|AV|VON|BY|Text)[: ]"
)
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
_ADDRESS = re.compile(r"https?://|www\.|\w@\w|\w\.(?:com|de|se|org|net|no|at|ch|uk)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“„”»«][^\"“„”»«]{1,600}[\"“„”»«]")
_QUOTE = re.compile(r"[\"“„”»«]")
_POLITE = re.compile(
    r"[a-zäöüß,] (?:Sie|Ihnen|Ihre?[nmrs]?)\b"
)  # inside a sentence; at its start it may be "they"
_LABEL = re.compile(r"[^\s:][^:]{0,30}: ")
_SEPARATOR = re.compile(r"\s[•/>]\s|[|·›]")
_SENTENCE = re.compile(r"[.!?][\"”“’»)]? +[\"„“”»(]?[A-ZÅÄÖÜÆØÉ]")
_DIGIT = re.compile(r"\d")
_UPPER = re.compile(r"[A-ZÀ-ÖØ-ÞА-Я]")
_CAPITAL = re.compile(r"\b[A-ZÀ-ÖØ-ÞА-Я]")
_LABELS = "|".join(sorted(map(re.escape, phrases.CREDIT.split("|")), key=len, reverse=True))
_LABEL_WORDS = frozenset(tokens(phrases.CREDIT))
_MONTH_WORDS = frozenset(phrases.MONTHS.split("|"))
_NUMBER_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}")
_CREDIT_AT_END = re.compile(rf"\b(?:{_LABELS}) ?: ?\S|\((?:{_LABELS})\b|/ ?(?:{_LABELS})$", re.IGNORECASE)

_ENDS = 350  # characters at either end of a line that are searched for phrases
CONTENT = 5  # letters: shorter words say little about what a line is about
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
_FAMILIES = (
    "related", "pointer", "control", "consent", "subscribe", "channel", "disclaimer", "embed", "bio",
    "role", "credit", "agency", "reader", "ourselves",
)  # fmt: skip
INDEX = {name: i for i, name in enumerate(BASE)}


def line_features(lines: Sequence[SourceLine], repeated: Collection[int], teasers: Collection[int]) -> Matrix:
    """The base features of a page's lines, one row a line in the order of BASE."""
    ends = [_ends(line.plain) for line in lines]
    words = [tokens(text) for text in ends]
    distinct = [set(own) for own in words]
    content = [{word for word in own if len(word) >= CONTENT} for own in distinct]
    frequency: Counter[str] = Counter()
    for own, long_words in zip(words, content, strict=True):
        if len(own) >= PROSE:
            frequency.update(long_words)
    rows = []
    for i, line in enumerate(lines):
        itself = int(len(words[i]) >= PROSE)
        shared = sum(frequency[word] > itself for word in content[i])
        row = _shape(line, ends[i], words[i])
        row.update(_phrases(ends[i], words[i], distinct[i]))
        row["shared"] = shared / (len(content[i]) or 1)
        row["shared_count"] = math.log1p(shared)
        row["repeated"] = i in repeated
        row["teaser"] = i in teasers
        row["gap_after"] = i + 1 == len(lines) or lines[i + 1].gap
        rows.append([row[name] for name in BASE])
    matrix = np.array(rows, dtype=float).reshape(len(lines), len(BASE))
    sizes = np.array([line.size for line in lines], dtype=float)
    matrix[:, INDEX["size_share"]] = np.sqrt(sizes / max(1.0, sizes.sum()))
    return matrix


def column(matrix: Matrix, name: str) -> Matrix:
    """The feature `name` of every line."""
    values: Matrix = matrix[:, INDEX[name]]
    return values


def _ends(text: str) -> str:
    return text if len(text) <= 2 * _ENDS else text[:_ENDS] + " " + text[-_ENDS:]


def _shape(line: SourceLine, ends: str, words: Sequence[str]) -> dict[str, float]:
    text = line.plain
    seen = len(words)
    count = seen if len(text) <= 2 * _ENDS else max(seen, line.size // 6)
    capitals = len(_CAPITAL.findall(ends)) if seen else 0
    first_upper = text[:1].isupper()
    return {
        "log_words": math.log1p(count),
        "eight_words": count >= PROSE,
        "terminal": bool(TERMINAL.search(ends[-6:])),
        "colon": text.endswith(":"),
        "ellipsis": text.endswith(("…", "...")),
        "commas": math.log1p(ends.count(",")),
        "bullet": line.bullet,
        "capitals": min(1.0, max(0, capitals - first_upper) / (seen - 1)) if seen > 1 else 0.5,
        "digits": len(_DIGIT.findall(ends)) / (len(ends) or 1),
        "uppercase": len(_UPPER.findall(ends)) / (len(ends) or 1),
        "separators": min(len(_SEPARATOR.findall(ends)), 4) / 4,
        "quote": bool(_QUOTE.search(ends)),
        "stopwords": len(phrases.STOPWORDS.intersection(words)) / (len(set(words)) or 1),
        "gap": line.gap,
        "lower_start": text[:1].islower(),
        "word_length": min(len(ends) / (seen or 1), 15) / 10,
        "sentences": math.log1p(len(_SENTENCE.findall(ends))),
        "question": text.endswith("?"),
        "exclamation": text.endswith("!"),
        "byline": count <= 12 and bool(BYLINE.match(text)),
        "parenthesis": text.startswith("(") and text.endswith(")"),
        "label": bool(_LABEL.match(text)),
        "title_case": 1 < count <= 4 and capitals == count,
        "three_words": count <= 3,
        "size_share": 0.0,
        "dash_start": text.startswith(("–", "—", "- ")),
        "no_words": not seen,
    }


def _phrases(ends: str, words: Sequence[str], distinct: set[str]) -> dict[str, float]:
    said = families(words, distinct)
    if _POLITE.search(ends):
        said.add("reader")
    if "reader" in said or "ourselves" in said or "consent" in said or "subscribe" in said:
        said = _outside_quotes(ends, said)
    row: dict[str, float] = {name: name in said for name in _FAMILIES}
    numbers = bool(_DIGIT.search(ends))
    row["rights"] = "rights" in said or "©" in ends
    row["credit_end"] = not distinct.isdisjoint(_LABEL_WORDS) and bool(_CREDIT_AT_END.search(ends[-200:]))
    dated = _NUMBER_DATE if distinct.isdisjoint(_MONTH_WORDS) else DATE
    row["date"] = numbers and bool(dated.search(ends))
    row["clock"] = numbers and bool(_CLOCK.search(ends))
    row["address"] = ("." in ends or "@" in ends) and bool(_ADDRESS.search(ends))
    row["solicit"] = ("reader" in said or "ourselves" in said) and ("consent" in said or "subscribe" in said)
    return row


def _outside_quotes(ends: str, said: set[str]) -> set[str]:
    """`said`, minus what only a quoted speaker says: "we" and "you" in quotes are nobody's notice."""
    if not _QUOTE.search(ends):
        return said
    words = tokens(_QUOTED.sub(" ", ends))
    own = families(words, set(words)) | ({"reader"} if _POLITE.search(_QUOTED.sub(" ", ends)) else set())
    return {
        name for name in said if name in own or name in ("agency", "credit", "related", "pointer", "control")
    }
