"""A sweep in the HTML report: a table of the variants and a line for each metric across them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evaluation.display import number
from assistant.evaluation.metrics import find_metric
from assistant.evaluation.report.marks import table, text
from assistant.evaluation.report.plots import plot_lines
from assistant.evaluation.sweep import LATENCY, Swept, sweep_metrics


def render_sweep(swept: Sequence[Swept]) -> str:
    """The section of a sweep, with a mark where a variant differs from the first by more than chance."""
    metrics = sweep_metrics(swept)
    rows = [[text(name), *(_cell(item, name) for item in swept)] for name in metrics]
    columns = ["metric", *(text(item.name) for item in swept)]
    lines = [
        (name, [estimate.mean if (estimate := item.estimate(name)) else None for item in swept])
        for name in metrics if name != LATENCY
    ]
    plot = plot_lines("Means by variant", [item.name for item in swept], lines)
    title = "Variants; ▲ better, ▼ worse than the first by more than chance. Below: the first variant"
    return f'<section class="plots">{table(title, columns, rows)}{plot}</section>'


def _cell(item: Swept, name: str) -> str:
    estimate, metric, moved = item.estimate(name), find_metric(name), item.difference(name)
    if estimate is None:
        return "–"
    mark = ("▲" if moved.better else "▼") if moved and moved.significant and moved.better is not None else ""
    return f"{number(estimate.mean, metric.unit if metric else '')} {mark}".rstrip()
