"""The language model behind any OpenAI-compatible endpoint; the only module that talks to one.

Knows nothing of articles or citations: messages in, text and token counts out, one clear EndpointError
when it fails. A call that is refused for the moment is tried again, an answer that has begun never is.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import asdict, dataclass
from math import ceil
from typing import TypeVar, cast
from urllib.parse import urlsplit

import openai
from openai.types.chat import ChatCompletionChunk, ChatCompletionMessageParam

from assistant.errors import EndpointError
from assistant.records import Usage
from assistant.settings import Settings
from ingest.embed.endpoint import is_down
from ingest.errors import EndpointRestError
from ingest.guard import Guard

T = TypeVar("T")

# Used with OpenAI itself when no model is named; other endpoints say which models they have.
DEFAULT_MODEL = "gpt-4.1-mini"
RETRIES = 3
FIRST_WAIT_SECONDS = 0.5
# A person waits: an endpoint that asks for more patience than this is given up.
LONGEST_WAIT_SECONDS = 20.0
JITTER = 0.25
MAX_ANSWER_TOKENS = 800
# An endpoint that does not keep to that is cut off: nobody reads more, and checking it takes time.
MOST_TOKENS_READ = 8 * MAX_ANSWER_TOKENS
# UTF-8 bytes a token: English has 4 to 5, Swedish and German 3 to 4 with the vocabularies of common models.
# Low on purpose, so that a prompt that is estimated to fit does fit.
BYTES_A_TOKEN = 2.5
TOKENS_A_MESSAGE = 8


@dataclass(frozen=True, slots=True)
class Message:
    """One message to the model; role is system, user or assistant."""

    role: str
    content: str


def estimate_tokens(text: str) -> int:
    """About how many tokens a text has for any model; rather too many than too few."""
    return ceil(len(text.encode("utf-8", "replace")) / BYTES_A_TOKEN)


class Reply:
    """A reply's text as it comes, an iterator; `usage` counts its tokens, estimated until the endpoint tells."""

    def __init__(self, model: ChatModel, messages: Sequence[Message]) -> None:
        self._model = model
        self._asked = sum(estimate_tokens(message.content) + TOKENS_A_MESSAGE for message in messages)
        self._written = 0
        self._counted: tuple[int, int] | None = None
        self._pieces = self._read(messages)

    def __iter__(self) -> Reply:
        return self

    def __next__(self) -> str:
        return next(self._pieces)

    def close(self) -> None:
        """Hang up, so that the endpoint stops writing."""
        self._pieces.close()

    @property
    def usage(self) -> Usage:
        """Tokens and cost so far."""
        asked, written = self._counted or (self._asked, self._written)
        return self._model.price(asked, written, estimated=self._counted is None)

    def _read(self, messages: Sequence[Message]) -> Generator[str]:
        finished = False
        try:
            with self._model.guard, self._model.open_stream(messages) as chunks:
                for chunk in chunks:
                    if chunk.usage is not None:
                        self._counted = chunk.usage.prompt_tokens, chunk.usage.completion_tokens
                    for choice in chunk.choices[:1]:
                        finished = finished or choice.finish_reason is not None
                        if choice.delta.content:
                            self._written += estimate_tokens(choice.delta.content)
                            yield choice.delta.content
                    if self._written > MOST_TOKENS_READ:
                        return
        except EndpointRestError as error:
            raise EndpointError(f"{self._model.where} {error}") from error
        except openai.OpenAIError as error:
            raise self._model.explain(error) from error
        # A connection that is cut looks like an answer that ended, but for the missing reason.
        if not finished:
            raise EndpointError(f"{self._model.where} broke off in the middle of the answer: try again")


