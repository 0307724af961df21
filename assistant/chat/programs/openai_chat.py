"""OpenAI's chat protocol, so that any client of it can use the corpus as a model: `/v1`.

Citations stand below the answer for people and in the fields `citations`, `sentences` and `abstained` for
programs: of the completion, or of the last chunk of a stream.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from itertools import chain
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from assistant.chat.answering import Answering, Asked, Flow
from assistant.chat.narrowing import Wanted
from assistant.chat.programs.messages import UnusableRequestError, list_sources, read_request
from assistant.chat.serve.limits import TooManyQuestionsError
from assistant.errors import AssistantError, QuestionError
from assistant.records import Answer, Delta, Done
from ingest.errors import IngestError

# What the two ways of answering are called as models.
WRITTEN, QUOTED = "articles", "articles-quotes"
MOST_BYTES = 1_000_000


def openai_routes(answering: Answering) -> list[Route]:
    """The routes `/v1/models` and `/v1/chat/completions`."""

    async def models(request: Request) -> Response:
        names = [WRITTEN, QUOTED] if answering.library.settings.has_model else [QUOTED]
        rows = [{"id": name, "object": "model", "created": 0, "owned_by": "article-assistant"} for name in names]
        return JSONResponse({"object": "list", "data": rows})

    async def completions(request: Request) -> Response:
        try:
            body = json.loads(await _read(request))
            question, history, model, stream = read_request(body)
            wanted = Wanted(quotes_only=model == QUOTED)
            asked = Asked(question, history, wanted, request.scope.get("user_name", ""), "openai")
            flow = await run_in_threadpool(answering.start, asked)
            if stream:
                head = await run_in_threadpool(_first, flow)
                return StreamingResponse(_events(head, flow, model), media_type="text/event-stream")
            return JSONResponse(_completion(await run_in_threadpool(_answer, flow), model))
        except TooManyQuestionsError as error:
            return _refused(429, str(error), "rate_limit_exceeded", {"Retry-After": str(error.wait)})
        except (UnusableRequestError, QuestionError, ValueError) as error:
            return _refused(400, str(error), "invalid_request_error")
        except (AssistantError, IngestError) as error:
            return _refused(503, str(error), "unavailable")

    return [Route("/v1/models", models), Route("/v1/chat/completions", completions, methods=["POST"])]


async def _read(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise UnusableRequestError("the request is larger than 1 MB: shorten the conversation")
    return body


def _answer(flow: Flow) -> Answer:
    for event in flow:
        if isinstance(event, Done):
            return event.answer
    raise AssistantError("the answer was stopped before it was finished")


def _first(flow: Flow) -> list[Delta | Done]:
    """Wait for the first text, so that what fails before it gets a status of its own."""
    for event in flow:
        if isinstance(event, Delta | Done):
            return [event]
    return []


def _completion(answer: Answer, model: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": answer.text + list_sources(answer)}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return {**_head("chat.completion", model), "choices": [choice], **_extra(answer)}


def _events(head: list[Delta | Done], flow: Flow, model: str) -> Iterator[str]:
    """Server-sent events: text as it comes, then the sources and the extra fields."""
    frame = _head("chat.completion.chunk", model)

    def chunk(delta: dict[str, str], reason: str | None, extra: dict[str, Any]) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        return f"data: {json.dumps({**frame, 'choices': [choice], **extra}, ensure_ascii=False)}\n\n"

    try:
        yield chunk({"role": "assistant", "content": ""}, None, {})
        for event in chain(head, flow):
            if isinstance(event, Delta) and event.text:
                yield chunk({"content": event.text}, None, {})
            elif isinstance(event, Done):
                yield chunk({"content": list_sources(event.answer)}, None, {})
                yield chunk({}, "stop", _extra(event.answer))
        yield "data: [DONE]\n\n"
    except (AssistantError, IngestError) as error:
        yield f"data: {json.dumps({'error': {'message': str(error), 'type': 'unavailable'}})}\n\n"
    finally:
        flow.halt()


def _head(kind: str, model: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": kind, "created": int(time.time()), "model": model}


def _extra(answer: Answer) -> dict[str, Any]:
    document = answer.to_json()
    return {key: document[key] for key in ("citations", "sentences", "abstained", "language")}


def _refused(status: int, message: str, kind: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"error": {"message": message, "type": kind, "code": kind}}, status, headers)
