"""The records every stage passes on: page, cleaned page, metadata, article, passage.

Frozen values with stable ids; this module imports nothing of ours and does no I/O.

    Page ──clean──▶ CleanedPage ──describe──▶ Article ──split──▶ Passage ──search──▶ ScoredPassage
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

LineKind = Literal[
    "body",        # kept: a paragraph of the article
    "subheading",  # kept: a short line inside the body
    "standfirst",  # kept: the lead paragraph, wherever the page put it
    "title",       # dropped from the body, kept as metadata, as are the six below
    "byline",
    "date",
    "section",
    "publisher",
    "credit",      # "Photo: …", "Source: …", "(according to … agency)"
    "caption",
    "duplicate",   # a later copy of a line or of a whole rendering of the page
    "boilerplate",  # menus, cookie and adblock notices, share buttons, related links, staff lists …
]

KEPT_KINDS: frozenset[str] = frozenset({"body", "subheading", "standfirst"})


@dataclass(frozen=True, slots=True)
class Page:
    """One page as a reader found it: `text` (already flattened) or `html`, never both.

    `name` is what the person knows it by: path relative to the folder ingested, the record's `url`
    or its `id`. `given` holds metadata that came with a record (title, author, publisher,
    published_at, language, url); it wins over anything guessed.
    """

    name: str
    text: str | None = None
    html: str | None = None
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that could not be taken, and why, in one line that says what to do."""

    name: str
    reason: str


class Line(NamedTuple):
    """One non-blank line of a page; `start` and `end` are character offsets into the page's text.

    `text` is the line as it stood on the page. `reason` is None exactly when the line was kept. (A named
    tuple: a page has hundreds, and a frozen dataclass takes five times as long to make.)
    """

    text: str
    start: int
    end: int
    kind: LineKind
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class CleanedPage:
    """What the cleaner made of a page.

    `text` is the article text: kept lines, repaired, joined by blank lines. `lines` are all
    non-blank lines of the page in order, kept and dropped, so that nothing vanishes unseen.
    `captions` are photo captions, credits removed. `repairs` tells in a few words what was mended.
    `confidence` in 0…1; a page below `ingest.clean.LOW_CONFIDENCE` is kept and flagged.
    """

    text: str
    lines: tuple[Line, ...] = ()
    captions: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    confidence: float = 1.0

    @property
    def dropped(self) -> tuple[Line, ...]:
        """The lines that are not part of `text`, each with its reason."""
        return tuple(line for line in self.lines if line.reason is not None)


@dataclass(frozen=True, slots=True)
class Metadata:
    """Title, byline and dates of an article; None wherever the page does not say.

    Dates are ISO 8601 (`2024-02-08`). `provenance` maps a field's name to where it came from:
    given, json-ld, meta, url, dateline, text. `estimate` is a (from, to) range for an article
    without a date, derived from its text and always shown as an estimate, never as a date.
    """

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    section: str | None = None
    published_at: str | None = None
    updated_at: str | None = None
    url: str | None = None
    estimate: tuple[str, str] | None = None
    provenance: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Article:
    """One news item: its name, language, metadata and text, from which every quote is cut."""

    name: str
    text: str
    language: str
    metadata: Metadata = Metadata()
    captions: tuple[str, ...] = ()
    confidence: float = 1.0

    @property
    def id(self) -> str:
        """A stable id, 16 hex digits of the SHA-256 of the name."""
        return stable_id(self.name)


@dataclass(frozen=True, slots=True)
class Passage:
    """A contiguous piece of an article: `article.text[start:end] == text`.

    A caption is a passage of its own; if it is no part of the text, its `start` and `end` are 0.
    """

    article_id: str
    start: int
    end: int
    text: str
    kind: Literal["body", "caption"] = "body"

    @property
    def id(self) -> str:
        """A stable id: article, kind, offsets and text decide it."""
        return stable_id(f"{self.article_id}|{self.kind}|{self.start}|{self.end}|{self.text}")


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage found for a query, its article, a score (higher is better) and why it is there."""

    passage: Passage
    article: Article
    score: float
    why: tuple[str, ...] = ()


def stable_id(text: str) -> str:
    """16 hex digits that depend on `text` alone."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
