"""The command `assistant`: reads the environment, calls the pipelines, prints; decides nothing.

Exit codes: 0 fine, 1 the work failed, 2 wrong usage or bad input, always with one readable line.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.chat_command import chat, demo
from assistant.corpus_commands import backup, clean, ingest, remove, restore, show, show_corpus
from assistant.digest_command import summarize, timeline
from assistant.errors import AssistantError, QuestionError, SettingsError
from assistant.evaluation.commands import compare, evaluate
from assistant.evaluation.drafting.command import questions
from assistant.options import (
    ArticlesOption,
    AskedOnOption,
    CorpusOption,
    FromOption,
    JsonOption,
    LanguagesOption,
    PublishersOption,
    ToOption,
    TopKOption,
    read_day,
    read_filters,
)
from assistant.output import print_json
from assistant.records import Length
from assistant.settings import read_settings
from ingest.errors import IngestError, InputError

app = typer.Typer(
    name="assistant", no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False,
    help="Ask a folder of web articles and get answers you can check.",
)


app.command("demo")(demo)
app.command("ingest")(ingest)
app.command("remove")(remove)
app.command("clean")(clean)
app.command("corpus")(show_corpus)
app.command("show")(show)
app.command("backup")(backup)
app.command("restore")(restore)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="What to look for.")],
    top_k: TopKOption = None,
    languages: LanguagesOption = None,
    publishers: PublishersOption = None,
    articles: ArticlesOption = None,
    first: FromOption = None,
    last: ToOption = None,
    asked_on: AskedOnOption = None,
    corpus: CorpusOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ranked passages only."""
    from assistant.console import print_hits
    from assistant.pipeline import Assistant

    settings = read_settings(corpus).without_model()
    assistant = Assistant.open(settings.corpus, settings)
    hits = assistant.search(query, top_k, filters=read_filters(languages, publishers, articles, first, last),
                            asked_on=read_day(asked_on))
    if as_json:
        print_json([
            {"article": hit.article.name, "passage": hit.passage.text, "start": hit.passage.start,
             "end": hit.passage.end, "score": round(hit.score, 6), "language": hit.article.language,
             "published_at": hit.article.metadata.published_at, "kind": hit.passage.kind, "why": list(hit.why)}
            for hit in hits
        ])
    else:
        print_hits(hits)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in any language.")],
    corpus: CorpusOption = None,
    top_k: TopKOption = None,
    languages: LanguagesOption = None,
    publishers: PublishersOption = None,
    articles: ArticlesOption = None,
    first: FromOption = None,
    last: ToOption = None,
    asked_on: AskedOnOption = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Leave out sentences that the articles do not support.")
    ] = False,
    answer_language: Annotated[
        str | None, typer.Option("--answer-language", help="Language of the answer, e.g. sv (default: the question's).")
    ] = None,
    length: Annotated[Length, typer.Option("--length", help="How much is told.")] = "normal",
    as_json: JsonOption = False,
) -> None:
    """One cited answer."""
    from assistant.console import print_answer
    from assistant.pipeline import Assistant

    settings = read_settings(corpus)
    if top_k:
        settings = settings.model_copy(update={"top_k": top_k})
    answer = Assistant.open(settings.corpus, settings).ask(
        question, filters=read_filters(languages, publishers, articles, first, last), asked_on=read_day(asked_on),
        strict=strict, language=answer_language, length=length,
    )
    if as_json:
        print_json(answer.to_json())
    else:
        print_answer(answer)


@app.command()
def verify(
    claims: Annotated[Path, typer.Argument(metavar="CLAIMS.jsonl", help="Claims, one JSON object a line.")],
    corpus: CorpusOption = None,
    as_json: JsonOption = False,
) -> None:
    """Is each claim supported by its evidence text, or by the corpus?"""
    from assistant.console import print_judgements
    from assistant.verification import verify_file

    judgements = verify_file(claims, read_settings(corpus))
    if as_json:
        print_json(judgements)
    else:
        print_judgements(judgements)


app.command("chat")(chat)
app.command("summarize")(summarize)
app.command("timeline")(timeline)
app.command("evaluate")(evaluate)
app.command("compare")(compare)
app.command("questions")(questions)


def main() -> None:
    """Run the command; every error of ours becomes one line on standard error and an exit code."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["ANONYMIZED_TELEMETRY"] = "False"
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    try:
        app()
    except (InputError, QuestionError, SettingsError) as error:
        _fail(str(error), 2)
    except (IngestError, AssistantError) as error:
        _fail(str(error), 1)


def _fail(message: str, code: int) -> None:
    sys.stderr.write(f"assistant: {' '.join(message.split())}\n")
    sys.exit(code)
