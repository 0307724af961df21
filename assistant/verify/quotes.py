"""Quoted phrases of a claim: in the evidence's language they must stand there word by word."""

from __future__ import annotations

import re

from assistant.verify.words import read_words

# Shorter quotations are titles and irony; they are not asked for.
_FEWEST_WORDS = 3
_QUOTED = re.compile(r"[„“”\"»«]([^„“”\"»«\n]{8,600})[„“”\"»«]|(?<!\w)[‘‚']([^‘’‚'\n]{8,600})[’'‘](?!\w)")


def missing_quotes(claim: str, evidence: str) -> tuple[str, ...]:
    """The quoted phrases of `claim` whose words do not stand in `evidence` in that order."""
    phrases = [match[1] or match[2] for match in _QUOTED.finditer(claim)]
    if not phrases:
        return ()
    told = _plain(evidence)
    return tuple(p for p in phrases if len(p.split()) >= _FEWEST_WORDS and not _stands(p, told))


def _stands(phrase: str, told: str) -> bool:
    """An ellipsis in a quotation allows a gap."""
    parts = [_plain(part) for part in re.split(r"…|\.\.\.|\[[^\]]*\]", phrase)]
    return all(part in told for part in parts if part.strip())


def _plain(text: str) -> str:
    return " " + " ".join(word.folded for word in read_words(text)) + " "
