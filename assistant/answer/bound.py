"""Which sentences tell a thing of the asked-for kind of what is asked about, and not of something else near by.

A sum, an age or a count of something stands in nearly every article; the one that is asked for stands in a sentence
near the question, or in one that shares its rarer words.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from assistant.answer.asked import Asked
from assistant.answer.candidates import KIND_WEIGHTS, Candidate, Scores, word_sets, word_shares
from assistant.answer.kinds import Kind
from assistant.question import Query

# Kinds of things that have a form of their own, so that a sentence without one cannot be the answer.
CLOSED_KINDS: frozenset[Kind] = frozenset((
    "money", "percent", "duration", "frequency", "extent", "length", "weight", "speed", "size", "age", "number", "date",
))
# So many sentences hold one of these that to follow a near sentence says nothing.
COMMON_KINDS: frozenset[Kind] = frozenset(("number", "date", "size"))
# A sentence is bound when, without the bonus for its kind, it is this near to the best one, or when it is not too far
# or follows one so near, and this share of the question's words, weighed by rarity, stands in it or beside it. In
# another language names are all that can be shared, and its article may be the one to name them. Nearness to the
# question's own point counts nothing here: "how much does it cost" is near to every price. Chosen on five sets: of
# 299 questions with an answer one less is abstained from than before, of 61 without one 8 more.
REACH = 0.05
FARTHEST = 0.12
SHARED = 0.2
SHARED_ACROSS = 0.1


def bound_sentences(
    query: Query, asked: Asked | None, candidates: Sequence[Candidate], scored: Scores
) -> np.ndarray | None:
    """By candidate (n), whether it holds such a thing and is bound to the question; None for kinds without a form."""
    if asked is None or asked.kind not in CLOSED_KINDS:
        return None
    scores = scored.scores - KIND_WEIGHTS[asked.kind] * scored.told
    below = scores.max() - scores
    own = word_sets(candidates)
    home = np.array([one.article.language == query.language for one in candidates])
    shares = np.where(
        home, word_shares(query, own, _with_neighbours(candidates, own)) / SHARED,
        word_shares(query, own, _of_articles(candidates, own)) / SHARED_ACROSS,
    )
    near = below <= REACH
    within = near | (below <= FARTHEST)
    for left, right in _neighbours(candidates) if asked.kind not in COMMON_KINDS else ():
        within[right] |= near[left]
    return np.asarray(scored.told & (near | (within & (shares >= 1.0))))


def _neighbours(candidates: Sequence[Candidate]) -> list[tuple[int, int]]:
    """The pairs of candidates that follow each other in an article."""
    return [(index, index + 1) for index, (left, right) in enumerate(pairwise(candidates))
            if left.article.id == right.article.id]


def _with_neighbours(candidates: Sequence[Candidate], words: Sequence[set[str]]) -> list[set[str]]:
    """Each sentence's words and those of the ones before and after it in its article."""
    joined = [set(one) for one in words]
    for left, right in _neighbours(candidates):
        joined[left] |= words[right]
        joined[right] |= words[left]
    return joined


def _of_articles(candidates: Sequence[Candidate], words: Sequence[set[str]]) -> list[set[str]]:
    """By sentence, the words of all sentences read of its article."""
    joined: dict[str, set[str]] = {}
    for one, own in zip(candidates, words, strict=True):
        joined.setdefault(one.article.id, set()).update(own)
    return [joined[one.article.id] for one in candidates]
