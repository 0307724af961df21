"""What one person has asked and been told in one browser tab; kept in memory, never shared."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

from assistant.chat.answering import Flow
from assistant.records import Answer, Turn

# A run that nobody draws any more (its tab was closed) is not waited for longer than this.
LAST_FRAME_SECONDS = 3.0
# Earlier exchanges than these leave the page and the memory of the server; the browser's history has them.
MOST_EXCHANGES = 50
# What is shown of a passage that is not cited, and some more.
FOUND_CHARS = 300


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what came of it: an answer, a stopped draft, or an error in one line.

    `kept` is the answer as a browser may keep it and bring it back.
    """

    question: str
    answer: Answer | None = None
    draft: str = ""
    error: str | None = None
    kept: str = ""


class Run:
    """A question being answered and what is written so far; the page is drawn by its own frames alone.

    Two writers would race: a frame on its way when something else draws arrives after it.
    """

    def __init__(self, question: str, flow: Flow | None = None) -> None:
        self.question = question
        self.flow = flow
        self.draft = ""
        self.dropped = False
        self.over = threading.Event()


class Conversation:
    """The exchanges so far, the question being answered, and what of them the page shows as HTML.

    No dataclass: Gradio would write one out, articles and all, each time it is kept.
    """

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self.exchanges: list[Exchange] = []
        self.run: Run | None = None
        self.past = ""
        self.panel = ""

    def begin(self, question: str) -> Run:
        """Start answering a question; one that was never finished stays as it was."""
        self.leave()
        self.run = Run(question)
        return self.run

    def finish(self, run: Run, answer: Answer | None, error: str | None = None, kept: str = "") -> None:
        """End a run with an answer or an error, unless the person has stopped it meanwhile."""
        if self.run is run:
            self.add(Exchange(run.question, answer, run.draft, error, kept))
            self.run = None

    def add(self, exchange: Exchange) -> None:
        """Put an exchange at the end, without the articles' texts: hundreds of people keep a page open for days."""
        answer = lighten(exchange.answer) if exchange.answer else None
        self.exchanges = [*self.exchanges, replace(exchange, answer=answer)][-MOST_EXCHANGES:]

    def break_off(self, error: str | None = None) -> None:
        """End the run under way, if there is one, with what was written so far; it draws that itself."""
        run = self.run
        if run is not None:
            self.finish(run, None, error)
            if run.flow is not None:
                run.flow.halt()

    def take_back(self) -> Exchange | None:
        """Remove and return the last exchange, if there is one and nothing is being answered."""
        return self.exchanges.pop() if self.exchanges and self.run is None else None

    def leave(self) -> None:
        """Break off and return when the run has drawn its last: what is drawn next stays."""
        run = self.run
        if run is not None:
            run.dropped = True
            self.break_off()
            run.over.wait(LAST_FRAME_SECONDS)

    def history(self) -> tuple[Turn, ...]:
        """The finished exchanges as the answerer wants them."""
        turns: list[Turn] = []
        for exchange in self.exchanges:
            if exchange.answer is not None:
                turns += [Turn("user", exchange.question), Turn("assistant", exchange.answer.text)]
        return tuple(turns)


def lighten(answer: Answer) -> Answer:
    """The answer with what it found as names, facts and the passages' beginnings; texts are in the corpus."""
    found = tuple(
        replace(hit, article=replace(hit.article, text="", captions=()),
                passage=replace(hit.passage, text=hit.passage.text[:FOUND_CHARS]))
        for hit in answer.retrieved
    )
    return replace(answer, retrieved=found)
