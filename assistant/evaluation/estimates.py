"""Means with bootstrap intervals, and paired differences with a permutation test; numpy, seeded.

Interval: percentile bootstrap over questions (Efron and Tibshirani 1993, chapter 13). Test: sign flips of
paired differences (Smucker, Allan and Carterette 2007, for retrieval), two-sided.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

RESAMPLES = 2_000  # the ends of a 95 % interval then move by less than a tenth of its width from seed to seed
FLIPS = 10_000
COVERAGE = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over `count` questions and its 95 % interval."""

    count: int
    mean: float
    low: float
    high: float


def estimate_means(values: Floats, seed: int = 0) -> list[Estimate | None]:
    """The mean of each column of (questions, metrics), leaving out NaN; None for a column without values."""
    counts = _resample_counts(len(values), seed)
    known = ~np.isnan(values)
    sums, sizes = counts @ np.where(known, values, 0.0), counts @ known
    with np.errstate(invalid="ignore", divide="ignore"):
        means = sums / sizes
    columns = range(values.shape[1])
    return [_estimate(values[known[:, column], column], means[:, column]) for column in columns]


def flip_signs(differences: Floats, seed: int = 0) -> tuple[list[float], list[float]]:
    """(p, corrected p) of each column of paired differences (questions, metrics), NaN where not applicable.

    The corrected p is the chance that any metric moves so far when none differs (Westfall and Young 1993,
    single-step max-T): flips are shared, so metrics that move together are not paid for twice.
    """
    moved = np.nan_to_num(differences)
    scaled = moved / np.maximum(np.sqrt((moved**2).sum(axis=0)), 1e-12)
    reached = np.abs(scaled.sum(axis=0)) - 1e-9
    signs = np.random.default_rng(seed).choice(np.array((-1.0, 1.0)), size=(FLIPS, len(moved)))
    flipped = np.abs(signs @ scaled)
    alone = ((flipped >= reached).sum(axis=0) + 1) / (FLIPS + 1)
    together = ((flipped.max(axis=1, keepdims=True) >= reached).sum(axis=0) + 1) / (FLIPS + 1)
    return alone.tolist(), together.tolist()


def widen_unanimous(estimate: Estimate) -> Estimate:
    """The estimate of a share; when all questions agree the interval is the exact binomial one.

    A bootstrap of equal values has no width, however few they are (Clopper and Pearson 1934).
    """
    reach = ((1.0 - COVERAGE) / 2.0) ** (1.0 / estimate.count)
    if estimate.mean >= 1.0:
        return replace(estimate, low=reach)
    return replace(estimate, high=1.0 - reach) if estimate.mean <= 0.0 else estimate


def _estimate(values: Floats, resampled: Floats) -> Estimate | None:
    if not len(values):
        return None
    tail = (1.0 - COVERAGE) / 2.0
    low, high = np.nanquantile(resampled, (tail, 1.0 - tail))
    return Estimate(len(values), float(values.mean()), float(low), float(high))


@lru_cache(maxsize=64)
def _resample_counts(size: int, seed: int) -> Floats:
    """How often each question is drawn in each resample, shape (RESAMPLES, size)."""
    drawn = np.random.default_rng(seed).multinomial(size, np.full(size, 1.0 / size), RESAMPLES)
    return drawn.astype(np.float64)