class ChatModel:
    """A model at an endpoint; opened once, usable from many threads."""

    def __init__(self, settings: Settings) -> None:
        key = settings.api_key.get_secret_value() if settings.api_key else "none"
        self._client = openai.OpenAI(
            api_key=key, base_url=settings.base_url, timeout=settings.llm_timeout, max_retries=0
        )
        self.where = _without_login(settings.base_url or "api.openai.com")
        self.guard = Guard(_is_down, at_once=settings.requests_at_once, per_minute=settings.requests_per_minute)
        self.prompt_tokens = settings.llm_context - MAX_ANSWER_TOKENS
        self._prices = settings.llm_price_in, settings.llm_price_out
        self._named = settings.llm_model or (None if settings.base_url else DEFAULT_MODEL)
        self._counts_tokens = True

    def close(self) -> None:
        """Close the connections to the endpoint."""
        self._client.close()

    @property
    def name(self) -> str:
        """The model's name; asks the endpoint for its first model when none was set."""
        if self._named is None:
            models = self._call_models()
            if not models:
                raise EndpointError(f"{self.where} offers no model: set ASSISTANT_LLM_MODEL")
            self._named = models[0]
        return self._named

    def stream(self, messages: Sequence[Message]) -> Reply:
        """The reply, text as it comes; iterating it raises EndpointError, also after the first words."""
        return Reply(self, messages)

    def price(self, prompt_tokens: int, completion_tokens: int, *, estimated: bool) -> Usage:
        """The usage record of so many tokens; without prices in the settings its cost is None."""
        price_in, price_out = self._prices
        cost = None
        if price_in is not None and price_out is not None:
            cost = (prompt_tokens * price_in + completion_tokens * price_out) / 1_000_000
        return Usage(self._named or "", prompt_tokens, completion_tokens, cost, estimated)

    def open_stream(self, messages: Sequence[Message]) -> openai.Stream[ChatCompletionChunk]:
        """The chunks of a reply, opened with patience; raises what the client raises."""
        name = self.name
        try:
            return self._open_patiently(name, messages)
        except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
            # Some endpoints refuse the wish for token counts.
            if not self._counts_tokens or "stream_options" not in str(error):
                raise
            self._counts_tokens = False
            return self._open_patiently(name, messages)

    def _open_patiently(self, name: str, messages: Sequence[Message]) -> openai.Stream[ChatCompletionChunk]:
        return call_patiently(lambda: self._client.chat.completions.create(
            model=name,
            messages=cast(list[ChatCompletionMessageParam], [asdict(message) for message in messages]),
            temperature=0.0,
            max_completion_tokens=MAX_ANSWER_TOKENS,
            stream=True,
            stream_options={"include_usage": True} if self._counts_tokens else openai.omit,
        ))

    def _call_models(self) -> list[str]:
        try:
            return [model.id for model in call_patiently(lambda: self._client.models.list()).data]
        except openai.OpenAIError as error:
            raise self.explain(error) from error

    def explain(self, error: openai.OpenAIError) -> EndpointError:
        """What went wrong and what to do, in one line."""
        return EndpointError(f"{self.where} {_reason(error, self._named)}")


def call_patiently(call: Callable[[], T]) -> T:
    """What `call` returns, tried again with growing waits while the endpoint is busy, failing or not reached."""
    for attempt in range(RETRIES):
        try:
            return call()
        except openai.APIError as error:
            wait = seconds_to_wait(error, attempt)
            if wait is None:
                raise
            # Those who were refused together must not come back together.
            time.sleep(wait * random.uniform(1.0, 1.0 + JITTER))
    return call()


def seconds_to_wait(error: openai.APIError, attempt: int) -> float | None:
    """How long to wait before the next attempt (0, 1, …), or None when it would not help.

    What the endpoint itself asks for (`Retry-After`, in seconds) is kept to, up to LONGEST_WAIT_SECONDS.
    """
    usual = FIRST_WAIT_SECONDS * 2.0**attempt
    if isinstance(error, openai.APITimeoutError):
        return None  # a person has waited that long already
    if isinstance(error, openai.APIConnectionError):
        return usual
    if not isinstance(error, openai.APIStatusError) or error.code == "insufficient_quota":
        return None
    if error.status_code not in (408, 409, 429) and error.status_code < 500:
        return None
    try:
        asked = max(float(error.response.headers.get("retry-after", usual)), 0.0)
    except ValueError:  # a date: rare, and clocks differ
        return usual
    return asked if asked <= LONGEST_WAIT_SECONDS else None


def _is_down(error: BaseException) -> bool:
    return is_down(error.__cause__ or error)  # the models were asked for, and what failed is explained already


def _reason(error: openai.OpenAIError, model: str | None) -> str:
    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
        return "refused the key: check OPENAI_API_KEY"
    if isinstance(error, openai.APITimeoutError):
        return "did not answer in time: try again or raise ASSISTANT_LLM_TIMEOUT"
    if isinstance(error, openai.APIConnectionError):
        return "cannot be reached: check OPENAI_BASE_URL and that the server runs"
    if isinstance(error, openai.RateLimitError):
        return "is over its rate limit or quota: wait and try again"
    if isinstance(error, openai.NotFoundError):
        return f"does not know model {model!r}: set ASSISTANT_LLM_MODEL"
    if isinstance(error, openai.APIStatusError):
        return f"answered with error {error.status_code}: {_first_line(error.message)}"
    return f"broke off: {_first_line(str(error))}"


def _without_login(address: str) -> str:
    """An address as it may be shown: without the name and password it can hold."""
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _first_line(text: str) -> str:
    return (text.strip().splitlines() or ["no reason given"])[0][:200]
