"""How much a request may carry: enough for a question or a conversation reopened, never enough to fill the memory."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

from assistant.chat.serve.headers import App, Message, Receive, Send

# Fifty kept answers of 300 kB are the largest a page sends; files have a limit of their own, in Gradio.
LARGEST_BODY = 32_000_000
UPLOADS = "/gradio_api/upload"


class Bodies:
    """Refuses what is announced as too large with 413, and hangs up on what turns out to be."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass the request on, its body counted."""
        path = str(scope.get("path", "")).removeprefix(str(scope.get("root_path", "")))
        if scope["type"] != "http" or path.rstrip("/") == UPLOADS:
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced[:20]) > LARGEST_BODY:
            refused = PlainTextResponse(f"a request may carry {LARGEST_BODY // 1_000_000} MB", 413)
            await refused(scope, receive, send)
            return
        carried = 0

        async def receive_counted() -> Message:
            nonlocal carried
            message = await receive()
            carried += len(message.get("body", b""))
            return message if carried <= LARGEST_BODY else {"type": "http.disconnect"}

        await self.app(scope, receive_counted, send)
