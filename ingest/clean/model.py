"""The learned line model: two looks at every line, then the likeliest sequence of kept and dropped."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from ingest.clean.features import Matrix
from ingest.clean.sequence import surroundings

# Rows a product: OpenBLAS wakes its threads for a larger one, and they spin longer than the product takes.
_ROWS = 40
_FAR = 8.0  # standard deviations: a feature further out than any page in training says no more


@dataclass(frozen=True, slots=True)
class Look:
    """A linear model, or one with a hidden layer; (inputs × outputs weights, biases) per layer."""

    mean: Matrix
    scale: Matrix
    layers: tuple[tuple[Matrix, Matrix], ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """Both looks, and what it is worth (in log-odds) that a line has the fate of the line before it."""

    first: Look
    second: Look
    stay_kept: float
    stay_dropped: float


@cache
def load_weights() -> Weights:
    """The weights shipped with the package (tests/benchmarks/clean_train.py writes them)."""
    data = json.loads((files("ingest.clean") / "weights.json").read_text(encoding="utf-8"))
    first, second = (
        Look(
            np.array(look["mean"]),
            np.array(look["scale"]),
            tuple((np.array(kernel, dtype=float), np.array(bias, dtype=float)) for kernel, bias in look["layers"]),
        )
        for look in (data["first"], data["second"])
    )
    return Weights(first, second, data["stay_kept"], data["stay_dropped"])


def line_scores(features: Matrix, weights: Weights) -> Matrix:
    """Log-odds per line that it belongs to the article's text."""
    first, second = weights.first, weights.second
    own = len(first.mean)
    # Both looks learned from the same lines, so what they share is scaled alike, and but once.
    seen = _scaled(features, first.mean, first.scale)
    around = surroundings(features, _scored(seen, first))
    return _scored(np.hstack([seen, _scaled(around, second.mean[own:], second.scale[own:])]), second)


def run_look(rows: Matrix, look: Look) -> Matrix:
    """Log-odds of every row."""
    return _scored(_scaled(rows, look.mean, look.scale), look)


def _scaled(rows: Matrix, mean: Matrix, scale: Matrix) -> Matrix:
    values: Matrix = rows - mean
    values /= scale
    return np.minimum(np.maximum(values, -_FAR, out=values), _FAR, out=values)


def _scored(values: Matrix, look: Look) -> Matrix:
    scores = np.empty(len(values))
    for start in range(0, len(values), _ROWS):
        scores[start : start + _ROWS] = _layers(values[start : start + _ROWS], look)
    return scores


def _layers(values: Matrix, look: Look) -> Matrix:
    for i, (kernel, bias) in enumerate(look.layers):
        values = values @ kernel
        values += bias
        if i + 1 < len(look.layers):
            np.maximum(values, 0.0, out=values)
    scores: Matrix = values[:, 0]
    return scores


def decode_lines(scores: Matrix, weights: Weights) -> list[bool]:
    """The likeliest fates (True is kept) of a page's lines in order, by the Viterbi algorithm."""
    least, most = -weights.stay_kept, weights.stay_dropped
    lead = 0.0  # by how much the best sequence up to a line in which it is kept beats the best in which it is not
    leads = []
    for score in scores.tolist():
        lead = (least if lead < least else most if lead > most else lead) + score
        leads.append(lead)
    fate = lead >= 0
    fates = []
    for before in reversed([0.0, *leads[:-1]]):
        fates.append(fate)
        fate = before >= least if fate else before > most
    return fates[::-1]
