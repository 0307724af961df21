"""The words of drafted questions in three languages, and what marks a noun that can be counted."""

from __future__ import annotations

import re

LANGUAGES = ("sv", "de", "en")

COUNT = {
    "sv": "Hur många {noun} nämns i samband med ”{title}”?",
    "de": "Wie viele {noun} werden im Zusammenhang mit „{title}“ genannt?",
    "en": "How many {noun} are mentioned in connection with “{title}”?",
}
COUNT_OF_NAME = {
    "sv": "Hur många {noun} nämns i samband med {name}?",
    "de": "Wie viele {noun} werden im Zusammenhang mit {name} genannt?",
    "en": "How many {noun} are mentioned in connection with {name}?",
}
NUMBER_GAP = {
    "sv": "Vilket tal saknas i uppgiften ”{gap}”?",
    "de": "Welche Zahl fehlt in der Angabe „{gap}“?",
    "en": "Which number is missing from the statement “{gap}”?",
}
DATE_GAP = {
    "sv": "Vilken dag gäller det: ”{gap}”?",
    "de": "Um welchen Tag geht es: „{gap}“?",
    "en": "Which day is this about: “{gap}”?",
}
ABOUT = {
    "sv": "Vad berättas om {name}?",
    "de": "Was wird über {name} berichtet?",
    "en": "What is reported about {name}?",
}
ABOUT_IN_ALL = {
    "sv": "Vad skriver de olika artiklarna om {name}?",
    "de": "Was schreiben die verschiedenen Artikel über {name}?",
    "en": "What do the different articles say about {name}?",
}
STORY = {
    "sv": "Sammanfatta vad artiklarna berättar om händelsen ”{title}”.",
    "de": "Fasse zusammen, was die Artikel über das Ereignis „{title}“ berichten.",
    "en": "Summarise what the articles say about the event “{title}”.",
}
# What stands where a sentence's number or date was.
GAP = "___"

# Plurals that can follow “how many”; in German any noun, unless a preposition or article has changed its ending.
PLURAL = {
    "sv": re.compile(r"[a-zåäö]{3,}(?:ar|or|er|are|barn)"),
    "de": re.compile(r"[A-ZÄÖÜ][a-zäöüß]{4,}"),
    "en": re.compile(r"[a-z]{4,}s|people|children|women|men"),
}
BEFORE_INFLECTED = frozenset("mit von unter bei nach aus zu vor seit zwischen an auf in der die den dem des".split())
# Measures, times and quantities: a count of them answers another question, or none.
NOT_COUNTED = frozenset(
    "procent timmar minuter sekunder dagar veckor månader miljoner miljarder kronor meter kilometer kilogram dollar"
    " grader poäng under över efter eller kilometrar sekundmeter hektar liter euro"
    " prozent uhr jahre jahren stunden minuten sekunden tage tagen wochen monate monaten millionen milliarden"
    " kilometer meter grad euro kronen tonnen liter hektar punkte"
    " years hours minutes seconds days weeks months millions billions dollars pounds euros crowns metres meters"
    " kilometres kilometers degrees points tonnes litres hectares times knots miles yards cents".split()
)
