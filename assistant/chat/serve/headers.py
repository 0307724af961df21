"""What every response carries, and who may use the addresses for programs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import JSONResponse

from assistant.chat.serve.accounts import Accounts

# Gradio's page needs inline scripts and styles and evaluates templates; nothing may come from another host.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; worker-src 'self' blob:;"
    " style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:;"
    " connect-src 'self' blob: data:; object-src 'none'; base-uri 'self'; form-action 'self'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode("ascii")),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)
PROGRAMS = ("/v1", "/mcp", "/metrics")
READING = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


class SecurityHeaders:
    """Adds the headers to every response, so that a page with a mistake in it still cannot call outside."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass the request on and the response back with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *HEADERS]
            await send(message)

        await self.app(scope, receive, send_with_headers)


class Gate:
    """Lets programs in with an account's name and password; without accounts, anyone but foreign web pages.

    A web page of another host may send nothing here, whoever is logged in.
    """

    def __init__(self, app: App, accounts: Accounts | None) -> None:
        self.app = app
        self.accounts = accounts

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass on, with the name in the scope, or answer 401 or 403."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = str(scope.get("path", "")).removeprefix(str(scope.get("root_path", "")))
        headers = Headers(scope=scope)
        if scope["method"] not in READING and not _same_page(headers):
            await _refused(403, "web pages of other hosts may not send anything here")(scope, receive, send)
            return
        if not any(path == part or path.startswith(f"{part}/") for part in PROGRAMS):
            await self.app(scope, receive, send)
            return
        name = scope["client"][0] if scope.get("client") else ""
        if self.accounts is not None:
            name = await run_in_threadpool(self.accounts.check_header, headers.get("authorization", ""))
            if name is None:
                await _refused(401, "give name:password as the key, or as Basic authorization")(scope, receive, send)
                return
        elif not _own_page(headers.get("origin")):
            await _refused(403, "web pages of other hosts may not ask here")(scope, receive, send)
            return
        scope["user_name"] = name
        await self.app(scope, receive, send)


def _own_page(origin: str | None) -> bool:
    """Whether a request comes from no web page, or from one of this machine (a name can be rebound to it)."""
    return origin is None or urlsplit(origin).hostname in OWN_HOSTS


def _same_page(headers: Headers) -> bool:
    """Whether a request comes from no web page or from one of ours; a proxy may say which host it was asked for."""
    origin = headers.get("origin")
    return _own_page(origin) or urlsplit(origin).netloc in {headers.get("host"), headers.get("x-forwarded-host")}


def _refused(status: int, message: str) -> JSONResponse:
    document = {"error": {"message": message, "type": "authentication_error", "code": str(status)}}
    return JSONResponse(document, status, {"WWW-Authenticate": "Basic"} if status == 401 else None)
