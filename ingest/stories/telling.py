"""What is needed of an article to tell whether another one tells the same event."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# A report says what happened first; the rest is background it shares with reports of other events.
# Weight 2 or 4 against 1: of the 37 same-event pairs of the example articles .41 were found instead of .35.
LEAD_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class Telling:
    """One article: its id, language, day of publication if known, and the codes of its marks, sorted."""

    article_id: str
    language: str
    published_at: str | None
    marks: NDArray[np.uint32]


def mean_vector(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The unit vector (d) of an article from the vectors (n ≥ 1, d) of its passages, first one first."""
    weights = np.ones(len(vectors), dtype=np.float32)
    weights[0] = LEAD_WEIGHT
    total: NDArray[np.float32] = weights @ vectors
    return (total / max(float(np.linalg.norm(total)), 1e-9)).astype(np.float32)
