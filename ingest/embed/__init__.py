"""Passages and queries → vectors: `open_embedder`, and the table of what can stand behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.embed.base import PassageEmbedding
from ingest.embed.protocol import Embedder
from ingest.errors import EmbeddingError

__all__ = ["EMBEDDERS", "Embedder", "Endpoint", "PassageEmbedding", "open_embedder"]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where an embedding endpoint is, its key, and how much it may be asked at once and a minute."""

    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    at_once: int = 8
    per_minute: int | None = None


HERE = Endpoint()
Opener = Callable[[str, Endpoint], PassageEmbedding]


def _open_local(model: str, endpoint: Endpoint) -> PassageEmbedding:
    from ingest.embed.local import LocalEmbedding

    return LocalEmbedding()


def _open_openai(model: str, endpoint: Endpoint) -> PassageEmbedding:
    from ingest.embed.endpoint import EndpointEmbedding

    return EndpointEmbedding(
        model, endpoint.base_url, endpoint.api_key, at_once=endpoint.at_once, per_minute=endpoint.per_minute
    )


def _open_onnx(model: str, endpoint: Endpoint) -> PassageEmbedding:
    from ingest.embed.onnx_folder import OnnxEmbedding

    return OnnxEmbedding(model)


# By scheme; each takes what follows the colon and the endpoint, and imports its libraries when called.
EMBEDDERS: dict[str, Opener] = {"local": _open_local, "openai": _open_openai, "onnx": _open_onnx}


def open_embedder(name: str, endpoint: Endpoint = HERE) -> PassageEmbedding:
    """Open `local`, `openai:<model>` or `onnx:<folder or hub name>`; EmbeddingError says what is missing."""
    scheme, _, model = name.partition(":")
    if scheme not in EMBEDDERS:
        raise EmbeddingError(
            f"unknown embedder {name!r}: set ASSISTANT_EMBEDDING to local, onnx:<folder or hub name> "
            "or openai:<model>"
        )
    return EMBEDDERS[scheme](model, endpoint)
