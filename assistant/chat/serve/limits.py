"""How many questions one person may ask in a minute, so that nobody takes the machine from the others."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from assistant.errors import AssistantError

# Names are forgotten once this many are known: those whose minute is over can ask as if new.
NAMES_KEPT = 10_000


class TooManyQuestionsError(AssistantError):
    """A person has asked more than allowed; `wait` is in seconds."""

    def __init__(self, wait: float) -> None:
        self.wait = max(1, round(wait))
        super().__init__(f"too many questions in a minute: ask again in {self.wait} s")


class Limits:
    """A bucket for each name that holds `per_minute` questions and fills evenly; None means no limit."""

    def __init__(self, per_minute: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, name: str) -> None:
        """Count one question; raises TooManyQuestionsError when the bucket is empty."""
        if self._per_minute is None:
            return
        rate = self._per_minute / 60.0
        with self._lock:
            now = self._clock()
            left, seen = self._buckets.get(name, (float(self._per_minute), now))
            left = min(float(self._per_minute), left + (now - seen) * rate)
            if left < 1.0:
                self._buckets[name] = (left, now)
                raise TooManyQuestionsError((1.0 - left) / rate)
            self._buckets[name] = (left - 1.0, now)
            if len(self._buckets) > NAMES_KEPT:
                self._forget(now)

    def _forget(self, now: float) -> None:
        self._buckets = {name: bucket for name, bucket in self._buckets.items() if now - bucket[1] < 60.0}
