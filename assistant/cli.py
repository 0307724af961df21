"""The command `assistant`: reads the environment, calls the pipelines, prints; decides nothing.

Exit codes: 0 fine, 1 the work failed, 2 wrong usage or bad input, always with one readable line.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

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
from assistant.settings import Settings, read_settings
from ingest.errors import IngestError, InputError

app = typer.Typer(
    name="assistant", no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False,
    help="Ask a folder of web articles and get answers you can check.",
)

ColumnsOption = Annotated[
    str | None, typer.Option("--columns", help="Columns of tables, as text=body,title=headline.")
]
PathsArgument = Annotated[list[Path], typer.Argument(help="Files and folders of articles.", show_default=False)]


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Port of the chat.")] = 7860,
    corpus: CorpusOption = None,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open a browser.")] = True,
    as_json: JsonOption = False,
) -> None:
    """Ingest the bundled example articles and open the chat."""
    from assistant.demo import articles_dir

    settings = read_settings(corpus or Path("demo-corpus"))
    _ingest([articles_dir()], settings, prune=True, as_json=as_json)
    _open_chat(settings, "127.0.0.1", port, open_browser)


@app.command()
def ingest(
    paths: PathsArgument,
    corpus: CorpusOption = None,
    prune: Annotated[bool, typer.Option("--prune", help="Remove articles whose files are gone.")] = False,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Make anew what an older version of this program made.")
    ] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Read files again in which pages failed.")
    ] = False,
    columns: ColumnsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Clean, de-duplicate, split, embed and store articles."""
    report = _ingest(paths, read_settings(corpus), prune=prune, refresh=refresh, retry_failed=retry_failed,
                     columns=columns, as_json=as_json)
    if as_json:
        print_json(report)
    if report["interrupted"]:
        raise typer.Exit(130)
    if report["failed"] and not any(report[key] for key in ("added", "updated", "renamed", "unchanged")):
        raise typer.Exit(1)


@app.command()
def remove(articles: Annotated[list[str], typer.Argument(help="Names of articles.")], corpus: CorpusOption = None,
           as_json: JsonOption = False) -> None:
    """Remove articles by name; a copy takes the place of an original."""
    from assistant.opening import open_for_writing
    from ingest.corpus import Corpus
    from ingest.pipeline import remove_articles

    settings = read_settings(corpus)
    Corpus.open(settings.corpus, chroma=settings.chroma).close()  # none is made only to remove from it
    target, embedder = open_for_writing(settings)
    report = remove_articles(articles, target, embedder).to_json()
    target.close()
    if as_json:
        print_json(report)
    else:
        from assistant.console import print_ingest_report

        print_ingest_report(report)
    if report["failed"]:
        raise typer.Exit(2)


