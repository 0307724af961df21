"""What the assistant says in its own words, in the question's language (Swedish, German, English)."""

from __future__ import annotations

from datetime import date

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


# About an article itself; `{date}` and the like are filled in by assistant/answer/about.py.
PUBLISHED = {
    "sv": "publicerad den {date} ({iso}, {where})",
    "de": "veröffentlicht am {date} ({iso}, {where})",
    "en": "published on {date} ({iso}, {where})",
}
NOT_DATED = {
    "sv": "inget publiceringsdatum anges; det framgår inte av sidan",
    "de": "kein Veröffentlichungsdatum angegeben; es geht aus der Seite nicht hervor",
    "en": "no publication date is stated; the page does not say",
}
SPEAKS_OF = {"sv": "texten talar om {days}", "de": "der Text spricht von {days}", "en": "the text speaks of {days}"}
ESTIMATED = {
    "sv": "uppskattning, inte uppgift: mellan {first} och {last}",
    "de": "Schätzung, keine Angabe: zwischen {first} und {last}",
    "en": "an estimate, not a statement: between {first} and {last}",
}
WRITTEN_BY = {"sv": "skriven av {name}", "de": "geschrieben von {name}", "en": "written by {name}"}
NO_AUTHOR = {
    "sv": "ingen författare anges; det framgår inte vem som skrev artikeln",
    "de": "kein Autor angegeben; es geht nicht hervor, wer den Artikel geschrieben hat",
    "en": "no author is stated; the page does not say who wrote it",
}
PUBLISHED_BY = {"sv": "utgivare: {name}", "de": "Herausgeber: {name}", "en": "publisher: {name}"}
NO_PUBLISHER = {
    "sv": "ingen utgivare anges; det framgår inte av sidan",
    "de": "kein Herausgeber angegeben; er geht aus der Seite nicht hervor",
    "en": "no publisher is stated; the page does not say",
}
CREDITED = {"sv": "källor på sidan: {lines}", "de": "Quellen laut Seite: {lines}", "en": "sources on the page: {lines}"}
OTHERS_UNDATED = {
    "sv": "för {count} av {total} artiklar anges inget publiceringsdatum",
    "de": "für {count} von {total} Artikeln ist kein Veröffentlichungsdatum angegeben",
    "en": "for {count} of {total} articles no publication date is stated",
}
DATE_SOURCES = {
    "text": {"sv": "står på sidan", "de": "steht auf der Seite", "en": "as the page says"},
    "dateline": {"sv": "står på sidan", "de": "steht auf der Seite", "en": "as the page says"},
    "json-ld": {"sv": "ur sidans metadata", "de": "aus den Metadaten der Seite", "en": "from the page's metadata"},
    "meta": {"sv": "ur sidans metadata", "de": "aus den Metadaten der Seite", "en": "from the page's metadata"},
    "url": {"sv": "ur sidans adress", "de": "aus der Adresse der Seite", "en": "from the page's address"},
    "given": {"sv": "följde med artikeln", "de": "mit dem Artikel geliefert", "en": "given with the article"},
}
# Sentences of several articles about one figure.
DIFFERING = {
    "sv": "Artiklarna anger olika siffror – ",
    "de": "Die Artikel nennen verschiedene Zahlen – ",
    "en": "The articles give different figures – ",
}
NEWEST = {"sv": "nyast: ", "de": "neueste: ", "en": "newest: "}
VOICES = {
    "sv": " ({count} artiklar säger det oberoende av varandra)",
    "de": " ({count} Artikel sagen es unabhängig voneinander)",
    "en": " ({count} articles say so independently)",
}
_MONTHS = {
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
}


def long_date(day: date, language: str) -> str:
    """A day as one writes it: "8 februari 2024", "8. Februar 2024", "8 February 2024"."""
    months = say(_MONTHS, language).split()
    return f"{day.day}{'.' if language == 'de' else ''} {months[day.month - 1]} {day.year}"


def compared(head: str, language: str, *, differs: bool, newest: bool, voices: int) -> str:
    """The head of a quoted figure with how it stands to other articles' figures."""
    before = (say(DIFFERING, language) if differs else "") + (say(NEWEST, language) if newest else "")
    after = say(VOICES, language).format(count=voices) if voices > 1 else ""
    return f"{before}{head}{after}"
