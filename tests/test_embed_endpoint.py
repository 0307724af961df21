"""`openai:<model>` against a real HTTP server on the loopback address."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest

from ingest.embed import Endpoint, PassageEmbedding, open_embedder
from ingest.errors import EmbeddingError, PassageTooLongError


class Handler(BaseHTTPRequestHandler):
    """Answers by model name; a vector is (characters of the text, 1, 0)."""

    seen: list[dict[str, Any]] = []  # noqa: RUF012

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).seen.append(body)
        status, answer = self.respond(body)
        self.send_response(status)
        self.send_header("Content-Type", "text/html" if isinstance(answer, str) else "application/json")
        self.send_header("retry-after-ms", "1")
        payload = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def respond(self, body: dict[str, Any]) -> tuple[int, Any]:
        match body["model"]:
            case "refuse":
                return 401, {"error": {"message": "no such key"}}
            case "absent":
                return 404, {"error": {"message": "no such model"}}
            case "busy":
                return 429, {"error": {"message": "slow down"}}
            case "broken":
                return 500, {"error": {"message": "boom\nand more"}}
            case "page":
                return 200, "<html>a web page</html>"
            case "text":
                return 200, {"hello": "world"}
            case "short":
                return 200, _vectors(body["input"][1:])
            case "zero":
                data = [{"object": "embedding", "index": 0, "embedding": [0, 0]}]
                return 200, {**_vectors([]), "data": data}
            case "shaky" if len(type(self).seen) < 3:
                return 503, {"error": {"message": "starting"}}
        return 200, _vectors(body["input"])

    def log_message(self, format: str, *args: object) -> None:
        """Keeps the test's output quiet."""


def _vectors(texts: list[str]) -> dict[str, Any]:
    data = [{"object": "embedding", "index": i, "embedding": [len(t), 1.0, 0.0]} for i, t in enumerate(texts)]
    usage = {"prompt_tokens": 1, "total_tokens": 1}
    return {"object": "list", "model": "m", "data": data[::-1], "usage": usage}


@pytest.fixture
def address() -> Iterator[str]:
    Handler.seen = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()
        thread.join()


def _open(address: str, model: str = "plain") -> PassageEmbedding:
    return open_embedder(f"openai:{model}", Endpoint(address, "k"))


def test_rows_are_unit_vectors_in_order_whatever_the_order_of_the_answer(address: str) -> None:
    embedder = _open(address)
    rows = embedder.embed_passages(["a", "bbbb", "cc"])
    np.testing.assert_allclose(rows[:, 0] / rows[:, 1], [1, 4, 2])
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)
    assert (embedder.dimensions, embedder.name) == (3, "openai:plain")
    assert embedder.embed_passages([]).shape == (0, 3)
    assert embedder.get_query_embedding("bbbb") == pytest.approx(list(rows[1]))


def test_many_texts_go_in_batches(address: str) -> None:
    rows = _open(address).embed_passages(["x" * (i + 1) for i in range(150)])
    assert [len(body["input"]) for body in Handler.seen] == [64, 64, 22]
    np.testing.assert_allclose(rows[:, 0] / rows[:, 1], np.arange(1, 151), rtol=1e-5)


def test_hostile_text_is_sent_as_text(address: str) -> None:
    _open(address).embed_passages(["", "a\0b", "\ud800"])
    assert Handler.seen[0]["input"] == ["-", "a b", "\N{REPLACEMENT CHARACTER}"]


def test_long_texts(address: str) -> None:
    embedder = _open(address)
    with pytest.raises(PassageTooLongError, match="about 333,334 tokens"):
        embedder.embed_passages(["x" * 1_000_000])
    embedder.embed_query("x" * 1_000_000)
    assert len(Handler.seen[0]["input"][0]) == 1_536


def test_a_server_that_stumbles_is_asked_again(address: str) -> None:
    assert _open(address, "shaky").embed_query("a").shape == (3,)
    assert len(Handler.seen) == 3


@pytest.mark.parametrize(
    ("model", "message"),
    [
        ("refuse", "refused the key: check OPENAI_API_KEY"),
        ("absent", "was not found: check the model's name"),
        ("busy", "no capacity or quota"),
        ("broken", "failed with HTTP 500"),
        ("page", "did not answer with 1 embeddings"),
        ("text", "did not answer with 1 embeddings"),
        ("short", "did not answer with 1 embeddings"),
        ("zero", "zero or not finite"),
    ],
)
def test_failures_are_one_clear_line(address: str, model: str, message: str) -> None:
    with pytest.raises(EmbeddingError, match=message) as caught:
        _open(address, model).embed_query("a")
    assert "\n" not in str(caught.value)
    assert address in str(caught.value)


def test_a_server_that_is_down_is_left_alone(address: str) -> None:
    embedder = _open(address, "broken")
    for _ in range(3):
        with pytest.raises(EmbeddingError, match="HTTP 500"):
            embedder.embed_query("a")
    asked = len(Handler.seen)
    with pytest.raises(EmbeddingError, match="3 times in a row") as caught:
        embedder.embed_query("a")
    assert len(Handler.seen) == asked and address in str(caught.value)


def test_an_unreachable_server_is_one_clear_line() -> None:
    embedder = _open("http://127.0.0.1:9/v1")
    with pytest.raises(EmbeddingError, match="cannot be reached: check that the server runs"):
        embedder.embed_query("a")


def test_a_missing_key_or_model_is_said_at_once() -> None:
    with pytest.raises(EmbeddingError, match="needs a key: set OPENAI_API_KEY"):
        open_embedder("openai:text-embedding-3-small")
    with pytest.raises(EmbeddingError, match="no embedding model named"):
        open_embedder("openai:", Endpoint(api_key="k"))
