"""The command `assistant`: reads the environment, calls the pipelines, prints; decides nothing.

Exit codes: 0 fine, 1 the work failed, 2 wrong usage or bad input, always with one readable line.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.errors import AssistantError, QuestionError, SettingsError
from assistant.evaluation.commands import compare, evaluate
from assistant.evaluation.drafting.command import questions
from assistant.settings import Settings, read_settings
from ingest.errors import IngestError, InputError

app = typer.Typer(
    name="assistant", no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False,
    help="Ask a folder of web articles and get answers you can check.",
)

CorpusOption = Annotated[
    Path | None, typer.Option("--corpus", help="Corpus directory (default: corpus/, or ASSISTANT_CORPUS).")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
PathsArgument = Annotated[list[Path], typer.Argument(help="Files and folders of articles.", show_default=False)]
TopKOption = Annotated[int | None, typer.Option("--top-k", min=1, max=100, help="How many passages.")]


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Port of the chat.")] = 7860,
    corpus: CorpusOption = None,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open a browser.")] = True,
    as_json: JsonOption = False,
) -> None:
    """Ingest the bundled example articles and open the chat."""
    from assistant.demo import articles_dir

    settings = _settings(corpus or Path("demo-corpus"))
    _ingest([articles_dir()], settings, prune=True, as_json=as_json)
    _open_chat(settings, "127.0.0.1", port, open_browser)


@app.command()
def ingest(
    paths: PathsArgument,
    corpus: CorpusOption = None,
    prune: Annotated[bool, typer.Option("--prune", help="Remove articles whose files are gone.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Clean, de-duplicate, split, embed and store articles."""
    report = _ingest(paths, _settings(corpus), prune=prune, as_json=as_json)
    if as_json:
        _print_json(report)
    if report["interrupted"]:
        raise typer.Exit(130)
    if report["failed"] and not any(report[key] for key in ("added", "updated", "unchanged")):
        raise typer.Exit(1)


@app.command()
def remove(articles: Annotated[list[str], typer.Argument(help="Names of articles.")], corpus: CorpusOption = None,
           as_json: JsonOption = False) -> None:
    """Remove articles by name; a copy takes the place of an original."""
    from ingest.corpus import Corpus
    from ingest.pipeline import remove_articles

    settings = _settings(corpus)
    Corpus.open(settings.corpus, chroma_url=settings.chroma_url).close()  # none is made only to remove from it
    target, embedder = _writable_corpus(settings)
    report = remove_articles(articles, target, embedder).to_json()
    target.close()
    if as_json:
        _print_json(report)
    else:
        from assistant.console import print_ingest_report

        print_ingest_report(report)
    if report["failed"]:
        raise typer.Exit(2)


@app.command()
def clean(paths: PathsArgument, as_json: JsonOption = False) -> None:
    """Show what would be kept, what dropped and why, and which metadata; stores nothing."""
    from assistant.console import print_cleaned, print_failure
    from ingest.article import Failure
    from ingest.pipeline import metadata_json, read_articles

    documents, failures = [], 0
    for result in read_articles(paths):
        if isinstance(result, Failure):
            failures += 1
            print_failure(result)
        elif as_json:
            documents.append(metadata_json(*result))
        else:
            print_cleaned(*result)
    if as_json:
        _print_json(documents)
    if failures:
        raise typer.Exit(1)


@app.command("corpus")
def show_corpus(corpus: CorpusOption = None, as_json: JsonOption = False) -> None:
    """Health report: articles, languages, dates, copies, failures, boilerplate removed."""
    from assistant.console import print_corpus_report
    from ingest.corpus import Corpus, report_corpus

    settings = _settings(corpus)
    report = report_corpus(Corpus.open(settings.corpus, chroma_url=settings.chroma_url))
    if as_json:
        _print_json(report)
    else:
        print_corpus_report(report, settings.corpus)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="What to look for.")],
    top_k: TopKOption = None,
    corpus: CorpusOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ranked passages only."""
    from assistant.console import print_hits
    from assistant.pipeline import Assistant

    settings = _settings(corpus)
    hits = Assistant.open(settings.corpus, settings.model_copy(update={"api_key": None, "base_url": None})
                          if settings.embedding == "local" else settings).search(query, top_k)
    if as_json:
        _print_json([
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
    as_json: JsonOption = False,
) -> None:
    """One cited answer."""
    from assistant.console import print_answer
    from assistant.pipeline import Assistant

    settings = _settings(corpus)
    if top_k:
        settings = settings.model_copy(update={"top_k": top_k})
    answer = Assistant.open(settings.corpus, settings).ask(question)
    if as_json:
        _print_json(answer.to_json())
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

    judgements = verify_file(claims, _settings(corpus))
    if as_json:
        _print_json(judgements)
    else:
        print_judgements(judgements)


@app.command()
def chat(
    corpus: CorpusOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 7860,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open a browser.")] = False,
) -> None:
    """The web chat."""
    _open_chat(_settings(corpus), host, port, open_browser)


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


def _settings(corpus: Path | None) -> Settings:
    settings = read_settings()
    return settings.model_copy(update={"corpus": corpus}) if corpus else settings


def _writable_corpus(settings: Settings) -> tuple[Any, Any]:
    from ingest.embed import open_embedder
    from ingest.pipeline import open_corpus_for_writing

    key = settings.api_key.get_secret_value() if settings.api_key else None
    embedder = open_embedder(
        settings.embedding, base_url=settings.embedding_base_url or settings.base_url, api_key=key
    )
    corpus = open_corpus_for_writing(
        settings.corpus, embedder, settings.embedding, chroma_url=settings.chroma_url
    )
    return corpus, embedder


def _ingest(paths: list[Path], settings: Settings, *, prune: bool, as_json: bool) -> dict[str, Any]:
    from assistant.console import ingest_progress, print_ingest_report
    from ingest.pipeline import ingest_articles
    from ingest.readers import find_sources

    find_sources(paths)  # a wrong path is said before a model is loaded or a directory made
    corpus, embedder = _writable_corpus(settings)
    with ingest_progress() as progress:
        report = ingest_articles(paths, corpus, embedder, prune=prune, progress=progress).to_json()
    corpus.close()
    if not as_json:
        print_ingest_report(report)
    return report


def _open_chat(settings: Settings, host: str, port: int, open_browser: bool) -> None:
    from assistant.chat import launch_chat

    launch_chat(settings, host=host, port=port, open_browser=open_browser)


def _print_json(document: Any) -> None:
    write: Callable[[str], int] = sys.stdout.write
    write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def _fail(message: str, code: int) -> None:
    sys.stderr.write(f"assistant: {' '.join(message.split())}\n")
    sys.exit(code)
