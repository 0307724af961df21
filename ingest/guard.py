"""What may be asked of an endpoint: so much at once, so much a minute, and for a while nothing when it is down.

A circuit breaker, a token bucket and a semaphore in one, for calls from many threads that may each take a minute.
(pybreaker holds a lock during each call, aiolimiter is for asyncio.)
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Literal

from ingest.errors import EndpointRestError

State = Literal["closed", "half-open", "open"]

# Calls that failed one after the other, each tried four times: an endpoint started anew is mostly back by then.
FAILURES = 3
# So long nobody waits for an endpoint that is down; then one call tries whether it is back.
REST_SECONDS = 30.0
# A person waits for a place no longer than for a slow answer to begin.
PATIENCE_SECONDS = 20.0


class Guard:
    """Stands around each call: `with guard: …`; EndpointRestError says in a few words why there is none now."""

    def __init__(
        self, is_down: Callable[[BaseException], bool], *, at_once: int, per_minute: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._is_down = is_down
        self._at_once = at_once
        self._places = threading.BoundedSemaphore(at_once)
        self._interval = 60.0 / per_minute if per_minute else 0.0
        self._clock = clock
        self._lock = threading.Lock()
        self._free = 0.0
        self._failures = 0
        self._rests_until = 0.0

    @property
    def state(self) -> State:
        """`open` while nothing is asked, `half-open` while one call may try, else `closed`."""
        with self._lock:
            if self._failures < FAILURES:
                return "closed"
            return "open" if self._clock() < self._rests_until else "half-open"

    def __enter__(self) -> None:
        self._check_rest()
        if not self._places.acquire(timeout=PATIENCE_SECONDS):
            raise EndpointRestError(f"is busy with {self._at_once} requests: try again later")
        try:
            time.sleep(self._take_turn())
        except BaseException:  # also when a person breaks off the waiting
            self._places.release()
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
                 ) -> None:
        self._places.release()
        with self._lock:
            if error is None or not self._is_down(error):
                self._failures = 0  # it has answered, be it with a refusal
                return
            self._failures += 1
            if self._failures >= FAILURES:
                self._rests_until = self._clock() + REST_SECONDS

    def _check_rest(self) -> None:
        with self._lock:
            left = self._rests_until - self._clock()
            if self._failures < FAILURES:
                return
            if left > 0:
                raise EndpointRestError(f"has failed {self._failures} times in a row: asked again in {left:.0f} s")
            self._rests_until = self._clock() + REST_SECONDS  # this call tries, the others go on resting

    def _take_turn(self) -> float:
        """Seconds to wait until the bucket, which holds as many requests as may be asked at once, gives one."""
        with self._lock:
            now = self._clock()
            turn = max(self._free, now - self._interval * (self._at_once - 1))
            if turn - now > PATIENCE_SECONDS:
                raise EndpointRestError(f"is asked {60.0 / self._interval:.0f} times a minute already: try again later")
            self._free = turn + self._interval
            return max(0.0, turn - now)
