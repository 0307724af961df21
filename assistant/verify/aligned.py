"""A claim that repeats a sentence of the evidence with a word or two exchanged: which ones?

Only for claim and evidence in one language, and only where nearly all words are shared; a free paraphrase
is none of its business.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.verify.calendar_names import calendar_words
from assistant.verify.name_index import NameIndex
from assistant.verify.names import is_plain_capital
from assistant.verify.numbers import find_numbers, tells
from assistant.verify.quantities import find_quantities
from assistant.verify.words import Word, read_words, stem

# Share of common words from which a claim counts as the same sentence.
_SAME = 0.75
_MOST_WORDS = 120
_LONGEST_SWAP = 3
# "inadequate", "unzufrieden", "otillräcklig"; a shorter rest may be another word.
_DENYING = frozenset("un in im ir il dis non mis miss o icke".split())
_SHORTEST_DENIED = 5


def exchanged_numbers(claim: str, best: str, language: str) -> tuple[tuple[str, str], ...]:
    """Numbers that stand where the evidence's sentence has another one: (claimed, told)."""
    pairs = []
    for asked, told in _swaps(read_words(claim), read_words(best)):
        one, other = claim[asked[0].start : asked[-1].end], best[told[0].start : told[-1].end]
        numbers, answers = find_numbers(one, language), find_numbers(other, language)
        strong = [number for number in numbers if not number.weak]
        if strong and answers and not any(tells(answers, number) for number in strong):
            pairs.append((one, other))
    return tuple(pairs)


def exchanged_days(claim: str, best: str) -> tuple[tuple[str, str], ...]:
    """Weekdays and months that stand where the evidence's sentence has other ones: (claimed, told)."""
    pairs = []
    for asked, told in _swaps(read_words(claim), read_words(best)):
        one, other = claim[asked[0].start : asked[-1].end], best[told[0].start : told[-1].end]
        named = zip(calendar_words(one), calendar_words(other), strict=True)
        if any(left and right and not left.keys() & right.keys() for left, right in named):
            pairs.append((one, other))
    return tuple(pairs)


def exchanged_denials(claim: str, best: str) -> tuple[tuple[str, str], ...]:
    """Words that stand where the evidence's sentence has them with or without a prefix that denies: (claimed, told)."""
    return tuple(
        (asked[0].text, told[0].text)
        for asked, told in _swaps(read_words(claim), read_words(best))
        if len(asked) == len(told) == 1
        and (_denies(asked[0].folded, told[0].folded) or _denies(told[0].folded, asked[0].folded))
    )


def _denies(word: str, plain: str) -> bool:
    return len(plain) >= _SHORTEST_DENIED and word.removesuffix(plain) in _DENYING


def exchanged_names(claim: str, best: str, told: NameIndex) -> tuple[str, ...]:
    """Capital words that stand where the evidence's sentence has other ones and that `told` does not know.

    Finds what a list of names cannot: in German any noun has a capital, but a noun put in the place of
    another is a changed fact as well.
    """
    exchanged = []
    quantities = {quantity.start for quantity in find_quantities(claim)}  # "Alle" for "Sämtliche"
    for asked, answered in _swaps(read_words(claim), read_words(best)):
        strange = [
            w for w in asked
            if w.text[0].isupper() and w.start not in quantities and not told.knows(w.text)
            and not (w.start == 0 and is_plain_capital(w))
        ]
        if strange and any(w.text[0].isupper() for w in answered):
            exchanged.append(claim[strange[0].start : strange[-1].end])
    return tuple(exchanged)


def _swaps(claim: Sequence[Word], best: Sequence[Word]) -> list[tuple[Sequence[Word], Sequence[Word]]]:
    """The short stretches that differ between two nearly equal rows of words."""
    if not claim or not best or max(len(claim), len(best)) > _MOST_WORDS:
        return []
    matcher = SequenceMatcher(
        None, [stem(w.folded) for w in claim], [stem(w.folded) for w in best], autojunk=False
    )
    shared = sum(block.size for block in matcher.get_matching_blocks())
    if shared < _SAME * len(claim):
        return []
    return [
        (claim[a:b], best[c:d])
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag == "replace" and b - a <= _LONGEST_SWAP and d - c <= _LONGEST_SWAP
    ]
