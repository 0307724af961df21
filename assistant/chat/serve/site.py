"""The whole site as one ASGI application: the page, the addresses for programs, and its health."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import gradio as gr
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from assistant.chat.answering import Answering
from assistant.chat.app import build_chat, page_head
from assistant.chat.programs.mcp_tools import make_tools
from assistant.chat.programs.openai_chat import openai_routes
from assistant.chat.serve.accounts import Accounts
from assistant.chat.serve.bodies import Bodies
from assistant.chat.serve.headers import Gate, SecurityHeaders
from assistant.chat.serve.metrics import CONTENT_TYPE
from assistant.chat.serve.options import Serving
from assistant.chat.texts import TEXTS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

LARGEST_UPLOAD = "200mb"


def build_site(answering: Answering, serving: Serving, folder: Path) -> FastAPI:
    """Everything under one address; `folder` keeps the key and what people think of answers."""
    accounts = Accounts(serving.users) if serving.users else None
    tools = make_tools(answering) if serving.mcp else None

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            if tools is not None:
                await stack.enter_async_context(tools.session_manager.run())
            yield

    routes: list[Route | Mount] = [
        *openai_routes(answering), Route("/healthz", _health(answering)), Route("/metrics", _metrics(answering)),
    ]
    if tools is not None:
        routes.append(Mount("/mcp", tools.streamable_http_app()))
    site = FastAPI(openapi_url=None, lifespan=lifespan, routes=[*routes])
    page = build_chat(answering, folder, allow_ingest=serving.allow_ingest)
    gr.mount_gradio_app(
        site, page.queue(api_open=False), path="", auth=accounts.check if accounts else None,
        root_path=serving.root_path or None, ssr_mode=False, footer_links=[], enable_monitoring=False,
        i18n=gr.I18n(**TEXTS), head=page_head(), max_file_size=LARGEST_UPLOAD, show_error=True,
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
    )
    site.add_middleware(Gate, accounts=accounts)
    site.add_middleware(Bodies)
    site.add_middleware(SecurityHeaders)
    return site


def _health(answering: Answering) -> Callable[[Request], Awaitable[Response]]:
    async def health(request: Request) -> Response:
        shelf = await run_in_threadpool(answering.library.describe, "en")
        endpoints = answering.library.endpoints()
        # Without its model the chat quotes; without vectors of questions it finds nothing.
        well = shelf.state == "ready" and not answering.closing and endpoints.get("embedding") != "open"
        state = "ending" if answering.closing else shelf.state
        document = {"status": "ok" if well else "unavailable", "corpus": state, "running": answering.running}
        return JSONResponse(document | ({"endpoints": endpoints} if endpoints else {}), 200 if well else 503)

    return health


def _metrics(answering: Answering) -> Callable[[Request], Awaitable[Response]]:
    async def metrics(request: Request) -> Response:
        text = answering.metrics.text(answering.running, answering.library.endpoints())
        return Response(text, media_type=CONTENT_TYPE)

    return metrics
