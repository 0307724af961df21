"""The words of the interface in Swedish, German and English; the language is the browser's."""

from __future__ import annotations

from assistant.records import Verdict

Texts = dict[str, str]

TEXTS: dict[str, Texts] = {
    "en": {
        "name": "Article Assistant",
        "placeholder": "Ask about the articles …",
        "question": "Your question",
        "send": "Ask",
        "stop": "Stop",
        "new": "New conversation",
        "loading": "Opening the articles …",
        "welcome": "What would you like to know?",
        "promise": "Answers come from these articles alone. Every sentence shows the passage it rests on, word for word.",
        "examples": "For example",
        "example": "What is known about “{title}”?",
        "corpus": "{count} articles",
        "quotes_only": "Quotes only, no model",
        "model_at": "Written by {model} at {host}",
        "host_only": "Written by the model at {host}",
        "searching": "Searching the articles …",
        "reading": "Reading {count} passages …",
        "writing": "Writing the answer …",
        "checking": "Checking every sentence …",
        "answer": "Answer",
        "sources": "Sources",
        "sources_for": "Sources for: {question}",
        "no_sources": "The sources of an answer stand here, with the quoted sentence in its place.",
        "nothing_cited": "Nothing is cited in this answer.",
        "show_sources": "Show sources ({count})",
        "close": "Close sources",
        "source": "Source {marker}: {label}",
        "also_found": "Also found, not cited ({count})",
        "also_in": "Same text also in {publishers}",
        "whole": "Whole article",
        "cut": "The article is longer; the part around the quote is shown.",
        "gone": "This article is no longer in the corpus.",
        "unreachable": "It could not be loaded. Is the assistant still running?",
        "removed": "What was removed from the page ({count})",
        "nothing_removed": "Nothing was removed from the page.",
        "more_lines": "… and {count} more lines",
        "original": "Original page",
        "undated": "undated",
        "estimate": "undated, about {first} to {last}",
        "supported": "Supported",
        "partly": "Partly supported",
        "unsupported": "Not supported",
        "all_supported": "Every sentence is supported by the passage it cites.",
        "some_supported": "{good} of {count} sentences are supported by the passages they cite.",
        "copy": "Copy",
        "copied": "Copied",
        "save": "Save",
        "again": "Ask again",
        "stopped": "Stopped.",
        "note": "Please note",
        "failed": "Something went wrong",
        "failed_text": "The answer could not be finished; the reason is in the window the assistant was started from.",
        "ready": "The answer is ready.",
        "missing": "No articles yet",
        "missing_text": "There is no corpus in {path}. Make one from a folder of articles:",
        "missing_demo": "Or look around with the bundled examples:",
        "empty": "The corpus is empty",
        "empty_text": "No article has been taken into {path} so far. Add a folder of articles:",
        "broken": "The corpus cannot be opened",
        "then": "Then ask here or reload the page; nothing needs to be restarted.",
    },
    "sv": {
        "name": "Artikelassistenten",
        "placeholder": "Fråga om artiklarna …",
        "question": "Din fråga",
        "send": "Fråga",
        "stop": "Stoppa",
        "new": "Nytt samtal",
        "loading": "Öppnar artiklarna …",
        "welcome": "Vad vill du veta?",
        "promise": "Svaren bygger bara på de här artiklarna. Varje mening visar ordagrant det stycke den vilar på.",
        "examples": "Till exempel",
        "example": "Vad är känt om ”{title}”?",
        "corpus": "{count} artiklar",
        "quotes_only": "Bara citat, ingen modell",
        "model_at": "Skrivet av {model} hos {host}",
        "host_only": "Skrivet av modellen hos {host}",
        "searching": "Söker i artiklarna …",
        "reading": "Läser {count} stycken …",
        "writing": "Skriver svaret …",
        "checking": "Kontrollerar varje mening …",
        "answer": "Svar",
        "sources": "Källor",
        "sources_for": "Källor till: {question}",
        "no_sources": "Här visas svarets källor, med den citerade meningen på sin plats.",
        "nothing_cited": "Inget citeras i det här svaret.",
        "show_sources": "Visa källor ({count})",
        "close": "Stäng källorna",
        "source": "Källa {marker}: {label}",
        "also_found": "Hittades också, citeras inte ({count})",
        "also_in": "Samma text även i {publishers}",
        "whole": "Hela artikeln",
        "cut": "Artikeln är längre; delen kring citatet visas.",
        "gone": "Artikeln finns inte längre i samlingen.",
        "unreachable": "Det gick inte att hämta. Är assistenten fortfarande igång?",
        "removed": "Vad som togs bort från sidan ({count})",
        "nothing_removed": "Inget togs bort från sidan.",
        "more_lines": "… och {count} rader till",
        "original": "Ursprunglig sida",
        "undated": "odaterad",
        "estimate": "odaterad, ungefär {first} till {last}",
        "supported": "Får stöd",
        "partly": "Delvis stöd",
        "unsupported": "Saknar stöd",
        "all_supported": "Varje mening får stöd av det stycke den hänvisar till.",
        "some_supported": "{good} av {count} meningar får stöd av de stycken de hänvisar till.",
        "copy": "Kopiera",
        "copied": "Kopierat",
        "save": "Spara",
        "again": "Fråga igen",
        "stopped": "Stoppat.",
        "note": "Observera",
        "failed": "Något gick fel",
        "failed_text": "Svaret blev inte klart; orsaken står i fönstret där assistenten startades.",
        "ready": "Svaret är klart.",
        "missing": "Inga artiklar än",
        "missing_text": "Det finns ingen samling i {path}. Gör en av en mapp med artiklar:",
        "missing_demo": "Eller se dig om med de medföljande exemplen:",
        "empty": "Samlingen är tom",
        "empty_text": "Ingen artikel har tagits in i {path} än. Lägg till en mapp med artiklar:",
        "broken": "Samlingen kan inte öppnas",
        "then": "Fråga sedan här eller ladda om sidan; inget behöver startas om.",
    },
    "de": {
        "name": "Artikelassistent",
        "placeholder": "Fragen Sie zu den Artikeln …",
        "question": "Ihre Frage",
        "send": "Fragen",
        "stop": "Anhalten",
        "new": "Neues Gespräch",
        "loading": "Die Artikel werden geöffnet …",
        "welcome": "Was möchten Sie wissen?",
        "promise": "Die Antworten stammen allein aus diesen Artikeln. Jeder Satz zeigt wörtlich die Stelle, auf der er beruht.",
        "examples": "Zum Beispiel",
        "example": "Was ist bekannt zu „{title}“?",
        "corpus": "{count} Artikel",
        "quotes_only": "Nur Zitate, kein Modell",
        "model_at": "Geschrieben von {model} bei {host}",
        "host_only": "Geschrieben vom Modell bei {host}",
        "searching": "Die Artikel werden durchsucht …",
        "reading": "{count} Stellen werden gelesen …",
        "writing": "Die Antwort wird geschrieben …",
        "checking": "Jeder Satz wird geprüft …",
        "answer": "Antwort",
        "sources": "Quellen",
        "sources_for": "Quellen zu: {question}",
        "no_sources": "Hier stehen die Quellen einer Antwort, mit dem zitierten Satz an seinem Platz.",
        "nothing_cited": "In dieser Antwort wird nichts zitiert.",
        "show_sources": "Quellen zeigen ({count})",
        "close": "Quellen schließen",
        "source": "Quelle {marker}: {label}",
        "also_found": "Auch gefunden, nicht zitiert ({count})",
        "also_in": "Derselbe Text auch in {publishers}",
        "whole": "Ganzer Artikel",
        "cut": "Der Artikel ist länger; gezeigt wird der Teil um das Zitat.",
        "gone": "Dieser Artikel ist nicht mehr in der Sammlung.",
        "unreachable": "Das ließ sich nicht laden. Läuft der Assistent noch?",
        "removed": "Was von der Seite entfernt wurde ({count})",
        "nothing_removed": "Von der Seite wurde nichts entfernt.",
        "more_lines": "… und {count} weitere Zeilen",
        "original": "Originalseite",
        "undated": "undatiert",
        "estimate": "undatiert, etwa {first} bis {last}",
        "supported": "Belegt",
        "partly": "Teilweise belegt",
        "unsupported": "Nicht belegt",
        "all_supported": "Jeder Satz ist durch die angegebene Stelle belegt.",
        "some_supported": "{good} von {count} Sätzen sind durch die angegebenen Stellen belegt.",
        "copy": "Kopieren",
        "copied": "Kopiert",
        "save": "Speichern",
        "again": "Erneut fragen",
        "stopped": "Angehalten.",
        "note": "Bitte beachten",
        "failed": "Etwas ist schiefgegangen",
        "failed_text": "Die Antwort wurde nicht fertig; der Grund steht im Fenster, in dem der Assistent gestartet wurde.",
        "ready": "Die Antwort ist fertig.",
        "missing": "Noch keine Artikel",
        "missing_text": "In {path} liegt keine Sammlung. Legen Sie eine aus einem Ordner mit Artikeln an:",
        "missing_demo": "Oder sehen Sie sich mit den mitgelieferten Beispielen um:",
        "empty": "Die Sammlung ist leer",
        "empty_text": "In {path} wurde noch kein Artikel aufgenommen. Fügen Sie einen Ordner mit Artikeln hinzu:",
        "broken": "Die Sammlung lässt sich nicht öffnen",
        "then": "Dann hier fragen oder die Seite neu laden; nichts muss neu gestartet werden.",
    },
}

