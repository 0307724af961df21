"""The visible text around the first heading of an HTML page, for pages whose markup states too little."""

from __future__ import annotations

import html
import re

from ingest.metadata.layout import Layout

_BEFORE, _AFTER = 3_000, 20_000  # characters of markup around the heading; bylines stand this near
_HEADING = re.compile(r"<h1\b", re.IGNORECASE)
_END = re.compile(r"</h1", re.IGNORECASE)
_HIDDEN = re.compile(
    r"<(script|style|svg|noscript)\b.{0,20000}?</\1|<!--.{0,5000}?-->", re.IGNORECASE | re.DOTALL
)
_BLOCK = re.compile(
    r"</?(?:p|div|li|ul|ol|h[1-6]|section|article|header|footer|figure|figcaption|br|tr|td|time|nav)\b[^<>]{0,5000}>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]{0,5000}>|^[^<>]{0,3000}>")


def visible_layout(page: str) -> Layout:
    """Lines around the first heading, which is the one of kind "title"; long ones count as body."""
    heading = _HEADING.search(page, 0, 3_000_000)
    start = heading.start() if heading else 0
    end = _END.search(page, start, start + 10_000)
    head = _lines(page[max(0, start - _BEFORE) : start]) if heading else []
    title = [" ".join(_lines(page[start : end.start()]))] if end else []
    rest = _lines(page[end.start() if end else start : start + _AFTER])
    lines = [*head, *title, *rest]
    kinds = [
        "title" if title and index == len(head) else "body" if len(line.split()) > 25 else "boilerplate"
        for index, line in enumerate(lines)
    ]
    body = "\n".join(line for line, kind in zip(lines, kinds, strict=True) if kind == "body")
    return Layout(tuple(lines), tuple(kinds), (False,) * len(lines), body)


def _lines(markup: str) -> list[str]:
    text = _TAG.sub(" ", _BLOCK.sub("\n", _HIDDEN.sub(" ", markup)))
    lines = (" ".join(line[:1_000].split()) for line in html.unescape(text).split("\n"))
    return [line for line in lines if line]
