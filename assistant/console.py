"""How results look in a terminal: progress, reports, cleaned pages, hits and answers, by rich.

Progress and reports go to standard error, results to standard output. Article text is printed as text,
never as markup, without control characters.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from assistant.records import Answer, Usage
from ingest.article import Failure, ScoredPassage
from ingest.progress import IngestReport
from ingest.progress import Progress as ProgressCallback

OUT = Console(highlight=False, soft_wrap=True)
ERR = Console(stderr=True, highlight=False, soft_wrap=True)
# A line every few seconds tells that a long run is alive without filling a log.
SECONDS_BETWEEN_LINES = 5.0
VERDICT_MARKS = {"supported": "✓ supported", "partly": "~ partly supported", "unsupported": "✗ not supported"}


@contextmanager
def ingest_progress() -> Iterator[ProgressCallback]:
    """A progress bar on a terminal, a plain line every few seconds elsewhere."""
    if not ERR.is_terminal:
        yield _PlainProgress()
        return
    columns = (TextColumn("ingesting"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[state]}"),
               TimeRemainingColumn())
    with Progress(*columns, console=ERR, transient=True) as bar:
        task = bar.add_task("", total=1.0, state="")

        def show(done: int, total: int, report: IngestReport) -> None:
            bar.update(task, completed=report.share, state=_progress_line(report))

        yield show


class _PlainProgress:
    """A line now and then, and one at the end; nothing for what is over at once."""

    def __init__(self) -> None:
        self._started = self._told = time.monotonic()

    def __call__(self, done: int, total: int, report: IngestReport) -> None:
        now = time.monotonic()
        if now - self._told < SECONDS_BETWEEN_LINES:
            return
        self._told = now
        left = (now - self._started) * (1 / report.share - 1) if report.share else None
        rest = f", about {_duration(left)} left" if left is not None else ""
        ERR.print(f"{done}/{total} files, {_progress_line(report)}{rest}", markup=False)


def _progress_line(report: IngestReport) -> str:
    rate = f", {report.tokens / report.embed_seconds:,.0f} tokens/s" if report.embed_seconds else ""
    failed = f", {len(report.failed)} failed" if report.failed else ""
    return f"{report.articles:,} articles, {report.passages:,} passages{rate}{failed}"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d} h" if minutes >= 60 else f"{minutes}:{rest:02d} min"


def print_ingest_report(report: dict[str, Any]) -> None:
    """One line of counts, one line for each page that failed, and what can be done next."""
    counts = ", ".join(
        f"{report[key]} {key}"
        for key in ("added", "updated", "renamed", "unchanged", "removed", "copies") if report[key]
    )
    if report["interrupted"]:
        ERR.print("interrupted: what is counted below is stored, run again for the rest", markup=False)
    ERR.print(f"{counts or 'nothing new'}; {report['passages']} passages in {report['seconds']:.1f} s", markup=False)
    for failure in report["failed"]:
        print_failure(Failure(failure["article"], failure["reason"]))
    if report["older"]:
        ERR.print(f"{report['older']} articles were made by another version of this program: --refresh makes them anew",
                  markup=False)


def print_failure(failure: Failure) -> None:
    """One line for a page that could not be taken."""
    ERR.print(Text(f"{printable(failure.name)}: {printable(failure.reason)}", style="red"))


def print_hits(hits: Sequence[ScoredPassage]) -> None:
    """Each passage with its article, score and why it is there."""
    if not hits:
        OUT.print("nothing found")
    for number, hit in enumerate(hits, start=1):
        meta = hit.article.metadata
        facts = [meta.publisher, meta.published_at or "undated", hit.article.language, hit.article.name]
        OUT.print(Text(f"{number}. {printable(meta.title or hit.article.name)}", style="bold"))
        OUT.print(Text(f"   {' · '.join(printable(f) for f in facts if f)}", style="cyan"))
        OUT.print(Text(f"   score {hit.score:.2f} ({', '.join(hit.why)})", style="dim"))
        OUT.print(Text(f"   {printable(' '.join(hit.passage.text.split()))}\n"))


def print_answer(answer: Answer) -> None:
    """The answer, then each source with its quote and verdict."""
    if answer.notice:
        OUT.print(Text(printable(answer.notice), style="yellow"))
    OUT.print(Text(printable(answer.text)))
    if answer.as_of:
        OUT.print(Text(f"({answer.as_of})", style="dim"))
    for sentence in answer.sentences:
        if sentence.verdict != "supported":
            reasons = "; ".join(sentence.reasons)
            OUT.print(Text(f"{VERDICT_MARKS[sentence.verdict]} ({reasons}): {printable(sentence.text)}", style="red"))
    for citation in answer.citations:
        facts = [citation.publisher or citation.article, citation.published_at or "undated", citation.language]
        OUT.print(Text(f"\n[{citation.marker}] {' · '.join(printable(f) for f in facts)}", style="cyan"))
        OUT.print(Text(f"    “{printable(' '.join(citation.quote.split()))}”"))
        if citation.translation:
            OUT.print(Text(f"    machine translation: {printable(citation.translation)}", style="dim"))
        place = f"{printable(citation.article)} {citation.start}–{citation.end}"
        OUT.print(Text(f"    {VERDICT_MARKS[citation.verdict]} · {place}", style="dim"))
        if citation.also_published_by:
            OUT.print(Text(f"    also in {printable(', '.join(citation.also_published_by))}", style="dim"))
    if answer.usage:
        OUT.print(Text(f"\n{_usage(answer.usage)}", style="dim"))


def _usage(usage: Usage) -> str:
    cost = "" if usage.cost is None else f", cost {usage.cost:.6f}"
    about = "about " if usage.estimated else ""
    return f"{usage.model}: {about}{usage.prompt_tokens} tokens read, {usage.completion_tokens} written{cost}"


def print_judgements(judgements: Sequence[dict[str, Any]]) -> None:
    """Each claim's id, verdict, score and reasons, and the evidence that was found for it."""
    for row in judgements:
        reasons = f" ({'; '.join(row['reasons'])})" if row["reasons"] else ""
        OUT.print(Text(f"{row['id']}: {VERDICT_MARKS[row['verdict']]} {row['score']:.2f}{printable(reasons)}"))
        if row["quote"]:
            OUT.print(Text(f"    “{printable(' '.join(row['quote'].split()))}”", style="dim"))


def printable(text: str) -> str:
    """Text without characters that could steer a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)
