"""A run as Markdown: settings, all metrics, slices, why answers failed, and the worst of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.evaluation.display import (
    SLICE_KINDS,
    interval,
    main_metrics,
    metric_rows,
    number,
    printable,
    slice_rows,
)
from assistant.evaluation.metrics import find_metric
from assistant.evaluation.metrics.outcome import FAILURES
from assistant.evaluation.run_file import Run
from assistant.evaluation.summary import Scored, Summary

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&])")


def render_markdown(run: Run, summary: Summary) -> str:
    """The report as one Markdown document; text of articles and answers is escaped."""
    return "\n".join(_lines(run, summary)) + "\n"


def _lines(run: Run, summary: Summary) -> Iterator[str]:
    yield f"# {escape(summary.name)}: {len(summary.questions)} questions"
    yield ""
    facts = {**run.header.settings, "corpus": run.header.corpus_digest, "set": run.header.set_digest}
    yield ", ".join(f"{key} {escape(str(value))}" for key, value in facts.items())
    rows = []
    for name, meaning, e in metric_rows(summary):
        metric = find_metric(name)
        unit = metric.unit if metric else ""
        rows.append([escape(name), str(e.count), number(e.mean, unit), interval(e, unit), escape(meaning)])
    yield from _table("Metrics", ["metric", "n", "mean", "95 %", "meaning"], rows)
    for kind, title in SLICE_KINDS.items():
        cells = [
            [escape(value), str(count), *("–" if e is None else number(e.mean) for e in estimates)]
            for value, count, estimates in slice_rows(summary, kind)
        ]
        if cells:
            yield from _table(title, [kind, "n", *map(escape, main_metrics(summary))], cells)
    reasons = [[reason, str(count), FAILURES[reason]] for reason, count in summary.failures.items()]
    yield from _table("Why answers failed", ["reason", "n", "meaning"], reasons)
    yield from ("", "## Worst answers")
    items = {item.question.id: item for item in summary.questions}
    for name in summary.worst:
        yield from _worst(items[name])


def _worst(item: Scored) -> Iterator[str]:
    yield from ("", f"### {escape(item.question.id)}: {item.failure}")
    yield from ("", f"Asked: {escape(item.question.question)}")
    yield from ("", f"Answer: {escape(item.record.answer or '–')}")
    yield from ("", f"Expected: {escape(item.question.answer or '–')}")
    for evidence in item.question.evidence:
        yield from ("", f"> {escape(evidence.quote or '')} — {escape(evidence.article)}")


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield from ("", f"## {title}", "", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}")
    for row in rows:
        yield f"| {' | '.join(row)} |"


def escape(text: str) -> str:
    """Text on one line that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", " ".join(printable(text).split()))