LANGUAGE_LABELS: dict[str, Texts] = {
    "en": {"sv": "Swedish", "de": "German", "en": "English", "da": "Danish", "no": "Norwegian", "nb": "Norwegian",
           "fi": "Finnish", "fr": "French", "es": "Spanish", "it": "Italian", "nl": "Dutch", "pl": "Polish",
           "ar": "Arabic", "uk": "Ukrainian", "ru": "Russian", "tr": "Turkish"},
    "sv": {"sv": "svenska", "de": "tyska", "en": "engelska", "da": "danska", "no": "norska", "nb": "norska",
           "fi": "finska", "fr": "franska", "es": "spanska", "it": "italienska", "nl": "nederländska",
           "pl": "polska", "ar": "arabiska", "uk": "ukrainska", "ru": "ryska", "tr": "turkiska"},
    "de": {"sv": "Schwedisch", "de": "Deutsch", "en": "Englisch", "da": "Dänisch", "no": "Norwegisch",
           "nb": "Norwegisch", "fi": "Finnisch", "fr": "Französisch", "es": "Spanisch", "it": "Italienisch",
           "nl": "Niederländisch", "pl": "Polnisch", "ar": "Arabisch", "uk": "Ukrainisch", "ru": "Russisch",
           "tr": "Türkisch"},
}

