"""One corpus, written article by article in an order that a kill cannot break, and searched.

Write order of an article: its row without the done mark, its vectors, its lexical entries, and last
the done mark with its passages. What a killed run left without a mark is removed by `repair`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from ingest.article import Article, Passage
from ingest.corpus.catalogue import Catalogue, StoredPage
from ingest.corpus.lexical import Lexical
from ingest.corpus.recipe import check_recipe, check_schema
from ingest.corpus.vectors import Vectors
from ingest.errors import CorpusError

CATALOGUE_FILE = "catalogue.sqlite"
# The nearness of a query to a language's passages at large is judged on this many of them.
SAMPLE_PASSAGES = 256


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """All that is written for one article: itself, its page, and what is searched.

    `vectors` (n, d) and `index_texts` (n) belong to `passages` (n). A copy has none of the three.
    """

    article: Article
    page: StoredPage
    shingles: Sequence[int]
    passages: Sequence[Passage] = ()
    index_texts: Sequence[str] = ()
    vectors: np.ndarray | None = None
    copy_of: str | None = None


class Corpus:
    """A corpus directory, opened for reading or for writing; `open` and `create` check the recipe."""

    def __init__(self, directory: Path, *, writable: bool, chroma_url: str | None = None) -> None:
        self.directory = directory
        self.catalogue = Catalogue(directory / CATALOGUE_FILE, writable=writable)
        # On a shared server each corpus has a collection of its own, named in its recipe.
        collection = self.catalogue.recipe().get("collection", "passages")
        self.vectors = Vectors(directory / "vectors", chroma_url, collection)
        self.lexical = Lexical(directory / "lexical")
        self._generation = self.catalogue.generation()
        self._language_sample = lru_cache(maxsize=64)(self._sample_language)

    @classmethod
    def create(cls, directory: Path, recipe: dict[str, str], *, chroma_url: str | None = None) -> Corpus:
        """Open a corpus for writing, new or built with the same recipe; else raises RecipeError."""
        if directory.exists() and not directory.is_dir():
            raise CorpusError(f"{directory} is a file: name a directory for the corpus")
        if directory.is_dir() and any(directory.iterdir()) and not (directory / CATALOGUE_FILE).exists():
            foreign = [file.name for file in directory.iterdir() if file.name != "writer.lock"]
            if foreign:
                raise CorpusError(f"{directory} holds other files ({foreign[0]}, …): name a new or empty directory")
        directory.mkdir(parents=True, exist_ok=True)
        catalogue = Catalogue(directory / CATALOGUE_FILE, writable=True)
        stored = catalogue.recipe()
        if stored:
            check_recipe(stored, recipe, directory)
        else:
            catalogue.write_recipe(recipe)
        catalogue.close()
        return cls(directory, writable=True, chroma_url=chroma_url)

    @classmethod
    def open(cls, directory: Path, *, chroma_url: str | None = None) -> Corpus:
        """Open an existing corpus for reading; raises CorpusError with advice when there is none."""
        if not (directory / CATALOGUE_FILE).is_file():
            raise CorpusError(
                f"no corpus in {directory}: make one with `assistant ingest FOLDER --corpus {directory}`"
            )
        catalogue = Catalogue(directory / CATALOGUE_FILE, writable=False)
        try:
            check_schema(catalogue.recipe(), directory)
        except sqlite3.Error as error:
            raise CorpusError(f"{directory} is damaged ({error}): ingest the articles into a new --corpus") from error
        finally:
            catalogue.close()
        return cls(directory, writable=False, chroma_url=chroma_url)

    @property
    def recipe(self) -> dict[str, str]:
        """How this corpus was built: embedder, dimensions, splitter, cleaner and schema versions."""
        return self.catalogue.recipe()

    # writing

    def store(self, batch: Sequence[StoredArticle]) -> None:
        """Write articles (new or in place of the ones with their ids); each becomes visible whole."""
        for stored in batch:
            self._discard_index(stored.article.id)
            self.catalogue.begin_article(stored.article, stored.page, stored.copy_of)
        for stored in batch:
            self._add_index(stored)
        self.lexical.commit()
        self.catalogue.finish_articles([(s.article.id, s.passages, s.shingles) for s in batch])
        self._language_sample.cache_clear()

    def remove(self, article_id: str) -> None:
        """Remove an article with its passages from all three stores."""
        self._discard_index(article_id)
        self.lexical.commit()
        self.catalogue.delete_article(article_id)

    def repair(self) -> int:
        """Remove what a killed run left half written; returns how many articles that were."""
        unfinished = self.catalogue.unfinished_articles()
        for article_id, source in unfinished:
            self.remove(article_id)
            self.catalogue.forget_file(source)
        return len(unfinished)

    def close(self) -> None:
        """Finish background work and close the catalogue."""
        self.lexical.close()
        self.catalogue.close()

    def _discard_index(self, article_id: str) -> None:
        if self.catalogue.article_state(article_id) is not None:
            self.catalogue.mark_unfinished(article_id)
            self.vectors.remove_article(article_id)
            self.lexical.remove_article(article_id)

    def _add_index(self, stored: StoredArticle) -> None:
        if not stored.passages or stored.vectors is None:
            return
        facts = _facts(stored.article)
        ids = [passage.id for passage in stored.passages]
        self.vectors.add(ids, stored.vectors, [facts] * len(ids))
        title = stored.article.metadata.title or ""
        pairs = zip(stored.passages, stored.index_texts, strict=True)
        self.lexical.add((passage, stored.article.language, title, text) for passage, text in pairs)

    # reading

    def refresh(self) -> None:
        """Notice what another process has written since; cheap when it has written nothing."""
        generation = self.catalogue.generation()
        if generation != self._generation:
            self._generation = generation
            self.vectors.reopen()
            self.lexical.refresh()
            self._language_sample.cache_clear()

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


def _facts(article: Article) -> dict[str, Any]:
    """What Chroma can filter by: article, language, publisher, and the date as a number (20240208)."""
    facts: dict[str, Any] = {"article_id": article.id, "language": article.language}
    if article.metadata.publisher:
        facts["publisher"] = article.metadata.publisher
    if article.metadata.published_at:
        facts["published"] = int(article.metadata.published_at[:10].replace("-", ""))
    return facts
