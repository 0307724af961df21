"""Denial: does one of claim and evidence deny what the other states?

It knows no grammar; a claim and a sentence are compared by what stands near the words that deny.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.verify.contrast import worth
from assistant.verify.evidence import Similarity
from assistant.verify.lexicon import function_words, negators
from assistant.verify.words import Word, read_words, stem

# Words on each side of a turning word that tell what it turns.
_REACH = 5
# Share of such words that a denial of the same thing has as well.
_SHARED = 0.5
# Share of common words of a sentence that was repeated.
_VERBATIM = 0.8
# Across languages words cannot tell what is denied; a sentence this much longer may deny something else.
_LONGER = 1.6
# What the words that deny must be worth across languages for a denial said by other means ("refuse", "unsurprised"):
# more than nothing where the other sentence shows no such means, and not clearly harmful where it shows one. On
# development stories two of three unaltered pairs lie above, nine of ten altered ones below the first.
_WORTH = 0.002
_WORTH_IMPLIED = -0.007
# Denials in form only; what is denied nobody claims.
_IDIOMS = re.compile(
    r"\b(?:not only|not just|not least|whether or not|no doubt|if not|why not|how can i not|never more so|"
    r"(?:nearly|almost) (?:none|no|never)|nästan (?:ing\w+|aldrig)|(?:fast|beinahe|nahezu) (?:kein\w*|nie)|"
    r"not bad|inte dålig\w*|inte illa|nicht schlecht|inte\b[^.!?]{0,40}? förrän|"
    r"inte bara|inte minst|inte endast|om inte|varför inte|"
    r"nicht nur|nicht zuletzt|nicht ganz|ob oder ob nicht|wenn nicht|noch nie|warum nicht)\b",
    re.IGNORECASE,
)

# What stays of a word that denies when it denies no longer: "ein" of "keiner", "could" of "couldn't".
_STATING = re.compile(r"\A(?:k(ein\w*)|(\w+)n['’]t|(can)not|.*)\Z", re.IGNORECASE)


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


def denies_elsewhere(claim: str, text: str, language: str) -> bool:
    """Whether every denial of `claim` stands in `text` beside words it has in the claim, in one language."""
    asked, told = _beside(claim, denials(claim, language)), _beside(text, denials(text, language))
    return bool(asked) and all(any(len(one & other) >= _SHARED * len(one) for other in told) for one in asked)


def stems_beside(words: Sequence[Word], place: int) -> frozenset[str]:
    """The stems of the words near the one at `place` that mean something."""
    near = (*words[max(0, place - _REACH) : place], *words[place + 1 : place + _REACH + 1])
    return frozenset(stem(word.folded) for word in near if word.folded not in function_words())


def _beside(text: str, places: Sequence[int]) -> list[frozenset[str]]:
    words = read_words(text)
    return [stems_beside(words, place) for place in places]


def without_denials(text: str, language: str) -> str:
    """`text` stating what it denies: its words that deny taken out, "kein" made "ein"."""
    words = read_words(text)
    for place in reversed(denials(text, language)):
        word = words[place]
        text = text[: word.start] + _STATING.sub(r"\1\2\3", word.text) + text[word.end :]
    return re.sub(r"\s{2,}", " ", text)


def denial_differs(
    claim: str, claim_language: str, told: str, told_language: str, similarity: Similarity | None = None
) -> bool:
    """Whether one of the two denies what the other states; `similarity` weighs denials across languages."""
    asked, answered = denials(claim, claim_language), denials(told, told_language)
    if similarity is not None and claim_language != told_language:
        if bool(asked) == bool(answered):
            return False
        if asked:
            gain = worth(claim, without_denials(claim, claim_language), told, similarity)
            implied = implies_denial(told, told_language)
        else:
            gain = worth(told, without_denials(told, told_language), claim, similarity)
            longer = len(read_words(told)) > _LONGER * len(read_words(claim))
            implied = longer or implies_denial(claim, claim_language)
        return gain < (_WORTH_IMPLIED if implied else _WORTH)
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
    asked = {stem(w.folded) for w in read_words(claim) if w.folded not in function_words()}
    return any(2 * len(one & asked) >= len(one) for one in _beside(told, places))

