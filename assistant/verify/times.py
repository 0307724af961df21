"""Dates of a claim against dates of its evidence: "15 June" is "den 15 juni", "last year" goes by its day.

It knows nothing of which event a date belongs to; the caller chooses the sentences.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache

from assistant.verify.calendar_names import MONTHS, calendar_words
from assistant.verify.words import fold
from ingest.dates import DateMention, find_dates

# Stands in for an unknown day of writing, so that "last year" and "förra året" still meet.
_SOME_DAY = date(2001, 6, 13)


@lru_cache(maxsize=512)
def dates_of(text: str, language: str, reference: date | None) -> tuple[DateMention, ...]:
    """The dates of `text`, relative ones seen from `reference` or from one fixed day for all."""
    return find_dates(text, language, reference=reference or _SOME_DAY)


def tells_date(
    evidence: Sequence[DateMention], mention: DateMention, words: Collection[str], *, across: bool = False
) -> bool:
    """Whether one date of the evidence says `mention`, or something more precise within it.

    `words` are the folded words of the evidence: a year or month in the middle of a word ("1950-filmen",
    "Oktoberhälfte") counts. A vague relative expression is denied only by another one of its kind, and not
    at all `across` languages, where many of them are no dates ("tonight", "nattens").
    """
    agreeing = [other for other in evidence if _agree(mention, other)]
    if _stated(mention) and _of_another_year(evidence, mention):
        agreeing = [other for other in agreeing if _stated(other)]
    if agreeing:
        return True
    if mention.relative and weekday_of(mention) is None:
        return across or not any(other.relative and other.precision == mention.precision for other in evidence)
    if mention.precision not in ("day", "month", "year", "decade"):
        return mention.inferred or mention.year is None or any(str(mention.year) in word for word in words)
    if mention.precision == "year" and mention.year is not None:
        return any(str(mention.year) in word for word in words)
    if (
        mention.precision == "month"
        and mention.month is not None
        and (mention.year is None or mention.inferred)
    ):
        stems = MONTHS[mention.month - 1]
        return any(word.startswith(stems) or (word == "sept" and mention.month == 9) for word in words)
    return False


def _stated(mention: DateMention) -> bool:
    """Whether the expression itself names its year."""
    return mention.year is not None and not mention.inferred and not mention.relative


def _of_another_year(evidence: Sequence[DateMention], mention: DateMention) -> bool:
    """Whether the same month and day stand in the evidence with another year: then "in June" is no June of any year."""
    return any(
        _stated(other) and other.year != mention.year and (other.month, other.day) == (mention.month, mention.day)
        for other in evidence
        if other.precision == mention.precision
    )


def exchanged_dates(
    claim: Sequence[DateMention], sentence: Sequence[DateMention]
) -> tuple[tuple[DateMention, DateMention], ...]:
    """Absolute dates of one precision that stay alone when every other date has found its partner."""
    asked = [m for m in claim if not m.relative and not any(_agree(m, other) for other in sentence)]
    told = [m for m in sentence if not m.relative and not any(_agree(other, m) for other in claim)]
    return tuple(
        (one, other)
        for precision in ("day", "month", "year")
        for one, other in zip(
            [m for m in asked if m.precision == precision], [m for m in told if m.precision == precision], strict=False
        )
    )


def _agree(mention: DateMention, other: DateMention) -> bool:
    weekday, told = weekday_of(mention), weekday_of(other)
    if weekday is not None and told is not None:
        return weekday == told
    if not (mention.relative or other.relative):
        return _fields_agree(mention, other)
    if mention.earliest is None or mention.latest is None or other.earliest is None or other.latest is None:
        return fold(mention.text) == fold(other.text)
    return mention.earliest <= other.earliest and other.latest <= mention.latest


def _fields_agree(mention: DateMention, other: DateMention) -> bool:
    year = None if mention.inferred else mention.year
    told_year = None if other.inferred else other.year
    if mention.precision == "decade" or other.precision == "decade":
        return _same_decade(mention, other)
    pairs = ((mention.month, other.month), (mention.day, other.day))
    if any(asked is not None and asked != told for asked, told in pairs):
        return False
    if mention.month is None and mention.precision not in ("year", "day"):
        return (mention.earliest, mention.latest) == (other.earliest, other.latest)
    if mention.precision == "year":
        return year == told_year
    return year is None or told_year is None or year == told_year


def _same_decade(mention: DateMention, other: DateMention) -> bool:
    return None not in (mention.year, other.year) and (mention.year or 0) // 10 == (other.year or 0) // 10


def weekday_of(mention: DateMention) -> int | None:
    """0 (Monday) … 6 when the expression is a bare weekday, else None."""
    if mention.precision != "day" or not mention.relative:
        return None
    return next(iter(calendar_words(mention.text)[0]), None)
