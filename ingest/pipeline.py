"""The order of the stages: read → clean → describe → compare → split → embed → store.

A run can be repeated and interrupted: unchanged files are skipped by size and time, unchanged pages by
content, and an article counts only when it is stored whole.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.article import Article, CleanedPage, Failure, Page, stable_id
from ingest.clean import CLEANER_VERSION
from ingest.corpus import Corpus
from ingest.corpus.lock import writer_lock
from ingest.corpus.recipe import make_recipe
from ingest.corpus.store import EMBEDDED, read_recipe
from ingest.errors import CorpusError
from ingest.intake import Again, FinishedFile, FoundPage, Intake
from ingest.migrate import migrate
from ingest.prepare import Prepared, metadata_json, prepare_page
from ingest.progress import IngestReport, Progress
from ingest.readers import NO_COLUMNS, Columns, Source, find_sources, read_source
from ingest.run import Run
from ingest.space import check_space
from ingest.split import SPLITTER_VERSION
from ingest.workers import Pool, count_workers, prepare_in_order

if TYPE_CHECKING:
    from ingest.corpus.server import ChromaServer
    from ingest.embed import Embedder

__all__ = [
    "IngestReport", "Progress", "ingest_articles", "metadata_json", "open_corpus_for_writing", "prepare_page",
    "read_articles", "remove_articles",
]

REMOVED_AT_ONCE = 64

Found = FoundPage | Failure | FinishedFile


def read_articles(
    paths: Sequence[Path], columns: Columns = NO_COLUMNS
) -> Iterator[tuple[Article, CleanedPage] | Failure]:
    """Read, clean and describe every page under `paths`, storing nothing."""
    for source in find_sources(paths, columns):
        for page in read_source(source):
            yield page if isinstance(page, Failure) else prepare_page(page)


def open_corpus_for_writing(
    directory: Path, embedder: Embedder, embedding: str, *, chroma: ChromaServer | None = None, refresh: bool = False
) -> Corpus:
    """Create or open a corpus with the recipe that this embedder and these stages make.

    An embedder whose setting is that of the corpus is only asked for its identity when it is first used: opening
    it takes seconds, and a run may find nothing to embed. With `refresh` a corpus of another embedder becomes one
    of this: `ingest_articles` with `refresh` embeds its articles anew, an open chat goes on with the old vectors. One
    of an older schema is laid out anew, for the same run to make what is searched.
    """
    if refresh:
        migrate(directory)
    stored = read_recipe(directory)
    if stored and stored.get("embedding") == embedding and not refresh:
        return Corpus.create(directory, stored, chroma=chroma)
    collection = f"articles-{stable_id(str(directory.resolve()))}" if chroma else EMBEDDED
    recipe = make_recipe(
        embedder=embedder.name, dimensions=embedder.dimensions, embedding=embedding,
        splitter=SPLITTER_VERSION, cleaner=CLEANER_VERSION, collection=collection,
    )
    if stored and refresh and any(stored.get(key) != recipe[key] for key in ("embedder", "dimensions")):
        corpus = Corpus.create(directory, stored, chroma=chroma)
        with writer_lock(directory):
            collection = f"{collection}.{stable_id(embedder.name)}"
            corpus.catalogue.change_embedder({**stored, **recipe, "collection": collection})
        return corpus
    return Corpus.create(directory, recipe, chroma=chroma)


def ingest_articles(
    paths: Sequence[Path], corpus: Corpus, embedder: Embedder, *, prune: bool = False, refresh: bool = False,
    retry_failed: bool = False, columns: Columns = NO_COLUMNS, progress: Progress | None = None,
    workers: int | None = None, pool: Pool | None = None,
) -> IngestReport:
    """Bring a corpus up to date with the files under `paths`.

    `prune` removes articles whose files are gone, `refresh` makes anew what an older cleaner or splitter made,
    `retry_failed` reads files again in which pages failed, `columns` names the columns of tables, `workers` processes
    prepare pages (by default one for each core but one), or a `pool` of them elsewhere. Raises InputError when nothing
    can be read, LockedError when another run is writing, CorpusError when the disk is too full.
    """
    sources = find_sources(paths, columns)
    intake = Intake(sources, corpus.catalogue, Again(failed=retry_failed, older=refresh))
    started = time.perf_counter()
    with writer_lock(corpus.directory), closing(Run(corpus, embedder, pool.embedders if pool else 1)) as run:
        try:
            sizes = intake.bytes_to_read()
            check_space(corpus.directory, sizes)
            run.repair()
            with closing(prepare_in_order(
                intake.read(), _page_of, workers=count_workers() if workers is None else workers, pool=pool
            )) as items:
                _take_all(run, intake, items, sum(sizes.values()), progress)
            if refresh:
                run.split_older()
            if prune:
                _prune(run, corpus, sources)
            _note_versions(corpus)
        except KeyboardInterrupt:
            run.report.interrupted = True
        except sqlite3.OperationalError as error:
            raise CorpusError(f"the catalogue of {corpus.directory} cannot be written ({error}): run again") from error
        run.report.older = corpus.catalogue.count_older(CLEANER_VERSION, SPLITTER_VERSION)
        run.report.seconds = time.perf_counter() - started
    return run.report


def remove_articles(names: Sequence[str], corpus: Corpus, embedder: Embedder) -> IngestReport:
    """Remove articles by name; a copy takes the place of an original that goes."""
    with writer_lock(corpus.directory), closing(Run(corpus, embedder)) as run:
        run.repair()
        known = {name: corpus.catalogue.article_state(stable_id(name)) is not None for name in names}
        for name, is_known in known.items():
            if not is_known:
                run.report.failed.append(Failure(name, "is not in the corpus: see `assistant corpus`"))
        run.remove([stable_id(name) for name, is_known in known.items() if is_known])
    return run.report


def _take_all(
    run: Run, intake: Intake, items: Iterable[tuple[Found, Prepared | Failure | None]], total_bytes: int,
    progress: Progress | None,
) -> None:
    done, files, clock = 0, len(intake.sources), _Share(total_bytes)
    for item, prepared in items:
        if isinstance(item, FinishedFile):
            run.finish_file(item)
            done += 1
        elif isinstance(item, Failure):
            run.fail(item)
        else:
            run.take(item, prepared, intake)
        run.report.share = clock.tell(item)
        if progress:
            progress(done, files, run.report)
    run.drain()
    if progress:
        progress(done, files, run.report)


class _Share:
    """How much of the bytes to read is read; within a file the characters of its pages must do."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._files = 0
        self._pages = 0

    def tell(self, item: Found) -> float:
        """The share, 0…1, once this item is taken."""
        if isinstance(item, FinishedFile):
            self._files += item.stamp[0] if item.stamp and not item.is_unchanged else 0
            self._pages = 0
        elif isinstance(item, FoundPage):
            self._pages += len(item.page.text or item.page.html or "")
        return min((self._files + self._pages) / self._total, 1.0) if self._total else 1.0


def _page_of(item: Found) -> Page | None:
    return item.page if isinstance(item, FoundPage) and not item.is_known else None


def _prune(run: Run, corpus: Corpus, sources: Sequence[Source]) -> None:
    """Remove the articles that no file holds any more, of files that were in these folders once."""
    roots = {source.root for source in sources}
    for path in corpus.catalogue.known_files():
        if not Path(path).exists() and any(Path(path).is_relative_to(root) for root in roots):
            corpus.catalogue.forget_file(path)
    vanished = [
        article_id for article_id, source in corpus.catalogue.unheld_articles()
        if any(Path(source).is_relative_to(root) for root in roots)
    ]
    for begin in range(0, len(vanished), REMOVED_AT_ONCE):
        run.remove(vanished[begin : begin + REMOVED_AT_ONCE])


def _note_versions(corpus: Corpus) -> None:
    """The recipe names the versions that the newest articles were made with."""
    current = {"splitter": SPLITTER_VERSION, "cleaner": CLEANER_VERSION}
    if not current.items() <= corpus.recipe.items():
        corpus.catalogue.write_recipe(current)
