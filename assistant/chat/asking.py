"""One question on the page: put in line, drawn as its answer comes, kept in the conversation."""

from __future__ import annotations

import time
from collections.abc import Iterator

from assistant.chat.answering import Answering, Asked
from assistant.chat.conversation import Conversation, Run
from assistant.chat.drawing import SKIPPED, Drawing, Shown
from assistant.chat.keeping import Keeper
from assistant.chat.narrowing import read_controls, tell_narrowed
from assistant.errors import AssistantError
from assistant.records import Delta, Done, Stage
from ingest.errors import IngestError

# Text is sent to the page at most this often; more is not seen and costs a redraw each.
REDRAW_SECONDS = 0.08

# Languages, publishers, from, to, mode, the answer's language and length, as the page's controls give them.
Controls = tuple[list[str], list[str], str, str, str | None, str | None, str | None]


class Asking:
    """Asks for a person and draws what comes."""

    def __init__(self, answering: Answering, keeper: Keeper, drawing: Drawing) -> None:
        self._answering = answering
        self._keeper = keeper
        self._drawing = drawing

    def converse(
        self, question: str, controls: Controls, conversation: Conversation, who: str
    ) -> Iterator[Shown]:
        """The page from the question to its answer; nothing for an empty question."""
        if not question.strip():
            yield SKIPPED
            return
        run = conversation.begin(question.strip())
        try:
            yield self._drawing.begun(conversation, run)
            yield from self._answer(run, controls, conversation, who)
            if not run.dropped:
                yield self._drawing.settled(conversation)
        finally:
            if conversation.run is run:  # the tab was closed
                conversation.break_off()
            run.over.set()

    def _answer(
        self, run: Run, controls: Controls, conversation: Conversation, who: str
    ) -> Iterator[Shown]:
        """Draw the running exchange at each stage and, not too often, as its text grows."""
        stage, drawn, behind = None, 0.0, False
        try:
            wanted = read_controls(*controls, conversation.language)
            run.flow = self._answering.start(Asked(run.question, conversation.history(), wanted, who))
            if conversation.run is not run:  # stopped before it was in line
                run.flow.halt()
            for event in run.flow.paced(REDRAW_SECONDS):
                if isinstance(event, Done):
                    answer = tell_narrowed(event.answer, wanted.filters, conversation.language)
                    conversation.finish(run, answer, kept=self._keeper.seal(run.question, answer))
                    return
                if isinstance(event, Stage):
                    stage, drawn = event, 0.0
                elif isinstance(event, Delta):
                    run.draft += event.text
                # In a pause what came too soon after the last drawing is shown: the next word may be long in coming.
                behind = event is not None or behind
                if behind and (event is None or time.monotonic() - drawn >= REDRAW_SECONDS):
                    drawn, behind = time.monotonic(), False
                    yield self._drawing.running(conversation, run, stage)
        except (AssistantError, IngestError) as error:
            conversation.finish(run, None, str(error))
