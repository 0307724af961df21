"""Dense and lexical scores of the candidates made one, knowing languages.

A passage's dense score is its cosine to the query less what any passage of its language has, since
e5 puts texts of the question's own language nearer whatever they say. Words reorder the passages of one
language: stems in the question's own; names, numbers and dates in the others.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from ingest.article import Passage

NORMALISED_OVER = 200
# The corrected cosines' standard deviation over the top 200 is .018 to .029 (xling, abstain_sv, demo set).
USUAL_SPREAD = 0.02
PRIOR_CANDIDATES = 50
# All measured on 1,452 questions over 437 passages in sv, de, en and on the demo set (tests/benchmarks/README.md).
# How much of a language's mean cosine is taken off: cross-lingual recall@5 in a mixed pool .78 at 0, .94 at 1.
LANGUAGE_CORRECTION = 1.0
# From .4 to .6 hit@1 changes by less than .01 on xling and rises by .01 to .02 on English web articles (642 questions)
# and on the demo set; more drowns passages of other languages.
STEM_WEIGHT = 0.6
# What a passage in another language gets when it has all that the question's words share with it, less for less. Scores
# standardised, as for stems, would make much of a lone false friend: of six directions across languages hit@1 fell
# from .930 to .915 on xling (363 questions); so it stays. Of 52 questions for names and sums, mostly answered in
# another language, ndcg@10 is .87 at 2, .90 at 3, .91 at 4; with words as written and a place of their own it was .78.
SHARED_WEIGHT = 3.0
# The best passage of a language keeps what words gave it, over those of other languages, as far as it has the
# question's words. Names alone, which all tellings of an event share, cover less than .35; the passage that answers
# covers .46 in the median, the best other one .21.
COVERED_FROM, COVERED_TO = 0.3, 0.7


@dataclass(slots=True)
class Candidate:
    """A passage (and its id) under consideration: its cosine to the query, and its score with the reasons for it."""

    id: str
    passage: Passage
    language: str
    cosine: float
    score: float = 0.0
    why: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Words:
    """The lexical evidence: BM25 scores by passage id, and about what one with every word of the question would have.

    Over stems in the question's own language, over forms that languages share in the others.
    """

    stemmed: dict[str, float]
    shared: dict[str, float]
    full: float
    full_shared: float


def score_candidates(
    candidates: dict[str, Candidate], offsets: dict[str, float], words: Words, asked_in: str
) -> None:
    """Give each candidate its score: dense, plus lexical evidence that mostly reorders its own language."""
    corrected = {
        key: c.cosine - LANGUAGE_CORRECTION * offsets.get(c.language, 0.0) for key, c in candidates.items()
    }
    dense = standardise(corrected, len(candidates), USUAL_SPREAD)
    stemmed = standardise(words.stemmed, len(candidates))
    for language in {candidate.language for candidate in candidates.values()}:
        own = {key: c for key, c in candidates.items() if c.language == language}
        same = language == asked_in
        scores, full = (words.stemmed, words.full) if same else (words.shared, words.full_shared)
        for key, candidate in own.items():
            bonus = (
                STEM_WEIGHT * max(stemmed.get(key, 0.0), 0.0) if same
                else SHARED_WEIGHT * min(_share(scores.get(key, 0.0), full), 1.0)
            )
            candidate.score = dense[key] + bonus
            candidate.why.append(f"meaning {candidate.cosine:.2f}")
            if bonus:
                candidate.why.append(f"words +{bonus:.2f}")
        best = max(own, key=lambda key: own[key].score)
        gain = own[best].score - max(dense[key] for key in own)
        kept = _covered(scores.get(best, 0.0), full)
        for candidate in own.values():
            candidate.score -= (1 - kept) * gain


def _covered(score: float, full: float) -> float:
    """0…1: how far the best passage's words speak for its whole language."""
    return min(max((_share(score, full) - COVERED_FROM) / (COVERED_TO - COVERED_FROM), 0.0), 1.0)


def _share(score: float, full: float) -> float:
    return score / full if full > 0 else 0.0


def standardise(scores: dict[str, float], candidates: int, usual: float = 0.0) -> dict[str, float]:
    """Scores less the mean of the top 200 candidates, over their standard deviation; 0 for all when equal.

    Candidates without a score count as 0: two hits among twelve are rare, whatever their scores. A `usual`
    deviation stands for PRIOR_CANDIDATES more, so that five articles that hardly differ are not torn apart.
    """
    if not scores:
        return {}
    top = sorted([*scores.values(), *[0.0] * (candidates - len(scores))], reverse=True)[:NORMALISED_OVER]
    mean, variance, prior = float(np.mean(top)), float(np.var(top)), PRIOR_CANDIDATES * (usual > 0)
    spread = math.sqrt((len(top) * variance + prior * usual**2) / (len(top) + prior))
    if spread < 1e-9:
        return dict.fromkeys(scores, 0.0)
    return {key: (score - mean) / spread for key, score in scores.items()}