MONTHS: dict[str, tuple[str, ...]] = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "sv": ("jan.", "feb.", "mars", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."),
    "de": ("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sep.", "Okt.", "Nov.", "Dez."),
}

# A shape for each verdict, so that none is told by colour alone.
SHAPES: dict[Verdict, str] = {"supported": "✓", "partly": "◐", "unsupported": "✗"}


def choose_language(accepted: str | None) -> str:
    """The interface language for a browser's Accept-Language header; English when none of ours is in it."""
    wishes = []
    for place, part in enumerate((accepted or "").split(",")[:20]):
        tag, _, weight = part.partition(";q=")
        code = tag.strip().lower().partition("-")[0]
        if code in TEXTS:
            wishes.append((-_weight(weight), place, code))
    return min(wishes)[2] if wishes else "en"


def language_label(code: str, interface: str) -> str:
    """The name of a language in the interface's, its code where we have no name."""
    return LANGUAGE_LABELS[interface].get(code, code.upper())


def date_label(iso: str, interface: str) -> str:
    """An ISO date as people write it ("15 Nov 2023"); anything else as it stands."""
    parts = iso[:10].split("-")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return iso
    day = f"{int(parts[2])}." if interface == "de" else str(int(parts[2]))
    return f"{day} {MONTHS[interface][int(parts[1]) - 1]} {parts[0]}"


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
