"""The METRICS table: add a line and the metric is in every table, report, comparison and gate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assistant.evaluation.metrics import abstention, answers, citations, cost, outcome, retrieval
from assistant.evaluation.records import Question, Record

Group = Literal["retrieval", "answers", "citations", "abstention", "cost"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A named score of one question; `higher_is_better` and in 0…1 unless `unit` is set."""

    name: str
    group: Group
    score: Callable[[Question, Record], float | None]
    meaning: str
    higher_is_better: bool = True
    unit: str = ""


# What claims rest on: the columns of slice tables, and the family that `compare` corrects for. One metric for
# each thing that can go wrong (found, ranked, right, cited, quoted, abstained); the others explain these.
MAIN = ("correct", "must_include", "hit@5", "ndcg@10", "ndcg_quote@10", "citation_recall", "cites_gold", "verbatim",
        "abstention_recall", "answering_recall")


def _retrieval_metrics() -> tuple[Metric, ...]:
    units: tuple[tuple[retrieval.Unit, str], ...] = (("article", ""), ("quote", "_quote"))
    measures: tuple[tuple[str, retrieval.Measure, tuple[int, ...]], ...] = (
        ("recall", retrieval.recall, (1, 3, 5, 10)), ("hit", retrieval.hit, (1, 5, 10)),
        ("mrr", retrieval.reciprocal_rank, (10,)), ("ndcg", retrieval.ndcg, (10,)),
    )
    return tuple(
        Metric(f"{name}{suffix}@{k}", "retrieval", retrieval.by_unit(measure, unit, k),
               f"{_first_sentence(measure)} By {unit}.")
        for unit, suffix in units for name, measure, cuts in measures for k in cuts
    )


def _first_sentence(function: Callable[..., object]) -> str:
    return (function.__doc__ or "").strip().splitlines()[0]


def _metric(group: Group, score: Callable[[Question, Record], float | None], *, better: bool = True,
            unit: str = "") -> Metric:
    return Metric(score.__name__, group, score, _first_sentence(score), better, unit)


METRICS: tuple[Metric, ...] = (
    *_retrieval_metrics(),
    _metric("answers", outcome.correct),
    _metric("answers", answers.must_include),
    _metric("answers", answers.must_not_include),
    _metric("answers", answers.exact_match),
    _metric("answers", answers.token_f1),
    _metric("answers", answers.rouge_l),
    _metric("answers", answers.answer_language),
    _metric("citations", citations.citation_recall),
    _metric("citations", citations.citation_precision),
    _metric("citations", citations.cites_gold),
    _metric("citations", citations.verbatim),
    _metric("citations", citations.unsupported_sentences, better=False),
    _metric("abstention", abstention.abstention_precision),
    _metric("abstention", abstention.abstention_recall),
    _metric("abstention", abstention.answering_precision),
    _metric("abstention", abstention.answering_recall),
    _metric("cost", cost.latency_ms, better=False, unit="ms"),
    _metric("cost", cost.prompt_tokens, better=False, unit="tokens"),
    _metric("cost", cost.completion_tokens, better=False, unit="tokens"),
    _metric("cost", cost.cost, better=False, unit=cost.CURRENCY),
)


def find_metric(name: str) -> Metric | None:
    """The metric of this name."""
    return next((metric for metric in METRICS if metric.name == name), None)


def score_record(question: Question, record: Record) -> dict[str, float | None]:
    """Every metric of one question by name."""
    return {metric.name: metric.score(question, record) for metric in METRICS}
