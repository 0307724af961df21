"""One answer with its citations as Markdown, for copying and saving."""

from __future__ import annotations

import re

from assistant.chat.show.escape import safe_link
from assistant.chat.show.labels import SHAPES
from assistant.chat.texts import TEXTS
from assistant.markdown import escape_markdown
from assistant.records import Answer, Citation

_MARKER = re.compile(r"(\[\d{1,6}\])(?![(:])")  # "[1](…)" would become a link


def export_markdown(question: str, answer: Answer, interface: str) -> str:
    """Question, answer and numbered sources with their quotes; article text cannot add links or images."""
    texts = TEXTS[interface]
    parts = [f"# {escape_markdown(question)}"]
    if answer.notice:
        parts.append(f"*{escape_markdown(answer.notice)}*")
    parts += [_keep_markers(line) for line in answer.text.split("\n") if line.strip()]
    if answer.citations:
        parts.append(f"## {texts['sources']}")
    addresses = {hit.article.id: safe_link(hit.article.metadata.url) for hit in answer.retrieved}
    for citation in answer.citations:
        parts.append(_source(citation, addresses.get(citation.article_id), interface))
    return "\n\n".join(parts) + "\n"


def _source(citation: Citation, address: str | None, interface: str) -> str:
    texts = TEXTS[interface]
    facts = [citation.publisher or citation.article, citation.published_at or texts["undated"]]
    if citation.title:
        facts.append(citation.title)
    head = f"[{citation.marker}] {escape_markdown(', '.join(facts))}"
    verdict = f"{SHAPES[citation.verdict]} {texts[citation.verdict]}"
    link = f" <{address}>" if address and "<" not in address and ">" not in address else ""
    translated = f"*{texts['translated']}:* {escape_markdown(citation.translation)}" if citation.translation else ""
    quote = f"> {escape_markdown(citation.quote)}"
    return "\n\n".join(part for part in (f"{head} ({verdict}){link}", quote, translated) if part)


def _keep_markers(line: str) -> str:
    return "".join(
        part if _MARKER.fullmatch(part) else _spaced(part) for part in _MARKER.split(line)
    ).strip()


def _spaced(part: str) -> str:
    """Escaped, with the space kept that stood before or after a marker."""
    lead = " " if part[:1].isspace() else ""
    trail = " " if part[-1:].isspace() and part.strip() else ""
    return lead + escape_markdown(part) + trail
