"""How summaries and timelines look in a terminal."""

from __future__ import annotations

from contextlib import AbstractContextManager

from rich.text import Text

from assistant.console import ERR, OUT, VERDICT_MARKS, printable
from assistant.digest.export import spoken_days
from assistant.digest.records import Summary, Timeline
from assistant.records import Citation
from assistant.wording import UNDATED, say


def show_work() -> AbstractContextManager[object]:
    """What a person sees while thousands of articles are read; nothing where nobody watches."""
    return ERR.status("reading the articles (Ctrl+C stops)")


def print_summary(summary: Summary) -> None:
    """The text, what is not supported, each source with its quote, and the coverage."""
    if summary.notice:
        OUT.print(Text(printable(summary.notice), style="yellow"))
    OUT.print(Text(printable(summary.text)))
    for sentence in summary.sentences:
        if sentence.verdict != "supported":
            reasons = "; ".join(sentence.reasons)
            OUT.print(Text(f"{VERDICT_MARKS[sentence.verdict]} ({reasons}): {printable(sentence.text)}", style="red"))
    for citation in summary.citations:
        OUT.print(Text(f"\n[{citation.marker}] {_facts(citation, summary.language)}", style="cyan"))
        OUT.print(Text(f"    “{printable(' '.join(citation.quote.split()))}”"))
    OUT.print(Text(f"\n{summary.coverage.tell(summary.language)}", style="dim"))


def print_timeline(timeline: Timeline) -> None:
    """Each event with its days and its sources, then what no day is told for, and the coverage."""
    for event in timeline.events:
        OUT.print(Text(spoken_days(event, timeline.language), style="bold"))
        OUT.print(Text(f"    {printable(' '.join(event.text.split()))}"))
        counted = f" (“{event.words}”)" if event.origin == "relative" else ""
        sources = "; ".join(_facts(citation, timeline.language) for citation in event.citations)
        OUT.print(Text(f"    {sources}{printable(counted)}\n", style="cyan"))
    if timeline.undated:
        OUT.print(Text(say(UNDATED, timeline.language), style="bold"))
        for citation in timeline.undated:
            OUT.print(Text(f"    {printable(' '.join(citation.quote.split()))}"))
            OUT.print(Text(f"    {_facts(citation, timeline.language)}\n", style="cyan"))
    OUT.print(Text(timeline.coverage.tell(timeline.language), style="dim"))


def _facts(citation: Citation, language: str) -> str:
    facts = [citation.publisher or citation.article, citation.published_at or say(UNDATED, language)]
    return " · ".join(printable(fact) for fact in facts)
