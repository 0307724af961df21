"""Dates, addresses, credits and polite address in a line, by pattern; each is asked of few lines only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.clean import phrases

# A date with a month's name is looked for around its numbers: a line has few, and scanning for months is slow.
_NUMBER = re.compile(r"\d+")
_MONTH_AFTER = re.compile(rf"(?:\.|st|nd|rd|th)? (?:of )?(?:{phrases.MONTHS})\b", re.IGNORECASE)
_MONTH_BEFORE = re.compile(rf"\b(?:{phrases.MONTHS})\.? $", re.IGNORECASE)
_BEFORE = 12  # characters: the longest month, a full stop and a blank fit in
NUMBER_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}")
CLOCK = re.compile(r"\d(?<!\w\d)\d?[:.]\d{2}\b")
DOMAINS = ("com", "de", "se", "org", "net", "no", "at", "ch", "uk")
ADDRESS = re.compile(rf"https?://|www\.|\w@\w|\w\.(?:{'|'.join(DOMAINS)})\b", re.IGNORECASE)
QUOTED = re.compile(r"[\"“„”»«][^\"“„”»«]{1,600}[\"“„”»«]")
# Inside a sentence; at its start it may be "they".
POLITE = re.compile(r" (?<=[a-zäöüß,] )(?:Sie|Ihnen|Ihre?[nmrs]?)\b")  # a literal first is quickest to find
POLITE_WORDS = ("sie", "ihnen", *("ihr" + e + x for e in ("", "e") for x in ("", *"nmrs")))
_LABELS = "|".join(sorted(map(re.escape, phrases.CREDIT.split("|")), key=len, reverse=True))
_CREDIT_COLON = re.compile(rf"\b(?:{_LABELS}) ?: ?\S", re.IGNORECASE)
_CREDIT_BRACKET = re.compile(rf"\((?:{_LABELS})\b", re.IGNORECASE)
_CREDIT_SLASH = re.compile(rf"/ ?(?:{_LABELS})$", re.IGNORECASE)
_LABEL_MOST = max(map(len, phrases.CREDIT.split("|"))) + 1  # characters, with a blank
_CREDIT_TAIL = 200  # characters


def ends_in_credit(text: str) -> bool:
    """Whether the end of `text` has a label of a credit; looked for only where its sign is: labels are many."""
    tail = text[-_CREDIT_TAIL:]
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


def names_day(text: str) -> bool:
    """Whether a number in `text` makes a date with the month before or after it."""
    return any(_beside_month(text, *number.span()) for number in _NUMBER.finditer(text))


def _beside_month(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    if end - start <= 2 and not (before.isalnum() or before == "_") and _MONTH_AFTER.match(text, end):
        return True
    return (
        end - start <= 4
        and before == " "
        and not text[end : end + 1].isalnum()
        and _MONTH_BEFORE.search(text[max(0, start - _BEFORE) : start]) is not None
    )
