"""What a clause counts, as far as a few frequent words of three languages tell: a rate, an extent, a fate, a demand.

A clause that tells one of a kind and a clause that tells another of it do not count the same; one without a word of
the kind may. Knows nothing of numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

_PER = r"\b(?:per|pro|varje|jede[nrsm]?|each|every|an?)\s+"
_WORDS: Mapping[str, Mapping[str, str]] = {
    "rate": {
        "hour": rf"{_PER}(?:timme|stunde|hour)\b|\b(?:i timmen|die stunde|stündlich|hourly)\b",
        "day": rf"{_PER}(?:dag|dygn|tag|day)\b|\b(?:om (?:dagen|dygnet)|am tag|dagligen|täglich|daily)\b",
        "week": rf"{_PER}(?:vecka|woche|week)\b|\b(?:i veckan|die woche|wöchentlich|weekly)\b",
        "month": rf"{_PER}(?:månad|monat|month)\b|\b(?:i månaden|im monat|monatlich|monthly)\b",
        "year": rf"{_PER}(?:år|jahr|year)\b|\b(?:om året|im jahr(?! \d)|årligen|jährlich|yearly|annually)\b",
    },
    "extent": {
        "height": r"\b(?:hoch|hohe[nrsm]?|hög[at]?|high|tall|höjd\w*|höhe|height)\b",
        "length": r"\b(?:lang|lange[nrsm]?|lång[at]?|long|längd\w*|länge|length)\b",
        "width": r"\b(?:breit\w*|bred[at]?|wide|bredd\w*|width)\b",
        "depth": r"\b(?:tief\w*|djup\w*|deep|depth)\b",
        "weight": r"\b(?:schwer\w*|tung[at]?|heavy|weigh\w*|wieg\w*|väg(?:er|de)\b)",
    },
    "fate": {
        "dead": r"\b(?:död\w*|dör|dött|dog|omkom\w*|miste livet|tote[nrms]?|tot|todes\w*|starb\w*|gestorben\w*"
                r"|ums leben|getötet\w*|dead|died|dies|deaths?|killed)\b",
        "hurt": r"\b(?:skad(?:ad|ade|ades|as|at)\w*|verletz\w*|injur\w*|hurt|wounded|rauchvergift\w*)\b",
        "missing": r"\b(?:saknas|saknade|försvunn\w*|vermisst\w*|missing)\b",
        "held": r"\b(?:grip(?:en|na|its|s)|anhållna|häktade|festgenommen\w*|verhaftet\w*|arrest\w*|detained)\b",
        "aboard": r"\b(?:ombord|passagerar\w*|resenärer\w*|fahrg\w*|passagiere\w*|an bord|aboard|on board"
                  r"|passengers?)\b",
        "moved": r"\b(?:evaku\w*|evacuat\w*)\b",
        "ill": r"\b(?:sjuk(?:a|nat)|smitta(?:de|ts)|erkrank\w*|infiziert\w*|ill|sick|infected)\b",
    },
    "demand": {
        "asked": r"\b(?:kräv\w*|begär\w*|forder(?:n|t|te|ten)|verlang\w*|demand\w*|want(?:s|ed)?|seek(?:s|ing)?)\b",
        "offered": r"\b(?:erbjud\w*|erbjöd\w*|biete[nt]?|angeboten|offer\w*)\b",
    },
}
# What is asked for or offered is not what is: here a clause without a word tells something else too.
DECISIVE = frozenset(("demand",))
_PATTERNS = {
    kind: {name: re.compile(words, re.IGNORECASE) for name, words in table.items()} for kind, table in _WORDS.items()
}


def count_alike(one: str, other: str) -> Literal["alike", "unlike", "unknown"]:
    """Whether the words of two clauses tell that they count the same, different things, or nothing of it."""
    shared = False
    for kind, table in _PATTERNS.items():
        left, right = ({name for name, words in table.items() if words.search(clause)} for clause in (one, other))
        if kind in DECISIVE and bool(left) != bool(right):
            return "unlike"
        if left and right and not left & right:
            return "unlike"
        shared = shared or bool(left & right)
    return "alike" if shared else "unknown"
