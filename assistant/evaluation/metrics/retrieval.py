"""Was the evidence found, and how high: recall@k, hit@k, mrr@10 and ndcg@10 with binary relevance.

Definitions as in trec_eval (`recall.k`, `success.k`, `recip_rank` cut at 10, `ndcg_cut.10`), by distinct
article or by evidence quote. None for a question without evidence of that sort; 0 for an empty result.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal

from assistant.evaluation.metrics.ranking import (
    rank_articles,
    rank_quotes,
    relevant_articles,
    relevant_quotes,
)
from assistant.evaluation.records import Question, Record

Unit = Literal["article", "quote"]
Measure = Callable[[Sequence[str], AbstractSet[str], int], float]
Score = Callable[[Question, Record], float | None]


def recall(ranking: Sequence[str], relevant: AbstractSet[str], k: int) -> float:
    """Share of the relevant items among the first k (trec_eval `recall`)."""
    return len(relevant & set(ranking[:k])) / len(relevant)


def hit(ranking: Sequence[str], relevant: AbstractSet[str], k: int) -> float:
    """1 when any relevant item is among the first k (trec_eval `success`)."""
    return float(not relevant.isdisjoint(ranking[:k]))


def reciprocal_rank(ranking: Sequence[str], relevant: AbstractSet[str], k: int) -> float:
    """1 / rank of the first relevant item among the first k, else 0 (TREC-8 question answering track)."""
    return next((1.0 / rank for rank, item in enumerate(ranking[:k], start=1) if item in relevant), 0.0)


def ndcg(ranking: Sequence[str], relevant: AbstractSet[str], k: int) -> float:
    """Discounted gain 1 / log2(rank + 1) over that of the best order (Järvelin and Kekäläinen 2002)."""
    gain = sum(1.0 / math.log2(rank + 1) for rank, it in enumerate(ranking[:k], start=1) if it in relevant)
    best = sum(1.0 / math.log2(rank + 1) for rank in range(1, min(len(relevant), k) + 1))
    return gain / best


def rank_items(unit: Unit, question: Question, record: Record) -> tuple[list[str], set[str]]:
    """(the ranking of distinct items, the relevant ones) by article or by quote."""
    if unit == "article":
        return rank_articles(record), relevant_articles(question)
    return rank_quotes(question, record), relevant_quotes(question)


def by_unit(measure: Measure, unit: Unit, k: int) -> Score:
    """A measure over rankings as a metric over questions; one that failed scores 0, as an empty result."""

    def score(question: Question, record: Record) -> float | None:
        ranking, relevant = rank_items(unit, question, record)
        return measure(ranking, relevant, k) if relevant else None

    return score
