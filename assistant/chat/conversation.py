"""What one person has asked and been told in one browser tab; kept in memory, never shared."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.records import Answer, Turn


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what came of it: an answer, a stopped draft, or an error in one line."""

    question: str
    answer: Answer | None = None
    draft: str = ""
    error: str | None = None


@dataclass(slots=True)
class Conversation:
    """The exchanges so far, and the question being answered with its draft."""

    language: str = "en"
    exchanges: list[Exchange] = field(default_factory=list)
    question: str | None = None
    draft: str = ""

    def begin(self, question: str) -> None:
        """Start answering a question; one that was never finished stays as it was."""
        self.break_off()
        self.question, self.draft = question, ""

    def finish(self, answer: Answer | None, error: str | None = None) -> None:
        """End the running question with an answer or an error."""
        if self.question is not None:
            self.exchanges.append(Exchange(self.question, answer, self.draft, error))
        self.question = None

    def break_off(self) -> None:
        """End the running question, if there is one, with what was written so far."""
        self.finish(None)

    def history(self) -> tuple[Turn, ...]:
        """The finished exchanges as the answerer wants them."""
        turns: list[Turn] = []
        for exchange in self.exchanges:
            if exchange.answer is not None:
                turns += [Turn("user", exchange.question), Turn("assistant", exchange.answer.text)]
        return tuple(turns)
