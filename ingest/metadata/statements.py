"""Markup → title, authors, publisher, section and days, each with the kind of statement it came from."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.dates import find_dates
from ingest.metadata.address import domain
from ingest.metadata.days import Stated, find_day, named, read_day, values
from ingest.metadata.layout import normal
from ingest.metadata.markup import Markup, read_markup, tidy

_UPDATED_KEYS = (
    "article:modified_time",
    "og:article:modified_time",
    "datemodified",
    "last-modified",
    "og:updated_time",
)
_SUFFIX = re.compile(r"^(?P<title>.{8,})\s*(?P<bar>[|•·]|\s[-–—*]{1,2}|::|»)\s+(?P<tail>[^|•·]{2,60})$")
_SLUG = re.compile(r"[a-z]+(?:-[a-z]+)+$")  # "anna-berg", the name of an author page
_NAME_LEAD = re.compile(r"^(?:von|by|av|af|text|autor|author)\s?:?\s+", re.IGNORECASE)
_NOT_NAMED = re.compile(
    r"https?:|www\.|[@:()\[\]<>]|^\W*$|\.(?:de|com|se|at|ch|net|org|no|dk)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Statements:
    """What the markup states; None where it is silent."""

    title: Stated | None = None
    author: Stated | None = None
    publisher: Stated | None = None
    section: Stated | None = None
    published: Stated | None = None
    updated: Stated | None = None
    address: str | None = None


def read_statements(page: str, address: str | None) -> Statements:
    """What the markup of the HTML `page` found at `address` states."""
    markup = read_markup(page)
    address = address or _first(markup.meta.get("og:url")) or markup.canonical
    publisher = _publisher(markup)
    section = _section(markup)
    names = [value for value in (publisher[0] if publisher else None, domain(address)) if value]
    published = find_day(markup, page, address)
    updated = read_day(values(markup.nodes, "dateModified"), "json-ld") or read_day(
        named(markup, _UPDATED_KEYS), "meta"
    )
    return Statements(
        _title(markup, names), _author(markup, publisher), publisher, section, published, updated, address
    )


def _title(markup: Markup, names: list[str]) -> Stated | None:
    stated = (
        *((value, "meta") for value in markup.meta.get("og:title", ())[:1]),
        *((value, "json-ld") for value in values(markup.nodes, "headline")),
        *((value, "meta") for value in (markup.heading, markup.title) if value),
    )
    for value, provenance in stated:
        title = strip_publisher(tidy(html.unescape(value)), names)
        if title and normal(title) not in map(normal, names):
            return title, provenance
    return None


def strip_publisher(title: str, names: Iterable[str]) -> str:
    """`title` without " | Publisher", " - Publisher" or a date at its end."""
    known = {normal(name).replace(" ", "") for name in names}
    known |= {name.lower().split(".")[-2] for name in names if "." in name}
    for _ in range(3):
        match = _SUFFIX.match(title)
        if match is None:
            return title
        tail = normal(match["tail"])
        squeezed = tail.replace(" ", "")
        named = squeezed in known or any(
            len(name) > 3 and (name in squeezed or (squeezed in name and len(squeezed) > 3)) for name in known
        )
        dated = any(
            mention.precision == "day" and len(mention.text) > len(match["tail"]) - 4
            for mention in find_dates(match["tail"], "de")
        )
        byline = bool(_NAME_LEAD.match(match["tail"])) and match["bar"] != "-"
        section = match["bar"] == "|" and " " not in tail
        if not (named or dated or section or byline):
            return title
        title = match["title"].strip()
    return title


def _author(markup: Markup, publisher: Stated | None) -> Stated | None:
    own = normal(publisher[0]) if publisher else ""
    for stated, provenance in (
        ([name for node in markup.nodes for name in _names(node.get("author"))], "json-ld"),
        (
            named(
                markup,
                ("author", "article:author_name", "dc.creator", "parsely-author", "sailthru.author", "byl"),
            ),
            "meta",
        ),
    ):
        found: list[str] = []
        for value in stated:
            parts = re.split(
                r"\s*(?:,|;|\bund\b|\band\b|\boch\b|&)\s*", _NAME_LEAD.sub("", tidy(html.unescape(value)))
            )
            found.extend(
                part.strip()
                for part in parts
                if 2 < len(part) <= 60
                and not _NOT_NAMED.search(part)
                and not _SLUG.match(part)
                and not _is_own(part, own)
            )
        unique = list(dict.fromkeys(found))[:12]
        if unique:
            return ", ".join(unique), provenance
    return None


def _is_own(name: str, own: str) -> bool:
    """Is the name the publisher's own, or the newsroom's?"""
    plain = normal(name)
    return (bool(own) and (plain == own or plain.replace(" ", "") == own.replace(" ", ""))) or any(
        word in plain.split() for word in ("redaktion", "redaktionen", "editorial", "staff", "newsroom")
    )


def _names(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            yield from _names(item.get("name"))


def _publisher(markup: Markup) -> Stated | None:
    site = _first(markup.meta.get("og:site_name"))
    if site and not _NOT_NAMED.match(site):
        return site, "meta"
    for node in markup.nodes:
        for name in _names(node.get("publisher")):
            if name.strip() and not name.startswith("http"):
                return tidy(html.unescape(name)), "json-ld"
    for key in ("application-name", "twitter:app:name:iphone", "publisher", "dc.publisher"):
        name = _first(markup.meta.get(key)) or ""
        if name and not name.startswith("http"):
            return name, "meta"
    return None


def _section(markup: Markup) -> Stated | None:
    for value in values(markup.nodes, "articleSection"):
        return tidy(html.unescape(value)), "json-ld"
    section = _first(markup.meta.get("article:section"))
    return (section, "meta") if section and not section.startswith("http") else None


def _first(values: list[str] | None) -> str | None:
    return values[0] if values else None
