"""Text repair that leaves the words and quotation marks alone, and names what it mended."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import compress, islice
from operator import eq

import ftfy
import numpy as np

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
_DOUBLED = frozenset(
    "um zu und oder mit von für bei nach att och på med för från till av the a of to and with from for".split()
)
_STUTTER = re.compile(rf"\b({'|'.join(sorted(_DOUBLED))}) +\1\b")
_LONGEST = 1_000_000  # characters: a longer line is no prose; only what would break a terminal or index goes
_RUN_OF_SPACES = re.compile(r"[ ]{2,}")


# Mojibake is two characters or more beyond ASCII in a row, or "Ã" and a space; entities start with "&".
_MARKS = "\xa0\xab\xb7\xbb\u2000-\u2027\u202f-\u203a"  # spaces, quotes, dashes, bullets: side by side they are sound
_SOUND = "äöüßåéÖÜ"  # and so are these beside a mark: no letter of Europe is garbled to one of them and a mark
_LETTER_BESIDE = re.compile(
    f"(?![äöü]ß|[{_SOUND}][{_MARKS}])[^\x00-\x7f{_MARKS}][^\x00-\x7f]|[{_MARKS}][^\x00-\x7f{_MARKS}{_SOUND}]"
)
_BROKEN = re.compile("[\x1b\x80-\x9f\ud800-\udfff]")
_ENTITY = re.compile(r"&[#\w]")


def repair_text(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` mended and the names of the repairs made, in the order they were made."""
    (mended,), made = repair_lines([text])
    return mended, made


def repair_lines(lines: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """`lines` mended one by one, and the names of all repairs made.

    They are looked through together first: most need nothing, and asking is far cheaper than mending.
    """
    needed = _needed([line for line in lines if len(line) <= _LONGEST])
    quick = [step for step in _STEPS if step.quick]
    if not needed and all(len(line) <= _LONGEST for line in lines):
        return list(lines), ()
    mended: list[str] = []
    made: dict[str, None] = {}
    for line in lines:
        for step in needed if len(line) <= _LONGEST else quick:
            if step.needed(line) and (text := step.mend(line)) != line:
                made[step.name] = None
                line = text
        mended.append(line)
    return mended, tuple(made)


def _needed(lines: Sequence[str]) -> list[_Step]:
    text = "|".join(lines)
    # What is told by single characters is told by the dozen that the odd lines hold.
    signs = "".join(set("".join([line for line in lines if not line.isprintable()])))
    needed = [step for step in _STEPS if step.needed(text if step.pairs else signs)]
    # What was garbled may turn out to be anything.
    return list(_STEPS) if _STEPS[0] in needed else needed


def _garbled(text: str) -> bool:
    """Whether `text` holds what ftfy mends; asking is a hundred times faster than letting it look."""
    if text.isascii() and text.isprintable() and "&" not in text:
        return False
    far = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32) > 0x7F
    beside = np.flatnonzero(far[1:] & far[:-1]).tolist()
    beyond = any(_LETTER_BESIDE.match(text, place) for place in beside)
    if beyond or "Ã " in text or ("&" in text and _ENTITY.search(text)):
        return True
    return not text.isprintable() and _BROKEN.search(text) is not None


def _decomposed(text: str) -> bool:
    return not text.isascii() and not unicodedata.is_normalized("NFC", text)


def _stutters(text: str) -> bool:
    words = text.replace(",", "").replace(".", "").split(" ")  # the second one may end a clause
    return not _DOUBLED.isdisjoint(compress(words, map(eq, words, islice(words, 1, None))))


def _drop_controls(text: str) -> str:
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _smooth_spaces(text: str) -> str:
    return _RUN_OF_SPACES.sub(" ", _SPACES.sub(" ", text))


def _holds(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """A test for signs that no printable text holds."""
    return lambda text: not text.isprintable() and pattern.search(text) is not None


@dataclass(frozen=True, slots=True)
class _Step:
    """A repair: its name, whether a text may need it, how it is made.

    `quick` ones suit the longest lines; those without `pairs` are needed for single characters that are not
    printable.
    """

    name: str
    needed: Callable[[str], bool]
    mend: Callable[[str], str]
    quick: bool = True
    pairs: bool = True


_STEPS = (
    # Before the controls go: U+0080–U+009F are halves of mojibake letters ("Ã\x9f" is "ß").
    _Step("garbled encoding mended", _garbled, lambda text: ftfy.fix_text(text, _FTFY), quick=False),
    _Step("control characters removed", _holds(_CONTROL), _drop_controls, pairs=False),
    _Step("characters composed", _decomposed, lambda text: unicodedata.normalize("NFC", text)),
    _Step("soft hyphens removed", lambda text: "\xad" in text, lambda text: text.replace("\xad", ""), pairs=False),
    _Step("invisible characters removed", _holds(_INVISIBLE), lambda text: _INVISIBLE.sub("", text), pairs=False),
    _Step("direction marks removed", _holds(_BIDI), lambda text: _BIDI.sub("", text), pairs=False),
    _Step("spaces evened", lambda text: "  " in text or _holds(_SPACES)(text), _smooth_spaces),
    _Step("number placeholder removed", lambda text: "XNUMX" in text, lambda text: _XNUMX.sub(r"\1", text)),
    _Step("stuttered word removed", _stutters, lambda text: _STUTTER.sub(r"\1", text), quick=False),
)
