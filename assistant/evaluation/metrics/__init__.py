"""Every metric in one table: (question, record) → a number, or None where it does not apply."""

from assistant.evaluation.metrics.table import MAIN, METRICS, Metric, find_metric, score_record

__all__ = ["MAIN", "METRICS", "Metric", "find_metric", "score_record"]
