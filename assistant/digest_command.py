"""The commands `summarize` and `timeline`: read options, call the assistant, print; decide nothing."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from assistant.options import (
    ArticlesOption,
    AskedOnOption,
    CorpusOption,
    FromOption,
    JsonOption,
    LanguagesOption,
    PublishersOption,
    ToOption,
    read_day,
    read_filters,
)
from assistant.output import print_json
from assistant.settings import read_settings

if TYPE_CHECKING:
    from assistant.digest.records import Summary, Timeline
    from assistant.pipeline import Assistant

Digest = TypeVar("Digest", "Summary", "Timeline")


class LengthName(Enum):
    """How much is told."""

    HEADLINE = "headline"
    PARAGRAPH = "paragraph"
    PAGE = "page"


TopicArgument = Annotated[
    str | None, typer.Argument(help="What it is about; without it, all articles that the filters leave.")
]
LengthOption = Annotated[LengthName, typer.Option("--length", help="How much is told.")]
MostOption = Annotated[int, typer.Option("--events", min=1, max=1000, help="At most this many events.")]
AnswerLanguageOption = Annotated[
    str | None, typer.Option("--answer-language", help="Language of what the assistant says itself.")
]
SummaryFileOption = Annotated[Path | None, typer.Option("--export", help="Also write it to this .md file.")]
TimelineFileOption = Annotated[
    Path | None, typer.Option("--export", help="Also write it to this .md, .csv or .ics file.")
]


def summarize(
    topic: TopicArgument = None, length: LengthOption = LengthName.PARAGRAPH,
    languages: LanguagesOption = None, publishers: PublishersOption = None, articles: ArticlesOption = None,
    first: FromOption = None, last: ToOption = None, asked_on: AskedOnOption = None,
    answer_language: AnswerLanguageOption = None, export: SummaryFileOption = None, corpus: CorpusOption = None,
    as_json: JsonOption = False,
) -> None:
    """A cited digest of all articles about a topic, with what it covers."""
    from assistant.digest.export import export_summary
    from assistant.digest_console import print_summary, show_work

    with show_work():
        summary = _open(corpus).summarize(
            topic, filters=read_filters(languages, publishers, articles, first, last), language=answer_language,
            length=length.value, asked_on=read_day(asked_on),
        )
    _show(summary, print_summary, export, export_summary, as_json=as_json)


def timeline(
    topic: TopicArgument = None, most: MostOption = 30,
    languages: LanguagesOption = None, publishers: PublishersOption = None, articles: ArticlesOption = None,
    first: FromOption = None, last: ToOption = None, asked_on: AskedOnOption = None,
    answer_language: AnswerLanguageOption = None, export: TimelineFileOption = None, corpus: CorpusOption = None,
    as_json: JsonOption = False,
) -> None:
    """Dated, cited events of a topic, in order."""
    from assistant.digest.export import export_timeline
    from assistant.digest_console import print_timeline, show_work

    with show_work():
        line = _open(corpus).timeline(
            topic, filters=read_filters(languages, publishers, articles, first, last), language=answer_language,
            most=most, asked_on=read_day(asked_on),
        )
    _show(line, print_timeline, export, export_timeline, as_json=as_json)


def _open(corpus: Path | None) -> Assistant:
    from assistant.pipeline import Assistant

    settings = read_settings(corpus)
    return Assistant.open(settings.corpus, settings)


def _show(
    digest: Digest, print_digest: Callable[[Digest], None], path: Path | None,
    export: Callable[[Digest, Path], None], *, as_json: bool,
) -> None:
    if path is not None:
        export(digest, path)
    if as_json:
        print_json(digest.to_json())
    else:
        print_digest(digest)
