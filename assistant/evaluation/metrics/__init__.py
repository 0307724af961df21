"""Every metric in one table: (question, record) → a number, or None where it does not apply."""

from assistant.evaluation.metrics.table import METRICS, Metric, find_metric, score_record

__all__ = ["METRICS", "Metric", "find_metric", "score_record"]
