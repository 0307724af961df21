"""How well an evidence text as a whole covers a claim: one number, 0…1, from words and from meaning.

It knows nothing of facts that differ; the checks take their share from it afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from assistant.verify.evidence import Scored, keys

# Logistic weights: coverage of the claim's words by the best sentence, by the best three, by all, and the
# best cosine (0 without an embedder).
_WORDS = (-2.2, 1.5, 2.5, 1.2)
_COSINE = 12.0
_TYPICAL_COSINE = 0.86
_TOP = 3


def support_score(claim: str, evidence: str, ranked: Sequence[Scored], index: int) -> float:
    """The chance that the evidence speaks of what the claim says, before any fact is compared."""
    wanted = keys(claim)
    if not wanted:
        return 1.0
    rows = [keys(evidence[s.start : s.end]) for s in ranked]
    best = sorted(range(len(ranked)), key=lambda i: -ranked[i].fit)[:_TOP]
    first = len(wanted & rows[index]) / len(wanted)
    top = len(wanted & frozenset().union(*(rows[i] for i in best))) / len(wanted)
    whole = len(wanted & frozenset().union(*rows)) / len(wanted)
    cosine = max((s.cosine for s in ranked if s.cosine is not None), default=None)
    level = _WORDS[0] + _WORDS[1] * first + _WORDS[2] * top + _WORDS[3] * whole
    if cosine is not None:
        level += _COSINE * (cosine - _TYPICAL_COSINE)
    return 1.0 / (1.0 + exp(-level))
