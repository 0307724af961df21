"""Sentences for a broad question: near the topic, each saying something else, from as many articles as tell it.

Knows nothing of wording. For a timeline only sentences with a date, in the order of what they tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from assistant.answer.breadth import Breadth
from assistant.answer.candidates import Candidate, Scores
from assistant.verify.times import dates_of

MOST_SENTENCES = 7
# How far below the best one a sentence still belongs to the topic, in units of cosine.
NEAR_TOPIC = 0.08
# A day that belongs to a timeline may stand in a sentence that says little of the topic.
NEAR_TIMELINE = 0.14
# An article that has not spoken yet is preferred to the second sentence of another one by this much, and what is
# near to a chosen sentence is put back by this share of how near it is.
NEW_ARTICLE = 0.01
LIKENESS_COST = 0.15
LIKENESS_FROM = 0.84
# Sentences nearer than this say the same.
SAME = 0.93
_UNKNOWN = date.max


def choose_broadly(
    breadth: Breadth, candidates: Sequence[Candidate], vectors: np.ndarray, scores: Scores
) -> list[int]:
    """The chosen candidates, most telling first; for a timeline the earliest first."""
    days = [_day_told(one) if breadth == "timeline" else None for one in candidates]
    pool = [i for i in range(len(candidates)) if breadth != "timeline" or days[i] is not None]
    if not pool:
        return []
    best = max(float(scores.scores[i]) for i in pool)
    near = NEAR_TIMELINE if breadth == "timeline" else NEAR_TOPIC
    pool = [i for i in pool if scores.scores[i] >= best - near and not _is_question(candidates[i])]
    chosen: list[int] = []
    while pool and len(chosen) < MOST_SENTENCES:
        index = max(pool, key=lambda i: _gain(i, chosen, candidates, vectors, scores, breadth))
        pool.remove(index)
        if all(float(vectors[index] @ vectors[other]) < SAME or days[index] != days[other] for other in chosen):
            chosen.append(index)
    if breadth == "timeline":
        chosen.sort(key=lambda i: days[i] or _UNKNOWN)
    return chosen


def _gain(
    index: int, chosen: Sequence[int], candidates: Sequence[Candidate], vectors: np.ndarray, scores: Scores,
    breadth: Breadth,
) -> float:
    spoken = {candidates[other].article.id for other in chosen}
    likeness = max((float(vectors[index] @ vectors[other]) for other in chosen), default=0.0)
    new = NEW_ARTICLE * (8.0 if breadth == "comparison" else 1.0) * (candidates[index].article.id not in spoken)
    return float(scores.scores[index]) + new - LIKENESS_COST * max(likeness - LIKENESS_FROM, 0.0)


def _is_question(candidate: Candidate) -> bool:
    return candidate.text.rstrip(" \"”’»“").endswith("?")


def _day_told(candidate: Candidate) -> date | None:
    """The first day a sentence speaks of; date.max when its year is not known, None without a date."""
    article = candidate.article
    iso = article.metadata.published_at
    written = date.fromisoformat(iso[:10]) if iso else None
    found = [one for one in dates_of(candidate.text, article.language, written)
             if one.precision in ("day", "month") and (not one.relative or written is not None)]
    if not found:
        return None
    known = [one.earliest for one in found if one.earliest is not None and (written or not one.inferred)]
    return min(known, default=_UNKNOWN)
