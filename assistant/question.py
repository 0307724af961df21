"""What is asked: the question's language, and a follow-up made to stand alone; knows no articles.

Without a model a follow-up borrows the topic words of the turns before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import QuestionError
from assistant.records import Turn
from ingest.language import detect_question_language

# Longer input is a pasted text, not a question.
MAX_QUESTION_CHARS = 4000
# A question with this many content words is about something; one with fewer leans on the turn before.
FEWEST_CONTENT_WORDS = 2
CARRIED_WORDS = 12
_MARKER = re.compile(r"\[\d+\]")
_REFERRING = re.compile(
    r"\b(?:han|hon|hen|den|det|de|dem|honom|henne|hans|hennes|dess|deras|där|då|dit|detta|denna|dessa"
    r"|er|sie|es|ihn|ihm|ihr|ihnen|seine?[rnms]?|ihre?[rnms]?|dort|damals|davon|dazu|darüber|diese[rsmn]?"
    r"|he|she|it|they|him|her|them|his|hers|its|their|there|then|that|this|those|these)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(r"^\s*(?:och|men|und|aber|and|but|so|what about|how about|hur är det med|was ist mit)\b", re.I)
# Where a question asks for a second thing: after "and", a comma or a full stop, at a question word.
_NEXT_PART = re.compile(
    r"(?:[,;]\s*(?:och|und|and)?|\?|\s(?:och|und|and))\s+(?=(?:(?:vid|på|i|av|från|till|an|auf|in|aus|von|mit|at|on|to"
    r"|from|by)\s)?(?:vad|vem|vilka|vilken|vilket|när|var|varför|hur|was|wer|wen|wem|wann|wo|warum|wie|welche[rsmn]?"
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
    """What is searched: the person's question, the text that stands alone, and its language."""

    question: str
    text: str
    language: str


def understand_question(question: str, history: Sequence[Turn] = ()) -> Query:
    """The query behind a question; raises QuestionError when it is empty or too long."""
    asked = "".join(c for c in question if c.isprintable() or c.isspace()).strip()
    if not asked:
        raise QuestionError("the question is empty: ask something about the articles")
    if len(asked) > MAX_QUESTION_CHARS:
        raise QuestionError(f"the question has {len(asked)} characters: ask in at most {MAX_QUESTION_CHARS}")
    asked = " ".join(asked.split())
    return Query(asked, _stand_alone(asked, history), detect_question_language(asked))


def question_parts(query: Query) -> list[Query]:
    """The questions within a question, each made to stand alone; empty when it asks for one thing only."""
    pieces = [piece.strip(" ,;?") for piece in _NEXT_PART.split(query.question)][:MOST_PARTS]
    if len(pieces) < 2:
        return []
    words = content_words(query.text)
    parts = []
    for piece in pieces:
        own = {word.casefold() for word in content_words(piece)}
        carried = [word for word in words if word.casefold() not in own][:CARRIED_WORDS]
        leans = len(own) <= FEWEST_CONTENT_WORDS or _REFERRING.search(piece)
        parts.append(Query(piece, " ".join([piece, *carried]) if leans else piece, query.language))
    return parts


def content_words(text: str) -> list[str]:
    """The words of a question that say what it is about, in order, without repetition."""
    words = re.findall(r"\w[\w'’.-]*\w|\w", text)
    return list(dict.fromkeys(word for word in words if word.casefold() not in _FUNCTION_WORDS))


def word_stem(word: str) -> str:
    """The first letters of a word: enough to match "Putin" with "Putins", and names across languages."""
    folded = word.casefold()
    return folded if folded[:1].isdigit() else folded[:6]


def _stand_alone(question: str, history: Sequence[Turn]) -> str:
    previous = [turn.content for turn in history if turn.role == "user"]
    if not previous or not _leans_on_history(question):
        return question
    answers = [turn.content for turn in history if turn.role == "assistant"]
    names = [word for word in content_words(_MARKER.sub("", answers[-1])) if word[:1].isupper()] if answers else []
    topic = content_words(previous[-1])
    asked = {word.casefold() for word in content_words(question)}
    carried = [word for word in [*topic, *names] if word.casefold() not in asked][:CARRIED_WORDS]
    return " ".join([question, *carried])


def _leans_on_history(question: str) -> bool:
    few = len(content_words(question)) < FEWEST_CONTENT_WORDS
    return few or bool(_OPENING.search(question)) or bool(_REFERRING.search(question))
