"""Which families of telling phrases a line holds, looked up by the numbers of its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from ingest.clean import phrases
from ingest.clean.signs import count_signs
from ingest.clean.words import Numbers, tell_words

# family → phrases, by where in a line a phrase must stand to count.
_ANYWHERE = {
    "consent": phrases.CONSENT,
    "subscribe": phrases.SUBSCRIBE,
    "channel": phrases.CHANNEL,
    "rights": phrases.RIGHTS,
    "disclaimer": phrases.DISCLAIMER,
    "embed": phrases.EMBED,
    "bio": phrases.BIO,
    "agency": phrases.AGENCY,
    "reader": phrases.READER,
    "ourselves": phrases.OURSELVES,
}
_OPENING = {"related": phrases.RELATED, "pointer": phrases.POINTER, "credit": phrases.CREDIT}
_WHOLE = {"control": phrases.CONTROLS, "role": phrases.ROLES}

FAMILIES = (
    "related", "pointer", "control", "consent", "subscribe", "channel", "disclaimer", "embed", "bio",
    "role", "credit", "agency", "reader", "ourselves", "rights",
)  # fmt: skip
_WHOLE_MOST = 8  # words: no phrase of _WHOLE has more

_Phrase = list[int]  # the numbers of its words, see `ingest.clean.words`
_Sought = tuple[int, _Phrase, int]  # words before the longest one, the phrase, its families


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by their words' numbers; families of phrases are bits in the order of FAMILIES.

    `single` are one-word phrases that count anywhere, `longer` the others by their longest word; `opening`
    those that must open the line, by their first word; `whole` those that must be all of it.
    """

    single: dict[int, int]
    longer: dict[int, list[_Sought]]
    opening: dict[int, list[_Sought]]
    whole: dict[tuple[int, ...], int]

    def longer_at(self, line: list[int], place: int) -> int:
        """The families that have a longer phrase around the word at `place` of a line."""
        found = 0
        for before, phrase, family in self.longer.get(line[place], ()):
            start = place - before
            if start >= 0 and line[start : start + len(phrase)] == phrase:
                found |= family
        return found

    def opening_of(self, line: list[int]) -> int:
        """The families that have a phrase with which the line opens, or which it is."""
        found = self.whole.get(tuple(line), 0) if len(line) <= _WHOLE_MOST else 0
        for _, phrase, family in self.opening.get(line[0], ()):
            if line[: len(phrase)] == phrase:
                found |= family
        return found


@cache
def lexicon() -> Lexicon:
    """All telling phrases."""
    found = Lexicon({}, {}, {}, {})
    for family, phrase, longest in _phrases(_ANYWHERE):
        if len(phrase) == 1:
            found.single[phrase[0]] = found.single.get(phrase[0], 0) | family
        else:
            found.longer.setdefault(phrase[longest], []).append((longest, phrase, family))
    for family, phrase, _ in _phrases(_OPENING):
        found.opening.setdefault(phrase[0], []).append((0, phrase, family))
    for family, phrase, _ in _phrases(_WHOLE):
        found.whole[tuple(phrase)] = found.whole.get(tuple(phrase), 0) | family
    return found


@cache
def opening_words() -> Numbers:
    """Words with one of which a line must open to open with a phrase, or to be one; sorted."""
    return np.array(sorted({*lexicon().opening, *(phrase[0] for phrase in lexicon().whole)}), dtype=np.uint64)


def _phrases(table: dict[str, str]) -> Iterator[tuple[int, _Phrase, int]]:
    """Every phrase: the bit of its family, its words, the place of the longest."""
    for family, listed in table.items():
        words = tell_words(count_signs(listed.split("|")))
        sizes = words.lengths[words.places].tolist()
        numbers = words.numbers.tolist()
        for end, count in zip(words.bounds.tolist(), words.counts.tolist(), strict=True):
            own = sizes[end - count : end]
            yield 1 << FAMILIES.index(family), numbers[end - count : end], own.index(max(own))
