"""Answers for many people at once: a few at a time, in the order asked, each stoppable at any moment."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime
from queue import Empty, SimpleQueue

from assistant.chat.narrowing import ANYTHING, Wanted
from assistant.chat.serve.journal import Journal
from assistant.chat.serve.limits import Limits
from assistant.chat.serve.metrics import Metrics, Outcome
from assistant.chat.serve.tracing import NoTracer, Tracer
from assistant.chat.shelf import Library
from assistant.errors import AssistantError
from assistant.pipeline import Assistant
from assistant.records import Answer, Done, Event, Turn
from ingest.errors import IngestError

# Quoting keeps every core busy by itself; more at once only makes each of them later.
AT_ONCE_QUOTING = 4
# A model at an endpoint is waited for, mostly.
AT_ONCE_WRITING = 24


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with all that decides its answer, and who asked it by which way."""

    question: str
    history: tuple[Turn, ...] = ()
    wanted: Wanted = ANYTHING
    who: str = ""
    via: str = "chat"


class Flow:
    """The events of one answer as they come; made by `Answering.start`."""

    def __init__(self) -> None:
        self.halted = False
        self._events: SimpleQueue[Event | BaseException | None] = SimpleQueue()

    def put(self, event: Event | BaseException | None) -> None:
        """Pass on an event, the error that ended the answer, or None for its end."""
        self._events.put(event)

    def halt(self) -> None:
        """End it now, whatever the endpoint is doing: nothing comes after this."""
        self.halted = True
        self.put(None)

    def __iter__(self) -> Iterator[Event]:
        """Events until the end; raises what the answerer raised."""
        return (event for event in self.paced(None) if event is not None)

    def paced(self, pause: float | None) -> Iterator[Event | None]:
        """The same, with a None once nothing has come for `pause` seconds after an event."""
        patience = None
        while not self.halted:
            try:
                event = self._events.get(timeout=patience)
            except Empty:
                patience = None
                yield None
                continue
            if event is None or self.halted:
                return
            if isinstance(event, BaseException):
                raise event
            patience = pause
            yield event


@dataclass(slots=True)
class Answering:
    """Answers questions one by one as they come in, never more at once than the machine can bear."""

    library: Library
    limits: Limits = field(default_factory=lambda: Limits(None))
    journal: Journal = field(default_factory=Journal)
    metrics: Metrics = field(default_factory=Metrics)
    tracer: Tracer = field(default_factory=NoTracer)
    closing: bool = False
    _running: set[Future[None]] = field(default_factory=set)
    _pool: ThreadPoolExecutor = field(init=False)

    def __post_init__(self) -> None:
        at_once = AT_ONCE_WRITING if self.library.settings.has_model else AT_ONCE_QUOTING
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="answer")

    @property
    def running(self) -> int:
        """How many answers are under way or waiting."""
        return len(self._running)

    def start(self, asked: Asked) -> Flow:
        """Put a question in line; raises TooManyQuestionsError, and AssistantError when the chat is ending."""
        if self.closing:
            raise AssistantError("the assistant is being ended: ask again when it is back")
        self.limits.take(asked.who)
        flow = Flow()
        work = self._pool.submit(self._answer, asked, flow)
        self._running.add(work)
        work.add_done_callback(lambda done: self._ended(done, flow))
        return flow

    def ask(self, asked: Asked) -> Answer:
        """The whole answer, waited for."""
        for event in self.start(asked):
            if isinstance(event, Done):
                return event.answer
        raise AssistantError("the answer was stopped before it was finished")

    def assistant(self, *, quotes_only: bool = False) -> Assistant:
        """The assistant on the corpus as it is now, without its model when only quotes are wanted."""
        assistant = self.library.assistant()
        if not quotes_only or assistant.model is None:
            return assistant
        quoting = copy.copy(assistant)
        quoting.model = None
        return quoting

    def close(self, patience: float) -> None:
        """Take no more questions; wait `patience` seconds for the answers under way."""
        self.closing = True
        wait(set(self._running), timeout=patience)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _answer(self, asked: Asked, flow: Flow) -> None:
        began, last = time.time_ns(), None
        outcome: Outcome = "failed"
        facts: dict[str, str | int | bool] = {"via": asked.via, "characters": len(asked.question)}
        try:
            assistant = self.assistant(quotes_only=asked.wanted.quotes_only)
            stream = assistant.stream(
                asked.question, asked.history, filters=asked.wanted.filters, asked_on=datetime.now(UTC).date(),
                language=asked.wanted.language, length=asked.wanted.length,
            )
            for event in stream:
                if flow.halted:
                    facts["stopped"] = True
                    outcome = "stopped"
                    break
                if isinstance(event, Done):
                    facts |= _facts(event.answer)
                    outcome = "abstained" if event.answer.abstained else "answered"
                    last = event
                else:
                    flow.put(event)
        except (AssistantError, IngestError) as error:
            facts["error"] = type(error).__name__
            raise
        finally:
            ended = time.time_ns()
            facts["milliseconds"] = (ended - began) // 1_000_000
            self.journal.write("answer", {"who": asked.who, **facts}, asked.question)
            self.metrics.count(asked.via, outcome, (ended - began) / 1e9, last.answer.usage if last else None)
            self.tracer.record(began, ended, last.answer.timings_ms if last else {}, facts)
        if last is not None:  # told when it is written down
            flow.put(last)

    def _ended(self, work: Future[None], flow: Flow) -> None:
        self._running.discard(work)
        flow.put(AssistantError("the assistant was ended") if work.cancelled() else work.exception())


def _facts(answer: Answer) -> dict[str, str | int | bool]:
    verdicts = [sentence.verdict for sentence in answer.sentences]
    return {
        "language": answer.language, "abstained": answer.abstained, "citations": len(answer.citations),
        "unsupported": sum(verdict != "supported" for verdict in verdicts), "notice": answer.notice is not None,
    }
