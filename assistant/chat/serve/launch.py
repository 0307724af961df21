"""Serving the chat on one machine: address, port, and a clean end."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import webbrowser
from types import FrameType
from typing import TYPE_CHECKING

from assistant.chat.serve.options import Serving
from assistant.errors import AssistantError, SettingsError
from assistant.settings import Settings
from ingest.errors import IngestError

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

    from assistant.chat.shelf import Library

# Gradio reports nothing to anybody, and keeps no statistics for a page nobody can open here: after each event it would
# summarise up to 10,000 before it, 2.6 CPU ms at a hundred, 18.5 when it is full.
GRADIO = {
    "GRADIO_ANALYTICS_ENABLED": "False", "GRADIO_ANALYTICS_MAX_EVENTS": "1",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**9),
}
# How many ports after the wanted one are tried.
PORTS_TRIED = 20
# Connections that may wait to be taken up.
WAITING = 512
START_SECONDS = 60.0
# Answers under way are waited for this long when the chat is ended; a second Ctrl-C ends it at once.
PATIENCE_SECONDS = 20.0
# A signal that another thread received is only noticed when the main thread wakes.
WAKE_SECONDS = 0.5


def launch_chat(settings: Settings, serving: Serving) -> None:
    """Serve the chat until Ctrl-C or SIGTERM; the next free port is taken when the wanted one is in use."""
    os.environ |= GRADIO
    door = listen(serving.host, serving.port)
    port = door.getsockname()[1]
    from assistant.chat.answering import Answering
    from assistant.chat.serve.journal import Journal
    from assistant.chat.serve.limits import Limits
    from assistant.chat.serve.site import build_site
    from assistant.chat.serve.tracing import open_tracer
    from assistant.chat.shelf import Library

    journal = Journal(serving.log, questions=serving.log_questions)
    answering = Answering(Library(settings), Limits(serving.per_minute), journal, tracer=open_tracer())
    server = _make_server(build_site(answering, serving, settings.corpus / "chat"))
    ended = _note_signals()
    thread = threading.Thread(target=server.run, args=([door],), name="server")
    thread.start()
    _wait_until_started(server, thread)
    address = f"http://{f'[{serving.host}]' if ':' in serving.host else serving.host}:{port}/"
    moved = f" (port {serving.port} is in use)" if port != serving.port else ""
    sys.stdout.write(f"Chat: {address}{moved} – end it with Ctrl-C\n")
    sys.stdout.flush()
    journal.write("started", {"host": serving.host, "port": port})
    threading.Thread(target=_warm_up, args=(answering.library,), daemon=True).start()
    if serving.open_browser:
        webbrowser.open(address)
    while not ended.wait(WAKE_SECONDS):
        pass
    ended.clear()
    closing = threading.Thread(target=answering.close, args=(PATIENCE_SECONDS,), daemon=True)
    closing.start()
    while closing.is_alive() and not ended.wait(0.1):
        pass
    server.should_exit = True
    thread.join()
    answering.tracer.close()
    journal.write("ended", {})


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on the wanted port or the next free one; SettingsError when there is none.

    It listens at once: two chats that start together must not find the same port free.
    """
    reason = ""
    for candidate in range(port, min(port + PORTS_TRIED, 65536)):
        found = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((host, candidate))
            found.listen(WAITING)
        except OSError as error:
            reason = error.strerror or str(error)
            found.close()
        else:
            return found
    raise SettingsError(f"cannot listen on {host}, ports {port} to {port + PORTS_TRIED - 1}: {reason}")


def _make_server(site: FastAPI) -> uvicorn.Server:
    import uvicorn

    # Open pages hold connections that never end by themselves: after the answers they are cut.
    config = uvicorn.Config(
        site, log_level="critical", access_log=False, timeout_graceful_shutdown=1, proxy_headers=True, ws="none",
    )
    return uvicorn.Server(config)


def _note_signals() -> threading.Event:
    """An event that is set by Ctrl-C and SIGTERM."""
    ended = threading.Event()

    def note(number: int, frame: FrameType | None) -> None:
        ended.set()

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, note)
        signal.signal(signal.SIGTERM, note)
    return ended


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    waiting = threading.Event()
    for _ in range(int(START_SECONDS * 20)):
        if server.started:
            return
        if not thread.is_alive():
            break
        waiting.wait(0.05)
    server.should_exit = True
    raise SettingsError("the chat could not be started: try another --host or --port")


def _warm_up(library: Library) -> None:
    """Open the corpus before the first question; what is wrong with it is said on the page."""
    try:
        library.assistant()
    except (AssistantError, IngestError):
        return
