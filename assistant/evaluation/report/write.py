"""Writing a report in the form its name asks for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from assistant.evaluation.report.markdown import render_markdown
from assistant.evaluation.report.page import render_page
from assistant.evaluation.report.sweep import render_sweep
from assistant.evaluation.run_file import Run
from assistant.evaluation.summary import Summary
from assistant.evaluation.sweep import Swept


def write_sweep(path: Path, swept: Sequence[Swept]) -> None:
    """Write `.html`, the first variant's report with the sweep before it, or `.json`."""
    if path.suffix == ".html":
        text = render_page(swept[0].run, swept[0].summary, render_sweep(swept))
    else:
        text = json.dumps([item.to_json() for item in swept], ensure_ascii=False, indent=2) + "\n"
    _write(path, text)


def write_report(path: Path, run: Run, summary: Summary) -> None:
    """Write `.html`, `.md` or `.json`."""
    if path.suffix == ".html":
        text = render_page(run, summary)
    elif path.suffix == ".md":
        text = render_markdown(run, summary)
    else:
        text = json.dumps(summary.to_json(), ensure_ascii=False, indent=2) + "\n"
    _write(path, text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", errors="backslashreplace")
