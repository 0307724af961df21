"""Which sentences tell a thing of the asked-for kind of what is asked about, and not of something else near by.

A sum, an age or a count of something stands in nearly every article; the one that is asked for stands in a sentence
near the question, or in one that shares its rarer words.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.answer.asked import Asked
from assistant.answer.candidates import KIND_WEIGHTS, Candidate, Scores, word_shares
from assistant.answer.kinds import Kind
from assistant.question import Query

# Kinds of things that have a form of their own, so that a sentence without one cannot be the answer.
CLOSED_KINDS: frozenset[Kind] = frozenset((
    "money", "percent", "duration", "frequency", "length", "weight", "speed", "size", "age", "number", "date",
))
# A sentence is bound when, without the bonus for its kind, it is this near to the best one, or when this share of
# the question's words, weighed by rarity, stands in it or beside it and it is not too far. Across languages a name is
# all that can be shared. Nearness to the question's own point counts nothing here: "how much does it cost" is near to
# every price. Of 111 answerable questions on four sets 1 has no such sentence, of 23 without an answer 8 (of a
# Swedish encyclopedia's 5 of 80 and 10 of 120).
REACH = 0.05
SHARED = 0.2
SHARED_ACROSS = 0.1
FARTHEST = 0.12


def bound_sentences(
    query: Query, asked: Asked | None, candidates: Sequence[Candidate], scored: Scores
) -> np.ndarray | None:
    """By candidate (n), whether it holds such a thing and is bound to the question; None for kinds without a form."""
    if asked is None or asked.kind not in CLOSED_KINDS:
        return None
    scores = scored.scores - KIND_WEIGHTS[asked.kind] * scored.told
    below = scores.max() - scores
    enough = [SHARED if one.article.language == query.language else SHARED_ACROSS for one in candidates]
    shared = (word_shares(query, candidates, beside=True) >= np.array(enough)) & (below <= FARTHEST)
    return np.asarray(scored.told & ((below <= REACH) | shared))
