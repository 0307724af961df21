"""How much of what identifies an event two articles share: names and numbers, rare ones above all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# A name in 5 of 30 articles is still a rare name: the corpus is read as part of a thousand more.
MORE_ARTICLES = 1000
# Texts with few marks say little by having none in common: as if 2 marks of weight 1 were shared by 40 %.
PRIOR_WEIGHT = 2.0
PRIOR_SHARE = 0.4


class SharedMarks:
    """The marks of all articles of a corpus, weighted by how few articles have them."""

    def __init__(self, marks: Sequence[NDArray[np.uint32]]) -> None:
        self._starts = np.cumsum([0, *map(len, marks)])
        codes = np.concatenate(marks) if len(marks) else np.zeros(0, dtype=np.uint32)
        _, indices, counts = np.unique(codes, return_inverse=True, return_counts=True)
        size = len(marks) + MORE_ARTICLES
        rarity = np.log(size / (counts + 1)) / np.log(size)
        self._weights = (rarity**2).astype(np.float32)
        self._indices = indices.astype(np.int32)
        sums = np.concatenate([[0.0], np.cumsum(self._weights[self._indices], dtype=np.float64)])
        self._totals = (sums[self._starts[1:]] - sums[self._starts[:-1]]).astype(np.float32)
        self._mine = np.zeros(len(counts), dtype=np.float32)

    def shares(self, row: int, others: NDArray[np.intp]) -> Floats:
        """Shared weight over the lesser weight of the two (0…1, drawn to .4 where marks are few), for each other."""
        mine = self._marks(row)
        self._mine[mine] = self._weights[mine]
        shared = np.array([self._mine[self._marks(other)].sum() for other in others.tolist()], dtype=np.float32)
        self._mine[mine] = 0.0
        lesser = np.minimum(self._totals[row], self._totals[others])
        shares: Floats = (shared + PRIOR_WEIGHT * PRIOR_SHARE) / (lesser + PRIOR_WEIGHT)
        return shares

    def _marks(self, row: int) -> NDArray[np.int32]:
        return self._indices[self._starts[row] : self._starts[row + 1]]
