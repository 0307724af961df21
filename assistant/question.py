"""What is asked: the question's language, and a follow-up made to stand alone; knows no articles.

Without a model a follow-up borrows the topic words of the turns before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from assistant.errors import QuestionError
from assistant.records import EVERYTHING, Filters, Turn
from assistant.scope import Span, find_scope
from ingest.language import detect_question_language

# Longer input is a pasted text, not a question.
MAX_QUESTION_CHARS = 4000
# A question with this many content words is about something; one with fewer leans on the turn before.
FEWEST_CONTENT_WORDS = 2
# One of so many words that names nothing leans a little. Of 90 follow-ups with their name left out,
# recall@5 is .91 alone, .92 when only pronouns lean, .99 with this; that of 90 after a question on something else .99.
MOST_NAMELESS_WORDS = 6
CARRIED_WORDS = 12
CARRIED_BY_NAMELESS = 4
_MARKER = re.compile(r"\[\d+\]")
_REFERRING = re.compile(
    r"\b(?:han|hon|hen|den|det|de|dem|honom|henne|hans|hennes|dess|deras|där|då|dit|detta|denna|dessa"
    r"|er|sie|es|ihn|ihm|ihr|ihnen|seine?[rnms]?|ihre?[rnms]?|dort|damals|davon|dazu|darüber|diese[rsmn]?"
    r"|he|she|it|they|him|her|them|his|hers|its|their|there|then|that|this|those|these)\b",
    re.IGNORECASE,
)
# Swedish pronouns that are articles in German.
_GERMAN_ARTICLES = frozenset(("den", "dem"))
_OPENING = re.compile(r"^\s*(?:och|men|und|aber|and|but|so|what about|how about|hur är det med|was ist mit)\b", re.I)
# German words a common noun follows: articles, pronouns, quantifiers, adjectives.
_DETERMINER = re.compile(
    r"(?:d(?:er|ie|as|en|em|es)|(?:k?ein|mein|dein|sein|ihr|unser|dies|jed|jen|welch|manch|solch|all)(?:e[rnsm]?)?"
    r"|im|am|zum|zur|beim|vom|ins|ans|viele?|wenige?|mehr|wie|[a-zäöüß]{2,}e[rnsm]?)",
    re.IGNORECASE,
)
# Where a question asks for a second thing: after "and", a comma or a full stop, at a question word.
_NEXT_PART = re.compile(
    r"(?:[,;]\s*(?:och|und|and)?|\?|\s(?:och|und|and))\s+(?=(?:(?:vid|på|i|av|från|till|för|sedan|an|ab|auf|in|aus|bis"
    r"|für|seit|um|von|mit|at|on|to|from|by|for|since|until)\s)?(?:vad|vem|vilka|vilken|vilket|när|var|varför|hur|was|wer|wen|wem|wann|wo|warum|wie|welche[rsmn]?"
    r"|what|who|whom|when|where|why|how|which)\b)",
    re.IGNORECASE,
)
MOST_PARTS = 3
_FUNCTION_WORDS = frozenset(
    "vad vem vilka vilken vilket när var varför hur många mycket är var blev har hade kan ska skulle som att och i på"
    " av för med till från om en ett den det de inte eller men sig sin sitt sina han hon man under efter före vid"
    " was wer wen wem wann wo warum wie viele viel welche welcher welches ist sind war waren wurde wurden hat haben"
    " hatte kann soll der die das den dem des ein eine einer eines einem und oder aber in im an am auf von vom zu zum"
    " zur mit bei für nach vor über aus nicht sich es er sie man"
    " what who whom when where why how many much which is are was were did does do has have had can will would the a"
    " an of in on at to for from by with and or but not it its he she they about there that this".split()
)


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched: the person's question, the text that stands alone, its language, and what limits it.

    `scope` is the time it asks about. Without `asked_on` nothing is known of when the question was asked, and new
    articles have no preference.
    """

    question: str
    text: str
    language: str
    filters: Filters = EVERYTHING
    asked_on: date | None = None
    scope: tuple[Span, ...] = ()


