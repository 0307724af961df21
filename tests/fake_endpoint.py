"""A small server that speaks the OpenAI protocol over a real socket and does exactly what a test says."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from types import MappingProxyType
from typing import Any


@dataclass
class Script:
    """What the endpoint answers: the pieces of text it streams, or a status; what it was asked is kept.

    `busy` are statuses it answers with first, one a request, with a Retry-After of no time. `usage` is its count
    of tokens (prompt, completion). `endless` repeats the pieces until nobody listens, and then sets `hung_up`.
    """

    pieces: Sequence[str] = ("ok",)
    status: int = 200
    break_after: int | None = None
    busy: list[int] = field(default_factory=list)
    usage: tuple[int, int] | None = None
    endless: bool = False
    hung_up: threading.Event = field(default_factory=threading.Event)
    requests: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def fake_endpoint(script: Script) -> Iterator[str]:
    """Serve `script` on a free loopback port; yields the base URL."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(script))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(script: Script) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._send({"object": "list", "data": [{"id": "fake-model", "object": "model", "created": 0,
                                                    "owned_by": "tests"}]})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            script.requests.append({"path": self.path, "headers": dict(self.headers), "body": body})
            if script.busy:
                self._send({"error": {"message": "try later", "type": "x"}}, script.busy.pop(0), {"Retry-After": "0"})
                return
            if script.status != 200:
                self._send({"error": {"message": "scripted failure", "type": "x"}}, script.status)
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            try:
                self._stream()
            except (BrokenPipeError, ConnectionResetError):
                script.hung_up.set()
            self.close_connection = True

        def _stream(self) -> None:
            pieces = cycle(script.pieces) if script.endless else script.pieces
            for number, piece in enumerate(pieces):
                if number == script.break_after:
                    self.connection.close()
                    return
                self._event({"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]})
            self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
            if script.usage:
                asked, written = script.usage
                self._event({"choices": [], "usage": {"prompt_tokens": asked, "completion_tokens": written,
                                                      "total_tokens": asked + written}})
            self.wfile.write(b"data: [DONE]\n\n")

        def _event(self, event: dict[str, Any]) -> None:
            event = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "fake-model"} | event
            self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
            self.wfile.flush()

        def _send(
            self, document: dict[str, Any], status: int = 200, headers: Mapping[str, str] = MappingProxyType({})
        ) -> None:
            data = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Connection", "close")
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler
