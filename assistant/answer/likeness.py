"""How likely two mentions of figures count the same thing, by the meaning and the words of what stands around them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.answer.candidates import Candidate
from assistant.answer.counting import count_alike
from assistant.answer.mentions import Mention, how_far_apart
from assistant.vectors import RememberedVectors

# How alike two mentions must be: the mean cosine of their sentences, clauses and words beside, less this much where
# both are in one language, and less as they are further apart (a factor of e): reports of one thing are mostly close.
WITHIN = 0.04
APART = 0.02
ALIKE = 0.835
# As much more where a fate, a rate or an extent is named in both.
SAME_WORDS = 0.02


def likeness_to(
    best: Mention, others: Sequence[Mention], candidates: Sequence[Candidate], vectors: np.ndarray,
    embed: RememberedVectors,
) -> list[float]:
    """How likely each mention counts what the best one does."""
    if not others:
        return []
    both = (best, *others)
    clauses, beside = np.split(embed([*(one.clause for one in both), *(one.beside for one in both)]), 2)
    language = candidates[best.index].article.language
    likeness = []
    for mention, clause, words in zip(others, clauses[1:], beside[1:], strict=True):
        cosines = (vectors[best.index] @ vectors[mention.index], clauses[0] @ clause, beside[0] @ words)
        within = candidates[mention.index].article.language == language
        alike = count_alike(best.clause, mention.clause) == "alike"
        likeness.append(
            float(sum(cosines)) / 3 - WITHIN * within - APART * how_far_apart(best, mention) + SAME_WORDS * alike
        )
    return likeness
