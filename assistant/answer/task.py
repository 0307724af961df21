"""One question on its way to an answer: how it is to be answered, what was found, how long its stages took."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date

from assistant.answer.compose import Composed
from assistant.question import Query
from assistant.records import EVERYTHING, Answer, Done, Filters, Length, Usage, add_usage
from assistant.wording import as_of
from ingest.article import ScoredPassage


@dataclass(frozen=True, slots=True)
class Options:
    """How one question is to be answered."""

    filters: Filters = EVERYTHING
    asked_on: date | None = None
    strict: bool = False
    language: str | None = None
    length: Length = "normal"


class Task:
    """One question on its way to an answer: what is known so far, and the milliseconds of its stages.

    `asked` is the question as it is searched, `shown` the same in the language of the answer. `notice` is what a
    reader should know about how the answer came about, `usage` what models took for it.
    """

    def __init__(self, asked: Query, shown: Query, strict: bool, length: Length = "normal") -> None:
        self.asked = asked
        self.shown = shown
        self.strict = strict
        self.length = length
        self.passages: list[ScoredPassage] = []
        self.margin = 0.0
        self.notice: str | None = None
        self.usage: Usage | None = None
        self._laps = {"retrieve": 0.0, "answer": 0.0, "verify": 0.0}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """Book the time since the last lap to `stage`."""
        now = time.perf_counter()
        self._laps[stage] += (now - self._last) * 1000.0
        self._last = now

    def count(self, usage: Usage | None) -> None:
        """Add what one call of a model took."""
        self.usage = add_usage(self.usage, usage)

    def done(self, composed: Composed, *, abstained: bool = False) -> Done:
        """The last event."""
        days = [citation.published_at for citation in composed.citations]
        return Done(Answer(
            self.asked.question, self.shown.language, composed.text, abstained, composed.sentences,
            composed.citations, tuple(self.passages), self._laps, self.notice, self.usage,
            as_of(days, self.shown.language) if days and not abstained else None,
        ))
