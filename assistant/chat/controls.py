"""The controls above the question box: what is searched, who writes the answer, in which language and how long."""

from __future__ import annotations

import gradio as gr

from assistant.chat.narrowing import AS_ASKED, LENGTHS, MODEL, QUOTES
from assistant.chat.shelf import Shelf
from assistant.chat.show.labels import language_label
from assistant.chat.texts import TEXTS


def build_controls(words: gr.I18n) -> dict[str, gr.components.Component]:
    """Add the controls to the page being built, in the order the handlers take them; choices come with the page."""
    form = words("date_form")
    languages = gr.CheckboxGroup(label=words("languages"), elem_id="languages")
    with gr.Row():
        publishers = gr.Dropdown(
            label=words("publishers"), multiselect=True, elem_id="publishers", choices=[], value=[], min_width=220
        )
        since, until = (
            gr.Textbox(label=words(name), placeholder=form, max_lines=1, elem_id=name, min_width=130)
            for name in ("since", "until")
        )
    with gr.Row():
        language = gr.Radio(label=words("answer_language"), elem_id="answer-language", min_width=260)
        length = gr.Radio(label=words("length"), elem_id="length", min_width=200)
        mode = gr.Radio(label=words("mode"), elem_id="mode", visible=False, min_width=260)
    return {"languages": languages, "publishers": publishers, "since": since, "until": until, "mode": mode,
            "answer_language": language, "length": length}


def offer_choices(shelf: Shelf, interface: str) -> tuple[object, ...]:
    """Languages and publishers with how many articles each has, who may write, in which language, and how long.

    In the order languages, publishers, mode, answer_language, length.
    """
    texts = TEXTS[interface]
    languages = [(f"{language_label(code, interface)} ({count})", code) for code, count in shelf.languages]
    publishers = [(f"{name} ({count})", name) for name, count in shelf.publishers]
    modes = [(texts["mode_model"], MODEL), (texts["mode_quotes"], QUOTES)]
    answered = [(texts["as_asked"], AS_ASKED), *((language_label(code, interface), code) for code in TEXTS)]
    return (gr.update(choices=languages, value=[], visible=len(languages) > 1),
            gr.update(choices=publishers, value=[], visible=len(publishers) > 1),
            gr.update(choices=modes, value=MODEL, visible=shelf.host is not None),
            gr.update(choices=answered, value=AS_ASKED),
            gr.update(choices=[(texts[f"length_{one}"], one) for one in LENGTHS], value="normal"))
