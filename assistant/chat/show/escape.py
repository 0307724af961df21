"""Untrusted text into HTML: the one way article text, names, titles and model output reach the page."""

from __future__ import annotations

import html
from urllib.parse import urlsplit

from assistant.markdown import UNSEEN

# Gradio replaces this in any text it is sent by a translation.
_TRANSLATION_SIGN = "__i18n__"
# What the recogniser says of a text in none of its languages; no value of the attribute `lang`.
UNKNOWN_LANGUAGE = "un"


def escape(text: str) -> str:
    """Text safe between tags and in quoted attributes; unseen and direction-turning characters gone."""
    escaped = html.escape(UNSEEN.sub("", text), quote=True)
    return escaped.replace(_TRANSLATION_SIGN, "_&#95;i18n__")


def isolate(text: str) -> str:
    """Escaped text whose writing direction is its own and changes nothing around it."""
    return f"<bdi>{escape(text)}</bdi>"


def lang(code: str | None) -> str:
    """The attribute ` lang="sv"`, or nothing for a language nobody recognised."""
    return f' lang="{escape(code)}"' if code and code != UNKNOWN_LANGUAGE else ""


def safe_link(url: str | None) -> str | None:
    """The address when it is an http(s) page, else None: no scripts, data or files behind a link."""
    if not url or UNSEEN.search(url) or any(char.isspace() for char in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and host else None
