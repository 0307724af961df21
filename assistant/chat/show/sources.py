"""The evidence beside an answer as HTML: source cards, and what was also found."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.chat.conversation import Exchange
from assistant.chat.show.escape import escape, isolate, lang
from assistant.chat.show.labels import SHAPES, also_label, date_label, language_label
from assistant.chat.show.reasons import tell_reasons
from assistant.chat.show.whole_article import mark_quote
from assistant.chat.texts import TEXTS
from assistant.records import Answer, Citation
from ingest.article import Article

# About three printed lines on each side of a quote.
CONTEXT_CHARS = 240
SNIPPET_CHARS = 220

_BLANK_LINES = re.compile(r"\n{2,}")

FindArticle = Callable[[str], Article | None]


def render_panel(exchanges: Sequence[Exchange], find_article: FindArticle, interface: str) -> str:
    """The sources of every answer of a conversation, the last one's shown."""
    texts = TEXTS[interface]
    last = max((turn for turn, e in enumerate(exchanges, start=1) if e.answer is not None), default=0)
    sections = [
        _section(turn, exchange.question if len(exchanges) > 1 else "", exchange.answer, find_article, interface,
                 hidden=turn != last)
        for turn, exchange in enumerate(exchanges, start=1)
        if exchange.answer is not None
    ]
    body = "".join(sections) or f'<p class="hint">{escape(texts["no_sources"])}</p>'
    return (
        f'<section class="panel" aria-label="{escape(texts["sources"])}"><header>'
        f'<h2>{escape(texts["sources"])}</h2><button type="button" class="close" data-close'
        f' aria-label="{escape(texts["close"])}">×</button></header>{body}</section>'
    )


def render_card(
    citation: Citation, article: Article | None, turn: int, interface: str, answered: str | None = None
) -> str:
    """One source: who, when, in which language, the quote in its passage, and whether it holds.

    A quote that a machine translated stands beside its translation, in the language `answered`.
    """
    texts = TEXTS[interface]
    key = f"{turn}-{citation.marker}"
    if article is not None and article.text[citation.start:citation.end] != citation.quote:
        article = None  # changed since: the quote no longer stands where it was
    title = f"<h3>{isolate(citation.title)}</h3>" if citation.title else ""
    words = texts[citation.verdict]
    told = escape(tell_reasons(citation.reasons, interface))
    why = f'<span class="why">{told}</span>' if told else ""
    return (
        f'<li class="card {citation.verdict}" id="source-{key}" data-card="{key}" tabindex="-1">'
        f'<p class="facts"><span class="number">{citation.marker}</span>'
        f" {_facts(citation, article, interface)}</p>"
        f"{title}{_passage(citation, article)}{_translation(citation, answered, interface)}"
        f'<p class="verdict {citation.verdict}"><span aria-hidden="true">{SHAPES[citation.verdict]}</span>'
        f" {escape(words)}{why}</p>{_also(citation, interface)}"
        f'<details class="whole" data-article="{escape(citation.article_id)}" data-start="{citation.start}"'
        f' data-end="{citation.end}"><summary>{escape(texts["whole"])}</summary><div class="slot"'
        f' data-failed="{escape(texts["unreachable"])}">…</div></details>'
        f"</li>"
    )


def _section(
    turn: int, question: str, answer: Answer, find_article: FindArticle, interface: str, *, hidden: bool
) -> str:
    """The sources of one answer; `question` is empty where there is no other it could be taken for."""
    texts = TEXTS[interface]
    cards = "".join(
        render_card(one, find_article(one.article_id), turn, interface, answer.language) for one in answer.citations
    )
    nothing = f'<p class="hint">{escape(texts["nothing_cited"])}</p>'
    cited = f'<ol class="cards">{cards}</ol>' if cards else nothing
    head = f'<p class="for">{escape(texts["sources_for"]).replace("{question}", isolate(question))}</p>'
    state = " hidden" if hidden else ""
    found = _also_found(answer, interface)
    return f'<div class="turn" data-turn="{turn}"{state}>{head if question else ""}{cited}{found}</div>'


