"""Whether a text knows a name: inflected, transliterated, abbreviated, glued, or under an alias.

It knows nothing of which words are names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from assistant.verify.lexicon import aliases, function_words
from assistant.verify.words import Word, fold, read_words, stem

_SOUNDS = (
    ("tsch", "c"),
    ("stj", "s"),
    ("sch", "s"),
    ("tch", "c"),
    ("tj", "c"),
    ("sh", "s"),
    ("sj", "s"),
    ("zh", "s"),
    ("ch", "k"),
    ("kh", "k"),
    ("gh", "g"),
    ("ck", "k"),
    ("ph", "f"),
    ("th", "t"),
    ("tz", "s"),
    ("ts", "s"),
    ("x", "ks"),
    ("c", "k"),
    ("q", "k"),
    ("z", "s"),
    ("w", "v"),
    ("ij", "i"),
    ("yj", "i"),
    ("iy", "i"),
    ("y", "i"),
    ("j", "i"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ae", "e"),
    ("oe", "o"),
    ("ue", "u"),
    ("h", ""),
)
_REPEATED = re.compile(r"(.)\1+")
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
# Shorter names meet only letter by letter: "Iran" and "Irak" are not one.
_FUZZY_FROM = 5
_FUZZY = 0.8


@lru_cache(maxsize=65536)
def sound(folded: str) -> str:
    """A name's spelling with the differences of transliteration taken out."""
    for spelling, plain in _SOUNDS:
        folded = folded.replace(spelling, plain)
    return _REPEATED.sub(r"\1", folded)


@lru_cache(maxsize=65536)
def thing(folded: str) -> str | None:
    """What a folded word or phrase names in any language, from the table of aliases."""
    table = aliases()
    if folded in table:
        return table[folded]
    shortest = folded.rfind(" ") + 2
    for length in range(min(len(folded), _longest_alias()), max(shortest, 1), -1):
        found = table.get(folded[:length] + "*")
        if found is not None:
            return found
    return None


@lru_cache(maxsize=1)
def _longest_alias() -> int:
    """A "word" of 64,000 letters must not be asked for 64,000 times."""
    return max(map(len, aliases()), default=0)


@lru_cache(maxsize=2048)
def index_names(text: str) -> NameIndex:
    """The index of `text`; remembered, since every claim of an answer asks the same evidence."""
    return NameIndex(text)


class NameIndex:
    """The words of a text, ready to be asked whether they hold a name; `things` are what they name in any language."""

    def __init__(self, text: str) -> None:
        words = read_words(_DOTTED.sub(lambda match: match[0].replace(".", "").ljust(len(match[0])), text))
        self._folded = {word.folded for word in words}
        self._folded |= {word.folded.partition("'")[0] for word in words}
        self._capital = [word.folded for word in words if word.text[0].isupper()]
        self._stems = {stem(form) for form in self._folded}
        self._sounds = {sound(stem(form)) for form in self._capital}
        pairs = [f"{a.folded} {b.folded}" for a, b in pairwise(words)]
        self.things = {found for form in (*self._folded, *pairs) if (found := thing(form))}
        self._initials = {"".join(form) for form in _acronyms(words)}

    def knows(self, word: str) -> bool:
        """Whether one word of a name stands in the text in some form."""
        folded = fold(word)
        bare = folded.removesuffix("'s").removesuffix("'").partition("'")[0] or folded
        found = thing(bare)
        if found is not None and found in self.things:
            return True
        if bare in self._folded or stem(bare) in self._stems or bare.removesuffix("s") in self._folded:
            return True
        if word.isupper() and bare in self._initials:
            return True
        return len(bare) >= 4 and self._resembles(bare)

    def knows_phrase(self, words: Sequence[Word]) -> bool:
        """Whether the words as a whole have an alias ("White House") that the text knows."""
        forms = [" ".join(word.folded for word in words)]
        forms += [f"{a.folded} {b.folded}" for a, b in pairwise(words)]
        return any(found in self.things for form in forms if (found := thing(form)))

    def _resembles(self, bare: str) -> bool:
        if sound(stem(bare)) in self._sounds:
            return True
        for other in self._folded:
            if len(other) >= 4 and (
                other.startswith(bare) or (bare.startswith(other) and other in self._capital)
            ):
                return True
        if len(bare) < _FUZZY_FROM:
            return False
        if len(bare) >= 6 and any(bare in other for other in self._folded if len(other) > len(bare)):
            return True
        heard = sound(stem(bare))
        return any(_alike(heard, other) or _opens(heard, other) for other in self._sounds)


@lru_cache(maxsize=65536)
def _alike(one: str, other: str) -> bool:
    shortest = min(len(one), len(other))
    if shortest < 4 or one[0] != other[0] or abs(len(one) - len(other)) > 2:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _FUZZY


def _opens(one: str, other: str) -> bool:
    """Whether a compound begins with the name in another spelling: "Viktoriakreuz", "Victoria"."""
    return len(one) >= _FUZZY_FROM + 2 and other.startswith(one)


def _acronyms(words: tuple[Word, ...]) -> Iterator[list[str]]:
    letters: list[str] = []
    for word in words:
        if word.text[0].isupper():
            letters.append(word.folded[0])
            if len(letters) > 1:
                yield from (letters[start:] for start in range(max(0, len(letters) - 5), len(letters) - 1))
        elif word.folded not in function_words():
            letters = []
