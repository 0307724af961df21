"""HTML → article text, by trafilatura, then the same in-page de-duplication."""

from __future__ import annotations

import trafilatura

from ingest.article import CleanedPage
from ingest.clean.text import clean_text


def clean_html(html: str) -> CleanedPage:
    """The article in an HTML page; line offsets count in the text trafilatura extracts."""
    text = trafilatura.extract(html, favor_precision=True, include_comments=False) or ""
    return clean_text(text)
