"""A record of named fields, from whatever kind of file, to a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ingest.article import Failure, Page

GIVEN_FIELDS = ("url", "title", "author", "publisher", "published_at", "language", "section")


def page_of_record(record: Mapping[str, Any], where: str) -> Page | Failure:
    """The page of `{"id"?, "url"?, "title"?, "text" or "html", …}`; its name is its url, else its id, else `where`."""
    text, html = record.get("text"), record.get("html")
    name = record.get("url") or record.get("id") or where
    given = {key: str(record[key]).strip() for key in GIVEN_FIELDS if record.get(key) not in (None, "")}
    if isinstance(text, str) and text.strip():
        return Page(name=str(name), text=text, given=given)
    if isinstance(html, str) and html.strip():
        return Page(name=str(name), html=html, given=given)
    if isinstance(record.get("question"), str):
        return Failure(str(name), "is a question, not an article: `assistant evaluate` takes question sets")
    return Failure(str(name), 'has neither "text" nor "html": give one of them')
