"""The articles that wait: embedded in one batch while the next is filled, stored in their order."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field

from ingest.copies import Copies
from ingest.corpus import Corpus, StoredArticle
from ingest.corpus.changes import Task
from ingest.corpus.files import FileState
from ingest.indexing import Embedded, Indexer
from ingest.progress import IngestReport, Kind
from ingest.space import check_reserve

# Articles are embedded and stored together until they have this many passages: enough for the embedder
# to sort by length, few enough that a kill loses seconds of work.
BATCH_PASSAGES = 128
BATCH_ARTICLES = 64
# Files whose pages were all unchanged have no articles to wait for.
BATCH_FILES = 500


@dataclass(slots=True)
class _Batch:
    """What is stored together: articles, how each is counted, what must follow, files read to their end."""

    articles: list[StoredArticle] = field(default_factory=list)
    kinds: list[Kind | None] = field(default_factory=list)
    chores: list[tuple[str, Task]] = field(default_factory=list)
    files: list[FileState] = field(default_factory=list)
    passages: int = 0

    def is_full(self, width: int) -> bool:
        return (self.passages >= BATCH_PASSAGES * width or len(self.articles) >= BATCH_ARTICLES * width
                or len(self.files) >= BATCH_FILES)


class Batches:
    """The batch that is being filled and the one that is being embedded, as wide as there are embedders."""

    def __init__(
        self, corpus: Corpus, indexer: Indexer, copies: Copies, report: IngestReport, embedders: int
    ) -> None:
        self._width = embedders
        self._corpus = corpus
        self._indexer = indexer
        self._copies = copies
        self._report = report
        self._filling = _Batch()
        self._embedding: tuple[_Batch, Future[Embedded]] | None = None

    def add(self, stored: StoredArticle, kind: Kind | None, chores: Iterable[tuple[str, Task]] = ()) -> None:
        """An article to store, how it is counted, and what must be done once it is stored."""
        self._filling.articles.append(stored)
        self._filling.kinds.append(kind)
        self._filling.chores += chores
        self._filling.passages += len(stored.passages)
        if self._filling.is_full(self._width):
            self.flush()

    def add_file(self, state: FileState) -> None:
        """A file to remember once all that was added before is stored."""
        self._filling.files.append(state)
        if self._filling.is_full(self._width):
            self.flush()

    def flush(self) -> None:
        """Have the batch embedded, and store the one before it meanwhile."""
        batch, self._filling = self._filling, _Batch()
        future = self._indexer.embed(batch.articles)
        self._store()
        self._embedding = batch, future

    def drain(self) -> None:
        """Embed and store all that waits."""
        self.flush()
        self._store()

    def _store(self) -> None:
        if self._embedding is None:
            return
        (batch, future), self._embedding = self._embedding, None
        embedded = future.result()
        if embedded.articles:
            check_reserve(self._corpus.directory)
            self._corpus.store(embedded.articles, batch.chores)
        for stored in embedded.articles:
            self._copies.settle(stored.article.id)
        if batch.files:
            self._corpus.catalogue.finish_files(batch.files)
        self._count(batch, embedded)

    def _count(self, batch: _Batch, embedded: Embedded) -> None:
        for stored, kind in zip(embedded.articles, batch.kinds, strict=True):
            if kind is not None:
                self._report.count(kind)
                self._report.copies += stored.copy_of is not None
        self._report.passages += batch.passages
        self._report.embed_seconds += embedded.seconds
        self._report.tokens += embedded.tokens
