"""Passages embedded by processes of a Ray cluster, each with the model loaded once; counting stays in this one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np

from ingest.embed.protocol import Embedder, Floats
from ingest.errors import EmbeddingError
from ingest.ray_cluster import RayCluster

OpenEmbedder = Callable[[], Embedder]


class Model:
    """What an actor is: an embedder, opened once."""

    def __init__(self, open_embedder: OpenEmbedder) -> None:
        with _one_core():
            self._embedder = open_embedder()

    def embed(self, texts: list[str]) -> tuple[str, Floats]:
        """The embedder's name and the vectors (n, d) of passages."""
        return self._embedder.name, self._embedder.embed_passages(texts)


class RayEmbedder:
    """An embedder whose passages are embedded by the actors of a cluster; questions and counts stay here."""

    def __init__(self, cluster: RayCluster, embedder: Embedder, open_embedder: OpenEmbedder) -> None:
        self._cluster = cluster
        self._here = embedder
        self._open = open_embedder
        self._actors: list[Any] = []

    @property
    def name(self) -> str:
        """The recipe."""
        return self._here.name

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self._here.dimensions

    @property
    def max_tokens(self) -> int:
        """The longest passage."""
        return self._here.max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens each text takes as a passage."""
        return self._here.count_tokens(texts)

    def embed_passages(self, texts: Sequence[str]) -> Floats:
        """Unit rows, shape (n, dimensions), in the order of the texts."""
        self._actors = self._actors or self._cluster.start(Model, self._open)
        width = min(len(self._actors), len(texts))
        parts = [list(texts[first::width]) for first in range(width)]
        answers = self._cluster.collect([
            actor.embed.remote(part) for actor, part in zip(self._actors, parts, strict=False)
        ])
        rows = np.empty((len(texts), self.dimensions), np.float32)
        for first, (name, found) in enumerate(answers):
            if name != self.name:
                raise EmbeddingError(f"the Ray cluster embeds with {name}, here it is {self.name}: install the same"
                                     " version of this program on every machine")
            rows[first::width] = found
        return rows

    def embed_query(self, text: str) -> Floats:
        """Unit vector of one query."""
        return self._here.embed_query(text)

    def embed_queries(self, texts: Sequence[str]) -> Floats:
        """Unit rows of queries."""
        return self._here.embed_queries(texts)


@contextmanager
def _one_core() -> Iterator[None]:
    """While a model is opened in here it sees one core, and so takes one thread; there is a model for each."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    cores = os.sched_getaffinity(0)
    own = sorted(cores)[os.getpid() % len(cores)]
    with suppress(OSError):
        os.sched_setaffinity(0, {own})
    try:
        yield
    finally:
        with suppress(OSError):
            os.sched_setaffinity(0, cores)
