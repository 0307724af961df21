"""The names of a claim that its evidence does not have.

Persons keep their names across languages, offices and places often do not: across languages a name counts
as missing when the evidence's own sentence has a name the claim lacks, or shows the name half changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.verify.lexicon import institutions
from assistant.verify.name_index import NameIndex, index_names, thing
from assistant.verify.names import Name, find_names
from assistant.verify.plain_words import in_dictionary, is_plain_word

# What English adjectives of peoples and places end in; other languages write them in lower case.
_DEMONYM = re.compile(r"(?:ish|ese|ian|ians|ean|eans|can|cans|ic|al)$")

# Each language has abbreviations of its own; only those in the table of aliases can be told apart.
_ACRONYM = re.compile(r"[A-ZÄÖÅÜ]{2,6}s?")


def missing_names(
    claim: str, claim_language: str, told: str, best: str, language: str, *, close: bool, translates: bool = False
) -> tuple[str, ...]:
    """The names of `claim` that neither `told` (all that may support it) nor `best` (its own sentence) has.

    Only a claim that is `close` to its sentence has to share what merely may be a name; where `best`
    `translates` the claim, a German word no dictionary has must stand there.
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
        part = _unknown_part(name, known, 2 if not same_language else len(known))
        if part is None:
            gone = _half_changed(name, known, None if same_language else own, answered)
        elif same_language:
            gone = name.sure or (unasked and close)
        else:
            gone = _is_gone(part, claim_language, language, unasked=unasked, translates=translates)
        if gone:
            missing.append(name.text)
    return tuple(missing)


def _unknown_part(name: Name, known: Sequence[bool], fewest: int) -> Name | None:
    """The stretch of a name the evidence does not know: all of it, or `fewest` words and more."""
    if not any(known):
        return name
    best: list[int] = []
    run: list[int] = []
    for place, found in enumerate(known):
        run = [] if found else [*run, place]
        best = max(best, run, key=len)
    if len(best) < fewest:
        return None
    words = name.words[best[0] : best[-1] + 1]
    return Name(words[0].start, words[-1].end, words, sure=name.sure)


def _is_gone(name: Name, language: str, told_language: str, *, unasked: bool, translates: bool) -> bool:
    """Whether a name the evidence does not know in any form is missing, and not merely translated.

    `unasked` tells that the evidence's sentence has a name the claim lacks.
    """
    if all(_ACRONYM.fullmatch(word.text) and thing(word.folded) is None for word in name.words):
        return False
    plain = [is_plain_word(word.text, language, told_language) for word in name.words]
    if language != "de":
        return name.sure and (unasked or not (any(plain) or _is_translatable(name)))
    unheard = not all(
        noun or in_dictionary(word.text, language) for noun, word in zip(plain, name.words, strict=True)
    )
    return not all(plain) and ((unasked and (name.sure or unheard)) or (translates and unheard))


def _is_translatable(name: Name) -> bool:
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
