"""Direction and denial: does the evidence say the opposite of the claim where both speak of one thing?

Words of opposite direction come from a table of pairs in three languages. It knows no grammar; a claim and
a sentence are compared by what stands near the words that turn them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.verify.lexicon import antonyms, function_words, negators
from assistant.verify.words import Word, read_words, stem

_ENDINGS = frozenset(
    (
        "",
        "e",
        "s",
        "d",
        "ed",
        "es",
        "ing",
        "ings",
        "er",
        "ers",
        "en",
        "ens",
        "et",
        "ets",
        "ade",
        "ades",
        "at",
        "ats",
        "ar",
        "as",
        "a",
        "an",
        "ande",
        "te",
        "t",
        "ten",
        "tes",
        "test",
        "de",
        "des",
        "da",
        "na",
        "n",
        "ning",
        "ningen",
        "ningar",
        "ung",
        "ungen",
        "nde",
        "nden",
        "tt",
        "re",
        "ere",
        "eren",
        "em",
        "este",
        "sten",
        "ste",
        "r",
        "or",
        "orna",
        "arna",
        "erna",
        "in",
        "innen",
        "ion",
        "ions",
        "ment",
        "able",
        "y",
        "ly",
        "al",
        "als",
    )
)
_LONGEST_ENDING = 6
# Words on each side of a turning word that tell what it turns.
_REACH = 5
# Share of common words of a sentence that was repeated.
_VERBATIM = 0.8
# Across languages words cannot tell what is denied; a sentence this much longer may deny something else.
_LONGER = 1.6


@dataclass(frozen=True, slots=True)
class Direction:
    """One word that points one way of an antonym pair; `side` is +1 or -1, `place` counts words."""

    word: Word
    place: int
    pair: str
    side: int


@lru_cache(maxsize=4096)
def directions(text: str, language: str) -> tuple[Direction, ...]:
    """The words of `text` that have an opposite, in order."""
    return tuple(
        Direction(word, place, pair, side)
        for place, word in enumerate(read_words(text))
        for pair, side in _entries(word.text.lower(), language)
    )


@lru_cache(maxsize=65536)
def _entries(form: str, language: str) -> tuple[tuple[str, int], ...]:
    table = antonyms(language)
    exact = table.get("=" + form)
    if exact is not None:
        return exact
    for length in range(len(form), max(2, len(form) - _LONGEST_ENDING - 1), -1):
        found = table.get(form[:length])
        if found is not None and form[length:] in _ENDINGS:
            return found
    return ()


# Denials in form only; what is denied nobody claims.
_IDIOMS = re.compile(
    r"\b(?:not only|not just|not least|whether or not|no doubt|if not|why not|how can i not|never more so|"
    r"inte bara|inte minst|inte endast|inte förrän|om inte|varför inte|"
    r"nicht nur|nicht zuletzt|nicht ganz|ob oder ob nicht|wenn nicht|noch nie|nicht zuletzt|warum nicht)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def denials(text: str, language: str) -> tuple[int, ...]:
    """The places (word counts) of the words of `text` that deny: not, inte, kein …; idioms left out."""
    strong, _ = negators(language)
    text = _IDIOMS.sub(lambda match: re.sub(r"\w+", "x", match[0]), text)
    return tuple(
        i for i, w in enumerate(read_words(text)) if w.text.lower() in strong or w.folded.endswith("n't")
    )


@lru_cache(maxsize=4096)
def implies_denial(text: str, language: str) -> bool:
    """Whether some word of `text` denies or implies it: without, refuse, fail …"""
    strong, weak = negators(language)
    for word in read_words(text):
        form = word.text.lower()
        if form in strong or form.endswith(("n't", "n’t")) or form in weak:
            return True
        if any(w.endswith("*") and form.startswith(w[:-1]) for w in weak):
            return True
    return False


def opposite(claim: str, claim_language: str, told: str, told_language: str) -> tuple[str, str] | None:
    """The first pair of words that turn the claim and the evidence opposite ways, else None.

    A word of the claim counts when the evidence has its opposite and nowhere goes its way.
    """
    ways = directions(told, told_language)
    for asked in directions(claim, claim_language):
        same = any(w.pair == asked.pair and w.side == asked.side for w in ways)
        other = [w for w in ways if w.pair == asked.pair and w.side == -asked.side]
        balanced = any(
            d.pair == asked.pair and d.side == -asked.side for d in directions(claim, claim_language)
        )
        if other and not same and not balanced:
            return asked.word.text, other[0].word.text
    return None


def denial_differs(claim: str, claim_language: str, told: str, told_language: str) -> bool:
    """Whether one of the two denies what the other states."""
    asked, answered = denials(claim, claim_language), denials(told, told_language)
    if claim_language == told_language and len(asked) != len(answered) and _same_words(claim, told):
        return True
    if asked and not answered:
        return not implies_denial(told, told_language)
    if answered and not asked:
        if implies_denial(claim, claim_language):
            return False
        if claim_language == told_language:
            return _about(claim, told, answered)
        return len(read_words(told)) <= _LONGER * len(read_words(claim))
    return False


def _same_words(claim: str, told: str) -> bool:
    """Whether the two are one sentence but for a few words."""
    asked = {stem(w.folded) for w in read_words(claim)}
    answered = {stem(w.folded) for w in read_words(told)}
    return len(asked & answered) >= _VERBATIM * max(len(asked), len(answered))


def _about(claim: str, told: str, places: Sequence[int]) -> bool:
    """Whether a denial of the evidence stands near words of the claim."""
    words = read_words(told)
    asked = {stem(w.folded) for w in read_words(claim) if w.folded not in function_words()}
    for place in places:
        near = words[max(0, place - _REACH) : place + _REACH + 1]
        content = [stem(w.folded) for w in near if w.folded not in function_words()]
        if sum(form in asked for form in content) * 2 >= len(content):
            return True
    return False
