"""What the markup of an HTML page states about it: JSON-LD, meta tags, title and first heading.

Reads tags with linear patterns on a capped page, so neither size nor broken markup can hang it.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

_HEAD, _TAIL = 3_000_000, 500_000  # characters read from either end of a page
_MAX_BLOCKS = 60  # JSON-LD blocks read; real pages hold one to ten
_SCRIPT = re.compile(r"<script\b[^<>]{0,500}ld\+json[^<>]{0,500}>", re.IGNORECASE)
_END_SCRIPT = re.compile(r"</script", re.IGNORECASE)
_WRAPPER = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>")  # old ways to hide a script from old browsers
_MAX_TAG = 5_000  # characters of one tag; longer ones are broken markup
_META, _LINK = re.compile(r"<meta\b", re.IGNORECASE), re.compile(r"<link\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:.-]{1,60})\s{0,5}=\s{0,5}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_TITLE = re.compile(r"<title\b[^>]{0,300}>([^<]{1,1000})<", re.IGNORECASE)
_HEADING, _END_HEADING = re.compile(r"<h1\b[^<>]{0,2000}>", re.IGNORECASE), re.compile(r"</h1", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,3000}>")
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
    title = _TITLE.search(text)
    return Markup(
        tuple(node for node in everything if types(node) & _ARTICLE),
        _meta(text),
        tidy(html.unescape(title[1])) if title else None,
        _heading(text),
        next(
            (
                link["href"]
                for link in _tags(text, _LINK)
                if link.get("rel") == "canonical" and "href" in link
            ),
            None,
        ),
        everything,
    )


def _heading(text: str) -> str | None:
    """The text of the first h1 element."""
    start = _HEADING.search(text)
    end = _END_HEADING.search(text, start.end(), start.end() + 3_000) if start else None
    if start is None or end is None:
        return None
    return tidy(html.unescape(_TAG.sub(" ", text[start.end() : end.start()]))) or None


def _meta(text: str) -> dict[str, list[str]]:
    """Contents of the meta tags by lower-case property or name."""
    found: dict[str, list[str]] = {}
    for tag in _tags(text, _META):
        key = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        if tag.get("content", "").strip():
            found.setdefault(key.lower(), []).append(tidy(tag["content"]))
    return found


def _tags(text: str, opening: re.Pattern[str]) -> Iterator[dict[str, str]]:
    """Attributes of the tags that begin as `opening` does."""
    match = opening.search(text)
    while match is not None:
        end = text.find(">", match.end(), match.end() + _MAX_TAG)
        if end >= 0:
            yield attributes(text[match.end() : end])
        match = opening.search(text, end if end >= 0 else match.end() + _MAX_TAG)


def attributes(tag: str) -> dict[str, str]:
    """Names (lower case) and unescaped values of the attributes in the inside of a tag."""
    return {name.lower(): html.unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(tag)}


def tidy(text: str) -> str:
    """One line without surrounding or doubled white space, at most 1,000 characters."""
    return " ".join(text[:5_000].split())[:1_000]


def _blocks(text: str) -> Iterator[object]:
    """The parsed JSON-LD scripts of a page; broken ones are common and left out."""
    match = _SCRIPT.search(text)
    for _ in range(_MAX_BLOCKS):
        end = _END_SCRIPT.search(text, match.end()) if match else None
        if match is None or end is None:
            return
        body = _WRAPPER.sub("", text[match.end() : end.start()]).strip().rstrip(";")
        with suppress(ValueError, RecursionError):
            yield json.loads(body, strict=False)
        match = _SCRIPT.search(text, end.end())


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
