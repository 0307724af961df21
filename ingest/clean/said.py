"""What a line says: its phrase families, and the dates, addresses and credits in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from ingest.clean import lexicon, phrases
from ingest.clean.patterns import (
    ADDRESS,
    CLOCK,
    DOMAINS,
    NUMBER_DATE,
    POLITE,
    POLITE_WORDS,
    QUOTED,
    ends_in_credit,
    names_day,
)
from ingest.clean.signs import AT, DIGIT, INNER_STOP, JOINED, QUOTE, RIGHTS, SCHEME, Counts, Flags, Signs
from ingest.clean.words import Numbers, Words, number_words

FAMILIES = (*lexicon.FAMILIES, "credit_end", "date", "clock", "address", "solicit")
_BIT = {family: 1 << n for n, family in enumerate(FAMILIES)}
# What a word tells besides its own families: it is the longest of a phrase, or a pattern needs it.
_LONGER, _POLITE, _LABEL, _MONTH, _DOMAIN, _SITE = (1 << n for n in range(len(FAMILIES), len(FAMILIES) + 6))
_PERSONS = _BIT["reader"] | _BIT["ourselves"]
_SOLICITING = _BIT["consent"] | _BIT["subscribe"]
# What only a quoted speaker says is nobody's notice; what a line is whoever speaks in it is not asked again.
_SPOKEN = ~(_BIT["agency"] | _BIT["credit"] | _BIT["related"] | _BIT["pointer"] | _BIT["control"])


def said_by_lines(texts: Sequence[str], words: Words, signs: Signs) -> Flags:
    """Which of the FAMILIES (one column each) every line holds; most lines hold nothing telling."""
    said = _phrases_in(words)
    _search(said, (said & _POLITE) > 0, "reader", texts, POLITE.search)
    for n in np.flatnonzero(signs.has(QUOTE) & ((said & (_PERSONS | _SOLICITING)) > 0)).tolist():
        said[n] &= ~_SPOKEN | _unquoted(texts[n], words, n, signs) | ~(_LONGER - 1)
    said[signs.has(RIGHTS)] |= _BIT["rights"]
    joined, digits = signs.has(JOINED), signs.has(DIGIT)
    _search(said, (said & _LABEL) > 0, "credit_end", texts, ends_in_credit)
    _search(said, joined, "date", texts, NUMBER_DATE.search)
    _search(said, digits & ((said & _MONTH) > 0), "date", texts, names_day)
    _search(said, joined, "clock", texts, CLOCK.search)
    site = (signs.has(INNER_STOP) & ((said & _DOMAIN) > 0)) | ((said & _SITE) > 0) | signs.has(AT | SCHEME)
    _search(said, site, "address", texts, ADDRESS.search)
    said[((said & _PERSONS) > 0) & ((said & _SOLICITING) > 0)] |= _BIT["solicit"]
    found: Flags = (said[:, None] & np.array(list(_BIT.values()))) > 0
    return found


def _search(said: Counts, mask: Flags, family: str, texts: Sequence[str], test: Callable[[str], object]) -> None:
    """Add `family` to the lines under `mask` that pass `test`."""
    for n in np.flatnonzero(mask).tolist():
        if test(texts[n]):
            said[n] |= _BIT[family]


def _phrases_in(words: Words) -> Counts:
    """Per line what its words and phrases tell, as bits."""
    told = words.values(*_telling())[words.places]
    telling = np.flatnonzero(told)
    lines = np.searchsorted(words.bounds, telling, side="right")
    said = np.zeros(len(words.counts), dtype=np.intp)
    np.bitwise_or.at(said, lines, told[telling])
    known = lexicon.lexicon()
    longer = (told[telling] & _LONGER) > 0
    for n, place in zip(lines[longer].tolist(), telling[longer].tolist(), strict=True):
        if family := known.longer_at(words.line(n), place - int(words.bounds[n] - words.counts[n])):
            said[n] |= family
    for n in np.flatnonzero(words.opening(lexicon.opening_words())).tolist():
        said[n] |= known.opening_of(words.line(n))
    return said


def _unquoted(text: str, words: Words, n: int, signs: Signs) -> int:
    """What line `n` tells outside its quotation marks."""
    spans = [place for match in QUOTED.finditer(text) for place in match.span()]
    starts = words.starts[words.bounds[n] - words.counts[n] : words.bounds[n]] - (signs.ends[n] - len(text))
    outside = np.searchsorted(spans, starts, side="right") % 2 == 0
    line = [word for word, stays in zip(words.line(n), outside.tolist(), strict=True) if stays]
    known, said = lexicon.lexicon(), 0
    for place, word in enumerate(line):
        said |= known.single.get(word, 0)
        if word in known.longer:
            said |= known.longer_at(line, place)
    return said | _BIT["reader"] if POLITE.search(QUOTED.sub(" ", text)) else said


@cache
def _telling() -> tuple[Numbers, Counts]:
    """Words of which a line must hold one to be looked at for what it says, sorted, and what each tells."""
    known = lexicon.lexicon()
    told = {**known.single}
    for bit, telling in (
        (_LONGER, list(known.longer)),
        (_POLITE, _numbers(POLITE_WORDS)),
        (_LABEL, _numbers(phrases.CREDIT.split("|"))),
        (_MONTH, _numbers(phrases.MONTHS.split("|"))),
        (_DOMAIN, _numbers(DOMAINS)),
        (_SITE, _numbers(["www"])),
    ):
        for word in telling:
            told[word] = told.get(word, 0) | bit
    ordered = sorted(told)
    return np.array(ordered, dtype=np.uint64), np.array([told[word] for word in ordered], dtype=np.intp)


def _numbers(listed: Sequence[str]) -> list[int]:
    numbers: list[int] = number_words(list(listed)).tolist()
    return numbers
