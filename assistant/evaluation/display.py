"""Which metrics the tables show, and how numbers are written; shared by terminal, Markdown and HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from assistant.evaluation.estimates import Estimate
from assistant.evaluation.metrics import MAIN, METRICS
from assistant.evaluation.metrics.cost import CURRENCY
from assistant.evaluation.summary import ALL, Summary, slices_of

SLICE_KINDS = {"type": "By type", "language": "By language of the question", "pair": "By language pair",
               "publisher": "By publisher of the evidence", "year": "By year of the evidence"}


def metric_rows(summary: Summary) -> Iterator[tuple[str, str, Estimate]]:
    """(name, meaning, estimate) of every metric that applies to any question."""
    estimates = summary.slices.get(ALL, {})
    for metric in METRICS:
        if metric.name in estimates:
            yield metric.name, metric.meaning, estimates[metric.name]


def main_metrics(summary: Summary) -> list[str]:
    """The columns of slice tables that apply to this run."""
    return [name for name in MAIN if name in summary.slices.get(ALL, {})]


def slice_rows(summary: Summary, kind: str) -> list[tuple[str, int, list[Estimate | None]]]:
    """(value, questions, the main metrics) of every slice of one kind."""
    counts = count_slices(summary)
    return [
        (name.partition("=")[2], counts[name], [estimates.get(metric) for metric in main_metrics(summary)])
        for name, estimates in summary.slices.items() if name.startswith(f"{kind}=")
    ]


def count_slices(summary: Summary) -> dict[str, int]:
    """How many questions each slice has."""
    return Counter(name for item in summary.questions for name in slices_of(item.question))


def number(value: float, unit: str = "") -> str:
    """A share with three digits, a time or tokens without any, money with six: 0.934, 41 ms, 0.000210 ¤."""
    if unit == CURRENCY:
        return f"{value:,.6f} {unit}"
    return f"{value:,.0f} {unit}" if unit else f"{value:.3f}"


def interval(estimate: Estimate, unit: str = "") -> str:
    """`0.81 … 0.97`, the 95 % interval."""
    return f"{number(estimate.low, unit)} … {number(estimate.high, unit)}"


def printable(text: str) -> str:
    """Text whose control, direction and surrogate characters are spaces; line breaks stay."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)
