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
    row = f'<button type="button" data-copy{_done(texts["copied"])}>{escape(texts["copy"])}</button>'
    row += _menu(texts["save"], _button(f'data-save="answer-{turn}.md"', "Markdown")
                 + _button(f'data-page="answer-{turn}.html"', texts["web_page"]))
    if exchange.kept:
        row += f'<button type="button" data-link{_done(texts["copied"])}>{escape(texts["link"])}</button>'
        row += _menu(texts["judge"], _judgement(interface))
    row += render_again(exchange.question, interface) if last else ""
    if answer.citations or answer.retrieved:
        label = texts["show_sources"].format(count=len(answer.citations))
        row += f'<button type="button" class="open-sources" data-open="{turn}">{escape(label)}</button>'
    markdown = escape(export_markdown(exchange.question, answer, interface))
    return (
        f'<div class="tools" data-markdown="{markdown}" data-kept="{escape(exchange.kept)}"'
        f' data-question="{escape(exchange.question)}">{row}</div>'
    )


def render_again(question: str, interface: str) -> str:
    """What can be done with the last question: ask it again, change it, take it and its answer back."""
    texts = TEXTS[interface]
    again = _button(f'data-ask="{escape(question)}" data-again="true"', texts["again"])
    return again + _button("data-edit", texts["edit"]) + _button("data-undo", texts["undo"])


def _judgement(interface: str) -> str:
    """Right, or wrong for a reason; and the answer as a row of a question set."""
    texts = TEXTS[interface]
    good = _button('data-judge="right"', texts["right"])
    reasons = "".join(_button(f'data-judge="{reason}"', texts[reason]) for reason in REASONS)
    collect = _button("data-collect", texts["collect"])
    told = f'<span class="outcome" role="status" data-failed="{escape(texts["unreachable"])}"></span>'
    return f'{good}<span class="because">{escape(texts["because"])}</span>{reasons}<hr>{collect}{told}'


def _menu(label: str, inner: str) -> str:
    return f'<details class="menu"><summary>{escape(label)}</summary><div class="choices">{inner}</div></details>'


def _button(attribute: str, label: str) -> str:
    return f'<button type="button" {attribute}>{escape(label)}</button>'


def _done(label: str) -> str:
    return f' data-done="{escape(label)}"'
