"""Pieces of HTML: text escaped, quotes marked in passages, citation markers highlighted."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from assistant.evaluation.display import printable
from assistant.evaluation.words import squash

_MARKER = re.compile(r"\[\d{1,4}\]")


def text(value: object) -> str:
    """A value as HTML text or attribute value, without control characters."""
    return html.escape(printable(str(value)))


def mark_quotes(passage: str, quotes: Sequence[str]) -> str:
    """A passage on one line as HTML, the quotes that stand in it whole marked."""
    line = squash(passage)
    wanted = [squash(quote) for quote in quotes if quote.strip()]
    spans = sorted((line.find(quote), line.find(quote) + len(quote)) for quote in wanted if quote in line)
    parts, shown = [], 0
    for start, end in spans:
        if end > shown:
            begin = max(start, shown)
            parts += [text(line[shown:begin]), "<mark>", text(line[begin:end]), "</mark>"]
            shown = end
    return "".join(parts) + text(line[shown:])


def mark_markers(sentence: str) -> str:
    """A sentence as HTML with its markers highlighted."""
    return _MARKER.sub(lambda match: f'<sup class="marker">{match[0]}</sup>', text(sentence))


def table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of HTML cells that scrolls on a narrow screen; the first cell of a row names it."""
    if not rows:
        return ""
    heads = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>'
        for row in rows
    )
    return (f'<div class="scroll"><table><caption>{caption}</caption><thead><tr>{heads}</tr></thead>'
            f"<tbody>{body}</tbody></table></div>")