def _also_found(answer: Answer, interface: str) -> str:
    """Articles that were found and not cited, the best passage of each."""
    cited = {citation.article_id for citation in answer.citations}
    hits = {hit.article.id: hit for hit in reversed(answer.retrieved) if hit.article.id not in cited}
    if not hits:
        return ""
    items = "".join(
        f'<li><p class="facts">{_article_facts(hit.article, interface)}</p>'
        + (f"<h3>{isolate(hit.article.metadata.title)}</h3>" if hit.article.metadata.title else "")
        + f'<p class="snippet" dir="auto"{lang(hit.article.language)}>'
        + f"{escape(_shorten(hit.passage.text))}</p></li>"
        for hit in reversed(hits.values())
    )
    head = TEXTS[interface]["also_found"].format(count=len(hits))
    state = " open" if answer.abstained else ""
    return f'<details class="found"{state}><summary>{escape(head)}</summary><ul>{items}</ul></details>'


def _facts(citation: Citation, article: Article | None, interface: str) -> str:
    if article is not None:
        return _article_facts(article, interface)
    date = citation.published_at
    when = date_label(date, interface) if date else TEXTS[interface]["undated"]
    return _join_facts(citation.publisher or citation.article, when, citation.language, interface)


def _article_facts(article: Article, interface: str) -> str:
    meta, texts = article.metadata, TEXTS[interface]
    if meta.published_at:
        when = date_label(meta.published_at, interface)
    elif meta.estimate:
        first, last = (date_label(day, interface) for day in meta.estimate)
        when = texts["estimate"].format(first=first, last=last)
    else:
        when = texts["undated"]
    return _join_facts(meta.publisher or article.name, when, article.language, interface)


def _join_facts(publisher: str, when: str, language: str, interface: str) -> str:
    facts = (f'<span class="publisher">{isolate(publisher)}</span>', f"<span>{escape(when)}</span>",
             f"<span>{escape(language_label(language, interface))}</span>")
    return ' <span class="dot">·</span> '.join(facts)


def _passage(citation: Citation, article: Article | None) -> str:
    if article is None:
        inner = f"<mark>{escape(citation.quote)}</mark>"
    else:
        first = _word_start(article.text, citation.start - CONTEXT_CHARS)
        last = _word_end(article.text, citation.end + CONTEXT_CHARS)
        inner = _BLANK_LINES.sub("\n", mark_quote(article.text, first, citation.start, citation.end, last))
    return f'<blockquote dir="auto"{lang(citation.language)}>{inner}</blockquote>'


def _translation(citation: Citation, answered: str | None, interface: str) -> str:
    if not citation.translation:
        return ""
    told = escape(TEXTS[interface]["translated"])
    return (f'<p class="translation"><span class="by">{told}</span> <span class="words" dir="auto"{lang(answered)}>'
            f"{escape(citation.translation)}</span></p>")


def _also(citation: Citation, interface: str) -> str:
    """The copies of the text as one line, their publishers behind it."""
    names = ", ".join(isolate(name) for name in citation.also_published_by)
    head = escape(also_label(len(citation.also_published_by), interface))
    return f'<details class="also"><summary>{head}</summary><p>{names}</p></details>' if names else ""


def _shorten(text: str) -> str:
    end = _word_end(text, SNIPPET_CHARS)
    return " ".join(text[:end].split()) + (" …" if end < len(text) else "")


def _word_start(text: str, position: int) -> int:
    """The start of a word near `position`, 40 characters off at most; 0 or less means the text's start."""
    if position <= 0:
        return 0
    space = text.find(" ", position, position + 40)
    return space + 1 if space >= 0 else position


def _word_end(text: str, position: int) -> int:
    if position >= len(text):
        return len(text)
    space = text.rfind(" ", max(0, position - 40), position)
    return space if space > 0 else position
