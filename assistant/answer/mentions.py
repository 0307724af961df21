"""Figures and days that sentences give for what is asked, each with the words around it; which two are comparable.

Knows nothing of vectors: whether two mentions count the same thing is for the caller to weigh.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date

from assistant.answer.asked import Asked, counted_word
from assistant.answer.candidates import Candidate
from assistant.answer.counting import count_alike
from assistant.answer.figures import Relation, days_told, figures_told, nearest_readings, relate_days, relate_numbers
from assistant.question import Query
from assistant.verify.number_tables import measures
from assistant.verify.numbers import Number, find_numbers
from ingest.dates import DateMention

_CLAUSE_END = re.compile(r"[,;:.!?–—](?:\s|$)")
WORDS_BESIDE = 3
# "Of them two seriously": a part is never held against the whole.
_PART_BEFORE = re.compile(
    r"\b(?:varav|därav|bland dem|davon|darunter|unter ihnen|including|among them|inklusive)(?: \w+)?\W*$", re.IGNORECASE
)
_PART_AFTER = re.compile(
    r"\W*(?:\w+ )?(?:av (?:dem|dessa|de|vilka)|davon|von (?:ihnen|den)|of (?:them|whom|which|the)|som är)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure or day of candidate `index`, its clause, and it with the words `beside` it: "in all 14 were hurt"."""

    index: int
    told: Number | DateMention
    clause: str
    beside: str


def find_mentions(query: Query, asked: Asked, one: Candidate, index: int) -> list[Mention]:
    """What a sentence gives for what is asked, in order; parts of something larger left out."""
    return [
        Mention(index, told, *_around(one.text, told.start, told.end, told.text))
        for told in _told(query, asked, one)
        if not (_PART_BEFORE.search(one.text[: told.start]) or _PART_AFTER.match(one.text, told.end))
    ]


def relate(one: Mention, other: Mention) -> Relation:
    """Whether two mentions agree, are two reports that differ, or cannot be held against each other."""
    if isinstance(one.told, DateMention) or isinstance(other.told, DateMention):
        days = [[mention.told] if isinstance(mention.told, DateMention) else [] for mention in (one, other)]
        return relate_days(*days)
    if count_alike(one.clause, other.clause) == "unlike":
        return "unlike"
    return relate_numbers(one.told, other.told)


def how_far_apart(one: Mention, other: Mention) -> float:
    """The natural logarithm of how many times one figure is the other; 0 for days and for naught."""
    if isinstance(one.told, DateMention) or isinstance(other.told, DateMention):
        return 0.0
    low, high = sorted(nearest_readings(one.told, other.told))
    return math.log(high / low) if low > 0 else 0.0


def _told(query: Query, asked: Asked, one: Candidate) -> tuple[Number, ...] | tuple[DateMention, ...]:
    if asked.kind == "date":
        iso = one.article.metadata.published_at
        days = days_told(asked, one.text, one.article.language, date.fromisoformat(iso[:10]) if iso else None)
        return days if len(days) == 1 else ()
    figures = figures_told(asked, one.text, one.article.language, find_numbers(query.question, query.language))
    return tuple(figure for figure in figures if _answers(query, asked, figure))


def _answers(query: Query, asked: Asked, figure: Number) -> bool:
    """Whether a figure is of the kind asked for: how much, how high has a unit, how many has none but its own."""
    dimension = figure.measure[0] if figure.measure else None
    if asked.kind == "size":
        return figure.unit is not None or dimension not in (None, "time")
    if asked.kind == "number":
        named = measures().get((counted_word(query.question) or "").casefold())
        return figure.unit is None and dimension == (named[0] if named else None)
    return True


def _around(text: str, start: int, end: int, told: str) -> tuple[str, str]:
    """The clause that these characters stand in, and they with the nearest words of it on both sides."""
    opens = max((match.end() for match in _CLAUSE_END.finditer(text, 0, start) if match.end() <= start), default=0)
    closes = _CLAUSE_END.search(text, end)
    before, after = text[opens:start], text[end : closes.start() if closes else len(text)]
    beside = [*before.split()[-WORDS_BESIDE:], told, *after.split()[:WORDS_BESIDE]]
    return f"{before}{text[start:end]}{after}", " ".join(beside)
