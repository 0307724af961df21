"""Texts made comparable: spaces, case, typographic signs, and numbers as three languages write them."""

from __future__ import annotations

import re
import unicodedata

_MARKER = re.compile(r"\s?\[\d{1,4}\]")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[ .,'’]\d{3})+(?![\d])")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_SIGNS = str.maketrans({
    "’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "\u2011": "-",
    "\u00ad": None, "\u200b": None,
})
_WORD = re.compile(r"\w+(?:\.\d+)?", re.UNICODE)
# SQuAD's evaluation strips English articles; MLQA's (Lewis et al. 2020) does so by language, German as here.
ARTICLES: dict[str, frozenset[str]] = {
    "en": frozenset({"a", "an", "the"}),
    "de": frozenset({
        "ein", "eine", "einen", "eines", "einer", "einem", "der", "die", "das", "den", "dem", "des",
    }),
    "sv": frozenset({"en", "ett", "den", "det", "de"}),
}


def squash(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def strip_markers(text: str) -> str:
    """An answer without its citation markers."""
    return _MARKER.sub("", text)


def fold(text: str) -> str:
    """Lower case, one kind of quote and dash, one space, 1 150 = 1.150 = 1,150 = 1150 and 2,5 = 2.5."""
    plain = squash(unicodedata.normalize("NFKC", text).translate(_SIGNS)).casefold()
    ungrouped = _GROUPED.sub(lambda match: re.sub(r"\D", "", match[0]), plain)
    return _DECIMAL_COMMA.sub(".", ungrouped)


def contains(text: str, phrase: str) -> bool:
    """Whether folded `text` holds folded `phrase`; a number only as a whole number, not inside another."""
    if not phrase:
        return False
    before = r"(?<!\d)(?<!\d\.)" if phrase[0].isdigit() else ""
    after = r"(?!\.?\d)" if phrase[-1].isdigit() else ""
    return re.search(before + re.escape(phrase) + after, text) is not None


def words(text: str, language: str | None) -> list[str]:
    """Folded words without punctuation and without the articles of the language, if it has any known."""
    articles = ARTICLES.get((language or "").split("-")[0], frozenset())
    return [word for word in _WORD.findall(fold(text)) if word not in articles]
