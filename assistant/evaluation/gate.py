"""Floors that quality must not fall below: checked, and raised when quality rises, never lowered in silence.

A floors file is JSON: {"floors": {"all": {"hit@5": 0.9}, "type=temporal": {…}}, "lowered": [{…, "reason"}]}.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import QuestionError
from assistant.evaluation.metrics import find_metric
from assistant.evaluation.summary import Summary

Floors = Mapping[str, Mapping[str, float]]

# Another machine's arithmetic moves answers: of the 140 demo questions, 2 between the int8 and the float32 embedder.
SLACK = 0.015


@dataclass(frozen=True, slots=True)
class FloorCheck:
    """A floor and what was measured; `measured` is None when the run says nothing about it."""

    slice: str
    metric: str
    floor: float
    measured: float | None
    skipped: bool = False

    @property
    def holds(self) -> bool:
        """Whether the gate stays open for this floor; one that cannot be measured does not hold."""
        return self.skipped or (self.measured is not None and self.measured >= self.floor - 1e-9)


def read_floors(path: Path) -> Floors:
    """The floors of a file by slice and metric; raises QuestionError naming what cannot be a floor."""
    document = _read_document(path)
    floors = document["floors"]
    for name, metrics in floors.items():
        for key, value in metrics.items():
            metric = find_metric(key)
            if metric is None or not metric.higher_is_better or metric.unit:
                raise QuestionError(f"{path}: {name} {key} can have no floor: it is no share")
            if not isinstance(value, int | float) or not 0.0 <= value <= 1.0:
                raise QuestionError(f"{path}: the floor of {name} {key} must be a number from 0 to 1")
    return floors  # type: ignore[no-any-return]


def check_floors(summary: Summary, floors: Floors) -> list[FloorCheck]:
    """Every floor against a run; a retrieval-only run is not held to floors of answers."""
    named = ((name, key, floor) for name, metrics in floors.items() for key, floor in metrics.items())
    return [_check(summary, name, key, floor) for name, key, floor in named]


def raise_floors(path: Path, summary: Summary, *, lower_because: str | None = None) -> list[FloorCheck]:
    """Write the floors a run allows and return those that changed: `floor` as it was, `measured` as it is.

    SLACK, but at least one question, less than measured is allowed. A floor above that stays, unless
    `lower_because` gives a reason, which is kept in the file.
    """
    document, changed = _read_document(path), []
    for check in check_floors(summary, read_floors(path)):
        allowed = _allowed(summary, check)
        if allowed is None or allowed == check.floor or (allowed < check.floor and not lower_because):
            continue
        if allowed < check.floor and check.holds:
            continue
        document["floors"][check.slice][check.metric] = allowed
        changed.append(FloorCheck(check.slice, check.metric, check.floor, allowed))
        if allowed < check.floor:
            entry = {"slice": check.slice, "metric": check.metric, "from": check.floor, "to": allowed}
            document.setdefault("lowered", []).append(entry | {"reason": lower_because})
    if changed:
        path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return changed


def _check(summary: Summary, name: str, key: str, floor: float) -> FloorCheck:
    metric = find_metric(key)
    answers_floor = metric is not None and metric.group != "retrieval"
    if summary.mode == "retrieval" and answers_floor:
        return FloorCheck(name, key, floor, None, skipped=True)
    estimate = summary.slices.get(name, {}).get(key)
    return FloorCheck(name, key, floor, estimate.mean if estimate else None)


def _allowed(summary: Summary, check: FloorCheck) -> float | None:
    estimate = summary.slices.get(check.slice, {}).get(check.metric)
    if estimate is None or check.skipped:
        return None
    return math.floor(max(0.0, estimate.mean - max(SLACK, 1.0 / estimate.count)) * 1000.0 + 1e-6) / 1000.0


def _read_document(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise QuestionError(f"{path} cannot be read as JSON: name a file of floors") from error
    floors = document.get("floors") if isinstance(document, dict) else None
    if not isinstance(floors, dict) or not all(isinstance(metrics, dict) for metrics in floors.values()):
        raise QuestionError(f'{path} holds no floors: write {{"floors": {{"all": {{"hit@5": 0.9}}}}}}')
    return document  # type: ignore[no-any-return]
