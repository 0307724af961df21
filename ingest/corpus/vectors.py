"""Passage vectors in Chroma: embedded by default, a server when an address is given; knows no text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import chromadb
import numpy as np
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.api.types import QueryResult
from chromadb.config import Settings
from chromadb.errors import ChromaError

from ingest.errors import CorpusError

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

# Chroma's defaults (16 neighbours, ef 100) lose some of the true top 100; these cost about 1 ms a query.
HNSW = CreateHNSWConfiguration(space="cosine", ef_construction=200, ef_search=200, max_neighbors=32)


class Vectors:
    """Unit vectors by passage id, with the language and article of each passage."""

    def __init__(self, directory: Path, url: str | None, name: str) -> None:
        self._directory = directory
        self._url = url
        self._name = name
        self._collection, self._batch = self._open()

    def reopen(self) -> None:
        """See what another process has written: an open embedded client keeps the index it once read."""
        if self._url is None:
            SharedSystemClient.clear_system_cache()
        self._collection, self._batch = self._open()

    def _open(self) -> tuple[Collection, int]:
        client = self._connect()
        try:
            collection = client.get_or_create_collection(
                self._name, embedding_function=None, configuration={"hnsw": HNSW}
            )
        except (ChromaError, ValueError) as error:
            raise CorpusError(f"Chroma refused the collection {self._name!r}: {error}") from error
        return collection, client.get_max_batch_size()

    def _connect(self) -> ClientAPI:
        """A client of the embedded database or of the server; nothing is ever reported home."""
        settings = Settings(anonymized_telemetry=False)
        if self._url is None:
            return chromadb.PersistentClient(str(self._directory), settings=settings)
        parts = urlsplit(self._url)
        try:
            return chromadb.HttpClient(
                host=parts.hostname or "localhost",
                port=parts.port or (443 if parts.scheme == "https" else 8000),
                ssl=parts.scheme == "https",
                settings=settings,
            )
        except (ValueError, ChromaError) as error:
            raise CorpusError(f"no Chroma server at {self._url}: start it or unset ASSISTANT_CHROMA_URL") from error

    def add(self, ids: Sequence[str], vectors: np.ndarray, facts: Sequence[dict[str, str | int]]) -> None:
        """Store vectors (n, d) under `ids`, replacing those already there, each with its filterable facts."""
        for begin in range(0, len(ids), self._batch):
            end = begin + self._batch
            self._collection.upsert(
                ids=list(ids[begin:end]),
                embeddings=vectors[begin:end].astype(np.float32),
                metadatas=list(facts[begin:end]),
            )

    def remove_article(self, article_id: str) -> None:
        """Remove all vectors of an article; none is no error."""
        self._collection.delete(where={"article_id": article_id})

    def search(
        self, vector: np.ndarray, k: int, where: dict[str, Any] | None = None
    ) -> list[tuple[str, float]]:
        """The `k` nearest passage ids with their cosine similarity (-1…1), nearest first."""
        if k <= 0:
            return []
        try:
            result = self._query(vector, k, where)
        except ChromaError:
            self.reopen()  # the index on disk has changed under this client
            try:
                result = self._query(vector, k, where)
            except ChromaError as error:
                raise CorpusError(
                    f"the vectors of this corpus cannot be searched ({error}): run `assistant ingest` again"
                ) from error
        distances = result["distances"] or [[]]
        return [
            (passage_id, 1.0 - float(distance))
            for passage_id, distance in zip(result["ids"][0], distances[0], strict=True)
        ]

    def _query(self, vector: np.ndarray, k: int, where: dict[str, Any] | None) -> QueryResult:
        return self._collection.query(
            query_embeddings=vector.astype(np.float32)[None], n_results=k, where=where, include=["distances"]
        )

    def get(self, ids: Sequence[str]) -> dict[str, np.ndarray]:
        """Stored vectors by passage id; unknown ids are left out."""
        if not ids:
            return {}
        result = self._collection.get(ids=list(ids), include=["embeddings"])
        embeddings = result["embeddings"]
        if embeddings is None:
            return {}
        return {key: np.asarray(row) for key, row in zip(result["ids"], embeddings, strict=True)}

    def count(self) -> int:
        """How many vectors are stored."""
        return self._collection.count()
