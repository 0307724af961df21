"""What happens when someone opens the page, asks, stops or starts anew: events of the pipeline into HTML."""

from __future__ import annotations

import time
from collections.abc import Iterator

import gradio as gr

from assistant.chat.conversation import Conversation, Run
from assistant.chat.labels import choose_language
from assistant.chat.page import (
    render_exchange,
    render_exchanges,
    render_masthead,
    render_running,
    render_welcome,
)
from assistant.chat.shelf import Library
from assistant.chat.sources import FindArticle, render_article, render_panel
from assistant.chat.texts import TEXTS
from assistant.errors import AssistantError
from assistant.records import Delta, Done, Stage
from ingest.errors import IngestError

# Text is sent to the page at most this often; more is not seen and costs a redraw each.
REDRAW_SECONDS = 0.08

# What handlers of answers return: past, live, panel, box, conversation, send button, stop button.
Shown = tuple[object, ...]


class Chat:
    """The handlers of one running chat; all that belongs to a person comes in as a Conversation."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def open_page(self, conversation: Conversation, request: gr.Request) -> Shown:
        """A fresh page in the browser's language; what `start_anew` returns."""
        conversation.language = choose_language(request.headers.get("accept-language"))
        return self.start_anew(conversation)

    def start_anew(self, conversation: Conversation) -> Shown:
        """Masthead, past, live, panel, conversation and buttons of a conversation that begins."""
        conversation.break_off()
        language = conversation.language
        shelf = self.library.describe(language)
        panel = render_panel((), _no_article, language)
        return (render_masthead(shelf, language), "", render_welcome(shelf, language), panel,
                Conversation(language), *_buttons(running=False))

    def ask_typed(self, question: str, conversation: Conversation) -> Iterator[Shown]:
        """Answer what was typed."""
        yield from self._converse(question, conversation)

    def ask_clicked(self, conversation: Conversation, event: gr.EventData) -> Iterator[Shown]:
        """Answer an example, or an earlier question again in place of its answer."""
        match event._data:
            case {"question": str(question), "again": bool(again)}:
                if again and conversation.exchanges:
                    conversation.exchanges.pop()
                yield from self._converse(question, conversation)
            case _:
                yield _skipped()

    def stop(self, conversation: Conversation) -> Shown:
        """Show what was written before the person had enough."""
        conversation.break_off()
        return self._settled(conversation)

    def redraw(self, conversation: Conversation) -> Shown:
        """Show the conversation as it stands, unless an answer is being written."""
        return _skipped() if conversation.run is not None else self._settled(conversation)

    def give_up(self, conversation: Conversation) -> Shown:
        """Show that an answer ended in an error nobody foresaw."""
        conversation.break_off(TEXTS[conversation.language]["failed_text"])
        return self._settled(conversation)

    def read_article(self, wanted: object) -> str:
        """A whole article as HTML; `wanted` comes from the page: [article id, start, end, interface]."""
        match wanted:
            case [str(article_id), int(start), int(end), str(interface)] if interface in TEXTS:
                try:
                    corpus = self.library.assistant().corpus
                except (AssistantError, IngestError):
                    return render_article(None, (), 0, 0, interface)
                lines = corpus.catalogue.lines(article_id)
                return render_article(corpus.article(article_id), lines, start, end, interface)
        return ""

    def _converse(self, question: str, conversation: Conversation) -> Iterator[Shown]:
        if not question.strip():
            yield _skipped()
            return
        run = conversation.begin(question.strip())
        past = render_exchanges(conversation.exchanges, conversation.language)
        yield past, _running(conversation, run, None), gr.skip(), "", conversation, *_buttons(running=True)
        try:
            yield from self._answer(run, conversation)
        except (AssistantError, IngestError) as error:
            conversation.finish(run, None, str(error))
        if run.finished:  # a stopped run must not draw over what came after it
            yield self._settled(conversation)

    def _answer(self, run: Run, conversation: Conversation) -> Iterator[Shown]:
        """Draw the running exchange at each stage and, not too often, as its text grows."""
        stage, drawn = None, 0.0
        for event in self.library.assistant().stream(run.question, conversation.history()):
            if conversation.run is not run:
                return
            if isinstance(event, Done):
                conversation.finish(run, event.answer)
                return
            if isinstance(event, Stage):
                stage, drawn = event, 0.0
            elif isinstance(event, Delta):
                run.draft += event.text
            if time.monotonic() - drawn >= REDRAW_SECONDS:
                drawn = time.monotonic()
                yield gr.skip(), _running(conversation, run, stage), *_skipped()[2:]

    def _settled(self, conversation: Conversation) -> Shown:
        """The page after an answer: earlier exchanges stay, the last is drawn, its sources are shown."""
        language, exchanges = conversation.language, conversation.exchanges
        if exchanges:
            live = render_exchange(exchanges[-1], len(exchanges), language, last=True)
        else:
            live = render_welcome(self.library.describe(language), language)
        panel = render_panel(exchanges, self._finder(), language)
        return gr.skip(), live, panel, gr.skip(), conversation, *_buttons(running=False)

    def _finder(self) -> FindArticle:
        try:
            return self.library.assistant().corpus.article
        except (AssistantError, IngestError):
            return _no_article


def _running(conversation: Conversation, run: Run, stage: Stage | None) -> str:
    turn = len(conversation.exchanges) + 1
    return render_running(run.question, run.draft, stage, turn, conversation.language)


def _buttons(*, running: bool) -> tuple[object, object]:
    return gr.update(visible=not running), gr.update(visible=running)


def _skipped() -> Shown:
    return (gr.skip(),) * 7


def _no_article(article_id: str) -> None:
    return None
