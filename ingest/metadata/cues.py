"""Words that tell what a short line of a news page is: date, credit, menu, byline (sv, de, en)."""

from __future__ import annotations

import re

# Flattening glues a word to the number before it: "20 Apr 2026Updated 12:44".
PUBLISHED = re.compile(
    r"(?<![^\W\d_])(?:publi[cs]erad|publicerat|publicerade|published|posted|veröffentlicht|erstellt"
    r"|erschienen|datum|date|publisert|stand|vom|skapad|uppladdad)\b",
    re.IGNORECASE,
)
UPDATED = re.compile(
    r"(?<![^\W\d_])(?:uppdaterad|uppdaterat|uppdaterades|updated|aktualisiert|update|last modified|modified|geändert"
    r"|ändrad|senast|oppdatert|zuletzt|reviewed)\b",
    re.IGNORECASE,
)
# Not the length in "2:43 min".
TIME = re.compile(
    r"(?<!\d)(?:[01]?\d|2[0-3])[:.][0-5]\d(?!\.?\d|\s?min)(?:\s?(?:uhr|am|pm|a\.m|p\.m))?"
    r"|\b\d{1,2}\s?(?:uhr|am|pm)\b",
    re.IGNORECASE,
)
# A short weekday right before a date, which the date's own span leaves out: "Do, 26. Nov. 2026".
WEEKDAY = re.compile(
    r"\b(?:mon?|tues?|di|wed|mi|thu|thurs?|do|fri?|sat?|sun?|so|mån|tis|ons|tors?|fre|lör|sön)\b[.,\s]*$",
    re.IGNORECASE,
)
NOT_OURS = re.compile(
    r"\b(?:born|geboren|född|verfügbar|available until|bis zum|sendung|sendetermin|episode|termin|event"
    r"|expires|gültig|\d:\d\d\s?min|since|seit|sedan|läs också|läs mer|read more|lesen sie auch"
    r"|mehr zum thema|related|kommentar|comments?|replies|vor \d|premiere|auflage|version|terms|privacy"
    r"|agb|datenschutz|cookies?)\b",
    re.IGNORECASE,
)
BYLINE = re.compile(r"(?:av|von|by|text|author|autor|autorin|written by)(?:\s?:|\s|$)", re.IGNORECASE)

_CREDIT_WORDS = frozenset({
    "foto", "fotos", "photo", "photograph", "photographs", "bild", "image", "images", "picture", "pictured",
    "getty", "imago", "shutterstock", "copyright", "symbolbild", "symbolfoto", "archivbild", "archivfoto",
    "arkivbild", "grafik", "illustration", "credit", "credits", "video", "alliance", "istock", "unsplash",
    "pixabay", "scanpix", "file",
})  # fmt: skip
_MENU_WORDS = frozenset({
    "menu", "meny", "menü", "login", "anmelden", "abonnieren", "subscribe", "prenumerera", "newsletter",
    "nyhetsbrev", "cookie", "cookies", "share", "dela", "teilen", "facebook", "twitter", "whatsapp",
    "email", "linkedin", "kommentar", "kommentare", "comment", "comments", "related", "trending", "popular",
    "meistgelesen", "advertisement", "annons", "anzeige", "werbung", "loading", "search", "sök", "suche",
    "home", "startseite", "hem", "epaper", "podcast", "podcasts", "newsticker", "topics", "themen", "ämnen",
    "lesezeit", "minuten", "aktuell", "schlagzeilen", "register", "abo", "leserbriefe", "impressum",
    "kontakt", "contact", "lyssna", "anhören", "listen", "drucken", "print", "merken", "bookmark",
    "bokmärk", "folgen", "follow", "följ", "feedback",
})  # fmt: skip
_MENU_PHRASES = (
    "skip to", "log in", "logga in", "sign in", "sign up", "e-mail", "e-paper", "läs mer", "läs också",
    "read more", "mehr lesen", "lesen sie auch", "lest auch", "siehe auch", "see also", "mest läst",
    "most read", "read time", "min read", "leave a reply", "open this photo",
)  # fmt: skip
# What a consent banner speaks of; "we" or "our" beside it tells the banner from an article on the matter.
_CONSENT = re.compile(
    r"\b(?:cookies?|kakor|samtyck\w+|personuppgift\w*|personenbezogenen? daten|einwillig\w+|datenschutz\w*"
    r"|personal data|your privacy|consent)\b",
    re.IGNORECASE,
)
_OURSELVES = re.compile(r"\b(?:vi|vår|våra|wir|unsere?[nr]?|we|our)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


def names_credit(line: str) -> bool:
    """Does the line speak of a picture or of its rights?"""
    return "©" in line or not _CREDIT_WORDS.isdisjoint(_WORD.findall(line.lower()))


def names_menu(line: str) -> bool:
    """Does the line use the words of menus, buttons and teasers?"""
    lower = line.lower()
    return not _MENU_WORDS.isdisjoint(_WORD.findall(lower)) or any(
        phrase in lower for phrase in _MENU_PHRASES
    )


def asks_consent(line: str) -> bool:
    """Does the page speak of the visitor's data and of itself?"""
    return _CONSENT.search(line) is not None and _OURSELVES.search(line) is not None
