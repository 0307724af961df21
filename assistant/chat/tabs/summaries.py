"""The place for cited summaries and timelines of a topic."""

from __future__ import annotations

from collections.abc import Callable

import gradio as gr

from assistant.chat.answering import Answering
from assistant.chat.handlers import language_of, name_of
from assistant.chat.show.digest import render_summary, render_timeline
from assistant.chat.show.escape import escape
from assistant.chat.texts import TEXTS
from assistant.errors import AssistantError
from assistant.pipeline import Assistant
from ingest.errors import IngestError

OPEN = "window.articleChat.place('summaries', element, trigger);"
MOST_AT_ONCE = 4


def build_summaries(answering: Answering, words: gr.I18n) -> None:
    """Add the place to the page being built."""

    def show(event: gr.EventData) -> str:
        match event._data:
            case {"open": str(language)} if language in TEXTS:
                texts = TEXTS[language]
                return f'<h2>{escape(texts["place_summaries"])}</h2><p class="hint">{escape(texts["digest_hint"])}</p>'
        return ""

    def tell_topic(topic: str, request: gr.Request) -> str:
        interface = language_of(request)
        return told(request, lambda one: render_summary(one.summarize(topic, language=interface), interface))

    def tell_days(topic: str, request: gr.Request) -> str:
        interface = language_of(request)
        return told(request, lambda one: render_timeline(one.timeline(topic, language=interface), interface))

    def told(request: gr.Request, tell: Callable[[Assistant], str]) -> str:
        try:
            answering.limits.take(name_of(request))
            return tell(answering.assistant())
        except (AssistantError, IngestError) as error:
            return f'<p class="trouble" role="alert">{escape(str(error))}</p>'

    with gr.Column(elem_id="summaries", elem_classes="place"):
        head = gr.HTML(elem_id="digest-head", js_on_load=OPEN, apply_default_css=False)
        head.click(show, None, head, show_progress="hidden", api_visibility="private")
        topic = gr.Textbox(label=words("topic"), max_lines=1, elem_id="topic")
        with gr.Row(elem_id="digest-row"):
            start = gr.Button(words("summarize"), variant="primary", elem_id="summarize")
            days = gr.Button(words("timeline"), elem_id="timeline")
        result = gr.HTML(elem_id="digest", apply_default_css=False)
        for triggers, handler in (([start.click, topic.submit], tell_topic), ([days.click], tell_days)):
            gr.on(
                triggers, handler, topic, result, show_progress="minimal", api_visibility="private",
                concurrency_limit=MOST_AT_ONCE, concurrency_id="digest",
            )
