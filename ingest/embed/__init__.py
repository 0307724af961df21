"""Passages and queries → vectors: `open_embedder`, and the table of what can stand behind it."""

from __future__ import annotations

from collections.abc import Callable

from ingest.embed.base import PassageEmbedding
from ingest.embed.protocol import Embedder
from ingest.errors import EmbeddingError

__all__ = ["EMBEDDERS", "Embedder", "PassageEmbedding", "open_embedder"]

Opener = Callable[[str, str | None, str | None], PassageEmbedding]


def _open_local(model: str, base_url: str | None, api_key: str | None) -> PassageEmbedding:
    from ingest.embed.local import LocalEmbedding

    return LocalEmbedding()


def _open_openai(model: str, base_url: str | None, api_key: str | None) -> PassageEmbedding:
    from ingest.embed.endpoint import EndpointEmbedding

    return EndpointEmbedding(model, base_url, api_key)


def _open_onnx(model: str, base_url: str | None, api_key: str | None) -> PassageEmbedding:
    from ingest.embed.onnx_folder import OnnxEmbedding

    return OnnxEmbedding(model)


# By scheme; each takes what follows the colon, an address and a key, and imports its libraries when called.
EMBEDDERS: dict[str, Opener] = {"local": _open_local, "openai": _open_openai, "onnx": _open_onnx}


def open_embedder(name: str, *, base_url: str | None = None, api_key: str | None = None) -> PassageEmbedding:
    """Open `local`, `openai:<model>` or `onnx:<folder or hub name>`; EmbeddingError says what is missing."""
    scheme, _, model = name.partition(":")
    if scheme not in EMBEDDERS:
        raise EmbeddingError(
            f"unknown embedder {name!r}: set ASSISTANT_EMBEDDING to local, onnx:<folder or hub name> "
            "or openai:<model>"
        )
    return EMBEDDERS[scheme](model, base_url, api_key)
