"""Text repair that leaves the words and quotation marks alone, and names what it mended."""

from __future__ import annotations

import re
import unicodedata

import ftfy

# uncurl_quotes would rewrite ” to " and break verbatim citation; NFKC and width folding change words.
_FTFY = ftfy.TextFixerConfig(
    unescape_html="auto", uncurl_quotes=False, fix_latin_ligatures=False, fix_character_width=False,
    fix_line_breaks=False, normalization=None, explain=False,
)  # fmt: skip

# Searched for by pattern: str.translate takes ten times as long on a text that is not ASCII.
_SPACES = re.compile("[\t\x0b\x0c\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\u200b\u200c\u2060\ufeff\ufff9-\ufffb]+")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]+")

# A number garbler seen in machine-translated pages writes "100,000 XNUMX"; the digits before it are right.
_XNUMX = re.compile(r"(\d[\d.,]{0,30}) +XNUMX\b")
# Function words that no sentence doubles; "die die", "som som", "had had", "that that" are grammar.
_STUTTER = re.compile(
    r"\b(um|zu|und|oder|mit|von|für|bei|nach|att|och|på|med|för|från|till|av|the|a|of|to|and|with|from|for)"
    r" +\1\b",
)
_LONGEST = 1_000_000  # characters: a longer line is no prose; only what would break a terminal or index goes
_RUN_OF_SPACES = re.compile(r"[ ]{2,}")


# Mojibake is two letters or more beyond ASCII in a row, or "Ã" and a space; entities start with "&".
_GARBLED = re.compile("[^\x00-\x7f][^\x00-\x7f]|[\x1b\x80-\x9f\ud800-\udfff]|Ã |&[#\\w]")


def repair_text(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` mended and the names of the repairs made, in the order they were made."""
    long = len(text) > _LONGEST
    if not long and not _suspect(text):
        return text, ()
    repairs: list[str] = []
    for name, step in _QUICK_STEPS if long else _STEPS:
        mended = step(text)
        if mended != text:
            repairs.append(name)
            text = mended
    return text, tuple(repairs)


def _suspect(text: str) -> bool:
    """Whether any step might find something to mend; most lines hold nothing, and this is far cheaper."""
    if not text.isprintable() or "  " in text or "&" in text or "XNUMX" in text:
        return True
    if not text.isascii() and (_GARBLED.search(text) or not unicodedata.is_normalized("NFC", text)):
        return True
    words = text.split(" ")
    return any(map(str.startswith, words[1:], words)) and bool(_STUTTER.search(text))


def _drop_controls(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _fix_encoding(text: str) -> str:
    return ftfy.fix_text(text, _FTFY) if _GARBLED.search(text) else text


def _smooth_spaces(text: str) -> str:
    return _RUN_OF_SPACES.sub(" ", _SPACES.sub(" ", text))


_STEPS = (
    # Before the controls go: U+0080–U+009F are halves of mojibake letters ("Ã\x9f" is "ß").
    ("garbled encoding mended", _fix_encoding),
    ("control characters removed", _drop_controls),
    ("characters composed", lambda text: unicodedata.normalize("NFC", text)),
    ("soft hyphens removed", lambda text: text.replace("\xad", "")),
    ("invisible characters removed", lambda text: _INVISIBLE.sub("", text)),
    ("direction marks removed", lambda text: _BIDI.sub("", text)),
    ("spaces evened", _smooth_spaces),
    ("number placeholder removed", lambda text: _XNUMX.sub(r"\1", text)),
    ("stuttered word removed", lambda text: _STUTTER.sub(r"\1", text)),
)
_QUICK_STEPS = tuple(
    step for step in _STEPS if step[0] not in ("garbled encoding mended", "stuttered word removed")
)
