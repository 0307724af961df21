"""What one person has asked and been told in one browser tab; kept in memory, never shared."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.records import Answer, Turn


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what came of it: an answer, a stopped draft, or an error in one line."""

    question: str
    answer: Answer | None = None
    draft: str = ""
    error: str | None = None


@dataclass(slots=True)
class Run:
    """A question being answered, what is written so far, and whether it came to its own end."""

    question: str
    draft: str = ""
    finished: bool = False


class Conversation:
    """The exchanges so far, and the question being answered.

    No dataclass: Gradio would write one out, articles and all, each time it is kept.
    """

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self.exchanges: list[Exchange] = []
        self.run: Run | None = None

    def begin(self, question: str) -> Run:
        """Start answering a question; one that was never finished stays as it was."""
        self.break_off()
        self.run = Run(question)
        return self.run

    def finish(self, run: Run, answer: Answer | None, error: str | None = None) -> None:
        """End a run with an answer or an error, unless the person has stopped it meanwhile."""
        if self.run is run:
            self.exchanges.append(Exchange(run.question, answer, run.draft, error))
            self.run = None
            run.finished = True

    def break_off(self, error: str | None = None) -> None:
        """End the run under way, if there is one, with what was written so far."""
        if self.run is not None:
            self.exchanges.append(Exchange(self.run.question, None, self.run.draft, error))
            self.run = None

    def history(self) -> tuple[Turn, ...]:
        """The finished exchanges as the answerer wants them."""
        turns: list[Turn] = []
        for exchange in self.exchanges:
            if exchange.answer is not None:
                turns += [Turn("user", exchange.question), Turn("assistant", exchange.answer.text)]
        return tuple(turns)
