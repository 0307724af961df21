"""Does a line begin with a person's name, and is its first word a common given name?

The list of given names (Swedish, German, English bylines) is for lines that hold nothing but two or three
capitalised words, where "Digital Subscription" and "Anna Berg" look alike; after "Von" or "By" any
well-formed name counts.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

_PARTICLES = r"(?:(?:von|van|de|der|den|del|di|da|la|le|al|el|bin|af|zu|ten|dos)\s){0,2}"
_PART = r"[^\W\d_a-zåäöüßéèàáíóúñç](?:[^\W\d_]|[’'.-]){0,24}"
_NAME = re.compile(rf"(?:(?:Dr|Prof|Mag)\.\s)*(?P<name>{_PART}(?:\s{_PARTICLES}{_PART}){{1,3}})")
_ROLES = (
    r"korrespondent\w*|correspondent|redakteur\w*|redaktör\w*|reporter\w*|autor\w*|author|editor\w*"
    r"|journalist\w*|chef\w*|writer|staff|senior|political|parliamentary|chief|leiter\w*|ressort\w*|twitter"
    r"|krönikör|skribent|news|politik\w*|landespolitische\w*|wirtschafts\w*|contributor|special|global|foreign"
    r"|business|sports?|science|health|freelance|kolumnist\w*|columnist|producer|fotograf\w*|photographer"
    r"|published|updated|veröffentlicht|aktualisiert|for|in|at"
)
_ROLE_GLUED = re.compile(r"(?<=[a-zåäöüßé])(?=[A-Z])(?i:" + _ROLES + r")\b.*$")
_GLUED = re.compile(r"(?<=[a-zåäöüßé]{3})[A-Z].*$")  # "FosterTravel", but McDonald, MacArthur, DiCaprio
_LEAD = re.compile(r"(?:von|by|av)\s+", re.IGNORECASE)
_ROLE_WORD = re.compile(rf"^(?:{_ROLES})$", re.IGNORECASE)
_NOT_NAME = frozenset({
    "redaktion", "redaktionen", "editorial", "team", "agenturen", "desk", "nachrichten", "nyheter",
    "online", "zeitung", "tidning", "media", "medien", "press", "agentur", "presse", "wirtschaft", "sport",
    "kultur", "welt", "ausland", "inland", "opinion", "kommentar", "analyse", "analysis", "live", "ticker",
    "breaking", "exclusive", "premium", "abo", "plus", "top", "the", "und", "and", "och", "das", "die",
    "für", "för", "on", "mehr", "more", "alle", "all", "video", "photo", "foto", "bild", "image", "images",
    "getty", "reuters", "epa", "dpa", "afp", "apa", "ap", "tt", "tass", "keystone", "sda", "ritzau", "ntb",
    "imago", "alliance", "street", "journal", "times", "post", "guardian", "daily", "today", "tagblatt",
    "kurier", "anzeiger", "rundschau", "allgemeine", "abendblatt", "morgenpost", "club", "home", "page",
    "insider", "deutschland", "schweiz", "österreich", "sweden", "sverige", "new", "york", "united",
    "states", "world", "magazine", "radio", "tv", "podcast", "newsletter", "black", "friday", "climate",
    "change", "intelligence", "social", "security", "technology", "finance", "money", "markets",
    "lifestyle", "travel", "entertainment", "culture", "politics", "next", "jan", "feb", "mar", "apr",
    "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "text", "size", "icon", "store", "policy",
    "subscription", "navigation", "donate", "become",
    "save", "saved", "read", "leben", "von", "by", "av", "stock", "adobe",
})  # fmt: skip


def leading_name(text: str) -> str | None:
    """The well-formed name of two to four words at the start of `text`, roles cut off; None without one."""
    text = _LEAD.sub("", text, 1) if _LEAD.match(text) else text
    text = _GLUED.sub("", _ROLE_GLUED.sub("", text[:120].strip()))
    half = len(text) // 2
    if half > 5 and text[:half].strip() == text[half:].strip():  # link text and image text run together
        text = text[:half].strip()
    match = _NAME.match(text)
    if match is None:
        return None
    parts = match["name"].rstrip(".'’-").split()
    for index, part in enumerate(parts):
        if _ROLE_WORD.match(part):
            parts = parts[:index]
            break
    if not 2 <= len(parts) <= 4 or any(part.lower().strip(".'’-") in _NOT_NAME for part in parts):
        return None
    if any(len(part.strip(".")) == 1 for part in parts[-1:]):
        return None
    return " ".join(part.title() if part.isupper() and len(part) > 3 else part for part in parts)


def has_role(text: str) -> bool:
    """Does the word at the start of `text` name a newsroom role ("Parliamentary editor")?"""
    first = text.split(None, 1)[:1]
    return bool(first and _ROLE_WORD.match(first[0].strip(",")))


@cache
def _given_names() -> frozenset[str]:
    """Given names in lower case, from the list beside this module."""
    text = resources.files("ingest.metadata").joinpath("given_names.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


def is_known(name: str) -> bool:
    """Is the first word of `name` a known given name?"""
    return bool(_given_names() & set(re.split(r"[\s-]", name.split(" ")[0].lower())))
