"""Which column of a table is which field of an article: by usual names, or as the person says.

A mapping is given as `text=body,title=headline`: our field, an equals sign, the table's column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ingest.article import Failure, Page
from ingest.errors import InputError, PageError
from ingest.readers.record import page_of_record

# By field, the names that exports of feeds, crawlers and content systems give it, most telling first. When a
# page was crawled, fetched or saved is in no list: that is not when it was published.
USUAL_NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "article_id", "uuid", "guid"),
    "url": ("url", "link", "article_url", "canonical_url", "uri"),
    "title": ("title", "headline", "heading", "article_title", "rubrik", "titel", "überschrift"),
    "text": ("text", "body", "article_text", "article_body", "articlebody", "full_text", "fulltext", "maintext",
             "plain_text", "content", "article", "brödtext", "artikeltext", "inhalt"),
    "html": ("html", "raw_html", "content_html", "body_html", "page_html"),
    "author": ("author", "authors", "byline", "creator", "writer", "författare", "autor"),
    "publisher": ("publisher", "publication", "outlet", "newspaper", "source", "source_name", "site_name", "tidning",
                  "zeitung"),
    "published_at": ("published_at", "published", "date_published", "datepublished", "published_date",
                     "publication_date", "publish_date", "date_publish", "pubdate", "pub_date", "date", "datum"),
    "language": ("language", "lang", "language_code", "språk", "sprache"),
    "section": ("section", "category", "rubric"),
}
# No news article comes near: the longest page of the trial corpus had 0.4 MB of HTML.
MAX_CELL_CHARS = 20_000_000
_MARKUP = re.compile(r"</(?:p|div|body|html|article|section|span|h[1-6]|li|a)\s{0,9}>", re.IGNORECASE)
# What programs write where there is nothing.
_NOTHING = frozenset(("", "nan", "none", "null", "nat", "n/a"))

Columns = tuple[tuple[str, str], ...]
NO_COLUMNS: Columns = ()


def parse_columns(mapping: str) -> Columns:
    """`text=body,title=headline` as pairs of field and column; raises InputError when it cannot be understood."""
    pairs = []
    for part in mapping.split(","):
        field, _, column = (side.strip() for side in part.partition("="))
        if field not in USUAL_NAMES or not column:
            raise InputError(
                f"--columns {part.strip()!r} is not understood: write FIELD=COLUMN with a FIELD of"
                f" {', '.join(USUAL_NAMES)}"
            )
        pairs.append((field, column))
    return tuple(pairs)


def map_columns(header: Sequence[str], columns: Columns) -> dict[str, int]:
    """The place of each field's column in a table's header; raises PageError when no text can be had."""
    places: dict[str, int] = {}
    for place, column in reversed(list(enumerate(header))):
        places[_plain(column)] = place
    found = {
        field: places[name] for field, names in reversed(USUAL_NAMES.items())
        for name in reversed(names) if name in places
    }
    for field, column in columns:
        if _plain(column) not in places:
            raise PageError(f"has no column {column!r}: its columns are {_listed(header)}")
        found[field] = places[_plain(column)]
    if "text" not in found and "html" not in found:
        raise PageError(f"has no column of texts: name it with --columns text=COLUMN; it has {_listed(header)}")
    return found


def page_of_row(cells: Sequence[Any], places: Mapping[str, int], where: str) -> Page | Failure:
    """The page of one row of a table; `where` names the row when it has neither address nor id."""
    record = {field: _value(cells[place]) for field, place in places.items()}
    text = record.get("text")
    if max((len(record.get(field) or "") for field in ("text", "html")), default=0) > MAX_CELL_CHARS:
        return Failure(where, f"has a text of over {MAX_CELL_CHARS // 1_000_000} MB: split it")
    if text and "html" not in places and _MARKUP.search(text, 0, 50_000):
        record["html"] = record.pop("text")
    page = page_of_record(record, where)
    return Failure(where, "has an empty text: nothing to take") if isinstance(page, Failure) else page


def _value(cell: Any) -> str | None:
    """What a cell says as text; None when it says nothing."""
    if isinstance(cell, (list, tuple)):
        cell = ", ".join(filter(None, map(_value, cell)))
    elif isinstance(cell, bytes):
        cell = cell.decode("utf-8", "replace")
    elif isinstance(cell, date):
        cell = cell.isoformat()
    text = "" if cell is None else str(cell)
    return None if len(text) < 5 and text.strip().casefold() in _NOTHING else text


def _plain(column: str) -> str:
    """A column's name in small letters, words joined by underscores."""
    return re.sub(r"[\s\-.]{1,20}", "_", str(column).strip().strip("\ufeff").casefold())


def _listed(header: Iterable[str]) -> str:
    names = [str(column)[:40] for column in header]
    return ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
