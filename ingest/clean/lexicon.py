"""Which families of telling phrases a line holds, found by set operations on its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.clean import phrases

_TOKEN = re.compile(r"\w+")

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

_WHOLE_MOST = 8  # words: no phrase of _WHOLE has more
_NONE: frozenset[str] = frozenset()

_Long = tuple[tuple[str, ...], str]  # the phrase's words, its family
_Sought = tuple[str, frozenset[str], str]  # " the phrase ", its words, its family


@dataclass(frozen=True, slots=True)
class _Index:
    words: frozenset[str]  # the keys of `single` and `longer`
    single: dict[str, frozenset[str]]  # one-word phrases that count anywhere → families
    longer: dict[str, tuple[_Sought, ...]]  # longest word → longer phrases that count anywhere
    opening: dict[str, tuple[_Long, ...]]  # first word → phrases that must open the line
    whole: dict[tuple[str, ...], frozenset[str]]  # whole line → families


def tokens(text: str) -> list[str]:
    """The words of `text` in lower case."""
    return _TOKEN.findall(text.lower())


def families(words: Sequence[str], distinct: set[str]) -> set[str]:
    """The families that have a phrase among `words`, whose set is `distinct`."""
    index = _index()
    found: set[str] = set()
    spaced = ""
    for word in distinct & index.words:
        found |= index.single.get(word, _NONE)
        for phrase, parts, family in index.longer.get(word, ()):
            if family not in found and parts <= distinct:
                spaced = spaced or f" {' '.join(words)} "
                if phrase in spaced:
                    found.add(family)
    if not words:
        return found
    for opening, family in index.opening.get(words[0], ()):
        if tuple(words[: len(opening)]) == opening:
            found.add(family)
    if len(words) <= _WHOLE_MOST:
        found |= index.whole.get(tuple(words), _NONE)
    return found


@cache
def _index() -> _Index:
    single: dict[str, set[str]] = {}
    longer: dict[str, list[_Sought]] = {}
    opening: dict[str, list[_Long]] = {}
    whole: dict[tuple[str, ...], set[str]] = {}
    for family, phrase in _phrases(_ANYWHERE):
        if len(phrase) == 1:
            single.setdefault(phrase[0], set()).add(family)
        else:
            sought = (f" {' '.join(phrase)} ", frozenset(phrase), family)
            longer.setdefault(max(phrase, key=len), []).append(sought)
    for family, phrase in _phrases(_OPENING):
        opening.setdefault(phrase[0], []).append((phrase, family))
    for family, phrase in _phrases(_WHOLE):
        whole.setdefault(phrase, set()).add(family)
    return _Index(
        frozenset([*single, *longer]),
        {word: frozenset(found) for word, found in single.items()},
        {word: tuple(found) for word, found in longer.items()},
        {word: tuple(found) for word, found in opening.items()},
        {phrase: frozenset(found) for phrase, found in whole.items()},
    )


def _phrases(table: dict[str, str]) -> list[tuple[str, tuple[str, ...]]]:
    return [(family, tuple(tokens(text))) for family, listed in table.items() for text in listed.split("|")]
