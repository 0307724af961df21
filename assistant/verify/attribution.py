"""Who said it: a claim that gives a saying to one person and its evidence to another.

Only for claim and evidence in one language. It reads "X said", "said X", "according to X" and their kin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.verify.name_index import index_names
from assistant.verify.names import Name, find_names
from assistant.verify.words import read_words

_SAID = re.compile(
    r"\b(?:said|says|told|added|explained|stated|claimed|argued|announced|warned|wrote|"
    r"estimates?|estimated|predicts?|predicted|projects|projected|reports|reported|believes|believed|finds|concluded|"
    r"sade|sa|säger|uppgav|uppger|tillade|förklarade|menar|hävdar|berättar|skriver|bedömer|uppskattar|räknar|anser|"
    r"sagte|sagt|erklärte|erklärt|betonte|teilte|schrieb|warnte|meinte|schätzt|schätzte|prognostiziert|rechnet)\b",
    re.IGNORECASE,
)
_ACCORDING = re.compile(
    r"\b(?:according to|enligt|laut|nach angaben(?: von)?)\s+(?:(?:the|der|die|das|dem|des)\s+)?$", re.IGNORECASE
)
# "Institute of Public Health" is one speaker in two names.
_JOINS = re.compile(r"\s(?:of|for|and|av|för|och|des|der|für|und)(?:\s(?:the|den|det|die|das))?\s", re.IGNORECASE)
# A speaker stands this near the verb of saying, in characters.
_NEAR = 4


def misattributed(claim: str, told: str, language: str) -> tuple[str, ...]:
    """The speakers of `claim` when `told` names only other speakers."""
    asked, speakers = _speakers(claim, language), _speakers(told, language)
    if not asked or not speakers:
        return ()
    known = index_names(" . ".join(name.text for name in speakers))
    words = {word.folded for word in read_words(told)}
    if any(
        known.knows(word.text) or (not name.sure and word.folded in words) for name in asked for word in name.words
    ):
        return ()
    return tuple(name.text for name in asked)


def _speakers(text: str, language: str) -> list[Name]:
    verbs = [match.span() for match in _SAID.finditer(text)]
    joined: list[list[Name]] = []
    for name in find_names(text, language):
        if joined and _JOINS.fullmatch(text[joined[-1][-1].end : name.start]):
            joined[-1].append(name)
        else:
            joined.append([name])
    return [name for names in joined if any(_speaks(text, one, verbs) for one in names) for name in names]


def _speaks(text: str, name: Name, verbs: Sequence[tuple[int, int]]) -> bool:
    return _ACCORDING.search(text[max(0, name.start - 24) : name.start]) is not None or any(
        _beside(text, name.end, start) or _beside(text, end, name.start) for start, end in verbs
    )


def _beside(text: str, end: int, start: int) -> bool:
    """Whether a stretch that starts at `start` follows one that ends at `end` in the same sentence."""
    return 0 <= start - end <= _NEAR and "." not in text[end:start]
