"""A whole article as HTML: its cleaned text with the quote marked, what was removed, the way to the original."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.chat.show.escape import escape, lang, safe_link
from assistant.chat.texts import TEXTS
from ingest.article import Article, Line

# A whole article is shown up to this far on each side of its quote; longer ones are not news items.
WHOLE_CHARS = 60_000
REMOVED_LINES = 200
REMOVED_CHARS = 300


def render_article(
    article: Article | None, lines: Sequence[Line], start: int, end: int, interface: str
) -> str:
    """The cleaned text with `text[start:end]` marked, what was removed, and the original's address."""
    texts = TEXTS[interface]
    if article is None:
        return f'<p class="hint">{escape(texts["gone"])}</p>'
    start = min(max(start, 0), len(article.text))
    end = min(max(end, start), len(article.text))
    first, last = max(0, start - WHOLE_CHARS), end + WHOLE_CHARS
    cut = f'<p class="hint">{escape(texts["cut"])}</p>' if first or last < len(article.text) else ""
    link = safe_link(article.metadata.url)
    original = ""
    if link:
        target = f'href="{escape(link)}" target="_blank" rel="noopener noreferrer"'
        original = f'<p><a {target}>{escape(texts["original"])} ↗</a></p>'
    return (
        f'{cut}<div class="fulltext" dir="auto"{lang(article.language)}>'
        f"{mark_quote(article.text, first, start, end, last)}</div>{_removed(lines, interface)}{original}"
    )


def mark_quote(text: str, first: int, start: int, end: int, last: int) -> str:
    """`text[first:last]` as HTML with `text[start:end]` marked, and dots where it is cut."""
    before = ("… " if first > 0 else "") + text[first:start]
    after = text[end:last] + (" …" if last < len(text) else "")
    return f"{escape(before)}<mark>{escape(text[start:end])}</mark>{escape(after)}"


def _removed(lines: Sequence[Line], interface: str) -> str:
    texts = TEXTS[interface]
    dropped = [line for line in lines if line.reason is not None]
    if not dropped:
        return f'<p class="hint">{escape(texts["nothing_removed"])}</p>'
    items = "".join(
        f'<li><span class="line" dir="auto">{escape(line.text[:REMOVED_CHARS])}</span>'
        f'<span class="why">{escape(line.reason or "")}</span></li>'
        for line in dropped[:REMOVED_LINES]
    )
    more = len(dropped) - REMOVED_LINES
    rest = f'<li class="hint">{escape(texts["more_lines"].format(count=more))}</li>' if more > 0 else ""
    head = texts["removed"].format(count=len(dropped))
    return f'<details class="removed"><summary>{escape(head)}</summary><ul>{items}{rest}</ul></details>'
