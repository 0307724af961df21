"""Articles to what is searched: split, embed, and the order in which batches are embedded and stored.

A batch is embedded by a thread of its own while the next one is cleaned and split and the last one is
stored. What was embedded before, under whatever article, is not embedded again.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ingest.article import Article, stable_id
from ingest.clean import unglue_text
from ingest.corpus import Corpus, StoredArticle
from ingest.corpus.recipe import check_embedder
from ingest.corpus.rows import ArticleRow, StoredPage
from ingest.split import SPLITTER_VERSION, passage_header, split_article

if TYPE_CHECKING:
    from ingest.embed import Embedder


@dataclass(frozen=True, slots=True)
class Embedded:
    """Articles with their vectors, and what it took: seconds and tokens."""

    articles: list[StoredArticle]
    seconds: float = 0.0
    tokens: int = 0


class Indexer:
    """Splits in the calling thread, embeds in another."""

    def __init__(self, corpus: Corpus, embedder: Embedder) -> None:
        self._corpus = corpus
        self._embedder = embedder
        self._is_checked = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="embed")

    def close(self) -> None:
        """Wait for the batch in work and start no other."""
        self._thread.shutdown(cancel_futures=True)

    def split(self, article: Article, page: StoredPage, shingles: Sequence[int]) -> StoredArticle:
        """An original ready to be embedded; RecipeError when the corpus was built with another embedder."""
        embedder = self._checked()
        passages = split_article(article, lambda text: embedder.count_tokens([text])[0], embedder.max_tokens)
        return complete(StoredArticle(article, page, SPLITTER_VERSION, shingles, passages))

    def embed(self, batch: Sequence[StoredArticle]) -> Future[Embedded]:
        """The vectors of a batch: those already stored for the same text, the others from the embedder."""
        inputs = list(dict.fromkeys(digest for stored in batch for digest in stored.inputs))
        known = self._known_vectors(inputs) if inputs else {}
        if len(known) < len(inputs):
            self._checked()
        return self._thread.submit(self._embed, batch, known)

    def _checked(self) -> Embedder:
        if not self._is_checked:
            embedder = self._embedder
            check_embedder(self._corpus.recipe, embedder.name, embedder.dimensions, self._corpus.directory)
            self._is_checked = True
        return self._embedder

    def _known_vectors(self, inputs: Sequence[str]) -> dict[str, np.ndarray]:
        passages = self._corpus.catalogue.passages_by_input(inputs)
        found = self._corpus.vectors.get(list(passages.values())) if passages else {}
        return {digest: found[key] for digest, key in passages.items() if key in found}

    def _embed(self, batch: Sequence[StoredArticle], known: dict[str, np.ndarray]) -> Embedded:
        texts = {
            digest: embedded_text(stored.article, text)
            for stored in batch for digest, text in zip(stored.inputs, stored.index_texts, strict=True)
            if digest not in known
        }
        seconds, tokens = 0.0, 0
        if texts:
            embedder = self._embedder
            tokens = sum(embedder.count_tokens(list(texts.values())))
            started = time.perf_counter()
            known |= dict(zip(texts, embedder.embed_passages(list(texts.values())), strict=True))
            seconds = time.perf_counter() - started
        return Embedded([_with_vectors(stored, known) for stored in batch], seconds, tokens)


def complete(stored: StoredArticle) -> StoredArticle:
    """An article with what is searched for each of its passages, and the digests of what is embedded."""
    texts = [unglue_text(passage.text) for passage in stored.passages]
    inputs = [stable_id(embedded_text(stored.article, text)) for text in texts]
    return replace(stored, index_texts=texts, inputs=inputs)


def stored_again(row: ArticleRow) -> StoredArticle:
    """An article as the catalogue has it, ready to be embedded; a copy has nothing to embed."""
    return complete(StoredArticle(row.article, row.page, row.splitter, (), row.passages, copy_of=row.copy_of))


def embedded_text(article: Article, text: str) -> str:
    """What is embedded for a passage: the facts that head it, and its text."""
    return passage_header(article) + text


def _with_vectors(stored: StoredArticle, vectors: dict[str, np.ndarray]) -> StoredArticle:
    if not stored.inputs:
        return stored
    return replace(stored, vectors=np.stack([vectors[digest] for digest in stored.inputs]))
