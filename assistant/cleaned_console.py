"""How a cleaned page looks in a terminal: its metadata, then its lines, kept and struck out or as a diff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.text import Text

from assistant.console import OUT, printable
from ingest.article import Article, CleanedPage, Line

_FIELDS = ("title", "author", "publisher", "section", "published_at", "updated_at", "estimate")
_LONGEST = 200  # characters shown of a dropped line
_CONTEXT = 1  # kept lines shown either side of dropped ones in a diff


def print_cleaned(article: Article, cleaned: CleanedPage) -> None:
    """Metadata with provenance, then the page's lines in order: kept ones plain, dropped ones struck out.

    Dropped lines have a minus before them too, since no pipe or file shows that they are struck out.
    """
    _print_metadata(article)
    for line in cleaned.lines:
        if line.reason is None:
            OUT.print(Text(f"  {printable(line.text.strip())}"))
        else:
            OUT.print(Text("− ", style="red") + _struck(line) + Text(f"  ← {line.reason}", style="yellow"))
    _print_repairs(cleaned)
    _print_sum(cleaned)


def print_diff(article: Article, cleaned: CleanedPage) -> None:
    """The page as a unified diff: dropped lines with "-" and their reason, kept ones beside them for context."""
    OUT.print(Text(f"--- {printable(article.name)}", style="bold"))
    OUT.print(Text(f"+++ {printable(article.name)} (cleaned)", style="bold"))
    for hunk in _hunks(cleaned.lines):
        dropped = sum(cleaned.lines[n].reason is not None for n in hunk)
        OUT.print(
            Text(f"@@ -{hunk[0] + 1},{len(hunk)} +{_kept_before(cleaned.lines, hunk[0]) + 1},{len(hunk) - dropped} @@",
                 style="cyan")
        )
        for n in hunk:
            line = cleaned.lines[n]
            if line.reason is None:
                OUT.print(Text(f" {printable(line.text)}"))
            else:
                OUT.print(Text("-", style="red") + _struck(line) + Text(f"  ← {line.reason}", style="yellow"))
    _print_repairs(cleaned)


def _hunks(lines: Sequence[Line]) -> Iterator[range]:
    """Runs of line numbers that hold every dropped line and the kept ones next to it."""
    near = [
        any(line.reason is not None for line in lines[max(0, n - _CONTEXT) : n + _CONTEXT + 1])
        for n in range(len(lines))
    ]
    for shown, run in groupby(range(len(lines)), key=near.__getitem__):
        if shown:
            places = list(run)
            yield range(places[0], places[-1] + 1)


def _kept_before(lines: Sequence[Line], place: int) -> int:
    return sum(line.reason is None for line in lines[:place])


def _struck(line: Line) -> Text:
    return Text(printable(line.text.strip())[:_LONGEST], style="strike dim")


def _print_metadata(article: Article) -> None:
    meta = article.metadata
    OUT.rule(Text(printable(article.name)))
    for field in _FIELDS:
        value = getattr(meta, field)
        origin = meta.provenance.get(field)
        shown = Text(f"{field:>13}: ") + Text(printable(str(value)) if value else "—", style="bold" if value else "dim")
        OUT.print(shown + Text(f"  ({origin})" if origin else "", style="dim"))
    facts = {"language": article.language, "confidence": f"{article.confidence:.2f}"}
    for name, fact in facts.items():
        OUT.print(Text(f"{name:>13}: {fact}"))
    OUT.print()


def _print_sum(cleaned: CleanedPage) -> None:
    """How much was kept, and what the rest was, most frequent first."""
    reasons = Counter(line.reason for line in cleaned.lines if line.reason is not None)
    kept = len(cleaned.lines) - reasons.total()
    rest = ", ".join(f"{count} × {reason}" for reason, count in reasons.most_common())
    OUT.print(Text(f"kept {kept} of {len(cleaned.lines)} lines" + (f"; dropped: {rest}" if rest else ""), style="cyan"))


def _print_repairs(cleaned: CleanedPage) -> None:
    for repair in cleaned.repairs:
        OUT.print(Text(f"repaired: {printable(repair)}", style="cyan"))
