"""Days of publication in markup: JSON-LD, meta tags, microdata, then the address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from ingest.dates import find_dates
from ingest.metadata.address import date_in_address
from ingest.metadata.markup import Markup, attributes, types

Stated = tuple[str, str]  # value, provenance
_ISO = re.compile(r"(?P<y>(?:19|20)\d\d)-?(?P<m>\d\d)-?(?P<d>\d\d)(?!\d)")
_PUBLISHED_KEYS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.issued",
    "pubdate",
    "publish-date",
    "publication_date",
    "article.published",
    "date",
    "dc.date",
)
_NOT_THE_ARTICLE = frozenset({
    "comment", "videoobject", "imageobject", "claim", "claimreview", "review", "product", "event", "person",
    "organization", "audioobject", "podcastepisode",
})  # fmt: skip


def find_day(markup: Markup, page: str, address: str | None) -> Stated | None:
    """The day of publication that the markup of `page` states."""
    stated = read_day(values(markup.nodes, "datePublished"), "json-ld") or read_day(
        named(markup, _PUBLISHED_KEYS), "meta"
    )
    if stated:
        return stated
    others = [node for node in markup.everything if not types(node) & _NOT_THE_ARTICLE]
    stated = read_day(values(others, "datePublished"), "json-ld")
    stated = stated or read_day(_microdata(page), "meta")
    day = date_in_address(address)
    return stated or ((day.isoformat(), "url") if day else None)


def _microdata(page: str) -> Iterator[str]:
    """Values of tags with itemprop="datePublished"."""
    position = page.find("datePublished", 0, 3_000_000)
    for _ in range(50):
        if position < 0:
            return
        start, end = (
            page.rfind("<", max(0, position - 1_000), position),
            page.find(">", position, position + 1_000),
        )
        tag = attributes(page[start:end]) if 0 <= start < end else {}
        if tag.get("itemprop") == "datePublished":
            yield tag.get("datetime") or tag.get("content") or ""
        position = page.find("datePublished", position + 13, 3_000_000)


def read_day(values: Iterable[str], provenance: str) -> Stated | None:
    """The first of `values` that begins with an ISO day, or is a full date in English."""
    for value in values:
        match = _ISO.match(value.strip())
        try:
            if match:
                return date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat(), provenance
        except ValueError:
            continue
        for mention in find_dates(value[:60], "en"):
            if mention.precision == "day" and mention.earliest and mention.earliest.year >= 1990:
                return mention.earliest.isoformat(), provenance
    return None


def values(nodes: Iterable[dict[str, object]], key: str) -> list[str]:
    """The texts under `key` in JSON-LD nodes."""
    found: list[str] = []
    for node in nodes:
        value = node.get(key)
        found.extend(
            item
            for item in (value if isinstance(value, list) else [value])
            if isinstance(item, str) and item.strip()
        )
    return found


def named(markup: Markup, keys: Iterable[str]) -> list[str]:
    """The contents of the meta tags of these names, in their order."""
    return [value for key in keys for value in markup.meta.get(key, ())]
