"""Who said it: a claim that gives a saying to one person and its evidence to another.

Only for claim and evidence in one language. It reads "X said", "said X", "according to X" and their kin.
"""

from __future__ import annotations

import re

from assistant.verify.name_index import NameIndex
from assistant.verify.names import Name, find_names

_SAID = re.compile(
    r"\b(?:said|says|told|added|explained|stated|claimed|argued|announced|warned|wrote|"
    r"sade|sa|säger|uppgav|uppger|tillade|förklarade|menar|hävdar|berättar|skriver|"
    r"sagte|sagt|erklärte|erklärt|betonte|teilte|schrieb|warnte|meinte)\b",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r"\b(?:according to|enligt|laut|nach angaben von)\s+$", re.IGNORECASE)
# A speaker stands this near the verb of saying, in characters.
_NEAR = 4


def misattributed(claim: str, best: str, language: str) -> tuple[str, ...]:
    """The speakers of `claim` when `best` names only other speakers."""
    asked, told = _speakers(claim, language), _speakers(best, language)
    if not asked or not told:
        return ()
    known = NameIndex(" . ".join(name.text for name in told))
    if any(known.knows(word.text) for name in asked for word in name.words):
        return ()
    return tuple(name.text for name in asked)


def _speakers(text: str, language: str) -> list[Name]:
    verbs = [match.span() for match in _SAID.finditer(text)]
    return [
        name for name in find_names(text, language)
        if _ACCORDING.search(text[max(0, name.start - 20):name.start])
        or any(0 <= start - name.end <= _NEAR or 0 <= name.start - end <= _NEAR for start, end in verbs)
    ]
