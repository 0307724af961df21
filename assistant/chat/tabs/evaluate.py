"""The place where a question set is asked, with progress, and its report read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import gradio as gr

from assistant.chat.answering import Answering
from assistant.chat.handlers import language_of
from assistant.chat.show.escape import escape
from assistant.chat.tabs.evaluating import Evaluations
from assistant.chat.tabs.review import build_review
from assistant.chat.texts import TEXTS

OPEN = "window.articleChat.place('evaluate', element, trigger);"


def build_evaluate(answering: Answering, folder: Path, words: gr.I18n) -> None:
    """Add the place to the page being built; `folder` holds the questions collected in the chat."""
    evaluations = Evaluations(answering, folder)

    def show(event: gr.EventData) -> tuple[str, object]:
        match event._data:
            case {"open": str(language)} if language in TEXTS:
                sets = evaluations.sets(language)
                head = f'<h2>{escape(TEXTS[language]["place_evaluate"])}</h2>'
                hint = f'<p class="hint">{escape(TEXTS[language]["evaluate_hint"])}</p>'
                return head + hint, gr.update(choices=sets, value=sets[0][1])
        return gr.skip(), gr.skip()

    def run(chosen: str, own: str | None, search_only: bool, request: gr.Request) -> Iterator[str]:
        yield from evaluations.run(chosen, own, search_only, language_of(request))

    with gr.Column(elem_id="evaluate", elem_classes="place"):
        intro = gr.HTML(elem_id="intro", js_on_load=OPEN, apply_default_css=False)
        with gr.Row(elem_id="set"):
            chosen = gr.Dropdown(label=words("question_set"), choices=[], elem_id="chosen")
            own = gr.File(label=words("own_set"), file_types=[".jsonl"], elem_id="own", height=110)
        with gr.Row(elem_id="run-row"):
            search_only = gr.Checkbox(label=words("search_only"), elem_id="search-only")
            start = gr.Button(words("run_set"), elem_id="run", variant="primary")
        result = gr.HTML(elem_id="result", apply_default_css=False)
        build_review(answering, folder, own, words)
        intro.click(show, None, [intro, chosen], show_progress="hidden", api_visibility="private")
        start.click(
            run, [chosen, own, search_only], result, show_progress="hidden", api_visibility="private",
            concurrency_limit=4,
        )
