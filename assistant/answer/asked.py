"""What kind of thing a question asks for, and whether a sentence holds such a thing that the question lacks.

Knows Swedish, German and English words only, and nothing of articles or scores.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answer.kinds import ANNOUNCES, HOLDS, Kind

_QUESTIONS: tuple[tuple[Kind, str], ...] = (
    ("duration", r"\b(?:hur länge|hur lång[at]? (?:\w*straff\w*|\w*dom|tid|paus|strejk|avstängning)"
                 r"|hur många (?:dagar|veckor|månader|år|timmar|minuter)|wie lange"
                 r"|wie viele (?:tage|wochen|monate|jahre|stunden|minuten)|how long(?! is (?:the|a) )"
                 r"|how many (?:days|weeks|months|years|hours|minutes)|how much time)\b"),
    ("number", r"\b(?:hur många|wie ?viele|how many) (?!kron|euro|dollar|pund|pound|pfund|milj|milli|billion"
               r"|procent|prozent|per ?cent)\w"),
    ("percent", r"\b(?:procent\w*|prozent\w*|per ?cent|percentage|vilken andel|hur stor (?:an)?del"
                r"|welcher anteil|what (?:share|proportion"
                r"|fraction))\b"),
    ("money", r"\b(?:kostar|kostade|kosta|kostat|kostet\w*|kosten|costs?|priset|preis|price"
                    r"|how much (?:money|did .{1,60}"
              r"(?:pay|earn|spend|cost)|does .{1,60}(?:pay|earn|spend|cost))|skulder\w*|schulden|debts?|lön\w*|gehalt"
              r"|salary|hur mycket pengar|wie ?viel geld|verdient|verdienen|earns?|betalar|betalade|bezahlte?n?)\b"),
    # A damage, a contract or a fine is as high as the sum it is put at.
    ("money", r"\b(?:hur (?:stor[at]?|hög[at]?|mycket)|wie (?:hoch|groß|viel)|how (?:much|large|big|high))\b.{0,40}?"
              r"\b(?:\w*(?:skad(?:a|an|or|orna)|förlust\w*|omsättning\w*|vinst\w*|böter\w*|avgift\w*|budget\w*"
              r"|ersättning\w*|schäden|schadens?|verlust\w*|umsatz\w*|gewinn\w*|vertrag\w*|bußgeld\w*|gebühr\w*"
              r"|etat|kaufpreis\w*|ablöse\w*|belohnung\w*|belöning\w*)|damages?|loss(?:es)?|contract|turnover|revenue"
              r"|profits?|fine|fees?|budget|rewards?)\b"),
    ("age", r"\b(?:hur gam(?:mal|la|malt)|wie alt|how old)\b"),
    ("frequency", r"\b(?:hur ofta|wie oft|how often|how frequently)\b"),
    ("speed", r"\b(?:hur (?:snabbt|fort)|wie schnell|how fast)\b(?=.{0,40}\b(?:kör|åk|flög|fahr|fuhr|flog|driv|drov"
              r"|going|travel|blow))"
              r"|\b(?:hur hårt|wie stark|how (?:hard|strong))\b.{0,40}(?:blås|vind|wind|gust|weht|böe)"),
    ("weight", r"\b(?:hur tung[at]?|hur mycket väg(?:er|de)|wie schwer (?:ist|sind|war|waren|wiegt)"
               r"|wie ?viel (?:wiegt|wog)\w*|how heavy|how much (?:does|do|did) .{1,60} weigh)\b"),
    ("extent", r"\b(?:hur (?:djup[at]?|bred[at]?|långt|brett)|wie (?:tief|breit|weit)"
               r"|how (?:far(?! (?:into|along)\b)|tall|deep|wide))\b"),
    ("length", r"\b(?:hur (?:lång[at]?|hög[at]?) (?:är|var|blir)|wie lang (?:ist|sind|war|waren|wird)"
               r"|how long (?:is|was) (?:the|a))\b"),
    ("size", r"\b(?:hur (?:stor[at]?|lång[at]?|hög[at]?|mycket|tung[at]?|varm[at]?|snabbt)"
             r"|wie (?:hoch|groß|lang|schwer|schnell|warm|viel)|wieviel"
             r"|how (?:large|big|long|high|heavy|fast|much))\b"),
    ("number", r"\b(?:hur många|wie ?viele?n?|how many|antalet?|anzahl"
                    r"|(?:what|the) number)\b"),
    ("date", r"(?:^|[,;]|\b(?:och|und|and|ab|bis|seit|sedan|since|by|until)\b)\W*(?:när|wann|when)\b"
             r"|\b(?:vilket|vilken|welche[smnr]?|which|what) (?:datum|år|dag|månad|århundrade|date|year|day|month"
             r"|century|jahr\w*|tag|monat)\b"),
    ("called", r"\bvad heter\b|\bvad (?:är|var) namnet\b|\bwie (?:heißt|heißen|hieß\w*)\b|\bwhat (?:is|was|are) .{1,60}"
               r"\bnames?\b|\bwhat (?:is|was) .{1,60}\bcalled\b"),
    ("person", r"(?:^|[,;]|\b(?:och|und|and|av|von|by)\b)\W*(?:vem|vilka personer|wer|wen|wem|who|whom|whose)\b"),
    ("reason", r"(?:^|[,;]|\b(?:och|und|and)\b)\W*(?:varför|warum|wieso|weshalb|why)\b|\b(?:av vilken anledning"
               r"|aus welchem grund|for what reason|vad orsakade|(?:vad|vilken) (?:är|var|blev) orsaken|was verursachte"
               r"|was (?:hat|hatte) .{1,80} (?:verursacht|ausgelöst)|(?:was|welche) (?:ist|war|waren) die ursachen?"
               r"|wie kam es zu|what caused|what (?:is|was|were) the (?:cause|reason)s?)\b"),
    ("place", r"(?:^|[,;]|\b(?:och|und|and)\b)\W*(?:var|vart|varifrån|wo|wohin|woher|where)\b"),
)
_ASKS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _QUESTIONS)


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of answer and the words of the question, which are no answer to it."""

    kind: Kind
    question: str

    def is_told_by(self, sentence: str) -> bool:
        """Does the sentence hold such a thing that the question itself does not?"""
        return bool(self.spans_in(sentence))

    def is_announced_by(self, sentence: str) -> bool:
        """Does the sentence speak of such a thing, so that the next one may tell it?"""
        return self.kind in ANNOUNCES and bool(ANNOUNCES[self.kind].search(sentence))

    def mentions(self, words: str) -> bool:
        """Whether the question itself has these words."""
        return _fold(words) in self.question

    def spans_in(self, sentence: str) -> list[tuple[int, int]]:
        """Where the sentence holds such things, those of the question left out."""
        return [
            match.span() for match in HOLDS[self.kind].finditer(sentence) if _fold(match[0]) not in self.question
        ]


def what_is_asked(question: str) -> Asked | None:
    """The first kind of thing that the question asks for, or None when its words do not tell."""
    kind = next((kind for kind, pattern in _ASKS if pattern.search(question)), None)
    return None if kind is None else Asked(kind, _fold(question))


_COUNTED_WORD = re.compile(
    r"\b(?:hur många|wie ?viele|how many|vad heter|wie (?:heißt|heißen|hieß)|what (?:is|was|are) the names? of"
    r"|vad (?:sa|sade|säger|tycker|tyckte)|was (?:sagte?n?|meinte?n?)|what (?:did|does|do))"
    r" (?:(?:den|det|de|der|die|das|the|an?|en|ett|of) ){0,2}(\w+)", re.IGNORECASE)
_NOBODY_NAMED = (
    "they he she it you we han hon den det de man sie er es wir people persons personer människor menschen"
    " personen leute"
)
_ANYBODY = frozenset(_NOBODY_NAMED.split())


def counted_word(question: str) -> str | None:
    """The word after "how many", "what is the name of" or "what did", unless it means just anybody."""
    match = _COUNTED_WORD.search(question)
    return match[1] if match and match[1].casefold() not in _ANYBODY else None


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())
