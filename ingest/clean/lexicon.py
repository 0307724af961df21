"""Which families of telling phrases a line holds, found by set operations on its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
_OPENING_MOST = 80  # characters: no phrase of _OPENING or _WHOLE is half as long
_NONE: frozenset[str] = frozenset()

_Long = tuple[tuple[str, ...], str]  # the phrase's words, its family
_Sought = tuple[str, str, tuple[str, ...]]  # " the phrase ", its family, its other words


@dataclass(frozen=True, slots=True)
class _Index:
    words: frozenset[str]  # the keys of `single` and `longer`
    first: frozenset[str]  # the keys of `opening`, and the first words of `whole`
    single: dict[str, frozenset[str]]  # one-word phrases that count anywhere → families
    longer: dict[str, tuple[_Sought, ...]]  # longest word → longer phrases that count anywhere
    opening: dict[str, tuple[_Long, ...]]  # first word → phrases that must open the line
    whole: dict[tuple[str, ...], frozenset[str]]  # whole line → families


def tokens(text: str) -> list[str]:
    """The words of `text` in lower case."""
    return _TOKEN.findall(text.lower())


def telling_words() -> frozenset[str]:
    """Words of which a line must hold one to hold a phrase that counts anywhere."""
    return _index().words


def opening_words() -> frozenset[str]:
    """Words with one of which a line must open to open with a phrase, or to be one."""
    return _index().first


def families(text: str, telling: Iterable[str], opens: bool) -> set[str]:
    """The families that have a phrase in the line `text`, which holds these `telling_words`.

    `opens` tells that one of `opening_words` is its first.
    """
    index = _index()
    found: set[str] = set()
    small = spaced = ""
    for word in telling:
        found |= index.single.get(word, _NONE)
        for phrase, family, others in index.longer.get(word, ()):
            small = small or text.lower()
            # Cutting a line into words takes ten times as long as asking for a few of them.
            if family not in found and all(other in small for other in others):
                spaced = spaced or f" {' '.join(tokens(text))} "
                if phrase in spaced:
                    found.add(family)
    return found | _opening(text, index) if opens else found


def _opening(text: str, index: _Index) -> set[str]:
    words = tokens(text[:_OPENING_MOST])
    found = {family for phrase, family in index.opening.get(words[0], ()) if tuple(words[: len(phrase)]) == phrase}
    return found | index.whole.get(tuple(words), _NONE) if len(words) <= _WHOLE_MOST else found


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
            longest = max(phrase, key=len)
            others = tuple(word for word in phrase if word != longest)
            longer.setdefault(longest, []).append((f" {' '.join(phrase)} ", family, others))
    for family, phrase in _phrases(_OPENING):
        opening.setdefault(phrase[0], []).append((phrase, family))
    for family, phrase in _phrases(_WHOLE):
        whole.setdefault(phrase, set()).add(family)
    return _Index(
        frozenset([*single, *longer]),
        frozenset([*opening, *(phrase[0] for phrase in whole)]),
        {word: frozenset(found) for word, found in single.items()},
        {word: tuple(found) for word, found in longer.items()},
        {word: tuple(found) for word, found in opening.items()},
        {phrase: frozenset(found) for phrase, found in whole.items()},
    )


def _phrases(table: dict[str, str]) -> list[tuple[str, tuple[str, ...]]]:
    return [(family, tuple(tokens(text))) for family, listed in table.items() for text in listed.split("|")]
