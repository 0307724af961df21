"""The learned line model: two looks at every line, then the likeliest sequence of kept and dropped."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from ingest.clean.features import Matrix
from ingest.clean.sequence import second_look

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
            tuple(
                (np.array(kernel, dtype=float), np.array(bias, dtype=float))
                for kernel, bias in look["layers"]
            ),
        )
        for look in (data["first"], data["second"])
    )
    return Weights(first, second, data["stay_kept"], data["stay_dropped"])


def line_scores(features: Matrix, weights: Weights) -> Matrix:
    """Log-odds per line that it belongs to the article's text."""
    return run_look(second_look(features, run_look(features, weights.first)), weights.second)


def run_look(rows: Matrix, look: Look) -> Matrix:
    """Log-odds of every row."""
    values = np.clip((rows - look.mean) / look.scale, -_FAR, _FAR)
    for i, (kernel, bias) in enumerate(look.layers):
        values = values @ kernel + bias
        if i + 1 < len(look.layers):
            values = np.maximum(values, 0.0)
    scores: Matrix = values[:, 0]
    return scores


def decode_lines(scores: Matrix, weights: Weights) -> list[bool]:
    """The likeliest fates (True is kept) of a page's lines in order, by the Viterbi algorithm."""
    keep = drop = 0.0
    origins: list[tuple[bool, bool]] = []  # was the line before kept, if this one is kept / dropped
    for score in scores.tolist():
        stay_kept, stay_dropped = keep + weights.stay_kept, drop + weights.stay_dropped
        origins.append((stay_kept >= drop, keep > stay_dropped))
        keep, drop = max(stay_kept, drop) + score / 2, max(keep, stay_dropped) - score / 2
    fate = keep >= drop
    fates = []
    for if_kept, if_dropped in reversed(origins):
        fates.append(fate)
        fate = if_kept if fate else if_dropped
    return fates[::-1]
