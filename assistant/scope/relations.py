"""What the words before a date make of it: before, after, since, until it; its beginning or its end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.scope.span import Span

_DETERMINER = r"(?:the|den|dem|der|das|des)"
_WORDS = {
    "before": r"before|prior to|ahead of|earlier than|in the run-up to|före|innan|inför|vor|im vorfeld",
    "after": r"after|following|efter|nach",
    "since": r"since|starting|(?:allt)?sedan|seit",
    "from": r"from|från(?: och med)?|fr\.?o\.?m\.?|ab|vo[nm]",
    "until": r"until|till|up to|through|by|senast|(?:fram )?till(?: och med)?|t\.?o\.?m\.?|bis(?: zum)?",
}
_AT = {name: re.compile(rf"\b(?:{words})\s+(?:{_DETERMINER}\s*)?$", re.I) for name, words in _WORDS.items()}
# "since the invasion in February 2022": the date is that of an event, of at most four words.
_OF_EVENT = {
    name: re.compile(rf"\b(?:{_WORDS[name]})\s+(?:[^\W\d_][\w'’-]*\s+){{1,4}}$", re.I)
    for name in ("before", "after", "since")
}
# "the 2018 election", "valet 2018", "der Wahl 2018": a year in the name of an event.
_EVENT_YEAR = {
    name: re.compile(
        rf"\b(?:{_WORDS[name]})\s+(?:{_DETERMINER}\s+)?(?:[^\W\d_][\w'’-]*\s+){{0,3}}(?P<year>(?:19|20)\d\d)\b(?!\s*[-–]\d)",
        re.I,
    )
    for name in ("before", "after", "since")
}
_PARTS = {
    "early": r"early(?: in)?|(?:the )?(?:beginning|start) of|början av|tidigt(?: i| under)?|anfang|(?:zu )?beginn",
    "middle": r"mid|(?:the )?middle of|mitten av|mitte",
    "late": r"late(?: in)?|(?:the )?end of|slutet av|sent(?: i| under)?|ende",
}
_PART_AT = {name: re.compile(rf"\b(?:{words})\s+(?:{_DETERMINER}\s*)?$", re.I) for name, words in _PARTS.items()}
_SINCE_WITHIN = re.compile(r"(?:since|sedan|seit)\b", re.I)


@dataclass(frozen=True, slots=True)
class Dated:
    """The days a mention names, with the question's words before it."""

    first: date
    last: date
    before: str


def narrowed(dated: Dated, text: str) -> Dated:
    """A third of the days where the question asks for their beginning, middle or end; `text` is the mention's own."""
    before = dated.before + ("since " if _SINCE_WITHIN.match(text) else "")
    days = (dated.last - dated.first).days + 1
    third = timedelta(days=round(days / 3))
    for name, pattern in _PART_AT.items():
        found = pattern.search(before)
        if found and days > 27:
            first = dated.first + third * ("early", "middle", "late").index(name)
            last = dated.last if name == "late" else first + third - timedelta(days=1)
            return Dated(first, last, before[: found.start()])
        if found and days == 1:  # "by the end of March" is read as its last day
            return Dated(dated.first, dated.last, before[: found.start()])
    return Dated(dated.first, dated.last, before)


def related(dated: Dated, asked_on: date | None) -> Span:
    """The days that stand in the relation to the date that the words before it tell."""
    relation = next((name for name, pattern in _AT.items() if pattern.search(dated.before)), None)
    if relation is None:
        event = next((name for name, pattern in _OF_EVENT.items() if pattern.search(dated.before)), None)
        return _around(event, dated.first, dated.last, asked_on)
    if relation == "before":
        return Span(None, dated.first - timedelta(days=1))
    if relation == "after":
        return Span(dated.last + timedelta(days=1), asked_on)
    if relation in ("since", "from"):
        return Span(dated.first, asked_on)
    return Span(None, dated.last)


def event_spans(question: str, asked_on: date | None) -> list[Span]:
    """ "Before the 2018 election": the days up to the end of that year, and so on; none when no event is named."""
    for name, pattern in _EVENT_YEAR.items():
        found = pattern.search(question)
        if found:
            year = int(found["year"])
            return [_around(name, date(year, 1, 1), date(year, 12, 31), asked_on)]
    return []


def _around(event: str | None, first: date, last: date, asked_on: date | None) -> Span:
    """Before, after or since an event of which only the stretch is known in which it happened."""
    if event is None:
        return Span(first, last)
    return Span(None, last) if event == "before" else Span(first, asked_on)
