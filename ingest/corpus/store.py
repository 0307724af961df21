"""One corpus, written in batches of articles in an order that a kill cannot break, and searched.

Write order of a batch: the articles with their passages without the done mark, their vectors, their lexical
entries, and last the done marks. What a killed run left without a mark is finished by the next run.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.article import Article, Passage
from ingest.corpus.catalogue import Catalogue
from ingest.corpus.changes import Task
from ingest.corpus.recipe import check_recipe, check_schema
from ingest.corpus.rows import ArticleRow, StoredPage
from ingest.errors import CorpusError

if TYPE_CHECKING:
    from ingest.corpus.lexical import Lexical
    from ingest.corpus.retriever import CorpusRetriever, Search
    from ingest.corpus.server import ChromaServer
    from ingest.corpus.vectors import Vectors

CATALOGUE_FILE = "catalogue.sqlite"
# What the collections of a corpus are named after when it has a database of its own.
EMBEDDED = "passages"
# The nearness of a query to a language's passages at large is judged on this many of them.
SAMPLE_PASSAGES = 256


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """All that is written for one article: itself, its page, and what is searched.

    `vectors` (n, d), `index_texts` (n) and `inputs` (n, digests of what was embedded) belong to `passages` (n).
    A copy has none of the four and no shingles.
    """

    article: Article
    page: StoredPage
    splitter: str
    shingles: Sequence[int] = ()
    passages: Sequence[Passage] = ()
    index_texts: Sequence[str] = ()
    inputs: Sequence[str] = ()
    vectors: np.ndarray | None = None
    copy_of: str | None = None


class Corpus:
    """A corpus directory, opened for reading or for writing; `open` and `create` check the recipe."""

    def __init__(self, directory: Path, *, writable: bool, chroma: ChromaServer | None = None) -> None:
        self.directory = directory
        self.catalogue = Catalogue(directory / CATALOGUE_FILE, writable=writable)
        self._chroma = chroma
        self._index: tuple[Vectors, Lexical] | None = None
        self._opening = threading.Lock()
        self._generation = self.catalogue.generation()
        self._language_sample = lru_cache(maxsize=64)(self._sample_language)

    @classmethod
    def create(cls, directory: Path, recipe: dict[str, str], *, chroma: ChromaServer | None = None) -> Corpus:
        """Open a corpus for writing, new or built with the same recipe; else raises RecipeError."""
        if directory.exists() and not directory.is_dir():
            raise CorpusError(f"{directory} is a file: name a directory for the corpus")
        if directory.is_dir() and any(directory.iterdir()) and not (directory / CATALOGUE_FILE).exists():
            foreign = [file.name for file in directory.iterdir() if file.name != "writer.lock"]
            if foreign:
                raise CorpusError(f"{directory} holds other files ({foreign[0]}, …): name a new or empty directory")
        stored = read_recipe(directory)
        if stored:
            check_recipe(stored, recipe, directory)
        directory.mkdir(parents=True, exist_ok=True)
        corpus = cls(directory, writable=True, chroma=chroma)
        if not stored:
            corpus.catalogue.write_recipe(recipe)
        corpus._check_whole()
        return corpus

    @classmethod
    def open(cls, directory: Path, *, chroma: ChromaServer | None = None) -> Corpus:
        """Open an existing corpus for reading; raises CorpusError with advice when there is none."""
        stored = read_recipe(directory)
        if not stored:
            raise CorpusError(
                f"no corpus in {directory}: make one with `assistant ingest FOLDER --corpus {directory}`"
            )
        check_schema(stored, directory)
        corpus = cls(directory, writable=False, chroma=chroma)
        corpus._check_whole()
        corpus.open_index()
        return corpus

    @property
    def recipe(self) -> dict[str, str]:
        """How this corpus was built: embedder, dimensions, splitter, cleaner and schema versions."""
        return self.catalogue.recipe()

    @property
    def vectors(self) -> Vectors:
        """The passage vectors."""
        return self.open_index()[0]

    @property
    def lexical(self) -> Lexical:
        """The lexical index."""
        return self.open_index()[1]

    def open_index(self) -> tuple[Vectors, Lexical]:
        """Vectors and lexical index; a writer opens them when it first needs them, which takes a second."""
        with self._opening:
            if self._index is None:
                from ingest.corpus.lexical import Lexical
                from ingest.corpus.vectors import Vectors

                # On a shared server each corpus has a collection of its own, named in its recipe.
                vectors = Vectors(self.directory / "vectors", self._chroma, self._find_collection())
                self._index = vectors, Lexical(self.directory / "lexical")
            return self._index

    def _check_whole(self) -> None:
        """Raise CorpusError when the catalogue has passages but the files of an index are gone.

        Else an empty index would be made anew, and every question told that the articles hold no answer.
        """
        files = {"lexical index": "lexical/meta.json"}
        if is_embedded(self.recipe):
            files["vectors"] = "vectors/chroma.sqlite3"
        for name, file in files.items():
            if not (self.directory / file).exists() and self.catalogue.has_passages():
                raise CorpusError(
                    f"{self.directory} lacks its {name}: restore a backup (`assistant restore`),"
                    " or ingest the articles into a new --corpus"
                )

    def _find_collection(self) -> str:
        """The collection of the recipe; raises CorpusError when its vectors are elsewhere than the settings say."""
        recipe = self.catalogue.recipe()
        if is_embedded(recipe) and self._chroma is not None:
            raise CorpusError(f"the vectors of {self.directory} are in it, not on a server: unset"
                              " ASSISTANT_CHROMA_URL, or ingest the articles into a new --corpus")
        if not is_embedded(recipe) and self._chroma is None:
            raise CorpusError(f"the vectors of {self.directory} are on a Chroma server: set ASSISTANT_CHROMA_URL")
        return recipe.get("collection", EMBEDDED)

    # writing

    def store(self, batch: Sequence[StoredArticle], chores: Iterable[tuple[str, Task]] = ()) -> None:
        """Write articles (new or in place of the ones with their ids); each becomes visible whole.

        `chores` are what must be done next for other articles, by this run or the one after a kill.
        """
        known = self.catalogue.indexed_articles([stored.article.id for stored in batch])
        self.catalogue.begin_articles([_row_of(stored) for stored in batch], chores)
        self.index(batch, replaced=known)

    def index(self, batch: Sequence[StoredArticle], *, replaced: Iterable[str]) -> None:
        """Write vectors and lexical entries of begun articles, in place of those of `replaced`; mark them done."""
        for article_id in replaced:
            self._discard_index(article_id)
        self._add_vectors(batch)
        for stored in batch:
            title = stored.article.metadata.title or ""
            pairs = zip(stored.passages, stored.index_texts, strict=True)
            self.lexical.add(
                ((passage, stored.article.language, title, text) for passage, text in pairs), _facts(stored.article)
            )
        self.lexical.commit()
        self.catalogue.finish_articles([stored.article.id for stored in batch])
        self._language_sample.cache_clear()

    def remove(self, article_ids: Sequence[str]) -> None:
        """Remove articles with their passages from all three stores; their copies become chores."""
        for article_id in article_ids:
            self.catalogue.begin_removal(article_id)
            self._discard_index(article_id)
        if article_ids:
            self.lexical.commit()
        for article_id in article_ids:
            self.catalogue.finish_removal(article_id)

    def close(self) -> None:
        """Finish background work and close the catalogue."""
        if self._index is not None:
            self._index[1].close()
        self.catalogue.close()

    def _discard_index(self, article_id: str) -> None:
        self.vectors.remove_article(article_id)
        self.lexical.remove_article(article_id)

    def _add_vectors(self, batch: Sequence[StoredArticle]) -> None:
        """All vectors of a batch in one call: Chroma takes 500 at once as fast as 50."""
        ids: list[str] = []
        facts: list[dict[str, Any]] = []
        vectors: list[np.ndarray] = []
        for stored in batch:
            if stored.passages and stored.vectors is not None:
                ids += [passage.id for passage in stored.passages]
                facts += [_facts(stored.article)] * len(stored.passages)
                vectors.append(stored.vectors)
        if ids:
            self.vectors.add(ids, np.concatenate(vectors), facts)

    # reading

    def refresh(self) -> None:
        """Notice what another process has written since; cheap when it has written nothing."""
        generation = self.catalogue.generation()
        if generation != self._generation:
            before, self._generation = self._generation, generation
            try:
                self.vectors.reopen()
            except CorpusError:  # a server that is away: look again the next time
                self._generation = before
                raise
            self.lexical.refresh()
            self._language_sample.cache_clear()

    def as_retriever(self, search: Search) -> CorpusRetriever:
        """A LlamaIndex retriever of what `search` finds here; `Assistant.as_retriever` gives it the assistant's own."""
        from ingest.corpus.retriever import CorpusRetriever

        return CorpusRetriever(search)

    def article(self, article_id: str) -> Article | None:
        """The article with this id, or None."""
        return self.catalogue.article(article_id)

    def languages(self) -> dict[str, int]:
        """Number of originals by language, most first."""
        rows = self.catalogue.count(
            "SELECT language, COUNT(*) FROM article WHERE done = 1 AND copy_of IS NULL"
            " GROUP BY language ORDER BY COUNT(*) DESC, language"
        )
        return dict(rows)

    def language_sample(self, language: str) -> np.ndarray:
        """Up to 256 passage vectors (n, d) of a language: what any query is near to in that language."""
        return self._language_sample(language)

    def _sample_language(self, language: str) -> np.ndarray:
        # Passage ids are hashes, so the first of them are a random sample.
        rows = self.catalogue.count(
            "SELECT p.id FROM passage p JOIN article a ON a.id = p.article_id"
            " WHERE a.language = ? AND a.done = 1 ORDER BY p.id LIMIT ?",
            (language, SAMPLE_PASSAGES),
        )
        return np.array(list(self.vectors.get([row[0] for row in rows]).values()), dtype=np.float32)


