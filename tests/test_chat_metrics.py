"""What a chat tells those who run it: numbers for Prometheus, traces for OpenTelemetry, the state of its endpoints."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest
from chat_server import served
from fake_endpoint import Script, fake_endpoint
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceResponse
from opentelemetry.proto.collector.trace.v1.trace_service_pb2_grpc import (
    TraceServiceServicer,
    add_TraceServiceServicer_to_server,
)
from prometheus_client.parser import text_string_to_metric_families

from assistant.chat.serve.accounts import add_user
from assistant.chat.serve.tracing import NoTracer, open_tracer

QUESTION = "How many people were injured on the Ejdervind?"


class Collector(TraceServiceServicer):
    """Keeps what it is sent."""

    def __init__(self) -> None:
        self.spans: list[Any] = []
        self.came = threading.Event()

    def Export(self, request: Any, context: Any) -> Any:  # noqa: N802
        self.spans += [span for kind in request.resource_spans for one in kind.scope_spans for span in one.spans]
        self.came.set()
        return ExportTraceServiceResponse()


@contextmanager
def collecting() -> Iterator[tuple[Collector, str]]:
    """A real collector on a free port, and its address."""
    collector, server = Collector(), grpc.server(ThreadPoolExecutor(2))
    add_TraceServiceServicer_to_server(collector, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield collector, f"http://127.0.0.1:{port}"
    finally:
        server.stop(None).wait()


def ask(address: str, question: str) -> dict[str, Any]:
    body = {"model": "articles", "messages": [{"role": "user", "content": question}]}
    request = urllib.request.Request(
        f"{address}/v1/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as response:
        document: dict[str, Any] = json.load(response)
    return document


def read(address: str, path: str) -> str:
    with urllib.request.urlopen(f"{address}{path}") as response:
        return response.read().decode()


def samples(text: str) -> dict[tuple[str, ...], float]:
    """The value of each sample by its name and the values of its labels, in the order of their names."""
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text) for sample in family.samples
    }


def test_a_chat_tells_numbers_and_traces_and_no_words(demo_corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script(pieces=["Seven people were injured [1]."], usage=(1_000, 50))
    with collecting() as (collector, target), fake_endpoint(script) as url:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", target)
        with served(demo_corpus, base_url=url) as address:
            address = address.rstrip("/")
            ask(address, QUESTION)
            script.status = 500
            ask(address, QUESTION)
            ask(address, "What is the capital of the moon's largest province?")
            text = read(address, "/metrics")
            health = json.loads(read(address, "/healthz"))
    found = samples(text)
    assert sum(value for key, value in found.items() if key[0] == "assistant_questions_total") == 3
    assert found["assistant_questions_total", "answered", "openai"] >= 2
    assert found["assistant_answer_seconds_count",] == 3
    assert found["assistant_llm_tokens_total", "prompt"] >= 1_000
    assert found["assistant_endpoint_state", "model"] == 0
    assert health["endpoints"] == {"model": "closed"} and health["status"] == "ok"
    assert collector.came.wait(30)
    assert {span.name for span in collector.spans} == {"question", "retrieve", "answer", "verify"}
    questions = [span for span in collector.spans if span.name == "question"]
    assert len(questions) == 3
    stages = [span for span in collector.spans if span.parent_span_id == questions[0].span_id]
    assert [span.name for span in stages] == ["retrieve", "answer", "verify"]
    assert questions[0].start_time_unix_nano <= stages[0].start_time_unix_nano < stages[-1].end_time_unix_nano
    assert stages[-1].end_time_unix_nano <= questions[0].end_time_unix_nano
    told = text + "".join(str(span) for span in collector.spans)
    assert "Ejdervind" not in told and "127.0.0.1" not in told and "injured" not in told


def test_numbers_are_for_those_with_an_account(demo_corpus: Path, tmp_path: Path) -> None:
    add_user(tmp_path / "users", "ida", "a long password")
    with served(demo_corpus, "--users", str(tmp_path / "users")) as address:
        address = address.rstrip("/")
        with pytest.raises(urllib.error.HTTPError) as caught:
            read(address, "/metrics")
        assert caught.value.code == 401
        caught.value.close()
        request = urllib.request.Request(f"{address}/metrics", headers={"Authorization": "Bearer ida:a long password"})
        with urllib.request.urlopen(request) as response:
            assert b"assistant_running 0.0" in response.read()


def test_nothing_is_sent_where_no_address_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    assert isinstance(open_tracer(), NoTracer)
