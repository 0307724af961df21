"""What the markup of an HTML page states about it: JSON-LD, meta tags, title and first heading.

Reads tags with linear patterns on a capped page, so neither size nor broken markup can hang it.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_HEAD, _TAIL = 3_000_000, 500_000  # characters read from either end of a page
_MAX_BLOCKS = 60  # JSON-LD blocks read; real pages hold one to ten
_SCRIPT = re.compile(r"<script\b[^>]{0,500}ld\+json[^>]{0,500}>(.*?)</script", re.IGNORECASE | re.DOTALL)
_META = re.compile(r"<meta\b([^>]{1,5000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:.-]{1,60})\s{0,5}=\s{0,5}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_TITLE = re.compile(r"<title\b[^>]{0,300}>([^<]{1,1000})<", re.IGNORECASE)
_HEADING = re.compile(r"<h1\b[^>]{0,2000}>(.{1,3000}?)</h1", re.IGNORECASE | re.DOTALL)
_CANONICAL = re.compile(
    r"<link\b(?=[^>]{0,1000}rel=[\"']?canonical)[^>]{0,1000}?href=[\"']([^\"'>]{1,2000})", re.IGNORECASE
)
_TAG = re.compile(r"<[^>]{0,3000}>")
_ARTICLE = frozenset({
    "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
    "backgroundnewsarticle", "blogposting", "liveblogposting", "socialmediaposting", "report",
    "techarticle", "scholarlyarticle", "reviewnewsarticle", "askpublicnewsarticle",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Markup:
    """The statements of a page: JSON-LD nodes about the article, meta tags, title element, first heading."""

    nodes: tuple[dict[str, object], ...] = ()
    meta: dict[str, list[str]] = field(default_factory=dict)
    title: str | None = None
    heading: str | None = None
    canonical: str | None = None
    everything: tuple[dict[str, object], ...] = ()


def read_markup(page: str) -> Markup:
    """The statements in the markup of `page`; empty ones for a page without any."""
    text = page if len(page) <= _HEAD + _TAIL else page[:_HEAD] + page[-_TAIL:]
    everything = tuple(node for block in _blocks(text) for node in _walk(block, 0))
    meta: dict[str, list[str]] = {}
    for match in _META.finditer(text):
        attributes = {
            name.lower(): html.unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(match[1])
        }
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        if attributes.get("content", "").strip():
            meta.setdefault(key.lower(), []).append(tidy(attributes["content"]))
    title, heading, canonical = _TITLE.search(text), _HEADING.search(text), _CANONICAL.search(text)
    return Markup(
        tuple(node for node in everything if types(node) & _ARTICLE),
        meta,
        tidy(html.unescape(title[1])) if title else None,
        tidy(html.unescape(_TAG.sub(" ", heading[1]))) if heading else None,
        html.unescape(canonical[1]) if canonical else None,
        everything,
    )


def tidy(text: str) -> str:
    """One line without surrounding or doubled white space, at most 1,000 characters."""
    return " ".join(text[:5_000].split())[:1_000]


def _blocks(text: str) -> Iterator[object]:
    for count, match in enumerate(_SCRIPT.finditer(text)):
        if count >= _MAX_BLOCKS:
            return
        body = (
            match[1]
            .strip()
            .removeprefix("<!--")
            .removesuffix("-->")
            .removeprefix("<![CDATA[")
            .removesuffix("]]>")
        )
        try:
            yield json.loads(body.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):  # broken JSON-LD is common; the meta tags say the same
            continue


def _walk(value: object, depth: int) -> Iterator[dict[str, object]]:
    """Every JSON object inside `value`, outermost first, to a depth no real page exceeds."""
    if depth > 8:
        return
    if isinstance(value, list):
        for item in value[:200]:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for item in value.values():
            if isinstance(item, dict | list):
                yield from _walk(item, depth + 1)


def types(node: dict[str, object]) -> frozenset[str]:
    """The lower-case schema.org types of a JSON-LD node."""
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return frozenset(str(name).lower().rsplit("/", 1)[-1] for name in names if isinstance(name, str))
