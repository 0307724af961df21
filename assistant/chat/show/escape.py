"""Untrusted text into HTML: the one way article text, names, titles and model output reach the page."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

# Control characters, lone surrogates, and the marks and embeddings that turn the direction of what follows.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
# Gradio replaces this in any text it is sent by a translation.
_TRANSLATION_SIGN = "__i18n__"
# What the recogniser says of a text in none of its languages; no value of the attribute `lang`.
UNKNOWN_LANGUAGE = "un"
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#!|~])")


def escape(text: str) -> str:
    """Text safe between tags and in quoted attributes; unseen and direction-turning characters gone."""
    escaped = html.escape(_UNSEEN.sub("", text), quote=True)
    return escaped.replace(_TRANSLATION_SIGN, "_&#95;i18n__")


def isolate(text: str) -> str:
    """Escaped text whose writing direction is its own and changes nothing around it."""
    return f"<bdi>{escape(text)}</bdi>"


def lang(code: str | None) -> str:
    """The attribute ` lang="sv"`, or nothing for a language nobody recognised."""
    return f' lang="{escape(code)}"' if code and code != UNKNOWN_LANGUAGE else ""


def escape_markdown(text: str) -> str:
    """Text on one line that Markdown shows as it stands: no links, images, tags or emphasis."""
    return _MARKDOWN.sub(r"\\\1", " ".join(_UNSEEN.sub("", text).split()))


def safe_link(url: str | None) -> str | None:
    """The address when it is an http(s) page, else None: no scripts, data or files behind a link."""
    if not url or _UNSEEN.search(url) or any(char.isspace() for char in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and host else None
