"""The records of the catalogue's articles, and how they look in its columns."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ingest.article import Article, Line, Metadata, Passage

ARTICLE_COLUMNS = (
    "name, text, language, title, author, publisher, section, published_at, updated_at, url, estimate,"
    " provenance, captions, confidence"
)
PAGE_COLUMNS = "source, digest, lines, page_chars, cleaner"

@dataclass(frozen=True, slots=True)
class StoredPage:
    """What is kept of the page behind an article: file, content digest, lines, length in characters, cleaner."""

    source: str
    digest: str
    lines: tuple[Line, ...]
    page_chars: int
    cleaner: str


@dataclass(frozen=True, slots=True)
class ArticleState:
    """What decides whether a page must be taken again: digest of its content, its file, cleaner version."""

    digest: str
    source: str
    cleaner: str


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article as the catalogue takes it; `inputs` are digests of what is embedded for each passage."""

    article: Article
    page: StoredPage
    splitter: str
    copy_of: str | None = None
    passages: Sequence[Passage] = ()
    inputs: Sequence[str] = ()
    shingles: Sequence[int] = ()


def lines_json(lines: Sequence[Line]) -> str:
    """The column of a page's lines."""
    return json.dumps([[line.text, line.start, line.end, line.kind, line.reason] for line in lines])


def lines_of(stored: str) -> tuple[Line, ...]:
    """The lines of a page's column."""
    return tuple(Line(*fields) for fields in json.loads(stored))


def article_of(row: Sequence[Any]) -> Article:
    """The article of a row of ARTICLE_COLUMNS."""
    name, text, language, *fields, estimate, provenance, captions, confidence = row
    title, author, publisher, section, published_at, updated_at, url = fields
    return Article(
        name=name, text=text, language=language, captions=tuple(json.loads(captions)), confidence=confidence,
        metadata=Metadata(
            title, author, publisher, section, published_at, updated_at, url,
            tuple(json.loads(estimate)) if estimate else None, json.loads(provenance),
        ),
    )
