"""The names of a claim that its evidence does not have.

Persons keep their names across languages, offices and places often do not: across languages a name counts
as missing when the evidence's own sentence has a name the claim lacks, or shows the name half changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.verify.lexicon import institutions
from assistant.verify.name_index import NameIndex, index_names
from assistant.verify.names import Name, find_names

# What English adjectives of peoples and places end in; other languages write them in lower case.
_DEMONYM = re.compile(r"(?:ish|ese|ian|ians|ean|eans|can|cans|ic|al)$")


def missing_names(
    claim: str, claim_language: str, told: str, best: str, language: str, *, close: bool
) -> tuple[str, ...]:
    """The names of `claim` that neither `told` (all that may support it) nor `best` (its own sentence) has.

    Only a claim that is `close` to its sentence has to share what merely may be a name.
    """
    index, own = index_names(told), index_names(claim)
    answered = find_names(best, language)
    unasked = any(name.sure and not _known_at_all(name, own) for name in answered)
    same_language = claim_language == language
    missing = []
    for name in find_names(claim, claim_language):
        known = [index.knows(word.text) for word in name.words]
        if all(known) or index.knows_phrase(name.words):
            continue
        if any(known):
            gone = _half_changed(name, known, None if same_language else own, answered)
        elif same_language:
            gone = name.sure or (unasked and close)
        else:
            gone = name.sure and (unasked or (claim_language != "de" and not _is_translatable(name)))
        if gone:
            missing.append(name.text)
    return tuple(missing)


def _is_translatable(name: Name) -> bool:
    if len(name.words) == 1 and name.words[0].text.isupper():
        return True
    return any(w.folded.partition("'")[0] in institutions() or _DEMONYM.search(w.folded) for w in name.words)


def _known_at_all(name: Name, index: NameIndex) -> bool:
    return index.knows_phrase(name.words) or any(index.knows(word.text) for word in name.words)


def _half_changed(name: Name, known: Sequence[bool], own: NameIndex | None, answered: Sequence[Name]) -> bool:
    """Whether the evidence continues the known part with another word: Angela Lund for Angela Berg.

    `own`, the words of a claim in another language, excuses what the claim says elsewhere; there a changed
    word before the known one is a title, which languages translate.
    """
    for place, word in enumerate(name.words):
        for step in (1,) if own else (-1, 1):
            beside = place + step
            if not known[place] or not 0 <= beside < len(known) or known[beside]:
                continue
            if any(_continues(other, word.text, step, own) for other in answered):
                return True
    return False


def _continues(other: Name, word: str, step: int, own: NameIndex | None) -> bool:
    for place, told in enumerate(other.words):
        beside = place + step
        if 0 <= beside < len(other.words) and index_names(told.text).knows(word):
            return own is None or not own.knows(other.words[beside].text)
    return False
