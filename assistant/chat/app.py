"""The page of the web chat on Gradio: its parts, its events, and the style and script it carries."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import gradio as gr

from assistant.chat.answer_functions import AnswerFunctions
from assistant.chat.answering import Answering
from assistant.chat.controls import build_controls
from assistant.chat.conversation import Conversation
from assistant.chat.handlers import Chat
from assistant.chat.keeping import Keeper
from assistant.chat.programs.endpoints import add_endpoints
from assistant.chat.show.page import render_opening
from assistant.chat.tabs.corpus import build_corpus
from assistant.chat.tabs.evaluate import build_evaluate
from assistant.chat.tabs.summaries import build_summaries
from assistant.chat.texts import TEXTS

# Frames of an answer wait for it in a thread each; the answers themselves stand in line elsewhere.
MOST_AT_ONCE = 100
SESSION_SECONDS = 6 * 3600
# Gradio keeps what each of so many pages last showed, 250 to 600 kB; the longest unused are forgotten.
MOST_PAGES = 300

STYLES = ("style.css", "places.css")
SCRIPTS = ("script.js", "history.js", "note.js", "reach.js")

ASK_ON_CLICK = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-ask]');
  if (button) trigger('click', {question: button.dataset.ask, again: button.dataset.again === 'true'});
  if (event.target.closest('[data-edit]')) trigger('click', {edit: true});
  if (event.target.closest('[data-undo]')) trigger('click', {undo: true});
});
"""
FOLLOW = ASK_ON_CLICK + "window.articleChat.follow(element, trigger, server);"
READ_ON_OPEN = """
element.addEventListener('toggle', (event) => {
  if (event.target.matches?.('details.whole')) window.articleChat.fill(event.target, server.read_article);
}, true);
"""


def build_chat(answering: Answering, folder: Path, *, allow_ingest: bool = False) -> gr.Blocks:
    """The page and its events; nothing is served yet. `folder` keeps what belongs to the chat."""
    keeper = Keeper(folder)
    chat, words = Chat(answering, keeper), gr.I18n(**TEXTS)
    functions = AnswerFunctions(chat, keeper, folder)

    def read_article(wanted: object) -> str:  # Gradio marks functions, which it cannot do with methods
        return functions.read_article(wanted)

    def judge(wanted: object) -> str:
        return functions.judge(wanted)

    def collect(wanted: object) -> str:
        return functions.collect(wanted)

    def web_page(wanted: object) -> str:
        return functions.web_page(wanted)

    def forget(request: gr.Request) -> None:
        forget_page(page, request.session_hash or "")

    page: gr.Blocks
    with gr.Blocks(title="Article Assistant", analytics_enabled=False, fill_width=True) as page:
        conversation = gr.State(Conversation(), time_to_live=SESSION_SECONDS)
        with gr.Row(elem_id="top"):
            masthead = gr.HTML(elem_id="masthead", apply_default_css=False)
            anew = gr.Button(words("new"), elem_id="new", size="sm")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk"):
                past = gr.HTML(elem_id="past", js_on_load=ASK_ON_CLICK, apply_default_css=False)
                live = gr.HTML(
                    render_opening("en"), elem_id="live", js_on_load=FOLLOW, apply_default_css=False,
                    server_functions=[judge, collect, web_page],
                )
                with gr.Column(elem_id="bar"):
                    with gr.Accordion(words("narrow"), open=False, elem_id="narrow"):
                        controls = build_controls(words)
                    with gr.Row(elem_id="composer"):
                        box = gr.Textbox(
                            label=words("question"), placeholder=words("placeholder"), show_label=False,
                            container=False, lines=1, max_lines=6, elem_id="question",
                        )
                        send = gr.Button(words("send"), variant="primary", elem_id="send")
                        stop = gr.Button(words("stop"), elem_id="stop")  # the style shows it while one is answered
            with gr.Column(elem_id="evidence"):
                panel = gr.HTML(
                    elem_id="sources", js_on_load=READ_ON_OPEN, apply_default_css=False,
                    server_functions=[read_article],
                )
        build_summaries(answering, words)
        build_corpus(answering, words, allow_ingest=allow_ingest)
        build_evaluate(answering, folder, words)
        opened = [masthead, past, live, panel, conversation]
        answered = [past, live, panel, conversation]
        chosen = [controls[name] for name in ("languages", "publishers", "mode", "answer_language", "length")]
        page.load(
            chat.open_page, [conversation], [*opened, *chosen], show_progress="hidden", api_visibility="private"
        )
        asked = [*controls.values(), conversation]
        for triggers, handler, inputs in (
            ([box.submit, send.click], chat.ask_typed, [box, *asked]),
            ([past.click, live.click], chat.clicked, asked),
        ):
            gr.on(
                triggers, handler, inputs, answered, show_progress="hidden", api_visibility="private",
                concurrency_limit=MOST_AT_ONCE, concurrency_id="answer",
                trigger_mode="multiple",  # "once" would swallow a question asked right after a stop
            ).failure(
                chat.give_up, [conversation], answered, show_progress="hidden", api_visibility="private"
            )
        stop.click(
            chat.stop, [conversation], [], show_progress="hidden", api_visibility="private",
            concurrency_limit=MOST_AT_ONCE,
        )
        anew.click(
            chat.start_anew, [conversation], opened, show_progress="hidden", api_visibility="private",
            concurrency_limit=MOST_AT_ONCE,
        )
        page.unload(forget)
        add_endpoints(answering, MOST_AT_ONCE)
    page.state_session_capacity = MOST_PAGES
    return page


def forget_page(page: gr.Blocks, session: str) -> None:
    """Drop what a closed page showed; its conversation stays an hour, should it only have lost its connection."""
    kept = page.state_holder.session_data.get(session)
    if kept is None:
        return
    kept.config_values.clear()
    for state in kept.state_data.values():
        if isinstance(state, Conversation):
            state.past = state.panel = ""


def page_head() -> str:
    """Style and script for the page's head, read from the package."""
    here = files("assistant.chat")
    styles, scripts = (
        "".join((here / "static" / name).read_text(encoding="utf-8") for name in names) for names in (STYLES, SCRIPTS)
    )
    return f'<meta name="referrer" content="no-referrer"><style>{styles}</style><script>{scripts}</script>'
