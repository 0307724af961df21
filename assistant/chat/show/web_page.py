"""One answer with its citations as a web page that needs nothing else: no script, no request."""

from __future__ import annotations

from assistant.chat.conversation import Exchange
from assistant.chat.show.answer_html import render_answer
from assistant.chat.show.escape import escape, isolate, lang, safe_link
from assistant.chat.show.labels import SHAPES, also_label, date_label, language_label
from assistant.chat.show.reasons import tell_reasons
from assistant.chat.texts import TEXTS
from assistant.records import Answer, Citation

STYLE = (
    "body{font:1.05rem/1.6 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#211f1b;"
    "background:#fbfaf6;overflow-wrap:anywhere}h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.15rem}"
    "li{margin:0 0 1.2rem}blockquote{margin:.4rem 0;padding-inline-start:.8rem;border-inline-start:3px solid #645f55}"
    "a.chip{font:600 .75rem sans-serif;padding:0 .35em;border-radius:.4em;background:#e4eef6;color:#17507c;"
    "text-decoration:none}.who,.facts,.verdict{font:.85rem/1.5 sans-serif;color:#5c574e}.who{display:block}"
    ".badge{font:600 .78rem sans-serif;border:1px solid;border-radius:4px;padding:0 4px}q{quotes:none}"
    "@media(prefers-color-scheme:dark){body{color:#ece8de;background:#171614}a{color:#93c5ea}"
    "a.chip{background:#1d3040;color:#93c5ea}.who,.facts,.verdict{color:#aca698}}"
)


def render_web_page(exchange: Exchange, answer: Answer, interface: str) -> str:
    """The whole page: question, answer with links to its sources, sources with quotes and verdicts."""
    texts = TEXTS[interface]
    title = escape(exchange.question)
    notice = f"<p><em>{escape(answer.notice)}</em></p>" if answer.notice else ""
    addresses = {hit.article.id: safe_link(hit.article.metadata.url) for hit in answer.retrieved}
    sources = "".join(render_source(c, addresses.get(c.article_id), interface) for c in answer.citations)
    sources = f'<h2>{escape(texts["sources"])}</h2><ol class="sources">{sources}</ol>' if sources else ""
    return (
        f'<!DOCTYPE html><html lang="{interface}"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main>"
        f'<h1 dir="auto">{title}</h1>{notice}{render_answer(answer, 1, interface, linked=True)}{sources}'
        "</main></body></html>"
    )


def render_source(citation: Citation, address: str | None, interface: str, turn: int = 1) -> str:
    """One source as an item of a list that the answer's links lead to."""
    texts = TEXTS[interface]
    when = date_label(citation.published_at, interface) if citation.published_at else texts["undated"]
    facts = [isolate(citation.publisher or citation.article), escape(when),
             escape(language_label(citation.language, interface))]
    title = f"<strong>{isolate(citation.title)}</strong><br>" if citation.title else ""
    link = f'<p><a rel="noreferrer" href="{escape(address)}">{escape(texts["original"])}</a></p>' if address else ""
    also = ", ".join(isolate(name) for name in citation.also_published_by)
    copies = escape(also_label(len(citation.also_published_by), interface))
    also = f'<p class="facts">{copies}: {also}</p>' if also else ""
    translated = f"<small>{escape(texts['translated'])}:</small> <span dir=\"auto\">" if citation.translation else ""
    translated += f"{escape(citation.translation)}</span><br>" if citation.translation else ""
    why = f" – {escape(tell_reasons(citation.reasons, interface))}" if citation.reasons else ""
    return (
        f'<li id="source-{turn}-{citation.marker}" value="{citation.marker}">{title}<span class="facts">'
        f'{" · ".join(facts)}</span><blockquote dir="auto"{lang(citation.language)}>'
        f'{escape(citation.quote)}</blockquote>{translated}<span class="verdict">{SHAPES[citation.verdict]} '
        f"{escape(texts[citation.verdict])}{why}</span>{also}{link}</li>"
    )
