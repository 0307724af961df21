"""What happens when someone opens the page, asks, stops, takes back, reopens or starts anew."""

from __future__ import annotations

from collections.abc import Iterator

import gradio as gr

from assistant.chat.answering import Answering
from assistant.chat.asking import Asking
from assistant.chat.conversation import MOST_EXCHANGES, Conversation, Exchange
from assistant.chat.drawing import SKIPPED, Drawing, Shown
from assistant.chat.keeping import Keeper, KeptError
from assistant.chat.show.labels import choose_language
from assistant.chat.show.sources import FindArticle
from assistant.chat.texts import TEXTS


class Chat:
    """The handlers of one running chat; all that belongs to a person comes in as a Conversation."""

    def __init__(self, answering: Answering, keeper: Keeper) -> None:
        self.library = answering.library
        self.keeper = keeper
        self._drawing = Drawing(answering.library)
        self._asking = Asking(answering, keeper, self._drawing)

    def open_page(self, conversation: Conversation, request: gr.Request) -> Shown:
        """A fresh page in the browser's language: what `start_anew` returns, then the controls' choices."""
        conversation.leave()
        conversation.language = language_of(request)
        return self._drawing.opening(conversation)

    def start_anew(self, conversation: Conversation, request: gr.Request) -> Shown:
        """Masthead, past, live, panel and the conversation that begins."""
        conversation.leave()
        conversation.language = language_of(request)
        return self._drawing.anew(conversation)

    def ask_typed(
        self, question: str, languages: list[str], publishers: list[str], since: str, until: str, mode: str | None,
        answer_language: str | None, length: str | None, conversation: Conversation, request: gr.Request,
    ) -> Iterator[Shown]:
        """Answer what was typed."""
        conversation.language = language_of(request)
        controls = (languages, publishers, since, until, mode, answer_language, length)
        yield from self._asking.converse(question, controls, conversation, name_of(request))

    def clicked(
        self, languages: list[str], publishers: list[str], since: str, until: str, mode: str | None,
        answer_language: str | None, length: str | None, conversation: Conversation, event: gr.EventData,
        request: gr.Request,
    ) -> Iterator[Shown]:
        """Answer an example, or a question again; take the last one back; reopen what the browser kept."""
        conversation.language = language_of(request)  # of a server that was started anew it is not known yet
        match event._data:
            case {"question": str(question), "again": bool(again)}:
                if again:
                    conversation.take_back()
                controls = (languages, publishers, since, until, mode, answer_language, length)
                yield from self._asking.converse(question, controls, conversation, name_of(request))
            case {"edit": True}:
                conversation.take_back()  # the page's script has put the question into the box
                yield self._drawing.whole(conversation)
            case {"undo": True}:
                conversation.take_back()
                yield self._drawing.whole(conversation)
            case {"reopen": list(kept)}:
                yield self._reopened(kept, conversation)
            case _:
                yield SKIPPED

    def stop(self, conversation: Conversation) -> None:
        """End the answer being written; it draws what there is of it itself."""
        conversation.break_off()

    def give_up(self, conversation: Conversation) -> Shown:
        """Show that an answer ended in an error nobody foresaw."""
        conversation.break_off(TEXTS[conversation.language]["failed_text"])
        return self._drawing.settled(conversation)

    def finder(self) -> FindArticle:
        """Looks articles up in the corpus as it is now; finds none where it cannot be opened."""
        return self._drawing.finder()

    def _reopened(self, kept: list[object], conversation: Conversation) -> Shown:
        """A conversation as the browser kept it; what is not from this corpus is left out and told."""
        conversation.leave()
        conversation.exchanges = []
        for text in kept[:MOST_EXCHANGES]:
            conversation.add(self._opened(text, conversation.language))
        return self._drawing.whole(conversation)

    def _opened(self, text: object, interface: str) -> Exchange:
        try:
            question, answer = self.keeper.open(text, self.finder())
        except KeptError:
            return Exchange("…", error=TEXTS[interface]["not_kept"])
        return Exchange(question, answer, kept=str(text))


def name_of(request: gr.Request) -> str:
    """Who asks: the account's name, or the address where there are no accounts."""
    client = request.client
    return request.username or (client.host if client else "")


def language_of(request: gr.Request) -> str:
    """The interface language that the browser asks for."""
    return choose_language(request.headers.get("accept-language"))
