"""Passage vectors in Chroma: embedded by default, a server when an address is given; knows no text.

Each language has a collection of its own: a search for the nearest passages of a language is then as quick as any,
while a filter on 100,000 passages takes Chroma tenths of a second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import chromadb
import httpx
import numpy as np
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from chromadb.errors import ChromaError

from ingest.corpus.restriction import ANY, Restriction
from ingest.corpus.server import ChromaServer, plain_errors
from ingest.errors import CorpusError

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

# Of the true top 100 among 12,000 vectors these find .988; Chroma's own 16 neighbours .956, a construction with
# ef 200 .990 for half as much time again.
HNSW = CreateHNSWConfiguration(space="cosine", ef_construction=100, ef_search=200, max_neighbors=32)

# A server shared by many corpora may list only so many at a time.
COLLECTIONS_AT_ONCE = 100

Facts = dict[str, str | int]
T = TypeVar("T")


class Vectors:
    """Unit vectors by passage id, with the language and article of each passage."""

    def __init__(self, directory: Path, server: ChromaServer | None, name: str) -> None:
        self._directory = directory
        self._server = server
        self._name = name
        self._client = self._connect()
        self._collections = self._list(self._client)
        with self._plainly():
            self._batch = self._client.get_max_batch_size()

    def reopen(self) -> None:
        """See what another process has written: an open embedded client keeps the index it once read."""
        client = self._client
        if self._server is None:
            SharedSystemClient.clear_system_cache()
            client = self._connect()
        self._client, self._collections = client, self._list(client)

    def _list(self, client: ClientAPI) -> dict[str, Collection]:
        """The collections there are, by language."""
        prefix, found, offset = f"{self._name}-", {}, 0
        with self._plainly():
            while listed := client.list_collections(limit=COLLECTIONS_AT_ONCE, offset=offset):
                offset += len(listed)
                found.update({one.name: one for one in listed if one.name.startswith(prefix)})
            return {
                name.removeprefix(prefix): client.get_collection(name, embedding_function=None)
                for name in sorted(found)
            }

    def _collection(self, language: str) -> Collection:
        """The collection of a language, made when it is new."""
        if language not in self._collections:
            name = f"{self._name}-{language}"
            try:
                with self._plainly():
                    self._collections[language] = self._client.get_or_create_collection(
                        name, embedding_function=None, configuration={"hnsw": HNSW}
                    )
            except ValueError as error:
                raise CorpusError(f"Chroma refused the collection {name!r}: {error}") from error
        return self._collections[language]

    def _plainly(self) -> AbstractContextManager[None]:
        if self._server is not None:
            return self._server.plainly()
        return plain_errors(f"the vectors in {self._directory}", "run `assistant ingest` again")

    def _connect(self) -> ClientAPI:
        """A client of the embedded database or of the server; nothing is ever reported home."""
        if self._server is not None:
            return self._server.connect()
        with plain_errors(f"the vectors in {self._directory}", "ingest the articles into a new --corpus"):
            return chromadb.PersistentClient(str(self._directory), settings=Settings(anonymized_telemetry=False))

    def add(self, ids: Sequence[str], vectors: np.ndarray, facts: Sequence[Facts]) -> None:
        """Store vectors (n, d) under `ids`, replacing those already there, each with its filterable facts.

        A passage keeps its language: to change it, remove its article first.
        """
        places: dict[str, list[int]] = {}
        for place, known in enumerate(facts):
            places.setdefault(str(known["language"]), []).append(place)
        for language, chosen in places.items():
            for begin in range(0, len(chosen), self._batch):
                part = chosen[begin : begin + self._batch]
                collection = self._collection(language)
                with self._plainly():
                    collection.upsert(
                        ids=[ids[place] for place in part],
                        embeddings=vectors[part].astype(np.float32),
                        metadatas=[facts[place] for place in part],
                    )

    def remove_article(self, article_id: str) -> None:
        """Remove all vectors of an article; none is no error."""
        with self._plainly():
            for collection in self._collections.values():
                collection.delete(where={"article_id": article_id})

    def search(
        self, vector: np.ndarray, k: int, restriction: Restriction = ANY
    ) -> list[tuple[str, float]]:
        """The `k` nearest passage ids with their cosine similarity (-1…1), nearest first."""
        found = self.search_languages(vector, k, restriction)
        return sorted((hit for hits in found.values() for hit in hits), key=lambda hit: (-hit[1], hit[0]))[:k]

    def search_languages(
        self, vector: np.ndarray, k: int, restriction: Restriction = ANY
    ) -> dict[str, list[tuple[str, float]]]:
        """By language, the `k` nearest passage ids with their cosine similarity (-1…1), nearest first."""
        if k <= 0:
            return {}
        return self._read(lambda: self._search(vector, k, restriction))

    def _search(self, vector: np.ndarray, k: int, restriction: Restriction) -> dict[str, list[tuple[str, float]]]:
        where, query = _where(restriction), vector.astype(np.float32)[None]
        found = {}
        for language, collection in list(self._collections.items()):
            if restriction.languages and language not in restriction.languages:
                continue
            result = collection.query(query_embeddings=query, n_results=k, where=where, include=["distances"])
            distances = (result["distances"] or [[]])[0]
            found[language] = [
                (key, 1.0 - float(distance)) for key, distance in zip(result["ids"][0], distances, strict=True)
            ]
        return found

    def get(self, ids: Sequence[str]) -> dict[str, np.ndarray]:
        """Stored vectors by passage id; unknown ids are left out."""
        return self._read(lambda: self._get(ids))

    def _get(self, ids: Sequence[str]) -> dict[str, np.ndarray]:
        found: dict[str, np.ndarray] = {}
        for collection in list(self._collections.values()):
            missing = [key for key in ids if key not in found]
            if not missing:
                break
            result = collection.get(ids=missing, include=["embeddings"])
            rows = result["embeddings"]
            if rows is not None:
                found.update((key, np.asarray(row)) for key, row in zip(result["ids"], rows, strict=True))
        return found

    def _read(self, read: Callable[[], T]) -> T:
        """What `read` gives, tried twice: the index may have changed under this client, or its server begun anew."""
        try:
            return read()
        except (ChromaError, httpx.TransportError):
            self.reopen()
        with self._plainly():
            return read()

    def count(self) -> int:
        """How many vectors are stored."""
        with self._plainly():
            return sum(collection.count() for collection in self._collections.values())


def _where(restriction: Restriction) -> dict[str, Any] | None:
    """A restriction within a language in Chroma's words; None when there is none."""
    values = {"publisher": restriction.publishers, "article_id": restriction.article_ids}
    clauses: list[dict[str, Any]] = [{field: {"$in": list(allowed)}} for field, allowed in values.items() if allowed]
    if restriction.first_day is not None:
        clauses.append({"published": {"$gte": restriction.first_day}})
    if restriction.last_day is not None:
        clauses.append({"published": {"$lte": restriction.last_day}})
    if len(clauses) > 1:
        return {"$and": clauses}
    return clauses[0] if clauses else None
