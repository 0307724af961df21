"""The language model behind any OpenAI-compatible endpoint; the only module that talks to one.

Knows nothing of articles or citations: messages in, text out, one clear EndpointError when it fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import cast

import openai
from openai.types.chat import ChatCompletionChunk, ChatCompletionMessageParam

from assistant.errors import EndpointError
from assistant.settings import Settings

# Used with OpenAI itself when no model is named; other endpoints say which models they have.
DEFAULT_MODEL = "gpt-4.1-mini"
RETRIES = 2
MAX_ANSWER_TOKENS = 800


@dataclass(frozen=True, slots=True)
class Message:
    """One message to the model; role is system, user or assistant."""

    role: str
    content: str


class ChatModel:
    """A model at an endpoint; opened once, usable from many threads."""

    def __init__(self, settings: Settings) -> None:
        key = settings.api_key.get_secret_value() if settings.api_key else "none"
        self._client = openai.OpenAI(
            api_key=key, base_url=settings.base_url, timeout=settings.llm_timeout, max_retries=RETRIES
        )
        self._where = settings.base_url or "api.openai.com"
        self._named = settings.llm_model or (None if settings.base_url else DEFAULT_MODEL)

    @property
    def name(self) -> str:
        """The model's name; asks the endpoint for its first model when none was set."""
        if self._named is None:
            models = self._call_models()
            if not models:
                raise EndpointError(f"{self._where} offers no model: set ASSISTANT_LLM_MODEL")
            self._named = models[0]
        return self._named

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """Yield the answer's text as it comes; raises EndpointError, also after the first words."""
        try:
            chunks: openai.Stream[ChatCompletionChunk] = self._client.chat.completions.create(
                model=self.name,
                messages=cast(list[ChatCompletionMessageParam], [asdict(message) for message in messages]),
                temperature=0.0,
                max_completion_tokens=MAX_ANSWER_TOKENS,
                stream=True,
            )
            finished = False
            for chunk in chunks:
                if chunk.choices:
                    finished = finished or chunk.choices[0].finish_reason is not None
                    if chunk.choices[0].delta.content:
                        yield chunk.choices[0].delta.content
        except openai.OpenAIError as error:
            raise EndpointError(self._explain(error)) from error
        # A connection that is cut looks like an answer that ended, but for the missing reason.
        if not finished:
            raise EndpointError(f"{self._where} broke off in the middle of the answer: try again")

    def _call_models(self) -> list[str]:
        try:
            return [model.id for model in self._client.models.list().data]
        except openai.OpenAIError as error:
            raise EndpointError(self._explain(error)) from error

    def _explain(self, error: openai.OpenAIError) -> str:
        if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
            return f"{self._where} refused the key: check OPENAI_API_KEY"
        if isinstance(error, openai.APITimeoutError):
            return f"{self._where} did not answer in time: try again or raise ASSISTANT_LLM_TIMEOUT"
        if isinstance(error, openai.APIConnectionError):
            return f"{self._where} cannot be reached: check OPENAI_BASE_URL and that the server runs"
        if isinstance(error, openai.RateLimitError):
            return f"{self._where} is over its rate limit or quota: wait and try again"
        if isinstance(error, openai.NotFoundError):
            return f"{self._where} does not know model {self._named!r}: set ASSISTANT_LLM_MODEL"
        if isinstance(error, openai.APIStatusError):
            return f"{self._where} answered with error {error.status_code}: {_first_line(error.message)}"
        return f"{self._where} broke off: {_first_line(str(error))}"


def _first_line(text: str) -> str:
    return (text.strip().splitlines() or ["no reason given"])[0][:200]
