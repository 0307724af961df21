"""The time a question asks about ("in February 2024", "förra veckan", "seit Montag"), as days.

Knows Swedish, German and English. A year that names a thing ("Agenda 2030", "the 2020 Olympics", "the budget
for 2025") is no time, nor is what lies ahead of the day the question was asked. Events ("before the summit")
are not resolved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise, zip_longest

from ingest.dates import DateMention, find_dates
from ingest.dates.vocabulary import months


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included; None where the span is open."""

    first: date | None
    last: date | None

    def distance(self, day: date) -> int:
        """How many days `day` lies outside; 0 within."""
        early = (self.first - day).days if self.first else 0
        late = (day - self.last).days if self.last else 0
        return max(early, late, 0)


_ARTICLE = r"\s+(?:the|den|dem|der)?\s*$"
_BEFORE = re.compile(r"\b(?:before|prior to|ahead of|earlier than|före|innan|vor)" + _ARTICLE, re.I)
_AFTER = re.compile(r"\b(?:after|efter|nach)" + _ARTICLE, re.I)
_SINCE = re.compile(
    r"\b(?:since|from|starting|(?:allt)?sedan|från(?: och med)?|fr\.?o\.?m\.?|seit|ab|vo[nm])" + _ARTICLE, re.I
)
_UNTIL = re.compile(
    r"\b(?:until|till|up to|through|by|senast|(?:fram )?till(?: och med)?|t\.?o\.?m\.?|bis(?: zum)?)" + _ARTICLE, re.I
)
_JOINED = re.compile(r"\s*(?:-|–|to|until|till|och|and|bis(?: zum)?|und|t\.?o\.?m\.?)\s*(?:the|den|dem|der)?\s*", re.I)
_RANGE_OPENS = re.compile(r"\b(?:between|from|mellan|från|zwischen|von|vom)" + _ARTICLE, re.I)
# "the budget for 2025", "the class of 2020": whose year, not when; "the end of 2020" is when.
_BELONGS = re.compile(r"\b(?:for|of|für|för|av|von)\s*$", re.I)
_PART_OF = re.compile(r"\b(?:beginning|start|middle|end|course|början|slutet|mitten|loppet)\s+(?:of|av)\s*$", re.I)
_MONTH_OPENS = re.compile(
    r"\b(?:between|from|mellan|från|zwischen|von)\s+([^\W\d_]+)\s+(?:to|until|till|och|and|bis|und)\s*$", re.I
)
# German puts a bare year behind the verb: "Wer gewann 2022 die Wahl?"
_GERMAN_YEAR = re.compile(
    r"\b(?!für|von|mit|um|rund|etwa|als|über|fast|der|die|das)[a-zäöüß]+ ((?:19|20)\d\d) (?=[a-zäöü])"
)
_WORD_BEFORE = re.compile(r"([^\W\d_][\w'’-]*)\s+$")
# Words before a bare year that say when; a name or a noun there is what the year belongs to.
_WHEN = frozenset(
    "in i im during under since sedan sen seit from från before före innan after efter nach vor until till bis by ab"
    " year år året jahr jahre jahres spring summer autumn fall winter våren sommaren hösten vintern frühjahr frühling"
    " sommer herbst early late mid anfang ende mitte början slutet mitten around omkring kring um between mellan"
    " zwischen and och und back redan bereits noch already".split()
)
# A Swedish noun in its definite form: "valet 2022", "budgeten 2025".
_DEFINITE = re.compile(r"(?:[ea]n|et|na|orna|arna|erna)$")
# "the 2030-target"
_COMPOUND = re.compile(r"[-–/][^\W\d_]")
_VAGUE = re.compile(
    r"\b(?:(?:over |in |during )?the (?:last|past)(?: few| couple of)?|(?:de |den |det )?senaste"
    r"|(?:in )?(?:den |der |dem )?(?:letzten|vergangenen)(?: paar)?)\s+"
    r"(?:(?P<day>days|dagarna|tagen?)|(?P<week>week|veckan)|(?P<weeks>weeks|veckorna|wochen)"
    r"|(?P<month>month|månaden)|(?P<months>months|månaderna|monaten?)|(?P<year>year|året))\b",
    re.I,
)
_VAGUE_DAYS = {"day": 7, "week": 7, "weeks": 30, "month": 31, "months": 120, "year": 366}
EARLIEST_YEAR = 1800


