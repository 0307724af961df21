"""Untrusted text into Markdown: shown as it stands, whatever it says."""

from __future__ import annotations

import re

# Control characters, lone surrogates, and the marks and embeddings that turn the direction of what follows.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#!|~])")


def escape_markdown(text: str) -> str:
    """Text on one line that Markdown shows as it stands: no links, images, tags or emphasis."""
    return _MARKDOWN.sub(r"\\\1", " ".join(UNSEEN.sub("", text).split()))
