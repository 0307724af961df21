"""The names of a claim that its evidence does not have.

Persons keep their names across languages, offices and places often do not: across languages a name counts
as missing when the evidence's own sentence has a name the claim lacks, or shows the name half changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.verify.evidence import Similarity
from assistant.verify.lexicon import institutions
from assistant.verify.name_index import NameIndex, index_names, thing
from assistant.verify.name_weight import is_unsaid
from assistant.verify.names import Name, find_names
from assistant.verify.plain_words import in_dictionary, is_plain_word

# What English adjectives of peoples and places end in; other languages write them in lower case.
_DEMONYM = re.compile(r"(?:ish|ese|ian|ians|ean|eans|can|cans|ic|al)$")

# Whoever a pronoun stands for was named so many characters before at most.
_SAID_BEFORE = 600
_PRONOUN = re.compile(
    r"\b(?:he|she|they|him|his|her|hers|them|their|han|hon|honom|henne|hans|hennes|de|dem|deras"
    r"|er|sie|ihn|ihm|ihr|ihre[mnrs]?|sein|seine[mnrs]?)\b", re.IGNORECASE
)

# Each language has abbreviations of its own; only those in the table of aliases can be told apart.
_ACRONYM = re.compile(r"[A-ZÄÖÅÜ]{2,6}s?")


def missing_names(
    claim: str, claim_language: str, told: str, best: str, language: str, *, close: bool, translates: bool = False,
    worded: bool = True, whole: str = "", similarity: Similarity | None = None,
) -> tuple[str, ...]:
    """The names of `claim` that neither `told` (all that may support it) nor `best` (its own sentence) has.

    In another language a translator may have put one part of a full name of the `whole` evidence for the other,
    Kit for Harington. Only a claim that is `close` to its sentence has to share what merely may be a name, and only one
    `worded` as it is what may as well be another word, plain German nouns aside; where `best` `translates` the claim, a
    German word no dictionary has must stand there. In another language `similarity`, where given, weighs what the
    rules find.
    """
    index, own = index_names(told), index_names(claim)
    answered = find_names(best, language)
    same_language = claim_language == language
    strange = [name for name in answered if not _known_at_all(name, own)]
    unasked = any(name.sure if same_language else _is_name(name, language) for name in strange)
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
            gone = _is_gone(part, claim_language, unasked=unasked, translates=translates)
        if not (same_language or similarity is None or (gone and any(thing(word.folded) for word in name.words))):
            words = part.words if part else [w for w, found in zip(name.words, known, strict=True) if not found]
            gone = is_unsaid(claim, claim_language, words, best, ruled=gone, similarity=similarity)
        if gone and same_language:
            gone = not (_is_ordinary(name, known, language, worded=worded) or _is_meant(name, best, whole))
        if gone and (same_language or not _is_other_half(name, strange, whole, language)):
            missing.append(name.text)
    return tuple(missing)


def _is_ordinary(name: Name, known: Sequence[bool], language: str, *, worded: bool) -> bool:
    """Whether what the evidence lacks of a name may be a plain word: a German noun, or any word that opens a sentence.

    Surnames that stand in dictionaries ("Koch", "Merkel") are seldom told by an article or an adjective before them.
    """
    strange = [word.text for word, found in zip(name.words, known, strict=True) if not found]
    if any(thing(word.casefold()) for word in strange) or ((name.sure or worded) and language != "de"):
        return False
    return all(is_plain_word(word, language) or (not worded and in_dictionary(word, language)) for word in strange)


def _is_meant(name: Name, best: str, whole: str) -> bool:
    """Whether the sentence speaks of "he", "sie" or "de", and the text shortly before it says `name`."""
    if not _PRONOUN.search(best):
        return False
    before = index_names(whole[: max(whole.find(best), 0)][-_SAID_BEFORE:])
    return before.knows_phrase(name.words) or all(before.knows(word.text) for word in name.words)


def _is_other_half(name: Name, strange: Sequence[Name], whole: str, language: str) -> bool:
    """Whether `name` and a name of the evidence's sentence are two halves of one that stands in the `whole`."""
    halves = {word.folded for other in strange if len(other.words) == 1 for word in other.words}
    if len(name.words) > 1 or not halves:
        return False
    wanted = name.words[0].folded
    full = ({word.folded for word in other.words} for other in find_names(whole, language) if len(other.words) > 1)
    return any(wanted in words and words & halves for words in full)


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


def _is_gone(name: Name, language: str, *, unasked: bool, translates: bool) -> bool:
    """Whether a name the evidence does not know in any form is missing, and not merely translated.

    `unasked` tells that the evidence's sentence has a name the claim lacks.
    """
    if all(_ACRONYM.fullmatch(word.text) and not (unasked and thing(word.folded)) for word in name.words):
        return False
    plain = [is_plain_word(word.text, language) for word in name.words]
    if language != "de":
        sure = name.sure or not any(_is_heard(word.text, language) for word in name.words)
        return sure and (unasked or not (any(plain) or _is_translatable(name)))
    if all(plain):
        return False
    if unasked:
        return True
    known = (_is_heard(word.text, language) or in_dictionary(word.text, "en") for word in name.words)
    return translates and not all(known)


def _is_name(name: Name, language: str) -> bool:
    """Whether a run of capitals is a name and no plain word, by its place or because no dictionary has its words."""
    if name.sure or any(thing(word.folded) for word in name.words):
        return any(thing(word.folded) or not is_plain_word(word.text, language) for word in name.words)
    return not any(_is_heard(word.text, language) for word in name.words)


def _is_heard(word: str, language: str) -> bool:
    """Whether a dictionary has a word of `language`, or both halves of it."""
    return in_dictionary(word, language) or is_plain_word(word, language)


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
            if own and _ACRONYM.fullmatch(name.words[beside].text):
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
