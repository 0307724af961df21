"""The spans of days a question asks about.

Knows Swedish, German and English. A year that names a thing ("Agenda 2030", "the 2020 Olympics", "the budget
for 2025") is no time, nor is what lies ahead of the day the question was asked. An event is known by the year or
date it comes with ("before the 2018 election"), not by its name alone.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import zip_longest

from assistant.scope.naming import says_when
from assistant.scope.relations import Dated, event_spans, narrowed, related
from assistant.scope.span import Span
from assistant.scope.vague import vague_span
from ingest.dates import DateMention, find_dates
from ingest.dates.vocabulary import months

_JOINED = re.compile(r"\s*(?:-|–|to|until|till|och|and|bis(?: zum)?|und|t\.?o\.?m\.?)\s*(?:the|den|dem|der)?\s*", re.I)
_RANGE_OPENS = re.compile(r"\b(?:between|from|mellan|från|zwischen|von|vom)\s+(?:the|den|dem|der)?\s*$", re.I)
# A mention that is a range itself: "3 to 9 February 2024", "März bis Mai".
_RANGE_WITHIN = re.compile(r"(?:\d\S*|[^\W\d_]+)\s*(?:-|–|\b(?:to|until|till|bis)\b)", re.I)
_MONTH_OPENS = re.compile(
    r"\b(?:between|from|mellan|från|zwischen|von)\s+([^\W\d_]+)\s+(?:to|until|till|och|and|bis|und)\s*$", re.I
)
_DAY_OPENS = re.compile(
    r"\b(?:between|from|mellan|från|zwischen|von|vom)\s+(?:the\s+|den\s+|dem\s+)?(\d{1,2})(?:st|nd|rd|th|[.ea])?"
    r"\s*(?:-|–|\b(?:to|until|till|och|and|bis(?: zum)?|und|t\.?o\.?m\.?))\s*(?:the\s+|den\s+|dem\s+)?$", re.I
)
# German puts a bare year behind the verb: "Wer gewann 2022 die Wahl?"
_GERMAN_YEAR = re.compile(
    r"\b(?!für|von|mit|um|rund|etwa|als|über|fast|der|die|das)[a-zäöüß]+ ((?:19|20)\d\d) (?=[a-zäöü])"
)
_MID_YEAR = re.compile(r"\b(mid)-(?=(?:19|20)\d\d)", re.I)


def find_scope(question: str, language: str, asked_on: date | None) -> tuple[Span, ...]:
    """The spans of days a question asks about, none when it names no time.

    Expressions that count from the day of asking, or name a day without its year, need `asked_on`.
    """
    vague = vague_span(question, asked_on) if asked_on else None
    if vague:
        return (vague,)
    question = _MID_YEAR.sub(r"\1 ", question)
    dates = find_dates(question, language, reference=asked_on)
    found = [mention for mention in dates if mention.earliest and mention.latest]
    mentions = [mention for mention in found if says_when(mention, question, _before(mention, question))]
    spans: list[Span] = []
    begin: date | None = None
    for mention, following in zip_longest(mentions, mentions[1:]):
        joined = following and _JOINED.fullmatch(question[mention.end : following.start])
        if joined and _RANGE_OPENS.search(_before(mention, question)):
            begin = mention.earliest
            continue
        spans.append(_span(mention, question, begin or _opening(mention, question, language), asked_on))
        begin = None
    if not found and language == "de":
        spans += [Span(date(int(year), 1, 1), date(int(year), 12, 31)) for year in _GERMAN_YEAR.findall(question)]
    spans = spans or event_spans(question, asked_on)
    return tuple(span for span in spans if not _lies_ahead(span, asked_on))


def _opening(mention: DateMention, question: str, language: str) -> date | None:
    """Where a range begins whose first date borrows from the second, or None."""
    return _month_before(mention, question, language) or _day_before(mention, question)


def _day_before(mention: DateMention, question: str) -> date | None:
    """ "Zwischen dem 3. und dem 9. Februar": the third of February."""
    opening = _DAY_OPENS.search(_before(mention, question))
    if opening is None or mention.earliest is None or mention.earliest != mention.latest:
        return None
    day = int(opening[1])
    return mention.earliest.replace(day=day) if 0 < day < mention.earliest.day else None


def _month_before(mention: DateMention, question: str, language: str) -> date | None:
    """ "Mellan januari och mars 2023": the first day of January 2023."""
    opening = _MONTH_OPENS.search(_before(mention, question))
    month = months(language).get(opening[1].lower()) if opening else None
    if month is None or mention.earliest is None:
        return None
    return date(mention.earliest.year - (month > mention.earliest.month), month, 1)


def _span(mention: DateMention, question: str, begin: date | None, asked_on: date | None) -> Span:
    first, last = mention.earliest, mention.latest
    assert first is not None and last is not None
    if begin is not None:
        return Span(begin, last)
    before, text = _before(mention, question), question[mention.start : mention.end]
    if _RANGE_OPENS.search(before) and _RANGE_WITHIN.match(text):
        return Span(first, last)
    return related(narrowed(Dated(first, last, before), text), asked_on)


def _before(mention: DateMention, question: str) -> str:
    """The words before a mention, enough to tell what it is."""
    return question[max(0, mention.start - 40) : mention.start]


def _lies_ahead(span: Span, asked_on: date | None) -> bool:
    """Nobody can have published anything then; a plan for a year ahead is no time of publication either."""
    if asked_on is None:
        return False
    begins = span.first or span.last
    return begins is not None and begins > asked_on
