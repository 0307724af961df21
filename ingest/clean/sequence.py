"""What a line's neighbours and its place on the page say about it."""

from __future__ import annotations

import numpy as np

from ingest.clean.features import BASE, INDEX, Matrix, column

_STEPS = (-2, -1, 1, 2)
_NEAR = (
    "log_words", "terminal", "bullet", "related", "control", "repeated", "capitals", "consent", "credit_end",
    "agency", "date", "byline",
)  # fmt: skip
MASS = ("before", "after", "outside", "near3", "near8", "distance")
CONTEXT = (
    *MASS, "heading", "position", "first", "last", "is_title", "above_title",
    "page_lines", "page_prose", "page_gaps",
    *(f"{name}{step:+d}" for step in _STEPS for name in _NEAR),
)  # fmt: skip
FEATURES = BASE + CONTEXT
_REACH = 3  # lines either side whose first-look score the second look sees
SECOND = (*MASS, *(f"look{step:+d}" for step in range(-_REACH, _REACH + 1)))
_SURE = 6.0  # log-odds: beyond this a first-look score says no more


def sequence_features(base: Matrix) -> Matrix:
    """Base and context features of every line, one row a line in the order of FEATURES."""
    count = len(base)
    mass = prose_words(base)
    places = mass_features(mass)
    order = np.arange(count)
    title = title_index(base, places)
    short = (column(base, "log_words") <= np.log1p(12)) & (column(base, "terminal") == 0)
    features = np.zeros((count, len(FEATURES)))
    features[:, : len(BASE)] = base
    columns = (
        *places.T,
        short & (places[:, 3] > 0) & (places[:, 2] > 0.02),
        order / max(1, count),
        order == 0,
        order == count - 1,
        order == title,
        order < title,
        *_page(base, mass),
    )
    for i, values in enumerate(columns, len(BASE)):
        features[:, i] = values
    near = base[:, [INDEX[name] for name in _NEAR]]
    for k, step in enumerate(_STEPS):
        start = len(BASE) + len(columns) + k * len(_NEAR)
        _shift(near, step, features[:, start : start + len(_NEAR)])
    return features


def second_look(features: Matrix, scores: Matrix) -> Matrix:
    """`features` and what the first look's log-odds `scores` say of each line's surroundings."""
    return np.hstack([features, surroundings(features, scores)])


def surroundings(features: Matrix, scores: Matrix) -> Matrix:
    """What the first look's log-odds `scores` say of each line's surroundings, in the order of SECOND."""
    likely = 1.0 / (1.0 + np.exp(-np.clip(scores, -30, 30)))
    words = np.expm1(features[:, INDEX["log_words"]])
    seen = np.full((len(features), len(SECOND)), -_SURE)  # beyond the page nothing is kept
    seen[:, : len(MASS)] = mass_features(np.where(likely > 0.3, likely * words, 0.0))
    bounded = np.clip(scores, -_SURE, _SURE)
    for i, step in enumerate(range(-_REACH, _REACH + 1), len(MASS)):
        _shift(bounded, step, seen[:, i])
    return seen


def _page(base: Matrix, mass: Matrix) -> tuple[float, float, float]:
    """How many lines the page has, the share of its words that are prose, the share of lines after a gap."""
    count = len(base)
    words = float(np.expm1(column(base, "log_words")).sum())
    return (
        float(np.log1p(count)),
        float(mass.sum()) / max(1.0, words),
        float(column(base, "gap").mean()) if count else 0.0,
    )


def prose_words(base: Matrix) -> Matrix:
    """Words of each line that ends like a sentence and says nothing a menu or a notice says, else 0."""
    doubtful = sum(column(base, name) for name in ("pointer", "consent", "rights", "bullet", "teaser", "bio", "embed"))
    good = (column(base, "eight_words") > 0) & (column(base, "terminal") > 0) & (doubtful == 0)
    return np.where(good, np.expm1(column(base, "log_words")), 0.0)


def mass_features(mass: Matrix) -> Matrix:
    """Per line: share of `mass` before, after, the lesser, within 3 and 8 lines; distance to the nearest."""
    count = len(mass)
    total = max(float(mass.sum()), 1e-9)
    sums = np.concatenate([[0.0], np.cumsum(mass)])
    order = np.arange(count)
    places = np.empty((count, len(MASS)))
    places[:, 0] = sums[:-1] / total
    places[:, 1] = (total - sums[1:]) / total
    places[:, 2] = np.minimum(places[:, 0], places[:, 1])
    for i, k in enumerate((3, 8), 3):
        places[:, i] = (sums[np.minimum(count, order + k + 1)] - sums[np.maximum(0, order - k)] - mass) / total
    places[:, 5] = _distance(mass > 0)
    return places


def title_index(base: Matrix, places: Matrix) -> int:
    """The line most like the headline: short, before the bulk, its words recurring in the prose; or -1."""
    words = np.expm1(column(base, "log_words"))
    shape = (words >= 3) & (words <= 25) & (column(base, "bullet") == 0) & (column(base, "credit_end") == 0)
    no_stop = (column(base, "terminal") == 0) | (column(base, "question") > 0) | (column(base, "exclamation") > 0)
    fits = shape & no_stop & (column(base, "related") == 0) & (column(base, "control") == 0) & (places[:, 0] < 0.3)
    score = np.where(fits, column(base, "shared") * column(base, "shared_count"), 0.0)
    best = int(np.argmax(score)) if len(score) else -1
    return best if best >= 0 and score[best] > 0.3 else -1


def _shift(values: Matrix, step: int, out: Matrix) -> None:
    """Write the `values` of the line `step` further on to `out`, which keeps what it has beyond the page."""
    if abs(step) >= len(values):
        return
    if step > 0:
        out[:-step] = values[step:]
    else:
        out[-step or 0 :] = values[: step or None]


def _distance(has: np.typing.NDArray[np.bool_]) -> Matrix:
    """Lines to the nearest other line that has mass, cut at 10, as 0…1."""
    order = np.arange(len(has), dtype=float)
    above = np.maximum.accumulate(np.where(has, order, -np.inf))
    below = np.minimum.accumulate(np.where(has, order, np.inf)[::-1])[::-1]
    nearest = np.full(len(has), np.inf)
    nearest[1:] = order[1:] - above[:-1]
    nearest[:-1] = np.minimum(nearest[:-1], below[1:] - order[:-1])
    shares: Matrix = np.minimum(nearest, 10.0) / 10
    return shares
