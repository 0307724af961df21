"""The web chat: wires Gradio's page to the pipeline's events; renders records and decides nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from importlib.resources import files

import gradio as gr

from assistant.chat.conversation import Conversation
from assistant.chat.page import (
    render_exchange,
    render_exchanges,
    render_masthead,
    render_opening,
    render_running,
    render_welcome,
)
from assistant.chat.shelf import Library
from assistant.chat.sources import render_article, render_panel
from assistant.chat.texts import TEXTS, choose_language
from assistant.errors import AssistantError
from assistant.records import Delta, Done, Stage
from ingest.errors import IngestError

# Text is sent to the page at most this often; more is not seen and costs a redraw each.
REDRAW_SECONDS = 0.08
MAX_ANSWERS_AT_ONCE = 8
SESSION_SECONDS = 6 * 3600

ASK_ON_CLICK = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-ask]');
  if (button) trigger('ask', {question: button.dataset.ask, again: button.dataset.again === 'true'});
});
"""
FOLLOW = ASK_ON_CLICK + "window.articleChat.follow(element);"
READ_ON_OPEN = """
element.addEventListener('toggle', (event) => {
  if (event.target.matches?.('details.whole')) window.articleChat.fill(event.target, server.read_article);
}, true);
"""

Shown = tuple[object, ...]


class Chat:
    """The handlers of one running chat; all that belongs to a person comes in as a Conversation."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def open_page(self, conversation: Conversation, request: gr.Request) -> Shown:
        """Masthead, welcome and an empty panel, in the browser's language."""
        conversation.language = choose_language(request.headers.get("accept-language"))
        shelf = self.library.describe(conversation.language)
        language = conversation.language
        return (render_masthead(shelf, language), "", render_welcome(shelf, language),
                render_panel((), self._no_article, language), conversation)

    def start_anew(self, conversation: Conversation) -> Shown:
        """A fresh conversation in the same tab."""
        language = conversation.language
        shelf = self.library.describe(language)
        return (render_masthead(shelf, language), "", render_welcome(shelf, language),
                render_panel((), self._no_article, language), Conversation(language), *_buttons(running=False))

    def ask_typed(self, question: str, conversation: Conversation) -> Iterator[Shown]:
        """Answer what was typed."""
        yield from self._converse(question, conversation)

    def ask_clicked(self, conversation: Conversation, event: gr.EventData) -> Iterator[Shown]:
        """Answer an example or an earlier question again, the latter in place of its answer."""
        question = event._data.get("question") if isinstance(event._data, dict) else None
        if event._data.get("again") and conversation.exchanges:
            conversation.exchanges.pop()
        yield from self._converse(question if isinstance(question, str) else "", conversation)

    def stop(self, conversation: Conversation) -> Shown:
        """Show what was written before the person had enough."""
        conversation.break_off()
        return self._settled(conversation)

    def give_up(self, conversation: Conversation) -> Shown:
        """Show that an answer ended in an error nobody foresaw."""
        conversation.finish(None, TEXTS[conversation.language]["failed_text"])
        return self._settled(conversation)

    def read_article(self, article_id: str, start: int, end: int, interface: str) -> str:
        """A whole article as HTML, with the quote at `start`…`end` marked."""
        interface = interface if interface in TEXTS else "en"
        try:
            corpus = self.library.assistant().corpus
        except (AssistantError, IngestError):
            return render_article(None, (), 0, 0, interface)
        lines = corpus.catalogue.lines(str(article_id))
        return render_article(corpus.article(str(article_id)), lines, int(start), int(end), interface)

    def _converse(self, question: str, conversation: Conversation) -> Iterator[Shown]:
        if not question.strip():
            yield (gr.skip(),) * 7
            return
        conversation.begin(question.strip())
        turn, language = len(conversation.exchanges) + 1, conversation.language
        past = render_exchanges(conversation.exchanges, language)
        running = render_running(conversation.question or "", "", None, turn, language)
        yield past, running, gr.skip(), "", conversation, *_buttons(running=True)
        stage, drawn = None, 0.0
        try:
            assistant = self.library.assistant()
            for event in assistant.stream(question.strip(), conversation.history()):
                if isinstance(event, Done):
                    conversation.finish(event.answer)
                    break
                if isinstance(event, Stage):
                    stage, drawn = event, 0.0
                elif isinstance(event, Delta):
                    conversation.draft += event.text
                if time.monotonic() - drawn >= REDRAW_SECONDS:
                    drawn = time.monotonic()
                    running = render_running(conversation.question or "", conversation.draft, stage, turn, language)
                    yield gr.skip(), running, gr.skip(), gr.skip(), gr.skip(), gr.skip(), gr.skip()
        except (AssistantError, IngestError) as error:
            conversation.finish(None, str(error))
        yield self._settled(conversation)

    def _settled(self, conversation: Conversation) -> Shown:
        """The page after an answer: earlier exchanges stay, the last is drawn, the panel shows its sources."""
        language, exchanges = conversation.language, conversation.exchanges
        if not exchanges:
            live = render_welcome(self.library.describe(language), language)
        else:
            live = render_exchange(exchanges[-1], len(exchanges), language, last=True)
        try:
            find_article = self.library.assistant().corpus.article
        except (AssistantError, IngestError):
            find_article = self._no_article
        panel = render_panel(exchanges, find_article, language)
        return gr.skip(), live, panel, gr.skip(), conversation, *_buttons(running=False)

    @staticmethod
    def _no_article(article_id: str) -> None:
        return None


