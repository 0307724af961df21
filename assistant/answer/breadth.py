"""How broad a question is: one point, an overview of a topic, a timeline, or whether articles agree.

Knows Swedish, German and English words only, and nothing of articles.
"""

from __future__ import annotations

import re
from typing import Literal

Breadth = Literal["point", "overview", "timeline", "comparison"]

_ARTICLES = (
    r"(?:artik\w+|articles?|källor\w*|quellen|sources?|texterna|texten?|texte|texts?|medi(?:a|en|er|erna)|reports?"
    r"|rapporter\w*|berichte?n?|uppgifter\w*|angaben|tidningar\w*|zeitungen|newspapers?|outlets)"
)
_TIMELINE = re.compile(
    r"\b(?:tidslinj\w*|tidsaxel\w*|kronologi\w*|zeitleiste\w*|zeitstrahl\w*|zeitachse\w*|chronologi\w*|time ?lines?"
    r"|chronological(?:ly)?)\b",
    re.IGNORECASE,
)
_COMPARISON = re.compile(
    rf"\b{_ARTICLES}\b[^.?!]{{0,60}}\b(?:överens|eniga?|skiljer|motsäger|einig|widersprech\w*|unterscheid\w*|stimmen|agree"
    r"|disagree|differ|contradict)\b"
    rf"|\b(?:överens|eniga|skiljer|motsäger|einig|widersprech\w*|unterscheid\w*|agree|disagree|differ|contradict)\b"
    rf"[^.?!]{{0,60}}\b(?:{_ARTICLES}|varandra|einander|each other|one another)\b"
    rf"|\b(?:är|sind|are|do)\s+{_ARTICLES}\s+(?:överens|sich einig|agree)",
    re.IGNORECASE,
)
_OVERVIEW = re.compile(
    r"\b(?:sammanfatta\w*|summari[sz]e\w*|summary|zusammenfass\w*|fasse?\b[^.?!]{1,80}\bzusammen|überblick|överblick"
    r"|översikt|overview|outline)\b"
    rf"|\b(?:vad|was|what)\b[^.?!]{{0,30}}\b(?:säg\w*|skriv\w*|berätta\w*|rapportera\w*|sag\w*|steht|schreib\w*|bericht\w*"
    rf"|say|says|said|write|tell|told|report\w*)\b[^.?!]{{0,80}}\b(?:i|in|the|die|den|de|diese[rn]?)?\s*{_ARTICLES}\b"
    rf"|\b(?:vad|was|what)\b[^.?!]{{0,12}}\b{_ARTICLES}\s+(?:säger|skriver|berättar|rapporterar|say|write|tell|report)\b"
    rf"|\b(?:vad|was|what)\b[^.?!]{{0,12}}\b(?:i|in)\s+(?:the |den |de )?{_ARTICLES}\b"
    rf"|\b(?:vilka|welche[rn]?|which)\b[^.?!]{{1,60}}\b(?:in|i)\s+(?:the |den |de )?{_ARTICLES}\b",
    re.IGNORECASE,
)
# What tells to sum up, and says nothing of the topic.
_INSTRUCTION = re.compile(
    r"\b(?:gör|skapa|ge mig|skriv|mach\w*|erstell\w*|gib mir|make|create|give me|write|please|bitte|kan du|kannst du"
    r"|can you|en|eine?n?|an?|the)\b|\b(?:över|von|vom|zum|zur|zu|of|on|om|about|über|för|for)\b"
    rf"|\b(?:(?:the|die|den|de|diese|i|in)\s+)*{_ARTICLES}\b",
    re.IGNORECASE,
)
_BEFORE_TOPIC = re.compile(
    r"^.{0,90}\b(?:sammanfatta\w*|summari[sz]e\w*|fasse?|zusammenfassung|tidslinj\w*|zeitleiste|chronologie|timeline"
    r"|säg\w*|skriv\w*|berätta\w*|rapportera\w*|sag\w*|schreib\w*|bericht\w*|say|says|said|write|tell|told|report\w*)\b",
    re.IGNORECASE,
)
# German puts the verb last: "fasse zusammen, was über den Gipfel berichtet wird".
_BEFORE_VERB = re.compile(
    r"\b(?:über|zu[mr]?|om|about)\s+(.+?)\s+(?:berichte\w*|gesagt|geschrieben|erzähl\w*|sagen|schreiben|steht|säg\w*|skriv\w*"
    r"|said|reported|told|written)\b",
    re.IGNORECASE,
)
_TELLING = re.compile(r"\b(?:wird|werden|wurden?|worden|ist|haben|hat|is|are|was|has|been)\b", re.IGNORECASE)
_MARKS = " .,:;?!"


def how_broad(question: str) -> Breadth:
    """Whether a question asks for one point or for something that many sentences tell together."""
    if _TIMELINE.search(question):
        return "timeline"
    if _COMPARISON.search(question):
        return "comparison"
    return "overview" if _OVERVIEW.search(question) else "point"


def topic_of(question: str) -> str:
    """The question without the words that only tell what to do with its topic; itself when nothing is left."""
    sentences = [one for one in re.split(r"(?<=[.?!])\s+", question) if not _COMPARISON.search(one)]
    topics = [topic for one in sentences or [question] if (topic := _topic_of_sentence(one))]
    return " ".join(topics) or question


def _topic_of_sentence(sentence: str) -> str:
    topic = _BEFORE_TOPIC.sub("", sentence)
    if not _TELLING.sub("", topic).strip(_MARKS) and (verb_last := _BEFORE_VERB.search(sentence)):
        topic = verb_last[1]
    topic = re.sub(r"\bzusammen\b", " ", topic, flags=re.IGNORECASE)
    return " ".join(_INSTRUCTION.sub(" ", topic).split()).strip(_MARKS)
