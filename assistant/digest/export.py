"""Summaries and timelines as files: Markdown, CSV and iCalendar (RFC 5545), chosen by the file's ending."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from icalendar import Calendar, Event

from assistant.digest.records import Summary, Timeline, TimelineEvent
from assistant.errors import QuestionError
from assistant.markdown import escape_markdown
from assistant.records import Citation
from assistant.wording import UNDATED, long_date, say

# A spreadsheet runs a cell that begins with one of these as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
SOURCES = {"sv": "Källor", "de": "Quellen", "en": "Sources"}
TIMELINE = {"sv": "Tidslinje", "de": "Zeitleiste", "en": "Timeline"}


def export_summary(summary: Summary, path: Path) -> None:
    """Write a summary as Markdown; raises QuestionError for another ending."""
    _write({".md": lambda: summary_markdown(summary)}, path)


def export_timeline(timeline: Timeline, path: Path) -> None:
    """Write a timeline as Markdown, CSV or iCalendar; raises QuestionError for another ending."""
    _write({
        ".md": lambda: timeline_markdown(timeline),
        ".csv": lambda: timeline_csv(timeline),
        ".ics": lambda: timeline_calendar(timeline),
    }, path)


def summary_markdown(summary: Summary) -> str:
    """The summary, its sources with their quotes, and what it rests on."""
    head = f"# {escape_markdown(summary.topic)}\n\n" if summary.topic else ""
    sources = "\n".join(f"{one.marker}. {_source(one, summary.language)}" for one in summary.citations)
    body = _markers(summary.text)
    closing = summary.coverage.tell(summary.language)
    return f"{head}{body}\n\n## {say(SOURCES, summary.language)}\n\n{sources}\n\n{closing}\n"


def timeline_markdown(timeline: Timeline) -> str:
    """A list of dated events, each with its sources, then those without a date."""
    topic = f": {escape_markdown(timeline.topic)}" if timeline.topic else ""
    lines = [f"# {say(TIMELINE, timeline.language)}{topic}", ""]
    for event in timeline.events:
        lines.append(f"- **{spoken_days(event, timeline.language)}**: {escape_markdown(event.text)}")
        lines += [f"  - {_source(one, timeline.language)}" for one in event.citations]
    if timeline.undated:
        lines += ["", f"## {say(UNDATED, timeline.language).capitalize()}", ""]
        lines += [f"- {_source(one, timeline.language)}" for one in timeline.undated]
    return "\n".join([*lines, "", timeline.coverage.tell(timeline.language), ""])


def timeline_csv(timeline: Timeline) -> str:
    """One row an event and citation: date, end_date, precision, text, publisher, published_at, article, start, end."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["date", "end_date", "precision", "text", "publisher", "published_at", "article", "start", "end"])
    for event in timeline.events:
        for one in event.citations:
            row = [event.date, event.end_date or "", event.precision, one.quote, one.publisher or "",
                   one.published_at or "", one.article, one.start, one.end]
            writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def timeline_calendar(timeline: Timeline) -> str:
    """All-day events with their quotes; an event's end day is exclusive, as RFC 5545 has it."""
    calendar = Calendar()
    calendar.add("prodid", "-//article-assistant//timeline//")
    calendar.add("version", "2.0")
    stamp = datetime.now(UTC)
    for number, event in enumerate(timeline.events):
        entry = Event()
        first, last = date.fromisoformat(event.date), date.fromisoformat(event.end_date or event.date)
        entry.add("uid", f"{event.date}-{number}-{event.citations[0].article_id}@article-assistant")
        entry.add("dtstamp", stamp)
        entry.add("dtstart", first)
        entry.add("dtend", last + timedelta(days=1))
        entry.add("summary", " ".join(event.text.split()))
        entry.add("description", "\n".join(_quoted(one, timeline.language) for one in event.citations))
        calendar.add_component(entry)
    written: bytes = calendar.to_ical()
    return written.decode("utf-8")


def spoken_days(event: TimelineEvent, language: str) -> str:
    """An event's days as one says them, no more precisely than they are known."""
    first = date.fromisoformat(event.date)
    if event.end_date is None:
        return long_date(first, language)
    if event.precision == "year":
        return str(first.year)
    if event.precision == "month":
        return long_date(first, language).split(" ", 1)[1]
    return f"{long_date(first, language)} – {long_date(date.fromisoformat(event.end_date), language)}"


def _markers(text: str) -> str:
    """A cited text with its paragraphs, everything but letters and markers made harmless."""
    return "\n\n".join(escape_markdown(paragraph) for paragraph in text.split("\n\n"))


def _source(one: Citation, language: str) -> str:
    where = escape_markdown(f"({one.article} {one.start}–{one.end})")
    return f"{escape_markdown(_said_by(one, language))}: “{escape_markdown(one.quote)}” {where}"


def _quoted(one: Citation, language: str) -> str:
    return f"{_said_by(one, language)}: “{' '.join(one.quote.split())}” ({one.article})"


def _said_by(one: Citation, language: str) -> str:
    return f"{one.publisher or one.title or one.article}, {one.published_at or say(UNDATED, language)}"


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _write(formats: Mapping[str, Callable[[], str]], path: Path) -> None:
    make = formats.get(path.suffix.lower())
    if make is None:
        raise QuestionError(f"cannot write {path}: end its name in {_either(list(formats))}")
    try:
        path.write_text(make(), encoding="utf-8", newline="")
    except OSError as error:
        raise QuestionError(f"cannot write {path}: {error.strerror}") from error


def _either(endings: Sequence[str]) -> str:
    return " or ".join(endings)