def build_chat(library: Library) -> gr.Blocks:
    """The page and its events; nothing is served yet."""
    chat, words = Chat(library), gr.I18n(**TEXTS)

    def read_article(article_id: str, start: int, end: int, interface: str) -> str:
        return chat.read_article(article_id, start, end, interface)

    with gr.Blocks(title="Article Assistant", analytics_enabled=False, fill_width=True) as page:
        conversation = gr.State(Conversation, time_to_live=SESSION_SECONDS)
        with gr.Row(elem_id="top"):
            masthead = gr.HTML(elem_id="masthead", apply_default_css=False)
            anew = gr.Button(words("new"), elem_id="new", size="sm")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk"):
                past = gr.HTML(elem_id="past", js_on_load=ASK_ON_CLICK, apply_default_css=False)
                live = gr.HTML(render_opening("en"), elem_id="live", js_on_load=FOLLOW, apply_default_css=False)
                with gr.Row(elem_id="composer"):
                    box = gr.Textbox(label=words("question"), placeholder=words("placeholder"), show_label=False,
                                     container=False, lines=1, max_lines=6, autofocus=True, elem_id="question")
                    send = gr.Button(words("send"), variant="primary", elem_id="send")
                    stop = gr.Button(words("stop"), visible=False, elem_id="stop")
            with gr.Column(elem_id="evidence"):
                panel = gr.HTML(elem_id="sources", js_on_load=READ_ON_OPEN, apply_default_css=False,
                                server_functions=[read_article])
        outputs = [past, live, panel, box, conversation, send, stop]
        page.load(chat.open_page, [conversation], [masthead, past, live, panel, conversation],
                  show_progress="hidden", api_visibility="private")
        typed = gr.on([box.submit, send.click], chat.ask_typed, [box, conversation], outputs,
                      show_progress="hidden", api_visibility="private", concurrency_limit=MAX_ANSWERS_AT_ONCE,
                      concurrency_id="answer")
        clicked = gr.on([past.ask, live.ask], chat.ask_clicked, [conversation], outputs,
                        show_progress="hidden", api_visibility="private", concurrency_limit=MAX_ANSWERS_AT_ONCE,
                        concurrency_id="answer")
        for run in (typed, clicked):
            run.failure(chat.give_up, [conversation], outputs, show_progress="hidden", api_visibility="private")
        stop.click(chat.stop, [conversation], outputs, cancels=[typed, clicked], show_progress="hidden",
                   api_visibility="private")
        anew.click(chat.start_anew, [conversation], [masthead, past, live, panel, conversation, send, stop],
                   cancels=[typed, clicked], show_progress="hidden", api_visibility="private")
    return page


def page_head() -> str:
    """Style and script for the page's head, read from the package."""
    here = files("assistant.chat")
    style = (here / "style.css").read_text(encoding="utf-8")
    script = (here / "script.js").read_text(encoding="utf-8")
    return f'<meta name="referrer" content="no-referrer"><style>{style}</style><script>{script}</script>'


def _buttons(*, running: bool) -> tuple[object, object]:
    return gr.update(visible=not running), gr.update(visible=running)