def read_recipe(directory: Path) -> dict[str, str] | None:
    """The recipe of the corpus in a directory, None when there is none; raises CorpusError for a damaged one."""
    if not (directory / CATALOGUE_FILE).exists():
        return None
    catalogue = Catalogue(directory / CATALOGUE_FILE, writable=False)
    try:
        return catalogue.recipe()
    except sqlite3.Error as error:
        raise CorpusError(f"{directory} is damaged ({error}): ingest the articles into a new --corpus") from error
    finally:
        catalogue.close()


def is_embedded(recipe: dict[str, str]) -> bool:
    """Whether the vectors of a corpus are in its directory, not on a server."""
    return recipe.get("collection", EMBEDDED).startswith(EMBEDDED)


def _row_of(stored: StoredArticle) -> ArticleRow:
    return ArticleRow(
        stored.article, stored.page, stored.splitter, stored.copy_of, stored.passages, stored.inputs, stored.shingles
    )


def _facts(article: Article) -> dict[str, Any]:
    """What Chroma can filter by: article, language, publisher, and the date as a number (20240208)."""
    facts: dict[str, Any] = {"article_id": article.id, "language": article.language}
    if article.metadata.publisher:
        facts["publisher"] = article.metadata.publisher
    if article.metadata.published_at:
        facts["published"] = int(article.metadata.published_at[:10].replace("-", ""))
    return facts
