"""What can be done with an answer, in one row below it: copy, save, link, ask again, judge."""

from __future__ import annotations

from assistant.chat.conversation import Exchange
from assistant.chat.show.escape import escape
from assistant.chat.show.export import export_markdown
from assistant.chat.texts import TEXTS
from assistant.records import Answer

# Why an answer is wrong, as feedback names it.
REASONS = ("wrong_source", "not_supported", "out_of_date", "incomplete", "otherwise")


def render_tools(exchange: Exchange, answer: Answer, turn: int, interface: str, *, last: bool) -> str:
    """The row of an answer; it carries the answer as Markdown and as the browser keeps it."""
    texts = TEXTS[interface]
    row = _sources(answer, turn, interface)
    row += f'<button type="button" data-copy{_done(texts["copied"])}>{escape(texts["copy"])}</button>'
    files = _button(f'data-save="answer-{turn}.md"', "Markdown")
    files += _button(f'data-page="answer-{turn}.html"', texts["web_page"])
    if exchange.kept:
        files += f'<button type="button" data-link{_done(texts["copied"])}>{escape(texts["link"])}</button>'
        files += _button("data-collect", texts["collect"])
    row += _menu(texts["save"], files)
    row += _judgement(interface) if exchange.kept else ""
    row += render_again(exchange.question, interface) if last else ""
    markdown = escape(export_markdown(exchange.question, answer, interface))
    return (
        f'<div class="tools" data-markdown="{markdown}" data-kept="{escape(exchange.kept)}"'
        f' data-question="{escape(exchange.question)}">{row}</div>'
    )


def _sources(answer: Answer, turn: int, interface: str) -> str:
    """What opens the sources where they do not stand beside the answer."""
    found = len({hit.article.id for hit in answer.retrieved})
    count = len(answer.citations) or found
    key = "show_sources" if answer.citations else "also_found"
    label = TEXTS[interface][key].format(count=count)
    return f'<button type="button" class="open-sources" data-open="{turn}">{escape(label)}</button>' if count else ""


def render_again(question: str, interface: str) -> str:
    """What can be done with the last question: ask it again, change it, take it and its answer back."""
    texts = TEXTS[interface]
    again = _button(f'data-ask="{escape(question)}" data-again="true"', texts["again"])
    return again + _button("data-edit", texts["edit"]) + _button("data-undo", texts["undo"])


def _judgement(interface: str) -> str:
    """Right, or wrong for a reason, and a line for what became of it."""
    texts = TEXTS[interface]
    reasons = "".join(_button(f'data-judge="{reason}"', texts[reason]) for reason in REASONS)
    told = f'<span class="outcome" role="status" data-failed="{escape(texts["unreachable"])}"></span>'
    return _button('data-judge="right"', texts["right"]) + _menu(texts["wrong"], reasons) + told


def _menu(label: str, inner: str) -> str:
    return f'<details class="menu"><summary>{escape(label)}</summary><div class="choices">{inner}</div></details>'


def _button(attribute: str, label: str) -> str:
    return f'<button type="button" {attribute}>{escape(label)}</button>'


def _done(label: str) -> str:
    return f' data-done="{escape(label)}"'
