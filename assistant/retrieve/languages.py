"""How near a query is to the passages of a language at large, from a sample of them and what e5 gives."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

# e5's mean advantage of same-language passages, used while a corpus has too few passages to tell.
SAME_LANGUAGE_COSINE = 0.033
# e5's mean cosine of a question to passages of other languages that have nothing to do with it.
USUAL_COSINE = 0.722
PRIOR_PASSAGES = 64


def usual_cosine(vector: np.ndarray, sample: np.ndarray, *, same_language: bool) -> float:
    """The cosine any text of a language has to a query (d): its sample's (n, d) mean, drawn to the usual."""
    usual = USUAL_COSINE + SAME_LANGUAGE_COSINE * same_language
    total = float((sample @ vector).sum()) if len(sample) else 0.0
    return (total + PRIOR_PASSAGES * usual) / (len(sample) + PRIOR_PASSAGES)


def language_offsets(vector: np.ndarray, samples: Mapping[str, np.ndarray], asked_in: str) -> dict[str, float]:
    """By language, how near a query (d) is to its passages at large, relative to the mean language."""
    means = {language: float((sample @ vector).mean()) for language, sample in samples.items() if len(sample)}
    if len(means) < 2:
        return dict.fromkeys(samples, 0.0)
    centre = sum(means.values()) / len(means)
    same_share = SAME_LANGUAGE_COSINE * (asked_in in means) / len(means)
    offsets = {}
    for language, mean in means.items():
        prior = SAME_LANGUAGE_COSINE * (language == asked_in) - same_share
        size = len(samples[language])
        offsets[language] = (size * (mean - centre) + PRIOR_PASSAGES * prior) / (size + PRIOR_PASSAGES)
    return offsets
