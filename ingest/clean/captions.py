"""Photo captions and credits: a caption without its credit, and what is nothing but a credit."""

from __future__ import annotations

import re

from ingest.clean import phrases

_LABELS = "|".join(sorted(map(re.escape, phrases.CREDIT.split("|")), key=len, reverse=True))
_AGENCIES = "|".join(sorted(map(re.escape, phrases.AGENCY.split("|")), key=len, reverse=True))
_AGENCY_NAMES = tuple(phrases.AGENCY.split("|"))
# "… in Berlin. Foto: Name/Agency", "(Photo by Name)", "© dpa": the credit and all that follows it.
_CREDIT = re.compile(rf"(?:(?<!\w)(?:{_LABELS}) ?(?::|\bby\b|/)|©|\((?:{_LABELS})\b).*$", re.IGNORECASE)
_AGENCY = re.compile(rf"(?<=[.!?)”\"»,/|]) ?[^.!?]{{0,60}}(?<!\w)(?:{_AGENCIES})(?!\w)[^.!?]{{0,40}}$", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_LABEL_WORDS = frozenset(_WORD.findall(phrases.CREDIT))
_TAIL = 300  # characters at the end of a line in which a credit is looked for
_FEW = 3  # words: with no more left once the credit is gone there is no caption
_EDGES = " \u00a0|–—-([/•*"


def strip_credit(line: str) -> str:
    """`line` without the photo credit at its end; empty when it is nothing but a credit."""
    head, tail = line[:-_TAIL], line[-_TAIL:]
    match = _labelled(tail) and _CREDIT.search(tail)
    small = tail.lower()
    if not match and any(name in small for name in _AGENCY_NAMES):
        match = _AGENCY.search(tail)
    if match:
        tail = tail[: match.start()]
    rest = " ".join((head + tail).split()).strip(_EDGES)
    return rest if len(rest.split()) > _FEW else ""


def is_credit(line: str) -> bool:
    """Whether `line` is a credit and nothing else."""
    tail = line[-_TAIL:]
    return bool(_labelled(tail) and _CREDIT.search(tail)) and not strip_credit(line)


def _labelled(tail: str) -> bool:
    """Whether `tail` has the words and signs that a credit needs; far quicker than looking for one."""
    if "©" in tail:
        return True
    small = tail.lower()
    signed = ":" in small or "(" in small or "/" in small or "by" in small
    return signed and not _LABEL_WORDS.isdisjoint(_WORD.findall(small))
