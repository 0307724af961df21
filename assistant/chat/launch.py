"""Serving the chat on one machine: address, port, what the browser may load, and a clean end."""

from __future__ import annotations

import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from assistant.errors import AssistantError, SettingsError
from assistant.settings import Settings
from ingest.errors import IngestError

# How many ports after the wanted one are tried.
PORTS_TRIED = 20
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

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class SecurityHeaders:
    """Adds the headers to every response, so that a page with a mistake in it still cannot call outside."""

    def __init__(self, app: Callable[[Message, Receive, Send], Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass the request on and the response back with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *HEADERS]
            await send(message)

        await self.app(scope, receive, send_with_headers)


def launch_chat(
    settings: Settings, *, host: str = "127.0.0.1", port: int = 7860, open_browser: bool = False
) -> None:
    """Serve the chat until Ctrl-C; the next free port is taken when `port` is in use."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    free = find_port(host, port)
    import gradio as gr
    from starlette.middleware import Middleware

    from assistant.chat.app import build_chat, page_head
    from assistant.chat.shelf import Library
    from assistant.chat.texts import TEXTS

    library = Library(settings)
    page = build_chat(library).queue(api_open=False)
    _, address, _ = page.launch(
        server_name=host, server_port=free, share=False, quiet=True, prevent_thread_lock=True, ssr_mode=False,
        footer_links=[], i18n=gr.I18n(**TEXTS), head=page_head(), enable_monitoring=False,
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
        app_kwargs={"middleware": [Middleware(SecurityHeaders)]},
    )
    moved = f" (port {port} is in use)" if free != port else ""
    sys.stdout.write(f"Chat: {address}{moved} – end it with Ctrl-C\n")
    sys.stdout.flush()
    threading.Thread(target=_warm_up, args=(library,), daemon=True).start()
    if open_browser:
        webbrowser.open(address)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        sys.stdout.write("\n")
    finally:
        page.close(verbose=False)


def find_port(host: str, port: int) -> int:
    """The wanted port or the next free one; raises SettingsError when there is none or no such host."""
    reason = ""
    for candidate in range(port, min(port + PORTS_TRIED, 65536)):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError as error:
                reason = error.strerror or str(error)
            else:
                return candidate
    raise SettingsError(f"cannot listen on {host}, ports {port} to {port + PORTS_TRIED - 1}: {reason}")


def _warm_up(library: Any) -> None:
    """Open the corpus before the first question; what is wrong with it is said on the page."""
    try:
        library.assistant()
    except (AssistantError, IngestError):
        return
