"""What the assistant says in its own words, in the question's language (Swedish, German, English)."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import date, timedelta

from ingest.article import Metadata

# A whole headline of a tabloid is longer than what it stands before.
LONGEST_TITLE = 70
ABSTENTION = {
    "sv": "Det framgår inte av artiklarna; jag hittar inget svar i dem.",
    "de": "Das geht aus den Artikeln nicht hervor; ich finde darin keine Antwort.",
    "en": "The articles don't tell; I find no answer in them.",
}
NEAREST = {
    "sv": "Närmast kommer:", "de": "Am nächsten kommen:", "en": "What comes nearest:",
}
NOT_TOLD = {
    "sv": "Så mycket framgår av artiklarna, men inte: ”{part}”.",
    "de": "So viel geht aus den Artikeln hervor, aber nicht: „{part}“.",
    "en": "The articles tell this much, but not: “{part}”.",
}
OMITTED = {
    "sv": "{count} meningar som artiklarna inte stöder är utelämnade.",
    "de": "{count} Sätze, die die Artikel nicht stützen, sind weggelassen.",
    "en": "{count} sentences that the articles do not support are left out.",
}
NOTHING_LEFT = {
    "sv": "Av modellens svar höll ingenting. I stället citeras artiklarna:",
    "de": "Von der Antwort des Modells hielt nichts stand. Stattdessen Zitate aus den Artikeln:",
    "en": "Nothing of the model's answer held. Quoted from the articles instead:",
}
FROM_ARTICLES = {"sv": "Ur artiklarna:", "de": "Aus den Artikeln:", "en": "From the articles:"}
AS_OF = {"sv": "Enligt artiklar från {days}", "de": "Stand: Artikel vom {days}", "en": "As of articles from {days}"}
SOME_UNDATED = {"sv": "{count} odaterade", "de": "{count} undatiert", "en": "{count} undated"}
ALL_UNDATED = {
    "sv": "Artiklarna är odaterade", "de": "Die Artikel sind undatiert", "en": "The articles are undated",
}
SAME_TEXT = {"sv": "samma text i {count} medier", "de": "gleicher Text in {count} Medien",
             "en": "same text in {count} outlets"}
UNDATED = {"sv": "odaterad", "de": "undatiert", "en": "undated"}
BROKEN_OFF = {
    "sv": "Modellen svarade inte färdigt ({reason}). I stället citeras artiklarna:",
    "de": "Das Modell brach ab ({reason}). Stattdessen Zitate aus den Artikeln:",
    "en": "The model broke off ({reason}). Quoted from the articles instead:",
}
_QUOTED = {"sv": "”{text}”", "de": "„{text}“", "en": "“{text}”"}
LANGUAGE_NAMES = {
    "ar": "Arabic", "da": "Danish", "de": "German", "en": "English", "es": "Spanish", "fi": "Finnish",
    "fr": "French", "it": "Italian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
    "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian",
}


# A wider estimate than this is left out beside a quote.
TELLING_ESTIMATE = timedelta(days=62)


def say(phrases: dict[str, str], language: str) -> str:
    """A phrase in `language`, in English where we have no other."""
    return phrases.get(language, phrases["en"])


def quoted(text: str, language: str) -> str:
    """A text in the quotation marks of a language: ”sv”, „de“, “en”."""
    return say(_QUOTED, language).format(text=text)


def attribution(metadata: Metadata, name: str, language: str, copies: int = 0) -> str:
    """Who says it and when, for the head of a quoted sentence: "EU Reporter, undated".

    An estimate of the date is called one; `copies` tells in how many more places the same text stands.
    """
    title = textwrap.shorten(metadata.title or "", LONGEST_TITLE, placeholder=" …").rstrip(".")
    told = [metadata.publisher or title or name, dated(metadata, language)]
    if copies:
        told.append(say(SAME_TEXT, language).format(count=copies + 1))
    return ", ".join(told)


def dated(metadata: Metadata, language: str) -> str:
    """The day of publication as one writes it, or that there is none, with an estimate where it says something."""
    if metadata.published_at:
        return long_date(date.fromisoformat(metadata.published_at[:10]), language)
    if metadata.estimate:
        first, last = (date.fromisoformat(day[:10]) for day in metadata.estimate)
        if last - first <= TELLING_ESTIMATE:
            between = say(ESTIMATED, language).format(first=long_date(first, language), last=long_date(last, language))
            return f"{say(UNDATED, language)} ({between})"
    return say(UNDATED, language)


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
DIFFERING_DATES = {
    "sv": "Artiklarna anger olika datum – ",
    "de": "Die Artikel nennen verschiedene Daten – ",
    "en": "The articles give different dates – ",
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
    return f"{day.day}{'.' if language == 'de' else ''} {month_name(day.month, language)} {day.year}"


def month_name(month: int, language: str) -> str:
    """The name of month 1…12."""
    return say(_MONTHS, language).split()[month - 1]


def compared(
    head: str, language: str, *, differs: bool, newest: bool, voices: int, dates: bool = False
) -> str:
    """The head of a quoted figure or date with how it stands to those of other articles."""
    before = say(DIFFERING_DATES if dates else DIFFERING, language) if differs else ""
    before += say(NEWEST, language) if newest else ""
    after = say(VOICES, language).format(count=voices) if voices > 1 else ""
    return f"{before}{head}{after}"


def as_of(days: Sequence[str | None], language: str) -> str:
    """Of when the cited articles are, from their days of publication (ISO, None for undated)."""
    known = sorted({day[:10] for day in days if day})
    if not known:
        return say(ALL_UNDATED, language)
    ends = [long_date(date.fromisoformat(day), language) for day in dict.fromkeys((known[0], known[-1]))]
    told = say(AS_OF, language).format(days=" – ".join(ends))
    undated = sum(day is None for day in days)
    return f"{told}; {say(SOME_UNDATED, language).format(count=undated)}" if undated else told
