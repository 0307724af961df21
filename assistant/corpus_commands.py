"""The commands that fill, show, keep and mend a corpus: read options, call the pipelines, print; decide nothing."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.options import CorpusOption, JsonOption
from assistant.output import print_json
from assistant.settings import Settings, read_settings

ColumnsOption = Annotated[
    str | None, typer.Option("--columns", help="Columns of tables, as text=body,title=headline.")
]
PathsArgument = Annotated[list[Path], typer.Argument(help="Files and folders of articles.", show_default=False)]


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
    ray: Annotated[
        bool, typer.Option("--ray", help="Clean and embed on the Ray cluster of RAY_ADDRESS, or on a local one.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Clean, de-duplicate, split, embed and store articles."""
    report = ingest_paths(paths, read_settings(corpus), prune=prune, refresh=refresh, retry_failed=retry_failed,
                          columns=columns, ray=ray, as_json=as_json)
    if as_json:
        print_json(report)
    if report["interrupted"]:
        raise typer.Exit(130)
    if report["failed"] and not any(report[key] for key in ("added", "updated", "renamed", "unchanged")):
        raise typer.Exit(1)


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


def ingest_paths(
    paths: list[Path], settings: Settings, *, as_json: bool, prune: bool = False, refresh: bool = False,
    retry_failed: bool = False, columns: str | None = None, ray: bool = False,
) -> dict[str, Any]:
    """Bring the corpus of the settings up to date with `paths`; the report, also printed unless `as_json`."""
    from assistant.console import ingest_progress, print_ingest_report
    from assistant.opening import open_for_writing
    from ingest.pipeline import ingest_articles
    from ingest.ray_cluster import open_cluster
    from ingest.readers import NO_COLUMNS, find_sources, parse_columns

    named = parse_columns(columns) if columns else NO_COLUMNS
    find_sources(paths, named)  # a wrong path is said before a model is loaded or a directory made
    with ExitStack() as stack:
        cluster = stack.enter_context(open_cluster()) if ray else None
        corpus, embedder = open_for_writing(settings, refresh=refresh, cluster=cluster)
        report = ingest_articles(
            paths, corpus, embedder, prune=prune, refresh=refresh, retry_failed=retry_failed, columns=named,
            progress=stack.enter_context(ingest_progress()), pool=cluster,
        ).to_json()
    corpus.close()
    if not as_json:
        print_ingest_report(report)
    return report
