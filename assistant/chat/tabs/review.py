"""The form in which drafted questions are gone through: kept as they are or changed, dropped, or left for later."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from assistant.chat.answering import Answering
from assistant.chat.feedback import list_drafts, settle_draft, take_drafts
from assistant.chat.handlers import language_of
from assistant.chat.show.escape import escape
from assistant.chat.tabs.reviewing import Form, can_be_kept, find_faults, read_form, render_draft, settled_row
from assistant.chat.texts import TEXTS
from assistant.errors import AssistantError
from ingest.errors import IngestError


class Review:
    """Drafts of the collected set, one at a time; the one shown is known by its id."""

    def __init__(self, answering: Answering, folder: Path) -> None:
        self._answering = answering
        self._folder = folder

    def begin(self, own: str | None, interface: str) -> tuple[Any, ...]:
        """Take in the drafts of a file, if one is given, and show the first of all."""
        try:
            if own:
                take_drafts(self._folder, Path(own))
            return self._show("", interface)
        except (OSError, ValueError, AssistantError, IngestError) as error:
            return self._tell(str(error))

    def keep(self, name: str, form: Form, interface: str) -> tuple[Any, ...]:
        """Keep the draft as the form has it and show the next; what cannot be a question stays, with the reason."""
        row = next((row for row in list_drafts(self._folder) if row["id"] == name), None)
        if row is None:
            return self._show(name, interface)
        kept = settled_row(row, form)
        return self._settle(name, kept, interface) if can_be_kept(kept) else self._show(name, interface, again=True)

    def drop(self, name: str, interface: str) -> tuple[Any, ...]:
        """Take the draft out and show the next."""
        return self._settle(name, None, interface)

    def later(self, name: str, interface: str) -> tuple[Any, ...]:
        """Show the next and leave this one as it is."""
        return self._show(name, interface)

    def _settle(self, name: str, kept: dict[str, Any] | None, interface: str) -> tuple[Any, ...]:
        names = [row["id"] for row in list_drafts(self._folder)]
        before = names[names.index(name) - 1] if name in names and names.index(name) else ""
        try:
            settle_draft(self._folder, name, kept)
            return self._show(before, interface)
        except OSError as error:
            return self._tell(str(error))

    def _show(self, after: str, interface: str, *, again: bool = False) -> tuple[Any, ...]:
        """The draft behind `after` in the file, the first behind the last; `again` that one itself."""
        drafts = list_drafts(self._folder)
        if not drafts:
            return self._tell(TEXTS[interface]["no_drafts"])
        names = [row["id"] for row in drafts]
        place = (names.index(after) + (not again)) % len(drafts) if after in names else 0
        row, form = drafts[place], read_form(drafts[place])
        faults = find_faults(settled_row(row, form), self._answering.assistant().corpus)
        told = render_draft(row, place + 1, len(drafts), faults, interface)
        return gr.update(visible=True), row["id"], told, form.question, form.answer, form.must

    def _tell(self, text: str) -> tuple[Any, ...]:
        told = f'<p role="status">{escape(text)}</p>'
        return gr.update(visible=False), "", told, "", "", ""


def build_review(answering: Answering, folder: Path, own: gr.File, words: gr.I18n) -> None:
    """Add the button and the form behind it to the page being built."""
    review = Review(answering, folder)

    def begin(own: str | None, request: gr.Request) -> tuple[Any, ...]:
        return *review.begin(own, language_of(request)), None  # taken once: what is dropped stays dropped

    def keep(name: str, question: str, answer: str, must: str, request: gr.Request) -> tuple[Any, ...]:
        return review.keep(name, Form(question, answer, must), language_of(request))

    def drop(name: str, request: gr.Request) -> tuple[Any, ...]:
        return review.drop(name, language_of(request))

    def later(name: str, request: gr.Request) -> tuple[Any, ...]:
        return review.later(name, language_of(request))

    name = gr.State("")
    start = gr.Button(words("review"), elem_id="review")
    told = gr.HTML(elem_id="draft", apply_default_css=False)
    with gr.Column(visible=False, elem_id="draft-form") as desk:
        fields = [
            gr.Textbox(label=words(label), lines=lines, elem_id=f"draft-{field}")
            for field, label, lines in (("question", "asked_one", 2), ("answer", "answer", 2), ("must", "must_say", 3))
        ]
        with gr.Row():
            buttons = [gr.Button(words(label), elem_id=label, size="sm") for label in ("keep", "later", "drop")]
    shown = [desk, name, told, *fields]
    start.click(begin, [own], [*shown, own], show_progress="hidden", api_visibility="private")
    buttons[0].click(keep, [name, *fields], shown, show_progress="hidden", api_visibility="private")
    for button, handler in zip(buttons[1:], (later, drop), strict=True):
        button.click(handler, [name], shown, show_progress="hidden", api_visibility="private")
