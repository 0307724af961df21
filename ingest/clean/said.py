"""What a line says: its phrase families, and the dates, addresses and credits in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache

import numpy as np

from ingest.clean import phrases
from ingest.clean.lexicon import families, opening_words, telling_words, tokens
from ingest.clean.signs import AT, DIGIT, INNER_STOP, JOINED, QUOTE, RIGHTS, SCHEME, Flags, Signs
from ingest.clean.words import Numbers, Words, numbers_of

# A date with a month's name is looked for around its numbers: a line has few, and scanning for months is slow.
_NUMBER = re.compile(r"\d+")
_MONTH_AFTER = re.compile(rf"(?:\.|st|nd|rd|th)? (?:of )?(?:{phrases.MONTHS})\b", re.IGNORECASE)
_MONTH_BEFORE = re.compile(rf"\b(?:{phrases.MONTHS})\.? $", re.IGNORECASE)
_BEFORE = 12  # characters: the longest month, a full stop and a blank fit in
_NUMBER_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}")
_MONTH_WORDS = frozenset(phrases.MONTHS.split("|"))
_CLOCK = re.compile(r"\d(?<!\w\d)\d?[:.]\d{2}\b")
_ENDINGS = frozenset(["com", "de", "se", "org", "net", "no", "at", "ch", "uk", "www"])
_ADDRESS = re.compile(r"https?://|www\.|\w@\w|\w\.(?:com|de|se|org|net|no|at|ch|uk)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“„”»«][^\"“„”»«]{1,600}[\"“„”»«]")
# Inside a sentence; at its start it may be "they".
_POLITE = re.compile(r" (?<=[a-zäöüß,] )(?:Sie|Ihnen|Ihre?[nmrs]?)\b")  # a literal first is quickest to find
_POLITE_WORDS = frozenset(["sie", "ihnen", *("ihr" + e + x for e in ("", "e") for x in ("", *"nmrs"))])
_LABELS = "|".join(sorted(map(re.escape, phrases.CREDIT.split("|")), key=len, reverse=True))
_LABEL_WORDS = frozenset(tokens(phrases.CREDIT))
_CREDIT_COLON = re.compile(rf"\b(?:{_LABELS}) ?: ?\S", re.IGNORECASE)
_CREDIT_BRACKET = re.compile(rf"\((?:{_LABELS})\b", re.IGNORECASE)
_CREDIT_SLASH = re.compile(rf"/ ?(?:{_LABELS})$", re.IGNORECASE)
_LABEL_MOST = max(map(len, phrases.CREDIT.split("|"))) + 1  # characters, with a blank
_CREDIT_TAIL = 200  # characters

FAMILIES = (
    "related", "pointer", "control", "consent", "subscribe", "channel", "disclaimer", "embed", "bio",
    "role", "credit", "agency", "reader", "ourselves", "rights", "credit_end", "date", "clock", "address",
    "solicit",
)  # fmt: skip
_NONE: frozenset[str] = frozenset()
_PLACE = {family: n for n, family in enumerate(FAMILIES)}
_PERSONS = frozenset(["reader", "ourselves"])
_SOLICITING = frozenset(["consent", "subscribe"])
_SPEAKING = _PERSONS | _SOLICITING
# What a line is whoever speaks in it.
_NOT_SPOKEN = frozenset(["agency", "credit", "related", "pointer", "control"])


def said_by_lines(texts: Sequence[str], words: Words, signs: Signs) -> Flags:
    """Which of the FAMILIES (one column each) every line holds; most lines hold nothing telling."""
    telling = _telling_in(words)
    opens = words.opening(_opening_numbers())
    signed = signs.has(JOINED | RIGHTS | AT | SCHEME)
    found = np.zeros((len(texts), len(FAMILIES)), dtype=bool)
    kinds, opened = signs.kinds.tolist(), opens.tolist()
    for n in {*telling, *np.flatnonzero(opens | signed).tolist()}:
        for family in _said_by(texts[n], telling.get(n, _NONE), opened[n], kinds[n]):
            found[n, _PLACE[family]] = True
    return found


def _telling_in(words: Words) -> dict[int, set[str]]:
    """The telling words of every line that holds any."""
    names = _telling_names()
    which = words.among(_telling_numbers())[words.word_of]
    found: dict[int, set[str]] = {}
    for n, number in zip(words.line_of[which].tolist(), words.vocabulary[words.word_of[which]].tolist(), strict=True):
        found.setdefault(n, set()).add(names[number])
    return found


@cache
def _telling_numbers() -> Numbers:
    return np.array(sorted(_telling_names()), dtype=np.uint64)


@cache
def _telling_names() -> dict[int, str]:
    """Words of which a line must hold one to be looked at for what it says, by their numbers."""
    listed = telling_words() | _POLITE_WORDS | _LABEL_WORDS | _MONTH_WORDS | _ENDINGS
    return {int(numbers_of([word])[0]): word for word in listed}


@cache
def _opening_numbers() -> Numbers:
    return numbers_of(opening_words())


def _said_by(text: str, telling: Set[str], opens: bool, kinds: int) -> set[str]:
    """The FAMILIES of a line of these `telling` words that holds characters of these `kinds`."""
    said = families(text, telling, opens)
    if not _POLITE_WORDS.isdisjoint(telling) and _POLITE.search(text):
        said.add("reader")
    if kinds & QUOTE and not said.isdisjoint(_SPEAKING):
        said = _outside_quotes(text, said)
    if kinds & RIGHTS:
        said.add("rights")
    if not _LABEL_WORDS.isdisjoint(telling) and _credited(text[-_CREDIT_TAIL:]):
        said.add("credit_end")
    if kinds & DIGIT and _dated(text, telling, bool(kinds & JOINED)):
        said.add("date")
    if kinds & JOINED and _CLOCK.search(text):
        said.add("clock")
    site = (kinds & INNER_STOP or "www" in telling) and not _ENDINGS.isdisjoint(telling)
    if (site or kinds & (AT | SCHEME)) and _ADDRESS.search(text):
        said.add("address")
    if not said.isdisjoint(_PERSONS) and not said.isdisjoint(_SOLICITING):
        said.add("solicit")
    return said


def _credited(tail: str) -> bool:
    """Whether `tail` has a label of a credit; looked for only where its sign is, since labels are many."""
    slash = tail.rfind("/")
    return (
        any(_CREDIT_COLON.search(tail, max(0, at - _LABEL_MOST), at + 3) for at in _places(tail, ":"))
        or any(_CREDIT_BRACKET.match(tail, at) for at in _places(tail, "("))
        or bool(slash >= 0 and _CREDIT_SLASH.match(tail, slash))
    )


def _places(text: str, sign: str) -> Iterator[int]:
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + 1)


def _dated(text: str, telling: Set[str], joined: bool) -> bool:
    if joined and _NUMBER_DATE.search(text):
        return True
    return not _MONTH_WORDS.isdisjoint(telling) and any(
        _beside_month(text, *number.span()) for number in _NUMBER.finditer(text)
    )


def _beside_month(text: str, start: int, end: int) -> bool:
    """Whether the number text[start:end] makes a date with the month before or after it."""
    before = text[start - 1 : start]
    if end - start <= 2 and not (before.isalnum() or before == "_") and _MONTH_AFTER.match(text, end):
        return True
    return (
        end - start <= 4
        and before == " "
        and not text[end : end + 1].isalnum()
        and _MONTH_BEFORE.search(text[max(0, start - _BEFORE) : start]) is not None
    )


def _outside_quotes(text: str, said: set[str]) -> set[str]:
    """`said`, minus what only a quoted speaker says: "we" and "you" in quotes are nobody's notice."""
    unquoted = _QUOTED.sub(" ", text)
    words = tokens(unquoted)
    opens = bool(words) and words[0] in opening_words()
    own = families(unquoted, telling_words().intersection(words), opens) | _NOT_SPOKEN
    if _POLITE.search(unquoted):
        own.add("reader")
    return said & own
