"""Traces of answers for OpenTelemetry: sent where OTEL_EXPORTER_OTLP_ENDPOINT says, and nowhere without it.

A trace holds how long the stages took and how the answer ended, no word of question or answer.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Protocol

SERVICE = "article-assistant"
NANOSECONDS = 1_000_000


class Tracer(Protocol):
    """Takes answers that have ended."""

    def record(
        self, began: int, ended: int, stages: Mapping[str, float], facts: Mapping[str, str | int | float | bool]
    ) -> None:
        """An answer from `began` to `ended` (nanoseconds since 1970) with the milliseconds of its stages, in order."""

    def close(self) -> None:
        """Send what waits."""


class NoTracer:
    """Sends nothing."""

    def record(
        self, began: int, ended: int, stages: Mapping[str, float], facts: Mapping[str, str | int | float | bool]
    ) -> None:
        """Forget it."""

    def close(self) -> None:
        """Nothing waits."""


def open_tracer() -> Tracer:
    """The tracer that the environment asks for, in OpenTelemetry's own variables."""
    wanted = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
    return _Exporting() if any(os.environ.get(name) for name in wanted) else NoTracer()


class _Exporting:
    """A span an answer and one a stage of it; they are sent in the background, and dropped when nobody takes them."""

    def __init__(self) -> None:
        from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        name = os.environ.get("OTEL_SERVICE_NAME", SERVICE)
        self._provider = TracerProvider(resource=Resource.create({"service.name": name}))
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self._tracer = self._provider.get_tracer("assistant")

    def record(
        self, began: int, ended: int, stages: Mapping[str, float], facts: Mapping[str, str | int | float | bool]
    ) -> None:
        from opentelemetry.trace import set_span_in_context

        whole = self._tracer.start_span("question", start_time=began, attributes=dict(facts))
        start = began
        for stage, milliseconds in stages.items():
            end = min(ended, start + round(milliseconds * NANOSECONDS))
            self._tracer.start_span(stage, set_span_in_context(whole), start_time=start).end(end)
            start = end
        whole.end(ended)

    def close(self) -> None:
        self._provider.shutdown()
