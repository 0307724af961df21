"""What the assistant says in its own words, in the question's language (Swedish, German, English)."""

from __future__ import annotations

from ingest.article import Metadata

ABSTENTION = {
    "sv": "Det framgår inte av artiklarna; jag hittar inget svar i dem.",
    "de": "Das geht aus den Artikeln nicht hervor; ich finde darin keine Antwort.",
    "en": "The articles don't tell; I find no answer in them.",
}
UNDATED = {"sv": "odaterad", "de": "undatiert", "en": "undated"}
BROKEN_OFF = {
    "sv": "Modellen svarade inte färdigt ({reason}). I stället citeras artiklarna:",
    "de": "Das Modell brach ab ({reason}). Stattdessen Zitate aus den Artikeln:",
    "en": "The model broke off ({reason}). Quoted from the articles instead:",
}
LANGUAGE_NAMES = {
    "ar": "Arabic", "da": "Danish", "de": "German", "en": "English", "es": "Spanish", "fi": "Finnish",
    "fr": "French", "it": "Italian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
    "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian",
}


def say(phrases: dict[str, str], language: str) -> str:
    """A phrase in `language`, in English where we have no other."""
    return phrases.get(language, phrases["en"])


def attribution(metadata: Metadata, name: str, language: str) -> str:
    """Who says it and when, for the head of a quoted sentence: "EU Reporter, undated"."""
    date = metadata.published_at or say(UNDATED, language)
    return f"{metadata.publisher or metadata.title or name}, {date}"
