"""Words of a text with offsets, folded so that inflections and spellings of three languages meet.

It knows nothing of sentences, numbers or names.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_PLAIN = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "’": "'", "ı": "i"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word, `source[start:end] == text`; `folded` is lower case without marks."""

    start: int
    end: int
    text: str
    folded: str


def read_words(text: str) -> tuple[Word, ...]:
    """The words of `text` in order; digits count as words."""
    return tuple(Word(m.start(), m.end(), m[0], fold(m[0])) for m in _WORD.finditer(text))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, marks and ligatures gone: "Göteborg" and "Goteborg" become one."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_PLAIN)


# Endings cut to meet inflections, longest first; a stem keeps at least four letters.
_ENDINGS = (
    "ernas",
    "arnas",
    "ornas",
    "ungen",
    "ingar",
    "ningar",
    "erna",
    "arna",
    "orna",
    "ande",
    "ende",
    "igen",
    "iska",
    "ischen",
    "ische",
    "ing",
    "ade",
    "ten",
    "ern",
    "ers",
    "est",
    "ens",
    "ets",
    "ar",
    "er",
    "or",
    "en",
    "et",
    "es",
    "ed",
    "em",
    "an",
    "na",
    "ne",
    "te",
    "'s",
    "s",
    "e",
    "a",
    "n",
    "t",
)


@lru_cache(maxsize=65536)
def stem(folded: str) -> str:
    """A crude stem of a folded word, the same rules for Swedish, German and English."""
    for ending in _ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= 4:
            return folded[: -len(ending)]
    return folded
