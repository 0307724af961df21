"""Asking a question set from the page: which sets there are, one run at a time, progress, report."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue

from assistant.chat.answering import Answering
from assistant.chat.show.escape import escape
from assistant.chat.texts import TEXTS
from assistant.demo import questions_file
from assistant.errors import AssistantError
from assistant.evaluation.checking import check_evidence
from assistant.evaluation.display import interval, metric_rows, number
from assistant.evaluation.questions import load_questions
from assistant.evaluation.report.page import render_page
from assistant.evaluation.run_file import Run
from assistant.evaluation.runs import run_questions
from assistant.evaluation.summary import Summary, summarize_run
from ingest.errors import IngestError

REDRAW_SECONDS = 0.3
# What the first look shows; the report has the rest.
HEADLINE_METRICS = ("correct", "must_include", "hit@5", "mrr@10", "citation_recall", "cites_gold",
                    "abstention_recall", "answering_recall")


class Evaluations:
    """The question sets at hand, and the one run that may be under way."""

    def __init__(self, answering: Answering, folder: Path) -> None:
        self._answering = answering
        self._collected = folder / "questions.jsonl"
        self._one = threading.Lock()

    def sets(self, interface: str) -> list[tuple[str, str]]:
        """(label, key) of the sets one can pick: those collected in the chat, and the bundled one."""
        texts = TEXTS[interface]
        found = [(texts["set_collected"], "collected")] if self._collected.is_file() else []
        return [*found, (texts["set_demo"], "demo")]

    def run(self, chosen: str, own: str | None, search_only: bool, interface: str) -> Iterator[str]:
        """HTML of the progress and at the end of the report; a second run at a time is refused."""
        texts = TEXTS[interface]
        path = Path(own) if own else self._collected if chosen == "collected" else questions_file()
        if not self._one.acquire(blocking=False):
            yield _trouble(texts["set_running"])
            return
        try:
            yield from self._run(path, search_only, interface)
        finally:
            self._one.release()

    def _run(self, path: Path, search_only: bool, interface: str) -> Iterator[str]:
        told: SimpleQueue[tuple[int, int]] = SimpleQueue()
        ended: list[str] = []

        def work() -> None:
            try:
                ended.append(_evaluate(path, self._answering, search_only, told, interface))
            except (AssistantError, IngestError, OSError) as error:
                ended.append(_trouble(str(error)))

        thread = threading.Thread(target=work, name="evaluating")
        thread.start()
        done, total = 0, 0
        while thread.is_alive():
            yield _progress(done, total, interface)
            try:
                done, total = told.get(timeout=REDRAW_SECONDS)
            except Empty:
                continue
        thread.join()
        yield ended[0] if ended else _trouble(TEXTS[interface]["failed_text"])


def _evaluate(
    path: Path, answering: Answering, search_only: bool, told: SimpleQueue[tuple[int, int]], interface: str
) -> str:
    checked = check_evidence(load_questions(path), answering.assistant().corpus)
    with tempfile.TemporaryDirectory() as folder:
        run = run_questions(
            checked.questions, answering.assistant(), Path(folder) / "run.jsonl", retrieval_only=search_only,
            progress=lambda done, total: told.put((done, total)),
        )
        return render_run(run, summarize_run(run), [str(fault) for fault in checked.faults], interface)


def render_run(run: Run, summary: Summary, faults: list[str], interface: str) -> str:
    """The figures that tell most, what is wrong with the set, and the whole report in a frame of its own."""
    texts = TEXTS[interface]
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{number(e.mean)}</td><td>{interval(e)}</td>'
        f"<td>{e.count}</td></tr>"
        for name, _, e in metric_rows(summary) if name in HEADLINE_METRICS
    )
    heads = "".join(f'<th scope="col">{escape(texts[key])}</th>' for key in ("metric", "mean", "between", "asked"))
    wrong = "".join(f"<li>{escape(fault)}</li>" for fault in faults[:30])
    wrong = f'<details><summary>{escape(texts["faults"])} ({len(faults)})</summary><ul>{wrong}</ul></details>'
    return (
        f'<p class="stage">{escape(texts["set_done"].format(count=len(summary.questions)))}</p>'
        f'<div class="scroller" tabindex="0" role="region" aria-label="{escape(texts["metric"])}">'
        f'<table class="metrics"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
        f'{wrong if faults else ""}<p><button type="button" data-report="report.html">'
        f'{escape(texts["save_report"])}</button></p><iframe class="report" sandbox="allow-scripts"'
        f' title="{escape(texts["report"])}" srcdoc="{escape(render_page(run, summary))}"></iframe>'
    )


def _progress(done: int, total: int, interface: str) -> str:
    text = TEXTS[interface]["set_asking"].format(done=done, total=total or "…")
    bar = f'<progress max="{total}" value="{done}"></progress>' if total else "<progress></progress>"
    return f'<p class="stage" role="status">{escape(text)}</p>{bar}'


def _trouble(text: str) -> str:
    return f'<p class="trouble" role="alert">{escape(text)}</p>'
