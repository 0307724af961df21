"""How results look in a terminal: progress, reports, cleaned pages, hits and answers, by rich.

Progress and reports go to standard error, results to standard output. Article text is printed as text,
never as markup, without control characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from assistant.records import Answer
from ingest.article import Article, CleanedPage, Failure, ScoredPassage
from ingest.pipeline import IngestReport
from ingest.pipeline import Progress as ProgressCallback

OUT = Console(highlight=False, soft_wrap=True)
ERR = Console(stderr=True, highlight=False, soft_wrap=True)
VERDICT_MARKS = {"supported": "✓ supported", "partly": "~ partly supported", "unsupported": "✗ not supported"}


@contextmanager
def ingest_progress() -> Iterator[ProgressCallback]:
    """A progress bar on a terminal, a plain line every 100 files elsewhere."""
    if not ERR.is_terminal:
        yield _plain_progress
        return
    columns = (TextColumn("ingesting"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[state]}"),
               TimeRemainingColumn())
    with Progress(*columns, console=ERR, transient=True) as bar:
        task = bar.add_task("", total=None, state="")

        def show(done: int, total: int, report: IngestReport) -> None:
            rate = report.tokens / report.embed_seconds if report.embed_seconds else 0.0
            bar.update(task, completed=done, total=total,
                       state=f"{report.passages} passages, {rate:.0f} tokens/s, {len(report.failed)} failed")

        yield show


def _plain_progress(done: int, total: int, report: IngestReport) -> None:
    if done % 100 == 0 or done == total:
        ERR.print(f"{done}/{total} files, {report.passages} passages, {len(report.failed)} failed", markup=False)


def print_ingest_report(report: dict[str, Any]) -> None:
    """One line of counts and one line for each page that failed."""
    counts = ", ".join(
        f"{report[key]} {key}" for key in ("added", "updated", "unchanged", "removed", "copies") if report[key]
    )
    ERR.print(f"{counts or 'nothing new'}; {report['passages']} passages in {report['seconds']:.1f} s", markup=False)
    for failure in report["failed"]:
        print_failure(Failure(failure["article"], failure["reason"]))


def print_failure(failure: Failure) -> None:
    """One line for a page that could not be taken."""
    ERR.print(Text(f"{printable(failure.name)}: {printable(failure.reason)}", style="red"))


def print_cleaned(article: Article, cleaned: CleanedPage) -> None:
    """Metadata with provenance, then the page's lines in order: kept ones plain, dropped ones struck out."""
    meta = article.metadata
    OUT.rule(Text(printable(article.name)))
    for field in ("title", "author", "publisher", "section", "published_at", "updated_at", "estimate"):
        value = getattr(meta, field)
        origin = meta.provenance.get(field)
        shown = Text(f"{field:>13}: ") + Text(printable(str(value)) if value else "—", style="bold" if value else "dim")
        OUT.print(shown + Text(f"  ({origin})" if origin else "", style="dim"))
    OUT.print(Text(f"     language: {article.language}   confidence: {article.confidence:.2f}\n"))
    for line in cleaned.lines:
        if line.reason is None:
            OUT.print(Text(printable(line.text)))
        else:
            OUT.print(Text(printable(line.text)[:200], style="strike dim") + Text(f"  ← {line.reason}", style="yellow"))
    for repair in cleaned.repairs:
        OUT.print(Text(f"repaired: {printable(repair)}", style="cyan"))


def print_corpus_report(report: dict[str, Any], directory: Path) -> None:
    """The health report as a table."""
    table = Table(title=Text(f"Corpus {directory}"), show_header=False, title_justify="left")
    table.add_row("articles", str(report["articles"]))
    table.add_row("passages", str(report["passages"]))
    table.add_row("languages", _counts(report["languages"]))
    table.add_row("publishers", Text(_counts({key or "(unknown)": n for key, n in report["publishers"].items()})))
    table.add_row("published", f"{report['from'] or '—'} … {report['to'] or '—'}, {report['undated']} undated")
    table.add_row("copies", Text("\n".join(f"{copy} = {original}" for copy, original in report["copies"]) or "none"))
    table.add_row("boilerplate", f"{report['boilerplate']:.0%} of the pages' characters removed")
    table.add_row("unsure", f"{report['low_confidence']} pages cleaned with low confidence")
    table.add_row("failed", Text("\n".join(f"{f['article']}: {f['reason']}" for f in report["failed"]) or "none"))
    table.add_row("embedder", report["recipe"].get("embedder", "—"))
    table.add_row("on disk", ", ".join(f"{key} {size / 1e6:.1f} MB" for key, size in report["bytes"].items()))
    OUT.print(table)


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
    OUT.print(Text(printable(answer.text)))
    for sentence in answer.sentences:
        if sentence.verdict != "supported":
            reasons = "; ".join(sentence.reasons)
            OUT.print(Text(f"{VERDICT_MARKS[sentence.verdict]} ({reasons}): {printable(sentence.text)}", style="red"))
    for citation in answer.citations:
        facts = [citation.publisher or citation.article, citation.published_at or "undated", citation.language]
        OUT.print(Text(f"\n[{citation.marker}] {' · '.join(printable(f) for f in facts)}", style="cyan"))
        OUT.print(Text(f"    “{printable(' '.join(citation.quote.split()))}”"))
        OUT.print(Text(f"    {VERDICT_MARKS[citation.verdict]} · {citation.article} {citation.start}–{citation.end}",
                       style="dim"))
        if citation.also_published_by:
            OUT.print(Text(f"    also in {', '.join(citation.also_published_by)}", style="dim"))


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


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{printable(key)} {number}" for key, number in counts.items()) or "—"
