"""What stands before an endpoint: a breaker that opens and tries again, places, and a bucket."""

from __future__ import annotations

import threading
import time

import pytest

import ingest.guard
from ingest.errors import EndpointRestError
from ingest.guard import FAILURES, REST_SECONDS, Guard


class Clock:
    """Tells the time that it is set to."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def make(clock: Clock, at_once: int = 8, per_minute: int | None = None) -> Guard:
    return Guard(lambda error: isinstance(error, OSError), at_once=at_once, per_minute=per_minute, clock=clock)


def fail(guard: Guard, error: type[Exception] = OSError) -> None:
    with pytest.raises(error), guard:
        raise error


def test_it_opens_after_failures_in_a_row_and_one_call_tries_again() -> None:
    clock = Clock()
    guard = make(clock)
    for _ in range(FAILURES):
        assert guard.state == "closed"
        fail(guard)
    assert guard.state == "open"
    fail(guard, EndpointRestError)
    clock.now += REST_SECONDS
    assert guard.state == "half-open"
    with guard:
        assert guard.state == "open"  # the one that tries; nobody else does meanwhile
        with pytest.raises(EndpointRestError, match="asked again in 30 s"):
            guard.__enter__()
    assert guard.state == "closed"


def test_a_try_that_fails_lets_it_rest_again() -> None:
    clock = Clock()
    guard = make(clock)
    for _ in range(FAILURES):
        fail(guard)
    clock.now += REST_SECONDS
    fail(guard)
    fail(guard, EndpointRestError)
    assert guard.state == "open"


def test_failures_count_only_in_a_row_and_refusals_never() -> None:
    guard = make(Clock())
    for _ in range(FAILURES * 2):
        fail(guard)
        with guard:
            pass
    for _ in range(FAILURES * 2):
        fail(guard, ValueError)
    assert guard.state == "closed"


def test_no_more_at_once_than_there_are_places(monkeypatch: pytest.MonkeyPatch) -> None:
    guard = Guard(lambda error: False, at_once=2)
    inside, most, lock = 0, 0, threading.Lock()

    def call() -> None:
        nonlocal inside, most
        with guard:
            with lock:
                inside += 1
                most = max(most, inside)
            time.sleep(0.02)
            with lock:
                inside -= 1

    threads = [threading.Thread(target=call) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2
    monkeypatch.setattr(ingest.guard, "PATIENCE_SECONDS", 0.01)
    with guard, guard, pytest.raises(EndpointRestError, match="busy with 2 requests"):
        guard.__enter__()


def test_so_many_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, waits = Clock(), []
    monkeypatch.setattr(ingest.guard.time, "sleep", waits.append)
    guard = make(clock, at_once=3, per_minute=60)
    for _ in range(5):
        with guard:
            pass
    assert waits == [0.0, 0.0, 0.0, 1.0, 2.0]
    clock.now += 10.0
    with guard:
        pass
    assert waits[-1] == 0.0
    slow = make(clock, at_once=1, per_minute=2)
    with slow:
        pass
    with pytest.raises(EndpointRestError, match="2 times a minute"):
        slow.__enter__()
    clock.now += 60.0
    with slow:  # the place was given back
        pass
