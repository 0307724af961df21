"""Embeddings from any OpenAI-compatible `/v1/embeddings`: OpenAI, vLLM, Ollama, llama.cpp …

It knows neither the model's tokenizer nor its window, so tokens are estimated on the high side; queries and
passages are sent alike, without a prefix.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import openai
from llama_index.core.bridge.pydantic import PrivateAttr
from openai.types import CreateEmbeddingResponse

from ingest.embed.base import PassageEmbedding
from ingest.embed.protocol import Floats
from ingest.embed.text import clean, too_long
from ingest.errors import EmbeddingError, EndpointRestError
from ingest.guard import Guard

OPENAI_URL = "https://api.openai.com/v1"
TIMEOUT_SECONDS = 60.0
RETRIES = 3  # with growing pauses, for lost connections, 429 and 5xx
BATCH_TEXTS = 64  # the smallest limit met among servers (OpenAI takes 2,048)
MAX_TOKENS = 512  # the smallest window of the models in use
BYTES_PER_TOKEN = 3  # Swedish and German news have 3.5 to 4.5 with the usual vocabularies


class EndpointEmbedding(PassageEmbedding):
    """An embedding model behind an HTTP address."""

    _client: openai.OpenAI = PrivateAttr()
    _model: str = PrivateAttr()
    _dimensions: int | None = PrivateAttr(default=None)
    _guard: Guard = PrivateAttr()

    def __init__(
        self, model: str, base_url: str | None, api_key: str | None, *, at_once: int, per_minute: int | None
    ) -> None:
        if not model:
            raise EmbeddingError("no embedding model named: set ASSISTANT_EMBEDDING=openai:<model>")
        if not base_url and not api_key:
            raise EmbeddingError(
                f"openai:{model} needs a key: set OPENAI_API_KEY, or ASSISTANT_EMBEDDING_BASE_URL for a "
                "server without one, or ASSISTANT_EMBEDDING=local"
            )
        super().__init__(model_name=f"openai:{model}")
        self._model = model
        self._client = openai.OpenAI(
            base_url=base_url or OPENAI_URL, api_key=api_key or "none", timeout=TIMEOUT_SECONDS,
            max_retries=RETRIES,
        )  # fmt: skip
        self._guard = Guard(is_down, at_once=at_once, per_minute=per_minute)

    @property
    def guard(self) -> Guard:
        """What stands around each call, and knows whether the endpoint is down."""
        return self._guard

    @property
    def dimensions(self) -> int:
        """Length of a vector; the first look asks the endpoint."""
        if self._dimensions is None:
            self._dimensions = self.embed_query("dimensions").shape[0]
        return self._dimensions

    @property
    def max_tokens(self) -> int:
        """Estimated tokens a passage may have."""
        return MAX_TOKENS

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Estimated tokens of each text, on the high side: a third of its bytes."""
        return [-(-len(clean(text).encode("utf-8")) // BYTES_PER_TOKEN) for text in texts]

    def embed_passages(self, texts: Sequence[str]) -> Floats:
        """Unit rows, shape (n, dimensions); PassageTooLongError, EmbeddingError when the endpoint fails."""
        for text, size in zip(texts, self.count_tokens(texts), strict=True):
            if size > MAX_TOKENS:
                raise too_long(text, f"about {size:,} tokens", MAX_TOKENS)
        return self._embed(texts)

    def embed_queries(self, texts: Sequence[str]) -> Floats:
        """Unit rows, shape (n, dimensions); the end of a long query is not sent."""
        return self._embed([text[: MAX_TOKENS * BYTES_PER_TOKEN] for text in texts])

    def _embed(self, texts: Sequence[str]) -> Floats:
        cleaned = [clean(text).strip() or "-" for text in texts]  # OpenAI refuses a batch with an empty text
        rows = [self._ask(cleaned[i : i + BATCH_TEXTS]) for i in range(0, len(cleaned), BATCH_TEXTS)]
        return np.concatenate(rows) if rows else np.zeros((0, self.dimensions), np.float32)

    def _ask(self, batch: list[str]) -> Floats:
        where = f"{self._client.base_url.copy_with(userinfo=b'')} (model {self._model})"
        try:
            with self._guard:
                answer = self._client.embeddings.create(model=self._model, input=batch, encoding_format="float")
        except EndpointRestError as error:
            raise EmbeddingError(f"{where} {error}") from error
        except openai.OpenAIError as error:
            raise EmbeddingError(f"{where} {_explain(error)}") from error
        except ValueError as error:  # what came was no JSON
            raise EmbeddingError(f"{where} answered with something else than embeddings: {error}") from error
        return _unit_rows(answer, len(batch), where)


def is_down(error: BaseException) -> bool:
    """Whether an endpoint that fails so is better left alone for a while."""
    if isinstance(error, openai.APIStatusError):
        return error.status_code in (408, 429) or error.status_code >= 500
    return isinstance(error, openai.APIConnectionError)


def _explain(error: openai.OpenAIError) -> str:
    match error:
        case openai.APITimeoutError():
            return f"did not answer within {TIMEOUT_SECONDS:.0f} s: try again, or check the server"
        case openai.APIConnectionError():
            return "cannot be reached: check that the server runs, and ASSISTANT_EMBEDDING_BASE_URL"
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return "refused the key: check OPENAI_API_KEY"
        case openai.NotFoundError():
            return "was not found: check the model's name and the address, which mostly ends in /v1"
        case openai.RateLimitError():
            return "has no capacity or quota left for this key: try again later"
        case openai.APIStatusError():
            return f"failed with HTTP {error.status_code}: {' '.join(str(error.message).split())[:200]}"
        case _:
            return f"failed: {' '.join(str(error).split())[:200]}"


def _unit_rows(answer: object, count: int, where: str) -> Floats:
    rows = answer.data if isinstance(answer, CreateEmbeddingResponse) else None
    if not rows or len(rows) != count or len({len(row.embedding) for row in rows}) != 1:
        raise EmbeddingError(f"{where} did not answer with {count} embeddings of one length: check the model")
    matrix = np.array([row.embedding for row in sorted(rows, key=lambda row: row.index)], np.float32)
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    if not np.isfinite(norms).all() or (norms == 0).any():
        raise EmbeddingError(f"{where} answered with a vector that is zero or not finite: check the model")
    unit: Floats = matrix / norms
    return unit
