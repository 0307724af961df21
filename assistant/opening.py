"""The embedder that the settings name, opened now or when it is first needed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from assistant.settings import Settings

if TYPE_CHECKING:
    from ingest.corpus import Corpus
    from ingest.embed import Embedder
    from ingest.embed.base import PassageEmbedding
    from ingest.embed.protocol import Floats
    from ingest.ray_cluster import RayCluster


def open_settings_embedder(settings: Settings, embedding: str | None = None) -> PassageEmbedding:
    """The embedder of the settings, or `embedding` at their address and with their key; raises EmbeddingError."""
    from ingest.embed import Endpoint, open_embedder

    key = settings.api_key.get_secret_value() if settings.api_key else None
    endpoint = Endpoint(settings.embedding_base_url or settings.base_url, key, settings.requests_at_once,
                        settings.requests_per_minute)
    return open_embedder(embedding or settings.embedding, endpoint)


def open_for_writing(
    settings: Settings, *, refresh: bool = False, cluster: RayCluster | None = None
) -> tuple[Corpus, Embedder]:
    """The corpus of the settings, made if need be, and an embedder that is opened when it is first needed.

    With `refresh` a corpus built with another embedder is taken over by this one. On a `cluster` each core opens
    an embedder of its own; an endpoint is asked from here, where its key is.
    """
    from ingest.pipeline import open_corpus_for_writing

    embedder: Embedder = EmbedderOnDemand(settings)
    if cluster is not None and not settings.embedding.startswith("openai:"):
        from ingest.embed import open_embedder
        from ingest.ray_embedder import RayEmbedder

        embedder = RayEmbedder(cluster, embedder, partial(open_embedder, settings.embedding))
    corpus = open_corpus_for_writing(
        settings.corpus, embedder, settings.embedding, chroma=settings.chroma, refresh=refresh
    )
    return corpus, embedder


class EmbedderOnDemand:
    """An Embedder that takes no time and no memory until something is to be embedded."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def _embedder(self) -> Embedder:
        return open_settings_embedder(self._settings)

    @property
    def name(self) -> str:
        """The recipe of the embedder behind it."""
        return self._embedder.name

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self._embedder.dimensions

    @property
    def max_tokens(self) -> int:
        """The longest passage."""
        return self._embedder.max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens each text takes as a passage."""
        return self._embedder.count_tokens(texts)

    def embed_passages(self, texts: Sequence[str]) -> Floats:
        """Unit rows for passages."""
        return self._embedder.embed_passages(texts)

    def embed_query(self, text: str) -> Floats:
        """Unit vector of a query."""
        return self._embedder.embed_query(text)

    def embed_queries(self, texts: Sequence[str]) -> Floats:
        """Unit rows for queries."""
        return self._embedder.embed_queries(texts)