def find_scope(question: str, language: str, asked_on: date | None) -> tuple[Span, ...]:
    """The spans of days a question asks about, none when it names no time.

    Expressions that count from the day of asking, or name a day without its year, need `asked_on`.
    """
    vague = _VAGUE.search(question)
    if vague and asked_on and vague.lastgroup:
        return (Span(asked_on - timedelta(days=_VAGUE_DAYS[vague.lastgroup]), asked_on),)
    found = _with_shared_year(question, find_dates(question, language, reference=asked_on))
    mentions = [mention for mention in found if _says_when(mention, question)]
    spans: list[Span] = []
    begin: date | None = None
    for mention, following in zip_longest(mentions, mentions[1:]):
        joined = following and _JOINED.fullmatch(question[mention.end : following.start])
        if joined and _RANGE_OPENS.search(_before(mention, question)):
            begin = mention.earliest
            continue
        spans.append(_span(mention, question, begin or _month_before(mention, question, language), asked_on))
        begin = None
    if not found and language == "de":
        spans += [Span(date(int(year), 1, 1), date(int(year), 12, 31)) for year in _GERMAN_YEAR.findall(question)]
    return tuple(span for span in spans if not _lies_ahead(span, asked_on))


def _month_before(mention: DateMention, question: str, language: str) -> date | None:
    """ "Mellan januari och mars 2023": the first day of January 2023."""
    opening = _MONTH_OPENS.search(_before(mention, question))
    month = months(language).get(opening[1].lower()) if opening else None
    if month is None or mention.earliest is None:
        return None
    return date(mention.earliest.year - (month > mention.earliest.month), month, 1)


def _with_shared_year(question: str, mentions: tuple[DateMention, ...]) -> list[DateMention]:
    """ "From March to May 2024": the first takes its year from the second."""
    shared = list(mentions)
    for index, (first, second) in enumerate(pairwise(mentions)):
        joined = _JOINED.fullmatch(question[first.end : second.start])
        if not (joined and second.earliest and second.year and not second.inferred and not second.relative):
            continue
        if first.month and (first.inferred or first.earliest is None):
            earliest, latest = _in_year(first, second.year)
            shared[index] = replace(first, earliest=earliest, latest=latest)
    return [mention for mention in shared if mention.earliest and mention.latest]


def _in_year(mention: DateMention, year: int) -> tuple[date, date]:
    month, day = mention.month or 1, mention.day
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    if day:
        return last.replace(day=min(day, last.day)), last.replace(day=min(day, last.day))
    return last.replace(day=1), last


def _says_when(mention: DateMention, question: str) -> bool:
    """Is this when something happened, not what it is called?"""
    if mention.precision != "year" or mention.relative:
        return True
    before = _before(mention, question)
    word = _WORD_BEFORE.search(before)
    if _PART_OF.search(before):
        return True
    if (mention.year or 0) < EARLIEST_YEAR or _BELONGS.search(before):
        return False
    if _COMPOUND.match(question, mention.end):
        return False
    if word is None or word[1].casefold() in _WHEN:
        return True
    return word[1].islower() and not _DEFINITE.search(word[1])


def _span(mention: DateMention, question: str, begin: date | None, asked_on: date | None) -> Span:
    first, last, before = mention.earliest, mention.latest, _before(mention, question)
    assert first is not None and last is not None
    if begin is not None:
        return Span(begin, last)
    if _BEFORE.search(before):
        return Span(None, first - timedelta(days=1))
    if _AFTER.search(before):
        return Span(last + timedelta(days=1), asked_on)
    if _SINCE.search(before):
        return Span(first, asked_on)
    return Span(None, last) if _UNTIL.search(before) else Span(first, last)


def _before(mention: DateMention, question: str) -> str:
    """The words before a mention, enough to tell what it is."""
    return question[max(0, mention.start - 40) : mention.start]


def _lies_ahead(span: Span, asked_on: date | None) -> bool:
    """Nobody can have published anything then; a plan for a year ahead is no time of publication either."""
    if asked_on is None:
        return False
    begins = span.first or span.last
    return begins is not None and begins > asked_on
