"""Train the line model of ingest.clean: publisher-grouped cross-validation, then the weights file.

    python tests/benchmarks/clean_train.py [../shared/data] [--write]

A linear first look, a second look with a hidden layer that knows what the first thought of the surroundings,
and a small reward for staying kept or dropped. Without --write it only measures. Besides the flattened pages
it trains on their gold text alone, with and without headline, so that clean text stays as it is.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from clean_pages import STYLES, GoldPage, label_lines, load_pages, shingle_f1, words
from numpy.typing import NDArray

from ingest.clean.features import Matrix
from ingest.clean.model import Look, Weights, decode_lines, line_scores, run_look
from ingest.clean.page import read_page
from ingest.clean.sequence import FEATURES, SECOND, second_look

WEIGHTS = Path(__file__).resolve().parents[2] / "ingest" / "clean" / "weights.json"
FOLDS = 5
# Full-page styles have five times the lines of the others, nearly all easy.
STYLE_WEIGHT = {"full": 0.5, "blocks": 0.5, "gold": 0.5, "gold gaps": 0.5}
HIDDEN, NETS = 16, 3  # three small networks side by side: one wide one overfits (measured .005 worse)
STAY = 0.5
Array = NDArray[np.float64]


@dataclass(slots=True)
class Sample:
    """One flattened page, read and labelled; `weights` is what each line counts in training."""

    page: GoldPage
    style: str
    texts: list[str]
    features: Matrix
    labels: Array
    weights: Array


def samples_of(pages: Sequence[GoldPage]) -> list[Sample]:
    """All pages in all styles, and their gold text as already clean pages."""
    found = []
    for page in pages:
        clean = {"gold": "\n".join(page.gold), "gold gaps": "\n\n".join([page.title, *page.gold])}
        for style, text in {**page.texts, **clean}.items():
            reading = read_page(text)
            texts = [reading.lines[i].plain for i in reading.judged]
            if not texts:
                continue
            labels = np.array(label_lines(texts, page.gold), dtype=float)
            weights = np.array([np.sqrt(len(words(own)) + 2) for own in texts]) * STYLE_WEIGHT.get(style, 1.0)
            found.append(Sample(page, style, texts, reading.features, labels, weights))
    return found


def train(samples: Sequence[Sample]) -> Weights:
    """Weights learned from `samples`."""
    labels = np.concatenate([sample.labels for sample in samples])
    counts = np.concatenate([sample.weights for sample in samples])
    counts = counts / counts.mean()
    first = _fit([sample.features for sample in samples], labels, counts, hidden=0, epochs=40, decay=3e-3)
    rows = [second_look(sample.features, run_look(sample.features, first)) for sample in samples]
    return Weights(first, _fit(rows, labels, counts, hidden=HIDDEN, epochs=25, decay=0.1), STAY, STAY)


def _fit(
    rows: Sequence[Matrix], labels: Array, counts: Array, hidden: int, epochs: int, decay: float
) -> Look:
    values = np.vstack(rows)
    mean, scale = values.mean(axis=0), values.std(axis=0) + 1e-6
    values = np.clip((values - mean) / scale, -8.0, 8.0)
    nets = [
        _descend(values, labels, counts, hidden, epochs, decay, seed) for seed in range(NETS if hidden else 1)
    ]
    if not hidden:
        return Look(mean, scale, ((nets[0][0], nets[0][1]),))
    inner = (np.hstack([net[0] for net in nets]), np.concatenate([net[1] for net in nets]))
    outer = (np.vstack([net[2] for net in nets]) / NETS, sum(net[3] for net in nets) / NETS)
    return Look(mean, scale, (inner, outer))


def _descend(
    values: Any, labels: Any, counts: Any, hidden: int, epochs: int, decay: float, seed: int
) -> list[Any]:
    """Weights and biases by Adam with decoupled weight decay, in batches of 512, at a falling rate.

    Single precision halves the time and changes no figure in the third decimal.
    """
    single = np.float32
    values, labels, counts = (array.astype(single) for array in (values, labels, counts))
    rng = np.random.default_rng(seed)
    sizes = [values.shape[1], hidden, 1] if hidden else [values.shape[1], 1]
    parameters: list[Any] = []
    for fan_in, fan_out in pairwise(sizes):
        start_weights = rng.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out)) * bool(hidden)
        parameters += [start_weights.astype(single), np.zeros(fan_out, single)]
    moments = [(np.zeros_like(p), np.zeros_like(p)) for p in parameters]
    step = 0
    for epoch in range(epochs):
        rate = 2e-3 * (1 - epoch / epochs) + 1e-5
        order = rng.permutation(len(values))
        for start in range(0, len(values), 512):
            batch = order[start : start + 512]
            step += 1
            gradients = _gradients(parameters, values[batch], labels[batch], counts[batch])
            for k, (gradient, (mean, square)) in enumerate(zip(gradients, moments, strict=True)):
                mean += single(0.1) * (gradient - mean)
                square += single(0.001) * (gradient**2 - square)
                spread = np.sqrt(square / single(1 - 0.999**step)) + single(1e-8)
                change = mean / single(1 - 0.9**step) / spread
                if k % 2 == 0:
                    change += single(decay) * parameters[k]
                parameters[k] = parameters[k] - single(rate) * change
    return [parameter.astype(float) for parameter in parameters]


def _gradients(parameters: Sequence[Any], rows: Any, labels: Any, counts: Any) -> list[Any]:
    inner = np.maximum(rows @ parameters[0] + parameters[1], 0.0) if len(parameters) == 4 else rows
    scores = (inner @ parameters[-2] + parameters[-1])[:, 0]
    error = ((1 / (1 + np.exp(-scores)) - labels) * counts / np.float32(len(rows)))[:, None]
    outer = [inner.T @ error, error.sum(axis=0)]
    if len(parameters) == 2:
        return outer
    back = (error @ parameters[2].T) * (inner > 0)
    return [rows.T @ back, back.sum(axis=0), *outer]


def folds_of(pages: Sequence[GoldPage]) -> dict[str, int]:
    """Publisher → fold, so that no publisher is in training and test at once."""
    publishers = sorted({page.publisher for page in pages})
    random.Random(0).shuffle(publishers)
    return {publisher: i % FOLDS for i, publisher in enumerate(publishers)}


def cross_validate(samples: Sequence[Sample], folds: dict[str, int]) -> list[list[bool]]:
    """The fate of every line of every sample, judged by weights that never saw its publisher."""
    fates: list[list[bool]] = [[] for _ in samples]
    for fold in range(FOLDS):
        weights = train([sample for sample in samples if folds[sample.page.publisher] != fold])
        for i, sample in enumerate(samples):
            if folds[sample.page.publisher] == fold:
                fates[i] = decode_lines(line_scores(sample.features, weights), weights)
    return fates


def report(name: str, samples: Sequence[Sample], fates: Callable[[int], Sequence[object]]) -> None:
    """Print mean F1 by style, and for German and English."""
    cells = []
    for style in (*STYLES, "gold", "gold gaps"):
        scores = [
            (shingle_f1(_joined(sample, fates(i)), "\n".join(sample.page.gold))[2], sample.page.language)
            for i, sample in enumerate(samples)
            if sample.style == style
        ]
        by_language = [np.mean([f1 for f1, language in scores if language == own]) for own in ("de", "en")]
        mean = np.mean([f1 for f1, _ in scores])
        cells.append(f"{style} {mean:.4f} (de {by_language[0]:.3f} en {by_language[1]:.3f})")
    print(f"{name:8}", " | ".join(cells), flush=True)


def _joined(sample: Sample, fates: Sequence[object]) -> str:
    kept = [text for text, fate in zip(sample.texts, fates, strict=True) if fate]
    return "\n".join(dict.fromkeys(kept))


def write_weights(weights: Weights) -> None:
    """Write `weights` beside the model, rounded to four decimals."""
    data = {
        "features": [*FEATURES, *SECOND],
        "first": _rounded(weights.first),
        "second": _rounded(weights.second),
        "stay_kept": weights.stay_kept,
        "stay_dropped": weights.stay_dropped,
    }
    WEIGHTS.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")


def _rounded(look: Look) -> dict[str, object]:
    layers = [[np.round(kernel, 4).tolist(), np.round(bias, 4).tolist()] for kernel, bias in look.layers]
    return {
        "mean": np.round(look.mean, 4).tolist(),
        "scale": np.round(look.scale, 6).tolist(),
        "layers": layers,
    }


def main() -> None:
    """Measure by cross-validation; with --write train on all pages and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--write", action="store_true", help="train on all pages and write weights.json")
    options = parser.parse_args()
    samples = samples_of(load_pages(options.data))
    report("raw", samples, lambda i: [True] * len(samples[i].labels))
    report("perfect", samples, lambda i: list(samples[i].labels))
    fates = cross_validate(samples, folds_of([sample.page for sample in samples]))
    report("model", samples, lambda i: fates[i])
    lost = [1 - np.mean(fates[i]) for i, sample in enumerate(samples) if sample.style == "gold"]
    print(f"lines lost of gold text alone: {np.mean(lost):.4f}")
    if options.write:
        write_weights(train(samples))


if __name__ == "__main__":
    main()
