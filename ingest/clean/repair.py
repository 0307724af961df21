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

_SPACES = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x09, 0x0B, 0x0C], " ")
_SPACES |= dict.fromkeys([0x85, 0x2028, 0x2029], " ")
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x2060, 0xFEFF, *range(0xFFF9, 0xFFFC)])
_BIDI = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_CONTROL = dict.fromkeys([*(c for c in range(0x20) if c not in (9, 10, 11, 12, 13)), *range(0x7F, 0x85)])
_CONTROL |= dict.fromkeys([*range(0x86, 0xA0), *range(0xD800, 0xE000)])

# A number garbler seen in machine-translated pages writes "100,000 XNUMX"; the digits before it are right.
_XNUMX = re.compile(r"(\d[\d.,]{0,30}) +XNUMX\b")
# Function words that no sentence doubles; "die die", "som som", "had had", "that that" are grammar.
_STUTTER = re.compile(
    r"\b(um|zu|und|oder|mit|von|für|bei|nach|att|och|på|med|för|från|till|av|the|a|of|to|and|with|from|for)"
    r" +\1\b",
)
_RUN_OF_SPACES = re.compile(r"[ ]{2,}")


# Mojibake is two letters or more beyond ASCII in a row, or "Ã" and a space; entities start with "&".
_GARBLED = re.compile("[^\x00-\x7f][^\x00-\x7f]|[\x1b\x80-\x9f\ud800-\udfff]|Ã |&[#\\w]")
# All that any step could mend; most lines hold none of it, and one search is cheaper than nine steps.
_SUSPECT = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u0300-\u036f\u061c\u1100-\u11ff\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u2126-\u212b\u3000\ud800-\udfff\ufeff\ufff9-\ufffb]|[^\x00-\x7f][^\x00-\x7f]|Ã |&[#\\w]|  |XNUMX|"
    + _STUTTER.pattern
)


def repair_text(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` mended and the names of the repairs made, in the order they were made."""
    if not _SUSPECT.search(text):
        return text, ()
    repairs: list[str] = []
    for name, step in _STEPS:
        mended = step(text)
        if mended != text:
            repairs.append(name)
            text = mended
    return text, tuple(repairs)


def _drop_controls(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROL)


def _fix_encoding(text: str) -> str:
    return ftfy.fix_text(text, _FTFY) if _GARBLED.search(text) else text


def _smooth_spaces(text: str) -> str:
    return _RUN_OF_SPACES.sub(" ", text if text.isascii() and "\t" not in text else text.translate(_SPACES))


def _drop_invisible(text: str) -> str:
    return text if text.isascii() else text.translate(_INVISIBLE)


_STEPS = (
    # Before the controls go: U+0080–U+009F are halves of mojibake letters ("Ã\x9f" is "ß").
    ("garbled encoding mended", _fix_encoding),
    ("control characters removed", _drop_controls),
    ("characters composed", lambda text: unicodedata.normalize("NFC", text)),
    ("soft hyphens removed", lambda text: text.replace("\xad", "")),
    ("invisible characters removed", _drop_invisible),
    ("direction marks removed", lambda text: text if text.isascii() else text.translate(_BIDI)),
    ("spaces evened", _smooth_spaces),
    ("number placeholder removed", lambda text: _XNUMX.sub(r"\1", text)),
    ("stuttered word removed", lambda text: _STUTTER.sub(r"\1", text)),
)
