"""What happens when someone opens the page, asks, stops or starts anew: events of the pipeline into HTML."""

from __future__ import annotations

import time
from collections.abc import Iterator

import gradio as gr

from assistant.chat.answering import Answering, Asked
from assistant.chat.conversation import Conversation, Exchange, Run
from assistant.chat.keeping import Keeper, KeptError
from assistant.chat.narrowing import MODEL, QUOTES, read_controls
from assistant.chat.show.labels import choose_language, language_label
from assistant.chat.show.page import (
    render_exchange,
    render_exchanges,
    render_masthead,
    render_running,
    render_welcome,
)
from assistant.chat.show.sources import FindArticle, render_panel
from assistant.chat.texts import TEXTS
from assistant.errors import AssistantError
from assistant.records import Delta, Done, Stage
from ingest.errors import IngestError

# Text is sent to the page at most this often; more is not seen and costs a redraw each.
REDRAW_SECONDS = 0.08
# A conversation kept in a browser is reopened up to this many questions.
MOST_REOPENED = 50

# What handlers of answers return: past, live, panel, box, conversation, send button, stop button.
Shown = tuple[object, ...]
# Languages, publishers, from, to and mode, as the page's controls give them.
Controls = tuple[list[str], list[str], str, str, str | None]


class Chat:
    """The handlers of one running chat; all that belongs to a person comes in as a Conversation."""

    def __init__(self, answering: Answering, keeper: Keeper) -> None:
        self.answering = answering
        self.library = answering.library
        self.keeper = keeper

    def open_page(self, conversation: Conversation, request: gr.Request) -> Shown:
        """A fresh page in the browser's language: what `start_anew` returns, then the controls' choices."""
        conversation.language = choose_language(request.headers.get("accept-language"))
        return *self.start_anew(conversation), *self._controls(conversation.language)

    def start_anew(self, conversation: Conversation) -> Shown:
        """Masthead, past, live, panel, conversation and buttons of a conversation that begins."""
        conversation.leave()
        language = conversation.language
        shelf = self.library.describe(language)
        panel = render_panel((), _no_article, language)
        return (render_masthead(shelf, language), "", render_welcome(shelf, language), panel,
                Conversation(language), *_buttons(running=False))

    def _controls(self, interface: str) -> Shown:
        """Languages and publishers with how many articles each has, and who may write the answers."""
        shelf, texts = self.library.describe(interface), TEXTS[interface]
        languages = [(f"{language_label(code, interface)} ({count})", code) for code, count in shelf.languages]
        publishers = [(f"{name} ({count})", name) for name, count in shelf.publishers]
        modes = [(texts["mode_model"], MODEL), (texts["mode_quotes"], QUOTES)]
        return (gr.update(choices=languages, value=[], visible=len(languages) > 1),
                gr.update(choices=publishers, value=[], visible=len(publishers) > 1),
                gr.update(choices=modes, value=MODEL, visible=shelf.host is not None))

    def ask_typed(
        self, question: str, languages: list[str], publishers: list[str], since: str, until: str, mode: str | None,
        conversation: Conversation, request: gr.Request,
    ) -> Iterator[Shown]:
        """Answer what was typed."""
        controls = (languages, publishers, since, until, mode)
        yield from self._converse(question, controls, conversation, name_of(request))

    def clicked(
        self, languages: list[str], publishers: list[str], since: str, until: str, mode: str | None,
        conversation: Conversation, event: gr.EventData, request: gr.Request,
    ) -> Iterator[Shown]:
        """Answer an example, or a question again; take the last one back; reopen what the browser kept."""
        match event._data:
            case {"question": str(question), "again": bool(again)}:
                if again:
                    conversation.take_back()
                controls = (languages, publishers, since, until, mode)
                yield from self._converse(question, controls, conversation, name_of(request))
            case {"edit": True}:
                yield self._taken_back(conversation)
            case {"reopen": list(kept)}:
                yield self._reopened(kept, conversation)
            case _:
                yield _skipped()

    def stop(self, conversation: Conversation) -> None:
        """End the answer being written; it draws what there is of it itself."""
        conversation.break_off()

    def give_up(self, conversation: Conversation) -> Shown:
        """Show that an answer ended in an error nobody foresaw."""
        conversation.break_off(TEXTS[conversation.language]["failed_text"])
        return self._settled(conversation)

    def _taken_back(self, conversation: Conversation) -> Shown:
        """The conversation without its last question, which is in the box again."""
        last = conversation.take_back()
        past = render_exchanges(conversation.exchanges[:-1], conversation.language)
        return past, *self._settled(conversation)[1:3], last.question if last else "", *self._settled(conversation)[4:]

    def _reopened(self, kept: list[object], conversation: Conversation) -> Shown:
        """A conversation as the browser kept it; what is not from this corpus is left out and told."""
        conversation.leave()
        conversation.exchanges = [self._opened(text, conversation.language) for text in kept[:MOST_REOPENED]]
        past = render_exchanges(conversation.exchanges[:-1], conversation.language)
        return past, *self._settled(conversation)[1:]

    def _opened(self, text: object, interface: str) -> Exchange:
        try:
            question, answer = self.keeper.open(text, self.finder())
        except KeptError:
            return Exchange("…", error=TEXTS[interface]["not_kept"])
        return Exchange(question, answer, kept=str(text))

    def _converse(
        self, question: str, controls: Controls, conversation: Conversation, who: str
    ) -> Iterator[Shown]:
        if not question.strip():
            yield _skipped()
            return
        run = conversation.begin(question.strip())
        past = render_exchanges(conversation.exchanges, conversation.language)
        try:
            yield past, _running(conversation, run, None), gr.skip(), "", conversation, *_buttons(running=True)
            yield from self._answer(run, controls, conversation, who)
            if not run.dropped:
                yield self._settled(conversation)
        finally:
            if conversation.run is run:  # the tab was closed
                conversation.break_off()
            run.over.set()

    def _answer(
        self, run: Run, controls: Controls, conversation: Conversation, who: str
    ) -> Iterator[Shown]:
        """Draw the running exchange at each stage and, not too often, as its text grows."""
        stage, drawn = None, 0.0
        try:
            wanted = read_controls(*controls, conversation.language)
            run.flow = self.answering.start(Asked(run.question, conversation.history(), wanted, who))
            if conversation.run is not run:  # stopped before it was in line
                run.flow.halt()
            for event in run.flow:
                if isinstance(event, Done):
                    conversation.finish(run, event.answer, kept=self.keeper.seal(run.question, event.answer))
                    return
                if isinstance(event, Stage):
                    stage, drawn = event, 0.0
                elif isinstance(event, Delta):
                    run.draft += event.text
                if time.monotonic() - drawn >= REDRAW_SECONDS:
                    drawn = time.monotonic()
                    yield gr.skip(), _running(conversation, run, stage), *_skipped()[2:]
        except (AssistantError, IngestError) as error:
            conversation.finish(run, None, str(error))

    def _settled(self, conversation: Conversation) -> Shown:
        """The page after an answer: earlier exchanges stay, the last is drawn, its sources are shown."""
        language, exchanges = conversation.language, conversation.exchanges
        if exchanges:
            live = render_exchange(exchanges[-1], len(exchanges), language, last=True)
        else:
            live = render_welcome(self.library.describe(language), language)
        panel = render_panel(exchanges, self.finder(), language)
        return gr.skip(), live, panel, gr.skip(), conversation, *_buttons(running=False)

    def finder(self) -> FindArticle:
        """Looks articles up in the corpus as it is now; finds none where it cannot be opened."""
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


def name_of(request: gr.Request) -> str:
    """Who asks: the account's name, or the address where there are no accounts."""
    client = request.client
    return request.username or (client.host if client else "")
