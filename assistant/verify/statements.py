"""What a claim states, one statement at a time.

A model's answer given whole is several claims, each with its own evidence; and some of what it says speaks of the
answer itself ("Based on the passages given, …", "Let me know if …") and claims nothing that an article could tell.
Knows nothing of evidence.
"""

from __future__ import annotations

import re

from assistant.verify.names import find_names
from ingest.sentences import split_sentences

# What is longer says more than a courtesy.
_LONGEST_TALK = 160
# A list is numbered where two lines carry a number: a single "3." may be a date or a rank.
_BULLET = re.compile(r"^[ \t]*(?:[-*•–]|\#{1,6}|>)[ \t]+", re.MULTILINE)
_NUMBERED = re.compile(r"^[ \t]*\d{1,2}[.)][ \t]+", re.MULTILINE)
_EMPHASIS = re.compile(r"\*\*|__")
_EVIDENCE = (
    r"(?:passages?|articles?|sources?|texts?|context|information|documents?"
    r"|Passagen?|Abschnitte?n?|Artikeln?|Quellen?|Texte?n?|Kontexte?s?|Informationen|Dokumente?n?"
    r"|passage(?:n|rna)|styckena|avsnitten|artiklarna|källorna|texte(?:n|rna)|underlaget|informationen|dokumenten)"
)
_GIVEN = (
    r"(?:given|provided|above|available|supplied|retrieved"
    r"|gegebenen|angegebenen|bereitgestellten|vorliegenden|verfügbaren|obigen"
    r"|givna|angivna|tillhandahållna|tillgängliga|ovanstående)"
)
_NUMBERED_EVIDENCE = re.compile(
    r"[(\[]?\b(?:passages?|sources?|documents?|Abschnitt|Quelle|Dokument|stycke|avsnitt|källa)[ ]\d{1,2}\b[)\]]?:?",
    re.IGNORECASE,
)
# What an answer opens with before it says anything.
_OPENING = re.compile(
    rf"(?:(?:sure|certainly|of course|natürlich|gerne?|sicher|självklart|visst)[,!.][ ]*)?"
    rf"(?:(?:based (?:solely |only )?on|from|basierend auf|anhand|auf (?:der )?(?:basis|grundlage)(?: von)?"
    rf"|baserat på|utifrån|med utgångspunkt i)[ ](?:the |these |den |der |diesen |dieser |de |dessa |det )?"
    rf"(?:{_GIVEN}[ ])?{_EVIDENCE}(?:[ ]{_GIVEN})?,[ ]+)?"
    r"(?:(?:here(?:[’']s| is) )?(?:the|a|an) (?:brief |short )?answer to (?:the|your) question"
    r"(?: [\"“][^\"”]{1,300}[\"”],?)?(?: is(?: as follows)?)?[:,]?[ ]+(?!can|could)"
    r"|(?:lautet )?die antwort auf (?:die|ihre) frage(?: [\"„][^\"“”]{1,300}[\"“”],?)?(?: lautet| ist)?(?: wie folgt)?"
    r"[:,]?[ ]+"
    r"|svaret på frågan(?: [\"”][^\"”]{1,300}[\"”],?)?(?: är| lyder)?[:,]?[ ]+)?",
    re.IGNORECASE,
)
# "Here is a summary in 60 words:"
_PRESENTS = re.compile(r"\W*(?:here(?:[’']s| is| are)|hier (?:ist|sind)|här (?:är|kommer|följer))\b", re.IGNORECASE)
# Whole sentences that speak to the reader of the answer. With a name or a number in it one says more than that, and
# what the evidence is said not to tell is a claim.
_TALK = re.compile(
    r"\W*(?:"
    r"(?:please )?(?:let me know|feel free to|don't hesitate to)\b.*"
    r"|(?:if you (?:have|need|would like)\b.*\b(?:let me know|ask|questions?)\b.*)"
    r"|i hope (?:this|that|it) (?:helps|is helpful|answers)\b.{0,40}"
    r"|(?:i am |i'm )?unable to answer\b.*"
    r"|(?:therefore, |sorry, |unfortunately, )*i (?:cannot|can't|can not|am unable to|am not able to|could not)"
    r" (?:answer|provide)\b.*"
    r"|(?:therefore, )?the (?:question|answer(?: to (?:the|your) question)?) (?:cannot|can't|can not|could not) be"
    r" (?:answered|determined)\b.{0,80}"
    r"|(?:sure|certainly|of course)[,!.]*(?: i can help\b.*)?"
    r"|(?:bitte )?(?:lassen sie (?:es )?mich wissen|lass (?:es )?mich wissen)\b.*"
    r"|(?:wenn|falls) (?:sie|du) (?:weitere |noch )?(?:fragen|informationen)\b.*"
    r"|ich hoffe,? (?:das|dies|es) hilft\b.{0,40}"
    r"|(?:die frage )?kann (?:\w+ ){0,8}nicht beantwortet werden\b.{0,60}"
    r"|ich kann (?:\w+ ){0,8}nicht (?:be)?antworten\b.{0,60}"
    r"|(?:säg (?:bara )?till|hör (?:gärna )?av dig|tveka inte)\b.*"
    r"|(?:jag )?hoppas (?:att )?(?:det|detta|svaret) hjälper\b.{0,40}"
    r"|(?:det går inte att|jag kan inte) (?:be)?svara(?: på)?\b.{0,80}"
    r")\W*",
    re.IGNORECASE | re.DOTALL,
)


def read_statements(claim: str, language: str) -> tuple[str, ...]:
    """The sentences of `claim` that state something, without list numbers and words about the answer itself.

    A claim of one plain sentence is its own only statement; none at all are left of mere talk. A lead-in that ends with
    a colon states nothing where something follows, unless it tells names or numbers.
    """
    lines = _BULLET.sub("", _EMPHASIS.sub("", claim))
    if len(_NUMBERED.findall(lines)) > 1:
        lines = _NUMBERED.sub("", lines)
    lines = _NUMBERED_EVIDENCE.sub("", lines)
    sentences = [lines[start:end] for start, end in split_sentences(lines, language)]
    told = [stated for one in sentences if (stated := _without_talk(one, language))]
    return tuple(one for one in told if not _leads_in(one, language)) or tuple(told[:1])


def _without_talk(sentence: str, language: str) -> str:
    """The sentence without its opening words about the answer; empty when nothing else is said."""
    said = sentence[match.end() :] if (match := _OPENING.match(sentence)) else sentence
    if len(said) <= _LONGEST_TALK and _TALK.fullmatch(said) and not _tells(said, language):
        return ""
    return said.strip() if any(char.isalnum() for char in said) else ""


def _leads_in(said: str, language: str) -> bool:
    return said.endswith(":") and (_PRESENTS.match(said) is not None or not _tells(said, language))


def _tells(said: str, language: str) -> bool:
    return any(char.isdigit() for char in said) or any(name.sure for name in find_names(said, language))
