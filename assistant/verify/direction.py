"""Direction: does the evidence turn the other way than the claim, raised for cut, won for lost?

Words of opposite direction come from a table of pairs in three languages. It knows no grammar but that a denial turns
the word after it: "not known" is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.verify.contrast import take_out, worth
from assistant.verify.denial import denials, stems_beside
from assistant.verify.evidence import Similarity
from assistant.verify.lexicon import antonyms
from assistant.verify.words import Word, read_words

_ENDING_LINE = (
    "e s d ed es ing ings er ers en ens et ets ade ades at ats ar as a an ande te t ten tes test de des "
    "da na n ning ningen ningar ung ungen nde nden tt re ere eren em este sten ste r or orna arna erna in "
    "innen ion ions ment able y ly al als "
)
_ENDINGS = frozenset(("", *_ENDING_LINE.split()))
_LONGEST_ENDING = 6
# A denial turns the word after it, or the one after that: "not yet known". What is "probably not" so is unlikely.
_TURNED = 2
_TURNED_BY_NEXT = frozenset(("likely-unlikely",))
# Two words that together bring a claim and its translation so much nearer are each other's translation, whatever the
# table says of them alone: so do 10 of 68 in unaltered pairs and 30 of 1,158 in altered ones.
_TRANSLATED = 0.01


# "vor drei Jahren" is "three years ago", "with no" is "without", "up to" and "nästa steg" are no rise.
_NO_DIRECTION = re.compile(
    r"\bvor (?=(?:etwa |rund |über |fast )?(?:\d+|\w+) (?:Sekunde|Minute|Stunde|Tag|Woche|Monat|Jahr)\w*)"
    r"|\bwith (?=no\b)|\bup (?=to\b)|\bupp (?=till\b)"
    r"|(?<=\bett )steg\b|(?<=\bnästa )steg\b|(?<=\bförsta )steg\b|(?<=\bsista )steg\b",
    re.IGNORECASE,
)


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
    text = _NO_DIRECTION.sub(lambda match: "x" * len(match[0]), text)
    words = read_words(text)
    places = frozenset(denials(text, language))
    denied = [place in places for place in range(len(words))]
    return tuple(
        Direction(word, place, pair, -side if _is_turned(pair, place, denied) else side)
        for place, word in enumerate(words)
        for pair, side in _entries(word.text.lower(), language)
    )


def _is_turned(pair: str, place: int, denied: Sequence[bool]) -> bool:
    """Whether a denial stands right before the word at `place`, or, where the pair is turned so, right after it."""
    after = _TURNED if pair in _TURNED_BY_NEXT else 0
    return any(denied[max(0, place - _TURNED) : place]) or any(denied[place + 1 : place + 1 + after])


@lru_cache(maxsize=65536)
def _entries(form: str, language: str) -> tuple[tuple[str, int], ...]:
    table = antonyms(language)
    exact = table.get("=" + form)
    if exact is not None:  # one pair may have the form as it stands and another as a stem
        return exact + table.get(form, ())
    for length in range(len(form), max(2, len(form) - _LONGEST_ENDING - 1), -1):
        found = table.get(form[:length])
        if found is not None and form[length:] in _ENDINGS:
            return found
    return ()


def opposite(
    claim: str, claim_language: str, told: str, told_language: str, *, worded: bool = True,
    similarity: Similarity | None = None,
) -> tuple[str, str] | None:
    """The first pair of words that turn the claim and the evidence opposite ways, else None.

    A word of the claim counts when the evidence has its opposite and nowhere goes its way; unless the claim is `worded`
    as the evidence is, the two must stand beside a word that both texts have. Across languages `similarity`, where
    given, tells whether one is the other's translation all the same.
    """
    ways = directions(told, told_language)
    for asked in directions(claim, claim_language):
        same = any(w.pair == asked.pair and w.side == asked.side for w in ways)
        other = [w for w in ways if w.pair == asked.pair and w.side == -asked.side]
        balanced = any(
            d.pair == asked.pair and d.side == -asked.side for d in directions(claim, claim_language)
        )
        if not other or same or balanced:
            continue
        if claim_language == told_language:
            other = other if worded else _beside_the_same(asked, claim, other, told)
        elif similarity is not None:
            gain = worth(claim, take_out(claim, [asked.word]), told, similarity)
            gain += worth(told, take_out(told, [other[0].word]), claim, similarity)
            other = other if gain < _TRANSLATED else []
        if other:
            return asked.word.text, other[0].word.text
    return None


def _beside_the_same(asked: Direction, claim: str, other: Sequence[Direction], told: str) -> list[Direction]:
    """Those of `other` that stand beside a word of `told` that `claim` has beside the one asked for."""
    claimed, words = read_words(claim), read_words(told)
    places = {word.start: place for place, word in enumerate(words)}
    own = stems_beside(claimed, next(place for place, word in enumerate(claimed) if word.start == asked.word.start))
    return [one for one in other if own & stems_beside(words, places[one.word.start])]
