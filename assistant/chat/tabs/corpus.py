"""The place for the corpus' health and, where visitors may, for adding articles."""

from __future__ import annotations

from collections.abc import Iterator

import gradio as gr

from assistant.chat.answering import Answering
from assistant.chat.handlers import language_of
from assistant.chat.show.escape import escape
from assistant.chat.show.health import render_health
from assistant.chat.show.page import render_welcome
from assistant.chat.tabs.adding import add_articles, render_added
from assistant.chat.texts import TEXTS
from assistant.errors import AssistantError
from ingest.corpus import report_corpus
from ingest.errors import IngestError

OPEN = "window.articleChat.place('corpus', element, trigger);"


def build_corpus(answering: Answering, words: gr.I18n, *, allow_ingest: bool) -> None:
    """Add the place to the page being built."""

    def show(event: gr.EventData) -> str:
        return show_health(answering, _language(event._data))

    def add(paths: list[str] | None, request: gr.Request) -> Iterator[tuple[str, object]]:
        for step in add_articles(answering, paths or [], language_of(request)):
            yield step, gr.skip()
        yield step, None

    with gr.Column(elem_id="corpus", elem_classes="place"):
        health = gr.HTML(elem_id="health", js_on_load=OPEN, apply_default_css=False)
        health.click(show, None, health, show_progress="hidden", api_visibility="private")
        if allow_ingest:
            dropped = gr.File(
                label=words("add_articles"), file_count="multiple", elem_id="dropped", height=150,
            )
            added = gr.HTML(render_added("", ""), elem_id="added", apply_default_css=False)
            dropped.upload(
                add, dropped, [added, dropped], show_progress="hidden", api_visibility="private",
                concurrency_limit=1,
            )


def show_health(answering: Answering, interface: str) -> str:
    """The health of the corpus as it is now, or why there is none."""
    try:
        report = report_corpus(answering.assistant().corpus)
    except (AssistantError, IngestError) as error:
        shelf = answering.library.describe(interface)
        if shelf.state == "missing":
            return render_welcome(shelf, interface)
        title = escape(TEXTS[interface]["broken"])
        return f'<section class="health"><h2>{title}</h2><p role="alert">{escape(str(error))}</p></section>'
    return render_health(report, interface)


def _language(data: object) -> str:
    match data:
        case {"open": str(interface)} if interface in TEXTS:
            return interface
    return "en"
