"""The options that several commands share: the corpus, the form of output, what and when to search."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from assistant.records import Filters

_DAY = ["%Y-%m-%d"]

CorpusOption = Annotated[
    Path | None, typer.Option("--corpus", help="Corpus directory (default: corpus/, or ASSISTANT_CORPUS).")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
TopKOption = Annotated[int | None, typer.Option("--top-k", min=1, max=100, help="How many passages.")]

LanguagesOption = Annotated[list[str] | None, typer.Option("--language", help="Only articles in it (sv, de …).")]
PublishersOption = Annotated[list[str] | None, typer.Option("--publisher", help="Only articles of it.")]
ArticlesOption = Annotated[list[str] | None, typer.Option("--article", help="Only this one, by name, url or id.")]
FromOption = Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="Published on this day or later.")]
ToOption = Annotated[datetime | None, typer.Option("--to", formats=_DAY, help="Published on this day or before.")]
AskedOnOption = Annotated[
    datetime | None, typer.Option("--asked-on", formats=_DAY, help="The day the question is asked (default: today).")
]


def read_filters(
    languages: list[str] | None, publishers: list[str] | None, articles: list[str] | None,
    first: datetime | None, last: datetime | None,
) -> Filters:
    """The filters that the options name."""
    return Filters(
        tuple(languages or ()), tuple(publishers or ()), tuple(articles or ()),
        first.date() if first else None, last.date() if last else None,
    )


def read_day(asked_on: datetime | None) -> date:
    """The day a question is asked: the one named, or today."""
    return (asked_on or datetime.now(UTC)).date()
