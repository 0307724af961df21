"""What Prometheus reads at /metrics: how many questions, how they ended, how long they took; never what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from assistant.records import Usage
from ingest.guard import State

Outcome = Literal["answered", "abstained", "stopped", "failed"]

# Quoting takes tenths of a second, a model some seconds, a minute is where a person gives up.
BUCKETS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 40.0, 60.0, 120.0)
STATES: dict[State, int] = {"closed": 0, "half-open": 1, "open": 2}
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The numbers of one chat, from its start."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._questions = Counter(
            "assistant_questions", "Questions, by the way they came and how they ended", ["via", "outcome"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "assistant_answer_seconds", "Seconds from the start of an answer to its end", registry=self._registry,
            buckets=BUCKETS,
        )
        self._tokens = Counter(
            "assistant_llm_tokens", "Tokens of the model's prompts and replies", ["kind"], registry=self._registry
        )
        self._running = Gauge("assistant_running", "Answers under way or waiting", registry=self._registry)
        self._breaker = Gauge(
            "assistant_endpoint_state", "0 is asked, 1 is tried again, 2 rests since it failed", ["endpoint"],
            registry=self._registry,
        )

    def count(self, via: str, outcome: Outcome, seconds: float, usage: Usage | None) -> None:
        """One answer that has ended."""
        self._questions.labels(via, outcome).inc()
        self._seconds.observe(seconds)
        if usage is not None:
            self._tokens.labels("prompt").inc(usage.prompt_tokens)
            self._tokens.labels("reply").inc(usage.completion_tokens)

    def text(self, running: int, endpoints: Mapping[str, State]) -> bytes:
        """All of it in Prometheus' text format, with how it is just now."""
        self._running.set(running)
        for name, state in endpoints.items():
            self._breaker.labels(name).set(STATES[state])
        return generate_latest(self._registry)
