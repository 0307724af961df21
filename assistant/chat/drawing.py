"""The parts of the page as its events return them: what is drawn while, after and between answers."""

from __future__ import annotations

import gradio as gr

from assistant.chat.controls import offer_choices
from assistant.chat.conversation import Conversation, Run
from assistant.chat.shelf import Library
from assistant.chat.show.page import (
    render_exchange,
    render_exchanges,
    render_masthead,
    render_running,
    render_welcome,
)
from assistant.chat.show.sources import FindArticle, render_panel
from assistant.errors import AssistantError
from assistant.records import Stage
from ingest.errors import IngestError

# What handlers of answers return: past, live, panel, conversation. What stays is sent as it was: for a `gr.skip()`
# Gradio makes the component anew: with six of them in every frame an answer took 118 CPU ms, without 82.
Shown = tuple[object, ...]
SKIPPED: Shown = (gr.skip(),) * 4


class Drawing:
    """Draws a conversation on the corpus as it is now."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def opening(self, conversation: Conversation) -> Shown:
        """What `anew` draws, then the choices of the controls."""
        shelf = self._library.describe(conversation.language)
        return *self.anew(conversation), *offer_choices(shelf, conversation.language)

    def anew(self, conversation: Conversation) -> Shown:
        """Masthead, past, live, panel, and a fresh conversation."""
        language = conversation.language
        shelf, fresh = self._library.describe(language), Conversation(language)
        fresh.panel = render_panel((), _no_article, language)
        return render_masthead(shelf, language), "", render_welcome(shelf, language), fresh.panel, fresh

    def begun(self, conversation: Conversation, run: Run) -> Shown:
        """The finished exchanges move up; the question stands below them."""
        conversation.past = render_exchanges(conversation.exchanges, conversation.language)
        return conversation.past, _live(conversation, run, None), conversation.panel, conversation

    def running(self, conversation: Conversation, run: Run, stage: Stage | None) -> Shown:
        """Only the exchange under way."""
        return conversation.past, _live(conversation, run, stage), conversation.panel, conversation

    def settled(self, conversation: Conversation) -> Shown:
        """The page after an answer: earlier exchanges stay, the last is drawn, its sources are shown."""
        language, exchanges = conversation.language, conversation.exchanges
        if exchanges:
            live = render_exchange(exchanges[-1], len(exchanges), language, last=True)
        else:
            live = render_welcome(self._library.describe(language), language)
        conversation.panel = render_panel(exchanges, self.finder(), language)
        return conversation.past, live, conversation.panel, conversation

    def whole(self, conversation: Conversation) -> Shown:
        """All exchanges anew."""
        conversation.past = render_exchanges(conversation.exchanges[:-1], conversation.language)
        return self.settled(conversation)

    def finder(self) -> FindArticle:
        """Looks articles up in the corpus as it is now; finds none where it cannot be opened."""
        try:
            return self._library.assistant().corpus.article
        except (AssistantError, IngestError):
            return _no_article


def _live(conversation: Conversation, run: Run, stage: Stage | None) -> str:
    turn = len(conversation.exchanges) + 1
    return render_running(run.question, run.draft, stage, turn, conversation.language)


def _no_article(article_id: str) -> None:
    return None