def understand_question(
    question: str, history: Sequence[Turn] = (), *, filters: Filters = EVERYTHING, asked_on: date | None = None,
    restated: str | None = None, language: str | None = None,
) -> Query:
    """The query behind a question; raises QuestionError when it is empty or too long.

    `restated` is the question as it would be asked without the turns before, when a model has told; `language` is its
    own where that is known, else it is detected.
    """
    asked = "".join(c for c in question if c.isprintable() or c.isspace()).strip()
    if not asked:
        raise QuestionError("the question is empty: ask something about the articles")
    if len(asked) > MAX_QUESTION_CHARS:
        raise QuestionError(f"the question has {len(asked)} characters: ask in at most {MAX_QUESTION_CHARS}")
    asked = " ".join(asked.split())
    language = language or detect_question_language(asked)
    scope = find_scope(asked, language, asked_on) or find_scope(restated or "", language, asked_on)
    return Query(asked, restated or _stand_alone(asked, history, language), language, filters, asked_on, scope)


def question_parts(query: Query) -> list[Query]:
    """The questions within a question, each made to stand alone; empty when it asks for one thing only."""
    pieces = [piece.strip(" ,;?") for piece in _NEXT_PART.split(query.question)][:MOST_PARTS]
    if len(pieces) < 2:
        return []
    words, names = content_words(query.text), names_in(query.question)
    parts = []
    for place, piece in enumerate(pieces):
        own = {word.casefold() for word in content_words(piece)}
        others = [word for word in words if word.casefold() not in own]
        carried = ([word for word in others if word in names] or others)[:CARRIED_WORDS]
        leans = place > 0 and (len(own) <= FEWEST_CONTENT_WORDS or _REFERRING.search(piece))
        text = " ".join([piece, *carried]) if leans else piece
        parts.append(replace(query, question=piece, text=text))
    return parts


def content_words(text: str) -> list[str]:
    """The words of a question that say what it is about, in order, without repetition."""
    words = re.findall(r"\w[\w'’.-]*\w|\w", text)
    return list(dict.fromkeys(word for word in words if word.casefold() not in _FUNCTION_WORDS))


def names_in(question: str) -> list[str]:
    """The capitalised words of a question but its first one, in German its nouns too."""
    first = (re.findall(r"\w+", question) or [""])[0]
    return [word for word in content_words(question) if word[:1].isupper() and len(word) > 1 and word != first]


def word_stem(word: str) -> str:
    """The first letters of a word: enough to match "Putin" with "Putins", and names across languages."""
    folded = word.casefold()
    return folded if folded[:1].isdigit() else folded[:6]


def stands_alone(question: str) -> bool:
    """Can the question be understood without the turns before it?"""
    language = detect_question_language(question)
    return not _words_to_carry(question, language) and _names_something(question, language)


def _stand_alone(question: str, history: Sequence[Turn], language: str) -> str:
    previous = [turn.content for turn in history if turn.role == "user"]
    most = _words_to_carry(question, language) if previous else 0
    if not most:
        return question
    answers = [turn.content for turn in history if turn.role == "assistant"]
    names = [word for word in content_words(_MARKER.sub("", answers[-1])) if word[:1].isupper()] if answers else []
    topic = sorted(content_words(previous[-1]), key=lambda word: not word[:1].isupper())
    asked = {word.casefold() for word in content_words(question)}
    carried = [word for word in [*topic, *names] if word.casefold() not in asked][:most]
    return " ".join([question, *carried])


def _words_to_carry(question: str, language: str) -> int:
    """How many words of the turns before a question borrows: none when it is about something of its own."""
    words = content_words(question)
    if len(words) < FEWEST_CONTENT_WORDS or _OPENING.search(question) or _refers(question, language):
        return CARRIED_WORDS
    nameless = len(words) <= MOST_NAMELESS_WORDS and not _names_something(question, language)
    return CARRIED_BY_NAMELESS if nameless else 0


def _refers(question: str, language: str) -> bool:
    words = {word.casefold() for word in _REFERRING.findall(question)}
    return bool(words - _GERMAN_ARTICLES if language == "de" else words)


def _names_something(question: str, language: str) -> bool:
    """Has the question a name, a number or a quote of its own? German nouns count when nothing determines them."""
    words = question.split() or [""]
    for before, word in pairwise(words):
        bare = word.lstrip("\"“„”'‘»«(")
        if bare != word or bare[:1].isdigit():
            return True
        if bare[:1].isupper() and not (language == "de" and _DETERMINER.fullmatch(before.strip(".,?!"))):
            return True
    return words[0][:1].isdigit() or words[0][1:] != words[0][1:].lower()
