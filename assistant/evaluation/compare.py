"""Two runs of one set, question by question: what changed, how much, and is it more than chance?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from assistant.errors import QuestionError
from assistant.evaluation.estimates import estimate_means, flip_signs
from assistant.evaluation.metrics import MAIN, METRICS, Metric, find_metric, score_record
from assistant.evaluation.run_file import Run, changed_settings

SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Difference:
    """One metric in two runs: means over the questions it applies to in both, second less first.

    `low` and `high` are the 95 % interval of the difference, `p` that of the permutation test,
    `adjusted_p` the same corrected for looking at many metrics, first of all at the main ones.
    """

    metric: str
    count: int
    first: float
    second: float
    difference: float
    low: float
    high: float
    p: float
    adjusted_p: float

    @property
    def significant(self) -> bool:
        """Whether the difference is more than chance, all metrics considered."""
        return self.adjusted_p < SIGNIFICANT

    @property
    def better(self) -> bool | None:
        """Whether the second run is better; None when they are equal."""
        metric = find_metric(self.metric)
        if self.difference == 0.0 or metric is None:
            return None
        return (self.difference > 0.0) == metric.higher_is_better


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two runs; `wins` and `losses` are ids by metric, of the second over the first."""

    first: str
    second: str
    settings: dict[str, tuple[Any, Any]]
    differences: tuple[Difference, ...]
    wins: dict[str, tuple[str, ...]]
    losses: dict[str, tuple[str, ...]]

    def to_json(self) -> dict[str, Any]:
        """The document of `assistant compare --json`."""
        differences = [
            asdict(d) | {"significant": d.significant, "better": d.better} for d in self.differences
        ]
        return {
            "first": self.first, "second": self.second,
            "settings": {key: list(pair) for key, pair in self.settings.items()}, "differences": differences,
            "wins": {key: list(ids) for key, ids in self.wins.items()},
            "losses": {key: list(ids) for key, ids in self.losses.items()},
        }


def compare_runs(first: Run, second: Run, seed: int = 0) -> Comparison:
    """Compare two runs; raises QuestionError when their sets differ or one is unfinished."""
    _refuse_unequal(first, second)
    pairs = _paired_scores(first, second)
    rows = [(metric, values) for metric in METRICS if (values := pairs[metric.name])]
    chances = _find_chances(first, rows, seed)
    differences = tuple(_difference(metric, values, *chances[metric.name], seed) for metric, values in rows)
    names = (first.name, second.name)
    if first.name == second.name:
        names = (str(first.path), str(second.path))
    return Comparison(
        *names, changed_settings(first.header, second.header), differences,
        {metric.name: _moved(metric, values, 1.0) for metric, values in rows},
        {metric.name: _moved(metric, values, -1.0) for metric, values in rows},
    )


Values = list[tuple[str, float, float]]


def _paired_scores(first: Run, second: Run) -> dict[str, Values]:
    """By metric, (id, value in the first, value in the second) of the questions it applies to in both."""
    pairs: dict[str, Values] = {metric.name: [] for metric in METRICS}
    for question in first.header.questions:
        before = score_record(question, first.records[question.id])
        after = score_record(question, second.records[question.id])
        for name, values in pairs.items():
            old, new = before[name], after[name]
            if old is not None and new is not None:
                values.append((question.id, old, new))
    return pairs


def _find_chances(
    run: Run, rows: Sequence[tuple[Metric, Values]], seed: int
) -> dict[str, tuple[float, float]]:
    """(p, corrected p) by metric.

    The main metrics are corrected for each other. The others explain a difference and make none: they are
    corrected for each other, and no surer than the surest main one (serial gatekeeping, Westfall and Krishen
    2001). A time is no claim about answers and is corrected apart.
    """
    main, rest, cost = (
        _correct(run, [row for row in rows if _family(row[0]) == family], seed) for family in ("main", "rest", "cost")
    )
    surest = min((corrected for _, corrected in main.values()), default=0.0)
    return main | {name: (p, max(corrected, surest)) for name, (p, corrected) in rest.items()} | cost


def _family(metric: Metric) -> str:
    return "cost" if metric.group == "cost" else "main" if metric.name in MAIN else "rest"


def _correct(
    run: Run, family: Sequence[tuple[Metric, Values]], seed: int
) -> dict[str, tuple[float, float]]:
    """(p, p corrected within the family) by metric."""
    if not family:
        return {}
    places = {question.id: place for place, question in enumerate(run.header.questions)}
    table = np.full((len(places), len(family)), np.nan)
    for column, (_, values) in enumerate(family):
        for name, before, after in values:
            table[places[name], column] = after - before
    names = [metric.name for metric, _ in family]
    return dict(zip(names, zip(*flip_signs(table, seed), strict=True), strict=True))


def _difference(metric: Metric, values: Values, chance: float, adjusted: float, seed: int) -> Difference:
    table = np.array([[before, after, after - before] for _, before, after in values])
    estimate = estimate_means(table[:, 2:], seed)[0]
    assert estimate is not None
    before, after = table[:, 0].mean(), table[:, 1].mean()
    return Difference(metric.name, len(values), float(before), float(after), estimate.mean, estimate.low,
                      estimate.high, chance, adjusted)


def _moved(metric: Metric, values: Values, direction: float) -> tuple[str, ...]:
    sign = direction if metric.higher_is_better else -direction
    moved = [((after - before) * sign, name) for name, before, after in values]
    return tuple(name for gain, name in sorted(moved, key=lambda pair: (-pair[0], pair[1])) if gain > 0.0)


def _refuse_unequal(first: Run, second: Run) -> None:
    if first.header.set_digest != second.header.set_digest:
        raise QuestionError(
            f"{first.path} and {second.path} answer different question sets: compare runs of one set"
        )
    for run in (first, second):
        if run.missing:
            raise QuestionError(
                f"{run.path} misses {len(run.missing)} questions: finish it with `assistant evaluate`"
            )
