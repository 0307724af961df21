"""The page of the web chat on Gradio: its parts, its events, and the style and script it carries."""

from __future__ import annotations

from importlib.resources import files

import gradio as gr

from assistant.chat.conversation import Conversation
from assistant.chat.handlers import Chat
from assistant.chat.page import render_opening
from assistant.chat.shelf import Library
from assistant.chat.texts import TEXTS

MAX_ANSWERS_AT_ONCE = 8
SESSION_SECONDS = 6 * 3600

ASK_ON_CLICK = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-ask]');
  if (button) trigger('click', {question: button.dataset.ask, again: button.dataset.again === 'true'});
});
"""
FOLLOW = ASK_ON_CLICK + "window.articleChat.follow(element);"
READ_ON_OPEN = """
element.addEventListener('toggle', (event) => {
  if (event.target.matches?.('details.whole')) window.articleChat.fill(event.target, server.read_article);
}, true);
"""


def build_chat(library: Library) -> gr.Blocks:
    """The page and its events; nothing is served yet."""
    chat, words = Chat(library), gr.I18n(**TEXTS)

    def read_article(wanted: object) -> str:  # Gradio marks the function, which it cannot do with a method
        return chat.read_article(wanted)

    page: gr.Blocks
    with gr.Blocks(title="Article Assistant", analytics_enabled=False, fill_width=True) as page:
        conversation = gr.State(Conversation, time_to_live=SESSION_SECONDS)
        with gr.Row(elem_id="top"):
            masthead = gr.HTML(elem_id="masthead", apply_default_css=False)
            anew = gr.Button(words("new"), elem_id="new", size="sm")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk"):
                past = gr.HTML(elem_id="past", js_on_load=ASK_ON_CLICK, apply_default_css=False)
                live = gr.HTML(
                    render_opening("en"), elem_id="live", js_on_load=FOLLOW, apply_default_css=False
                )
                with gr.Row(elem_id="composer"):
                    box = gr.Textbox(
                        label=words("question"), placeholder=words("placeholder"), show_label=False,
                        container=False, lines=1, max_lines=6, elem_id="question",
                    )
                    send = gr.Button(words("send"), variant="primary", elem_id="send")
                    stop = gr.Button(words("stop"), visible=False, elem_id="stop")
            with gr.Column(elem_id="evidence"):
                panel = gr.HTML(
                    elem_id="sources", js_on_load=READ_ON_OPEN, apply_default_css=False,
                    server_functions=[read_article],
                )
        opened = [masthead, past, live, panel, conversation, send, stop]
        answered = [past, live, panel, box, conversation, send, stop]
        page.load(chat.open_page, [conversation], opened, show_progress="hidden", api_visibility="private")
        runs = [
            gr.on(
                triggers, handler, inputs, answered, show_progress="hidden", api_visibility="private",
                concurrency_limit=MAX_ANSWERS_AT_ONCE, concurrency_id="answer",
                trigger_mode="multiple",  # "once" would swallow a question asked right after a stop
            )
            for triggers, handler, inputs in (
                ([box.submit, send.click], chat.ask_typed, [box, conversation]),
                ([past.click, live.click], chat.ask_clicked, [conversation]),
            )
        ]
        for run in runs:
            run.failure(
                chat.give_up, [conversation], answered, show_progress="hidden", api_visibility="private"
            )
        stop.click(
            chat.stop, [conversation], answered, cancels=runs, show_progress="hidden",
            api_visibility="private",
        ).then(  # a frame of the stopped answer may still have been on its way
            chat.redraw, [conversation], answered, show_progress="hidden", api_visibility="private"
        )
        anew.click(
            chat.start_anew, [conversation], opened, cancels=runs, show_progress="hidden",
            api_visibility="private",
        )
    return page


def page_head() -> str:
    """Style and script for the page's head, read from the package."""
    here = files("assistant.chat")
    style = (here / "style.css").read_text(encoding="utf-8")
    script = (here / "script.js").read_text(encoding="utf-8")
    return f'<meta name="referrer" content="no-referrer"><style>{style}</style><script>{script}</script>'
