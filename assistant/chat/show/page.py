"""The parts of the page around answers as HTML: masthead, welcome, one exchange, and the empty states."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.chat.conversation import Exchange
from assistant.chat.shelf import Shelf
from assistant.chat.show.answer_html import render_answer, render_draft
from assistant.chat.show.escape import escape, isolate, lang
from assistant.chat.show.labels import SHAPES, language_label
from assistant.chat.show.tools import render_again, render_tools
from assistant.chat.texts import TEXTS
from assistant.records import Answer, Stage, Verdict

# The parts of the page one can go to, by the address' fragment.
PLACES = ("ask", "summaries", "corpus", "evaluate")


def render_masthead(shelf: Shelf, interface: str) -> str:
    """The name, who writes the answers, and where one can go."""
    texts = TEXTS[interface]
    mode = texts["quotes_only"]
    if shelf.host:
        key = "model_at" if shelf.model else "host_only"
        mode = texts[key].format(model=shelf.model, host=shelf.host)
    places = "".join(
        f'<a href="#{place}" data-place="{place}">{escape(texts[f"place_{place}"])}</a>' for place in PLACES
    )
    return (
        f'<header class="masthead" data-language="{interface}"><h1>{escape(texts["name"])}</h1>'
        f'<p class="mode" title="{escape(mode)}">{isolate(mode)}</p>'
        f'<nav class="places" aria-label="{escape(texts["places"])}">{places}'
        f'<button type="button" data-history>{escape(texts["history"])}</button></nav></header>'
        f'<p class="reach" role="alert" hidden data-lost="{escape(texts["offline"])}"></p>'
        f"{_history(interface)}"
    )


def _history(interface: str) -> str:
    """The window the script fills with what this browser kept."""
    texts = TEXTS[interface]
    title, search, forget, sure = (
        escape(texts[f"history{key}"]) for key in ("", "_search", "_forget", "_sure")
    )
    return (
        f'<dialog id="history" aria-label="{title}" data-forget="{forget}"><header><h2>{title}</h2>'
        f'<button type="button" class="close" aria-label="{escape(texts["history_close"])}">×</button></header>'
        f'<input type="search" aria-label="{search}" placeholder="{search}"><ul></ul>'
        f'<p class="hint" hidden>{escape(texts["history_none"])}</p>'
        f'<button type="button" class="all" data-sure="{sure}">{escape(texts["history_forget_all"])}</button></dialog>'
    )


def render_opening(interface: str) -> str:
    """What is shown while the corpus is opened."""
    return f'<div class="welcome"><p class="stage">{escape(TEXTS[interface]["loading"])}</p></div>'


def render_welcome(shelf: Shelf, interface: str) -> str:
    """The first thing seen: example questions from the corpus, or what to do when there is none."""
    texts = TEXTS[interface]
    if shelf.state != "ready":
        return _render_unready(shelf, interface)
    buttons = "".join(
        f'<li><button type="button" data-ask="{escape(example.question)}"{lang(example.language)}'
        f' dir="auto">{escape(example.question)}</button></li>'
        for example in shelf.examples
    )
    examples = f'<p class="eyebrow">{escape(texts["examples"])}</p><ul class="examples">{buttons}</ul>'
    return (
        f'<div class="welcome"><p class="holdings">{_holdings(shelf, interface)}</p><h2>{escape(texts["welcome"])}</h2>'
        f'<p class="promise">{escape(texts["promise"])}</p>{examples if buttons else ""}</div>'
    )


def _holdings(shelf: Shelf, interface: str) -> str:
    """How many articles there are, and in which languages most of them are."""
    count = escape(TEXTS[interface]["corpus"].format(count=shelf.articles))
    languages = ", ".join(language_label(code, interface) for code, _ in shelf.languages[:4])
    return f'{count} <span class="dot">·</span> {escape(languages)}'


def render_exchanges(exchanges: Sequence[Exchange], interface: str, first: int = 1) -> str:
    """Finished exchanges, one below the other; `first` is the number of the first of them."""
    return "".join(render_exchange(e, turn, interface) for turn, e in enumerate(exchanges, start=first))


def render_exchange(exchange: Exchange, turn: int, interface: str, *, last: bool = False) -> str:
    """A question and its answer; the last one may be asked again."""
    texts = TEXTS[interface]
    if exchange.answer is not None:
        inner = _finished(exchange, exchange.answer, turn, interface, last=last)
    elif exchange.error is not None:
        inner = render_draft(exchange.draft) + _trouble(texts["failed"], exchange.error, role=' role="alert"')
        inner += _again(exchange.question, interface) if last else ""
    else:
        inner = f'{render_draft(exchange.draft)}<p class="stage">{escape(texts["stopped"])}</p>'
        inner += _again(exchange.question, interface) if last else ""
    return _exchange(exchange.question, inner, turn)


def render_running(question: str, draft: str, stage: Stage | None, turn: int, interface: str) -> str:
    """The exchange under way: what is being done, and the text so far."""
    texts = TEXTS[interface]
    doing = texts[stage.name].format(count=stage.passages) if stage else texts["loading"]
    writing = ' data-writing="true"' if draft else ""
    told = f'<div class="draft"{writing}>{render_draft(draft)}</div>'
    return _exchange(question, f'<p class="stage" role="status">{escape(doing)}</p>{told}', turn)


def _finished(exchange: Exchange, answer: Answer, turn: int, interface: str, *, last: bool) -> str:
    texts = TEXTS[interface]
    notice = _trouble(texts["note"], answer.notice) if answer.notice else ""
    kind = "abstained" if answer.abstained else "told"
    body = f'<div class="text {kind}">{render_answer(answer, turn, interface)}</div>'
    ready = f'<p class="unseen" role="status">{escape(texts["ready"])}</p>' if last else ""
    tools = render_tools(exchange, answer, turn, interface, last=last)
    return notice + body + _summary(answer, interface) + tools + ready


def _summary(answer: Answer, interface: str) -> str:
    """How many sentences hold, said once below the answer."""
    count = len(answer.sentences)
    if answer.abstained or not count:
        return ""
    good = sum(sentence.verdict == "supported" for sentence in answer.sentences)
    verdicts = {sentence.verdict for sentence in answer.sentences}
    order: tuple[Verdict, ...] = ("unsupported", "partly", "supported")
    worst = next(verdict for verdict in order if verdict in verdicts)
    key = "all_supported" if good == count else "some_supported"
    text = TEXTS[interface][key].format(good=good, count=count)
    return f'<p class="summary {worst}"><span aria-hidden="true">{SHAPES[worst]}</span> {escape(text)}</p>'


def _trouble(title: str, text: str, role: str = "") -> str:
    return f'<p class="trouble"{role}><strong>{escape(title)}.</strong> {escape(text)}</p>'


def _exchange(question: str, inner: str, turn: int) -> str:
    head = f'<h2 class="question" dir="auto">{escape(question)}</h2>'
    body = f'<div class="answer">{inner}</div>'
    return f'<article class="exchange" data-exchange="{turn}">{head}{body}</article>'


def _again(question: str, interface: str) -> str:
    return f'<div class="tools">{render_again(question, interface)}</div>'


def _render_unready(shelf: Shelf, interface: str) -> str:
    """What to do when there is no corpus, nothing in it, or no way to open it."""
    texts = TEXTS[interface]
    text = shelf.reason if shelf.state == "broken" else texts[f"{shelf.state}_text"].format(path=shelf.path)
    lines = "" if shelf.state == "broken" else _command(f"assistant ingest FOLDER --corpus {shelf.path}")
    if shelf.state == "missing":
        lines += f'<p>{escape(texts["missing_demo"])}</p>{_command("assistant demo")}'
    return (
        f'<div class="welcome state"><h2>{escape(texts[shelf.state])}</h2><p>{escape(text)}</p>{lines}'
        f'<p class="hint">{escape(texts["then"])}</p></div>'
    )


def _command(text: str) -> str:
    return f"<pre><code>{escape(text)}</code></pre>"
