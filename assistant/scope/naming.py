"""Is a year in a question when something happened, or part of a name ("Agenda 2030", "the budget for 2025")?"""

from __future__ import annotations

import re

from ingest.dates import DateMention

# "the budget for 2025", "the class of 2020": whose year, not when; "the end of 2020" is when.
_BELONGS = re.compile(r"\b(?:for|of|für|för|av|von)\s*$", re.IGNORECASE)
_PART_OF = re.compile(
    r"\b(?:beginning|start|middle|end|course|början|slutet|mitten|loppet)\s+(?:of|av)\s*$", re.IGNORECASE
)
_WORD_BEFORE = re.compile(r"([^\W\d_][\w'’-]*)\s+$")
# Words before a bare year that say when; a name or a noun there is what the year belongs to.
_WHEN = frozenset(
    "in i im during under since sedan sen seit from från before före innan after efter nach vor until till bis by ab"
    " year år året jahr jahre jahres spring summer autumn fall winter våren sommaren hösten vintern frühjahr frühling"
    " sommer herbst early late mid anfang ende mitte början slutet mitten around omkring kring um between mellan"
    " zwischen and och und back redan bereits noch already".split()
)
# A Swedish noun in its definite form: "valet 2022", "budgeten 2025".
_DEFINITE = re.compile(r"(?:[ea]n|et|na|orna|arna|erna)$")
# "the 2030-target"
_COMPOUND = re.compile(r"[-–/][^\W\d_]")
EARLIEST_YEAR = 1800


def says_when(mention: DateMention, question: str, before: str) -> bool:
    """Is this when something happened, not what it is called? `before` are the words before the mention."""
    if mention.precision != "year" or mention.relative:
        return True
    if _PART_OF.search(before):
        return True
    if (mention.year or 0) < EARLIEST_YEAR or _BELONGS.search(before):
        return False
    if _COMPOUND.match(question, mention.end):
        return False
    word = _WORD_BEFORE.search(before)
    if word is None or word[1].casefold() in _WHEN:
        return True
    return word[1].islower() and not _DEFINITE.search(word[1])
