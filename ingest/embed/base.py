"""The join to LlamaIndex: an `Embedder` that is a `BaseEmbedding` too."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Sequence

from llama_index.core.base.embeddings.base import BaseEmbedding

from ingest.embed.protocol import Floats


class PassageEmbedding(BaseEmbedding):
    """Fulfils `BaseEmbedding` with the two methods a subclass gives: embed_passages and embed_queries."""

    @property
    def name(self) -> str:
        """The recipe: two embedders with the same name give comparable vectors."""
        return self.model_name

    @property
    @abstractmethod
    def dimensions(self) -> int:
        """Length of a vector."""

    @property
    @abstractmethod
    def max_tokens(self) -> int:
        """The longest passage, as `count_tokens` counts."""

    @abstractmethod
    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens each text takes as a passage."""

    @abstractmethod
    def embed_passages(self, texts: Sequence[str]) -> Floats:
        """Unit rows for passages, shape (n, dimensions)."""

    @abstractmethod
    def embed_queries(self, texts: Sequence[str]) -> Floats:
        """Unit rows for queries, shape (n, dimensions)."""

    def embed_query(self, text: str) -> Floats:
        """Unit vector of one query, shape (dimensions,)."""
        row: Floats = self.embed_queries([text])[0]
        return row

    def _get_query_embedding(self, query: str) -> list[float]:
        return _as_list(self.embed_query(query))

    def _get_text_embedding(self, text: str) -> list[float]:
        return _as_list(self.embed_passages([text])[0])

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [_as_list(row) for row in self.embed_passages(texts)]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)

    async def _aget_text_embedding(self, text: str) -> list[float]:
        return await asyncio.to_thread(self._get_text_embedding, text)

    async def _aget_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return await asyncio.to_thread(self._get_text_embeddings, texts)


def _as_list(row: Floats) -> list[float]:
    return [float(value) for value in row]