@app.command()
def clean(
    paths: PathsArgument,
    diff: Annotated[bool, typer.Option("--diff", help="As a unified diff: dropped lines with their reasons.")] = False,
    columns: ColumnsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what would be kept, what dropped and why, and which metadata; stores nothing."""
    from assistant.cleaned_console import print_cleaned, print_diff
    from assistant.console import print_failure
    from ingest.article import Failure
    from ingest.pipeline import metadata_json, read_articles
    from ingest.readers import NO_COLUMNS, parse_columns

    documents, failures = [], 0
    for result in read_articles(paths, parse_columns(columns) if columns else NO_COLUMNS):
        if isinstance(result, Failure):
            failures += 1
            print_failure(result)
        elif as_json:
            documents.append(metadata_json(*result))
        else:
            (print_diff if diff else print_cleaned)(*result)
    if as_json:
        print_json(documents)
    if failures:
        raise typer.Exit(1)


@app.command("corpus")
def show_corpus(corpus: CorpusOption = None, as_json: JsonOption = False) -> None:
    """Health report: articles, languages, dates, copies, stories, failures, boilerplate removed."""
    from assistant.corpus_console import print_health
    from ingest.corpus import Corpus
    from ingest.corpus.health import health_report

    settings = read_settings(corpus)
    report = health_report(Corpus.open(settings.corpus, chroma=settings.chroma))
    if as_json:
        print_json(report)
    else:
        print_health(report, settings.corpus)


@app.command()
def show(
    article: Annotated[str, typer.Argument(help="Name, address or id of an article, or how it begins.")],
    corpus: CorpusOption = None,
    as_json: JsonOption = False,
) -> None:
    """One article as it is stored, with what was dropped and why."""
    from assistant.article_view import describe_article, find_article
    from assistant.corpus_console import print_article
    from ingest.corpus import Corpus

    settings = read_settings(corpus)
    opened = Corpus.open(settings.corpus, chroma=settings.chroma)
    document = describe_article(opened, find_article(opened, article))
    if as_json:
        print_json(document)
    else:
        print_article(document)


@app.command()
def backup(
    archive: Annotated[Path, typer.Argument(metavar="FILE.tar.gz", help="File to write; must be new.")],
    corpus: CorpusOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put the corpus into one file, with checksums; chats go on reading, ingests wait."""
    from assistant.archive import backup_corpus

    report = backup_corpus(read_settings(corpus).corpus, archive)
    if as_json:
        print_json(report.to_json())
    else:
        sys.stderr.write(f"{report.files} files of {report.corpus} are in {report.archive}\n")


@app.command()
def restore(
    archive: Annotated[Path, typer.Argument(metavar="FILE.tar.gz", help="File that `backup` wrote.")],
    corpus: CorpusOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a corpus, in a new directory, from the file of a backup; each file is checked."""
    from assistant.archive import restore_corpus

    report = restore_corpus(archive, read_settings(corpus).corpus)
    if as_json:
        print_json(report.to_json())
    else:
        sys.stderr.write(f"{report.files} files of {report.archive} are restored to {report.corpus}\n")


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

    settings = read_settings(corpus)
    assistant = Assistant.open(settings.corpus, settings.model_copy(update={"api_key": None, "base_url": None})
                               if settings.embedding == "local" else settings)
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
        strict=strict, language=answer_language,
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


@app.command()
def chat(
    corpus: CorpusOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 7860,
    root_path: Annotated[str, typer.Option(help="Path a proxy serves the chat under, e.g. /articles.")] = "",
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open a browser.")] = False,
    users: Annotated[Path | None, typer.Option(envvar="ASSISTANT_USERS", help="File of accounts; without it "
                                               "everyone who reaches the address may ask.")] = None,
    add_user: Annotated[str | None, typer.Option(metavar="NAME", help="Write an account to --users and end; asks "
                                                 "for the password.")] = None,
    rate: Annotated[int | None, typer.Option(min=1, help="Questions a minute for each person.")] = None,
    log: Annotated[Path | None, typer.Option(help="JSON lines about answers, to a file or - (standard error).")] = None,
    log_questions: Annotated[bool, typer.Option("--log-questions", help="Let the log hold what was asked.")] = False,
    mcp: Annotated[bool, typer.Option("--mcp", help="Tools for MCP clients at /mcp.")] = False,
    allow_ingest: Annotated[bool, typer.Option("--allow-ingest", help="Let visitors add articles.")] = False,
) -> None:
    """The web chat; for programs also /v1 (OpenAI's protocol), Gradio's endpoints and /healthz."""
    from assistant.chat import Serving, launch_chat

    if add_user is not None:
        _add_user(users, add_user)
        return
    serving = Serving(host, port, root_path, open_browser, users, rate, log, log_questions, mcp, allow_ingest)
    launch_chat(read_settings(corpus), serving)


def _add_user(users: Path | None, name: str) -> None:
    from assistant.chat.serve.accounts import add_user

    if users is None:
        raise SettingsError("--add-user needs --users FILE: the file of accounts to write to")
    add_user(users, name, typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    sys.stderr.write(f"{name} may now use a chat started with --users {users}\n")


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


def _ingest(
    paths: list[Path], settings: Settings, *, as_json: bool, prune: bool = False, refresh: bool = False,
    retry_failed: bool = False, columns: str | None = None,
) -> dict[str, Any]:
    from assistant.console import ingest_progress, print_ingest_report
    from assistant.opening import open_for_writing
    from ingest.pipeline import ingest_articles
    from ingest.readers import NO_COLUMNS, find_sources, parse_columns

    named = parse_columns(columns) if columns else NO_COLUMNS
    find_sources(paths, named)  # a wrong path is said before a model is loaded or a directory made
    corpus, embedder = open_for_writing(settings, refresh=refresh)
    with ingest_progress() as progress:
        report = ingest_articles(
            paths, corpus, embedder, prune=prune, refresh=refresh, retry_failed=retry_failed, columns=named,
            progress=progress,
        ).to_json()
    corpus.close()
    if not as_json:
        print_ingest_report(report)
    return report


def _open_chat(settings: Settings, host: str, port: int, open_browser: bool) -> None:
    from assistant.chat import Serving, launch_chat

    launch_chat(settings, Serving(host, port, open_browser=open_browser))


def _fail(message: str, code: int) -> None:
    sys.stderr.write(f"assistant: {' '.join(message.split())}\n")
    sys.exit(code)
