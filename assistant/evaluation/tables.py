"""Summaries, gate checks and comparisons in a terminal, by rich; decides nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from assistant.evaluation.compare import Comparison
from assistant.evaluation.display import (
    SLICE_KINDS,
    interval,
    main_metrics,
    metric_rows,
    number,
    printable,
    slice_rows,
)
from assistant.evaluation.faults import Fault
from assistant.evaluation.gate import FloorCheck
from assistant.evaluation.judging import Judged
from assistant.evaluation.metrics import find_metric
from assistant.evaluation.metrics.outcome import FAILURES
from assistant.evaluation.runs import Progress as ProgressCallback
from assistant.evaluation.summary import Summary
from assistant.evaluation.sweep import Swept, sweep_metrics

# A file or a pipe has no width of its own, and rich would take 80 columns.
OUT = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 140)
ERR = Console(stderr=True, highlight=False, soft_wrap=True)
# Ids listed per metric by `compare`; all are in its JSON.
NAMED = 10


@contextmanager
def asking_progress() -> Iterator[ProgressCallback]:
    """A progress bar on a terminal, a plain line every 50 questions elsewhere."""
    if not ERR.is_terminal:
        yield _plain_progress
        return
    columns = (TextColumn("asking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=ERR, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def print_faults(faults: Sequence[Fault]) -> None:
    """Every fault of a set on standard error."""
    for fault in faults:
        style = "yellow" if fault.kind == "warning" else "red"
        ERR.print(Text(printable(f"{fault.kind}: {fault}"), style=style))


def print_summary(summary: Summary) -> None:
    """All metrics, the main ones by slice, why answers failed, and the worst."""
    overall = Table(title=f"{summary.name}: {len(summary.questions)} questions", title_justify="left")
    for column in ("metric", "n", "mean", "95 %"):
        overall.add_column(column, justify="left" if column == "metric" else "right")
    for name, _, estimate in metric_rows(summary):
        unit = _unit(name)
        overall.add_row(name, str(estimate.count), number(estimate.mean, unit), interval(estimate, unit))
    OUT.print(overall)
    for kind, title in SLICE_KINDS.items():
        _print_slices(summary, kind, title)
    for reason, count in summary.failures.items():
        OUT.print(f"{count:4} {reason}: {FAILURES[reason]}")
    reasons = {item.question.id: item.failure for item in summary.questions}
    for name in summary.worst:
        OUT.print(Text(f"  worst: {printable(name)} ({reasons[name]})", style="dim"))


def print_gate(checks: Sequence[FloorCheck]) -> None:
    """The floors, those that fell first."""
    table = Table(title="Gate", title_justify="left")
    for column in ("", "slice", "metric", "floor", "measured"):
        table.add_column(column)
    for check in sorted(checks, key=lambda check: check.holds):
        measured = "not measured" if check.measured is None else number(check.measured)
        mark = "–" if check.skipped else "✓" if check.holds else "✗ fell"
        cells = (Text(printable(check.slice)), check.metric, number(check.floor), measured)
        table.add_row(mark, *cells, style=None if check.holds else "red")
    OUT.print(table)


def print_comparison(comparison: Comparison) -> None:
    """What differs in settings, every metric's difference, and the questions won and lost."""
    for key, (before, after) in comparison.settings.items():
        OUT.print(Text(f"{key}: {before} → {after}"))
    table = Table(title=Text(f"{comparison.first} → {comparison.second}"), title_justify="left")
    for column in ("metric", "n", "first", "second", "difference", "95 %", "p", "p corrected", ""):
        table.add_column(column, justify="left" if column in ("metric", "") else "right")
    for d in comparison.differences:
        unit = _unit(d.metric)
        verdict = ("better" if d.better else "worse") if d.significant and d.better is not None else ""
        spread = f"{number(d.low, unit)} … {number(d.high, unit)}"
        cells = (number(d.first, unit), number(d.second, unit), number(d.difference, unit), spread)
        style = {"better": "green", "worse": "red"}.get(verdict)
        chances = (f"{d.p:.4f}", f"{d.adjusted_p:.4f}")
        table.add_row(d.metric, str(d.count), *cells, *chances, verdict, style=style)
    OUT.print(table)
    for sign, moved in (("won", comparison.wins), ("lost", comparison.losses)):
        for metric, ids in moved.items():
            if ids and metric in ("correct", "hit@5", "recall_quote@10"):
                more = f" and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
                OUT.print(Text(f"{metric} {sign} {len(ids)}: {printable(', '.join(ids[:NAMED]))}{more}"))


def print_judged(judged: Judged) -> None:
    """What the judge said, and how far to trust it."""
    if judged.correct is None or judged.agreement is None:
        OUT.print(f"judge: no verdict on {judged.undecided} answers")
        return
    beyond = "" if judged.kappa is None else f" (beyond chance {judged.kappa:.2f})"
    OUT.print(f"judge: {number(judged.correct)} of {judged.judged} answers correct, {judged.undecided} undecided;"
              f" agrees with the metric `correct` on {number(judged.agreement)}{beyond}")
    if judged.disagreements:
        OUT.print(Text(f"  they differ on: {printable(', '.join(judged.disagreements))}", style="dim"))


def print_sweep(swept: Sequence[Swept]) -> None:
    """A column for each variant; ▲ and ▼ where it differs from the first by more than chance."""
    table = Table(title=f"{len(swept[0].summary.questions)} questions by variant", title_justify="left")
    table.add_column("metric")
    for item in swept:
        table.add_column(Text(printable(item.name)), justify="right")
    for name in sweep_metrics(swept):
        cells = []
        for item in swept:
            estimate, moved = item.estimate(name), item.difference(name)
            clear = moved is not None and moved.significant
            mark = {True: " ▲", False: " ▼", None: ""}[moved.better if moved and clear else None]
            cells.append("–" if estimate is None else number(estimate.mean, _unit(name)) + mark)
        table.add_row(name, *cells)
    OUT.print(table)


def _print_slices(summary: Summary, kind: str, title: str) -> None:
    rows = slice_rows(summary, kind)
    if not rows:
        return
    table = Table(title=title, title_justify="left")
    table.add_column(kind, min_width=12, max_width=28)
    for column in ("n", *main_metrics(summary)):
        table.add_column(column, justify="right", overflow="fold", min_width=5)
    for value, count, estimates in rows:
        cells = ["–" if estimate is None else number(estimate.mean) for estimate in estimates]
        table.add_row(Text(printable(value)), str(count), *cells)
    OUT.print(table)


def _unit(name: str) -> str:
    metric = find_metric(name)
    return metric.unit if metric else ""


def _plain_progress(done: int, total: int) -> None:
    if done == total or done % 50 == 0:
        ERR.print(f"{done}/{total} questions")
