"""A run in numbers: every metric for all questions and by slice, why answers failed, and the worst."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from assistant.evaluation.estimates import Estimate, estimate_means, widen_unanimous
from assistant.evaluation.metrics import METRICS, score_record
from assistant.evaluation.metrics.outcome import find_failure
from assistant.evaluation.records import Question, Record
from assistant.evaluation.run_file import Run

ALL = "all"
WORST = 20
# What decides how bad an answer is, first to last.
_BADNESS = ("must_include", "cites_gold", "token_f1", "recall_quote@10", "ndcg_quote@10", "ndcg@10")

Scores = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Scored:
    """A question, its record, every metric, and why it failed if it did."""

    question: Question
    record: Record
    scores: Scores
    failure: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """`slices` maps "all", "type=single", "language=sv", "pair=sv→de" … to metrics to their estimates."""

    name: str
    mode: str
    questions: tuple[Scored, ...]
    missing: tuple[str, ...]
    slices: Mapping[str, Mapping[str, Estimate]]
    failures: Mapping[str, int]
    worst: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The document of `assistant evaluate --json`."""
        return {
            "run": self.name, "mode": self.mode, "asked": len(self.questions), "missing": list(self.missing),
            "slices": {
                name: {metric: asdict(estimate) for metric, estimate in estimates.items()}
                for name, estimates in self.slices.items()
            },
            "failures": dict(self.failures), "worst": list(self.worst),
            "questions": [
                {"id": item.question.id, "failure": item.failure,
                 "scores": {key: value for key, value in item.scores.items() if value is not None}}
                for item in self.questions
            ],
        }


def summarize_run(run: Run, seed: int = 0) -> Summary:
    """Score a run; the seed is that of the bootstrap."""
    scored = tuple(
        Scored(question, record, score_record(question, record), find_failure(question, record))
        for question, record in run.pairs()
    )
    failures = Counter(item.failure for item in scored if item.failure)
    worst = sorted((item for item in scored if item.failure), key=_badness)[:WORST]
    return Summary(
        run.name, run.header.mode, scored, tuple(run.missing), _slice_estimates(scored, seed),
        dict(failures.most_common()), tuple(item.question.id for item in worst),
    )


def slices_of(question: Question) -> list[str]:
    """The slices a question counts in; one with evidence from two publishers counts in both."""
    years = {item.published_at[:4] for item in question.evidence if item.published_at}
    publishers = {item.publisher for item in question.evidence if item.publisher}
    named: dict[str, list[str | None]] = {
        "type": [question.type], "language": [question.language], "pair": [_language_pair(question)],
        "publisher": [*sorted(publishers)], "year": [*sorted(years)],
    }
    return [ALL, *(f"{key}={value}" for key, values in named.items() for value in values if value)]


def _language_pair(question: Question) -> str | None:
    """Question language → language of the evidence, "several" when it is in more than one."""
    languages = {item.language for item in question.evidence if item.language}
    if not question.language or not languages:
        return None
    return f"{question.language}→{languages.pop() if len(languages) == 1 else 'several'}"


def _slice_estimates(scored: tuple[Scored, ...], seed: int) -> dict[str, dict[str, Estimate]]:
    members: dict[str, list[Scored]] = {}
    for item in scored:
        for name in slices_of(item.question):
            members.setdefault(name, []).append(item)
    return {name: _estimates(members[name], seed) for name in sorted(members, key=_slice_order)}


def _slice_order(name: str) -> tuple[int, str]:
    return (ALL, "type", "language", "pair", "publisher", "year").index(name.split("=")[0]), name


def _estimates(items: list[Scored], seed: int) -> dict[str, Estimate]:
    rows = [[_number(item.scores[metric.name]) for metric in METRICS] for item in items]
    estimates = estimate_means(np.array(rows, dtype=np.float64), seed)
    return {
        metric.name: e if metric.unit else widen_unanimous(e)
        for metric, e in zip(METRICS, estimates, strict=True) if e is not None
    }


def _number(value: float | None) -> float:
    return float("nan") if value is None else value


def _badness(item: Scored) -> tuple[float, ...]:
    values = (item.scores[name] for name in _BADNESS)
    return tuple(1.0 if value is None else value for value in values)
