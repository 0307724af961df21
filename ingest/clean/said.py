"""What a line says: its phrase families, and the dates, addresses and credits in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.clean import phrases
from ingest.clean.lexicon import families, tokens

DATE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
    rf"|\b\d{{1,2}}(?:\.|st|nd|rd|th)? (?:of )?(?:{phrases.MONTHS})\b|\b(?:{phrases.MONTHS})\.? \d{{1,4}}\b",
    re.IGNORECASE,
)
_NUMBER_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}")
_MONTH_WORDS = frozenset(phrases.MONTHS.split("|"))
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
_ENDINGS = frozenset(["com", "de", "se", "org", "net", "no", "at", "ch", "uk", "www"])
_ADDRESS = re.compile(r"https?://|www\.|\w@\w|\w\.(?:com|de|se|org|net|no|at|ch|uk)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“„”»«][^\"“„”»«]{1,600}[\"“„”»«]")
# Inside a sentence; at its start it may be "they".
_POLITE = re.compile(r"[a-zäöüß,] (?:Sie|Ihnen|Ihre?[nmrs]?)\b")
_POLITE_WORDS = frozenset(["sie", "ihnen", *("ihr" + e + x for e in ("", "e") for x in ("", *"nmrs"))])
_LABELS = "|".join(sorted(map(re.escape, phrases.CREDIT.split("|")), key=len, reverse=True))
_LABEL_WORDS = frozenset(tokens(phrases.CREDIT))
_CREDIT_AT_END = re.compile(rf"\b(?:{_LABELS}) ?: ?\S|\((?:{_LABELS})\b|/ ?(?:{_LABELS})$", re.IGNORECASE)
_CREDIT_TAIL = 200  # characters

FAMILIES = (
    "related", "pointer", "control", "consent", "subscribe", "channel", "disclaimer", "embed", "bio",
    "role", "credit", "agency", "reader", "ourselves", "rights", "credit_end", "date", "clock", "address",
    "solicit",
)  # fmt: skip
_SPEAKING = frozenset(["reader", "ourselves", "consent", "subscribe"])
# What a line is whoever speaks in it.
_NOT_SPOKEN = frozenset(["agency", "credit", "related", "pointer", "control"])


def said_by(
    text: str, words: Sequence[str], distinct: set[str], numbers: bool, quotes: bool, inner_stop: bool
) -> set[str]:
    """The FAMILIES of a line of these `words`, which has digits, quotation marks or a stop within a word."""
    said = families(words, distinct)
    if not distinct.isdisjoint(_POLITE_WORDS) and _POLITE.search(text):
        said.add("reader")
    if quotes and not said.isdisjoint(_SPEAKING):
        said = _outside_quotes(text, said)
    if "©" in text:
        said.add("rights")
    if not distinct.isdisjoint(_LABEL_WORDS) and _credited(text[-_CREDIT_TAIL:]):
        said.add("credit_end")
    if numbers and _dated(text, words, distinct):
        said.add("date")
    if numbers and _CLOCK.search(text):
        said.add("clock")
    site = (inner_stop or "www" in distinct) and not distinct.isdisjoint(_ENDINGS)
    if (site or "@" in text or "://" in text) and _ADDRESS.search(text):
        said.add("address")
    if ("reader" in said or "ourselves" in said) and ("consent" in said or "subscribe" in said):
        said.add("solicit")
    return said


def _credited(tail: str) -> bool:
    return (":" in tail or "(" in tail or "/" in tail) and bool(_CREDIT_AT_END.search(tail))


def _dated(text: str, words: Sequence[str], distinct: set[str]) -> bool:
    if _NUMBER_DATE.search(text):
        return True
    months = distinct & _MONTH_WORDS  # words are looked at first: scanning for month names is slow
    if not months:
        return False
    beside = {"of"} | {word for word in distinct if word[0].isdecimal()}
    near = any(
        word in months and not beside.isdisjoint(words[max(0, n - 1) : n + 2]) for n, word in enumerate(words)
    )
    return near and bool(DATE.search(text))


def _outside_quotes(text: str, said: set[str]) -> set[str]:
    """`said`, minus what only a quoted speaker says: "we" and "you" in quotes are nobody's notice."""
    unquoted = _QUOTED.sub(" ", text)
    words = tokens(unquoted)
    own = families(words, set(words)) | _NOT_SPOKEN
    if _POLITE.search(unquoted):
        own.add("reader")
    return said & own
