"""One page to an article: clean, describe, language, fingerprint; what the worker processes do.

Knows neither corpus nor embedder, and imports nothing that takes long to import.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ingest.article import Article, CleanedPage, Metadata, Page
from ingest.clean import clean_page, repair_text
from ingest.dates import find_dates
from ingest.dedupe import Fingerprint, fingerprint_text
from ingest.language import detect_language
from ingest.metadata import describe_page

# `sv`, `sv-SE`, `sv_SE`; what else a record says (`swedish`, `swe`, a control sequence) is no code: the text tells.
_CODE = re.compile(r"[A-Za-z]{2}(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article ready to be compared and stored, with the page it was made from."""

    article: Article
    cleaned: CleanedPage
    fingerprint: Fingerprint


def prepare_article(page: Page) -> Prepared:
    """Everything about a page that needs neither corpus nor embedder."""
    article, cleaned = prepare_page(page)
    return Prepared(article, cleaned, fingerprint_text(article.text))


def prepare_page(page: Page) -> tuple[Article, CleanedPage]:
    """Clean and describe one page."""
    cleaned = clean_page(page)
    code = _CODE.match(page.given.get("language", ""))
    language = code[0] if code else detect_language(cleaned.text)
    metadata = _repaired(describe_page(page, cleaned, language))
    text = "\n\n".join([cleaned.text, *_dated(cleaned.captions, language)]).strip()
    article = Article(page.name, text, language[:2].lower(), metadata, cleaned.captions, cleaned.confidence)
    return article, cleaned


def metadata_json(article: Article, cleaned: CleanedPage) -> dict[str, Any]:
    """One entry of `assistant clean --json`."""
    meta: Metadata = article.metadata
    return {
        "article": article.name, "title": meta.title, "author": meta.author, "publisher": meta.publisher,
        "section": meta.section, "published_at": meta.published_at,
        "published_from": meta.provenance.get("published_at"), "updated_at": meta.updated_at,
        "estimate": list(meta.estimate) if meta.estimate else None, "provenance": dict(meta.provenance),
        "language": article.language, "text": article.text, "captions": list(article.captions),
        "confidence": round(article.confidence, 3), "repairs": list(cleaned.repairs),
        "dropped": [{"text": line.text, "reason": line.reason} for line in cleaned.dropped],
    }


def _dated(captions: Sequence[str], language: str) -> list[str]:
    """Captions that say on what day a picture was taken: facts that must be quotable, so part of the text."""
    return [
        caption for caption in dict.fromkeys(captions)
        if any(mention.year and mention.day and not mention.relative for mention in find_dates(caption, language))
    ]


def _repaired(metadata: Metadata) -> Metadata:
    """Names and titles with the same repairs as the text: they are shown and searched beside it."""
    def mend(value: str | None) -> str | None:
        return repair_text(value)[0].strip() or None if value else None

    return replace(
        metadata, title=mend(metadata.title), author=mend(metadata.author),
        publisher=mend(metadata.publisher), section=mend(metadata.section),
    )
