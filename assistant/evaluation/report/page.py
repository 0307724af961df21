"""The HTML report: one file with its own style and script, whose policy forbids any other."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from string import Template

from assistant.evaluation.display import (
    SLICE_KINDS,
    interval,
    main_metrics,
    metric_rows,
    number,
    slice_rows,
)
from assistant.evaluation.metrics import MAIN, find_metric
from assistant.evaluation.metrics.outcome import FAILURES, RIGHT
from assistant.evaluation.report.marks import table, text
from assistant.evaluation.report.plots import plot_intervals, plot_times
from assistant.evaluation.report.question import render_question
from assistant.evaluation.run_file import Run
from assistant.evaluation.summary import Scored, Summary, slices_of

FILTERS = {"type": "Type", "language": "Language", "pair": "Language pair", "state": "Outcome"}


def render_page(run: Run, summary: Summary, sweep: str = "") -> str:
    """The report as one HTML document, `sweep` a section before it; all foreign text is escaped."""
    style, script = _asset("page.css"), _asset("page.js")
    return Template(_asset("page.html")).substitute(
        policy=f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'",
        style=style, script=script, name=text(summary.name), facts=_facts(run, summary),
        sweep=sweep, outcomes=_outcomes(summary), metrics=_metrics(summary), every=_metrics(summary, every=True),
        plots=_plots(summary), slices=_slices(summary), filters=_filters(summary), count=str(len(summary.questions)),
        questions="\n".join(map(render_question, _ordered(summary))),
    )


def _ordered(summary: Summary) -> list[Scored]:
    """The worst first, then what else failed, then the order of the set."""
    places = {name: place for place, name in enumerate(summary.worst)}
    return sorted(
        summary.questions, key=lambda item: (places.get(item.question.id, len(places)), item.failure is None)
    )


def _facts(run: Run, summary: Summary) -> str:
    header = run.header
    facts = {
        "questions": len(summary.questions), "not asked": len(summary.missing) or None,
        "mode": header.mode, **header.settings, "started": header.started, "set": header.set_digest,
        "corpus": header.corpus_digest, **header.versions,
    }
    return "".join(f"<div><dt>{text(key)}</dt><dd>{text(value)}</dd></div>"
                   for key, value in facts.items() if value is not None)


def _outcomes(summary: Summary) -> str:
    """How many went right, and for each way to go wrong how many did; a button each that shows just those."""
    right = len(summary.questions) - sum(summary.failures.values())
    counts = {RIGHT: right, **summary.failures}
    buttons = "".join(
        f'<button type="button" data-outcome="{text(state)}"><span><b>{count}</b> {text(state)}</span>'
        f"<small>{text(FAILURES.get(state, ''))}</small></button>"
        for state, count in counts.items()
    )
    told = "found" if summary.mode == "retrieval" else RIGHT
    return f"<h2>{right} of {len(summary.questions)} {told}</h2><div class=outcomes>{buttons}</div>"


def _metrics(summary: Summary, *, every: bool = False) -> str:
    rows = []
    for name, meaning, e in metric_rows(summary):
        if every or name in MAIN:
            metric = find_metric(name)
            unit = metric.unit if metric else ""
            named = f"{text(name)}<small>{text(meaning)}</small>"
            rows.append([named, str(e.count), number(e.mean, unit), interval(e, unit)])
    caption = "Every metric, over all questions" if every else "All questions"
    return table(caption, ["metric", "n", "mean", "95 %"], rows)


def _plots(summary: Summary) -> str:
    shown = next((name for name in ("correct", "hit_quote@5", "hit@5") if name in main_metrics(summary)), "")
    plots = []
    for kind, title in SLICE_KINDS.items():
        rows = [
            (name.partition("=")[2], estimates[shown])
            for name, estimates in summary.slices.items()
            if name.startswith(f"{kind}=") and shown in estimates
        ]
        plots.append(plot_intervals(f"{shown} {title[0].lower()}{title[1:]}, with 95 % intervals", rows))
    times = [ms for item in summary.questions if (ms := item.record.milliseconds) is not None]
    return "".join([*plots, plot_times("Time from question to answer", times)])


def _slices(summary: Summary) -> str:
    return "".join(
        table(title, [kind, "n", *map(text, main_metrics(summary))], [
            [text(value), str(count), *("–" if e is None else number(e.mean) for e in estimates)]
            for value, count, estimates in slice_rows(summary, kind)
        ])
        for kind, title in SLICE_KINDS.items()
    )


def _filters(summary: Summary) -> str:
    return "".join(
        f'<label>{label} <select data-filter="{kind}"><option value="">all</option>'
        + "".join(f'<option value="{text(value)}">{text(value)}</option>' for value in _values(summary, kind))
        + "</select></label>"
        for kind, label in FILTERS.items()
    )


def _values(summary: Summary, kind: str) -> list[str]:
    if kind == "state":
        return sorted({item.failure or RIGHT for item in summary.questions})
    names = {name for item in summary.questions for name in slices_of(item.question)}
    return sorted(name.partition("=")[2] for name in names if name.startswith(f"{kind}="))


def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
