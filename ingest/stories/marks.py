"""The names and numbers of a text as marks that survive inflection, transliteration and translation.

It knows nothing of other texts; which marks are rare is for the corpus to say.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

# Names and figures that identify an event stand early; this also bounds the work for a text of any length.
READ_CHARS = 12_000
# "Ejdervinds", "Ejdervind-" and "Ejdervindin" are one name; six letters still tell most names apart.
STEM_LETTERS = 6
# Capitalised inside a sentence: a word before, no full stop between.
_NAME = re.compile(r"(?<=[\w,;:\"”“„»«(–—-] )[\"”“„»«(]?([^\W\d_]{3,40})")
_NUMBER = re.compile(
    r"(?<![\w.,])\d{1,3}(?:[., \u00a0\u202f’']\d{3}){1,4}(?!\d)|(?<!\w)\d{1,9}(?:[.,]\d{1,2}(?!\d))?"
)
_GROUPED = re.compile(r"\d{1,3}(?:\D\d{3})+")
_SPELLINGS = (("ph", "f"), ("th", "t"), ("ck", "k"), ("ß", "ss"), ("c", "k"), ("z", "s"), ("w", "v"), ("y", "i"),
              ("ae", "a"), ("oe", "o"), ("ue", "u"))
_DOUBLED = re.compile(r"(.)\1+")


def find_marks(text: str) -> frozenset[str]:
    """The marks of a text: folded beginnings of names, and numbers of two digits or more written one way."""
    head = text[:READ_CHARS]
    names = {_fold(word) for word in _NAME.findall(head) if word[0].isupper()}
    numbers = {_number(found) for found in _NUMBER.findall(head)}
    return frozenset(mark for mark in names | numbers if len(mark) > 1)


def mark_codes(marks: Iterable[str]) -> NDArray[np.uint32]:
    """The marks as sorted 32-bit codes, which take a tenth of the room."""
    return np.unique(np.array([zlib.crc32(mark.encode()) for mark in marks], dtype=np.uint32))


@lru_cache(maxsize=65536)
def _fold(word: str) -> str:
    """The first letters of a name without accents and with the spellings of sv, de and en made one."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    for spelling, letter in _SPELLINGS:
        plain = plain.replace(spelling, letter)
    return _DOUBLED.sub(r"\1", plain)[:STEM_LETTERS]


def _number(found: str) -> str:
    if _GROUPED.fullmatch(found):
        return re.sub(r"\D", "", found)
    return found.replace(",", ".").removesuffix(".0").removesuffix(".00")
