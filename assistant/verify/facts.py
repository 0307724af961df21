"""The numbers and dates of one claim against its stretch of evidence, as reasons in a few words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.verify.aligned import exchanged_days, exchanged_numbers
from assistant.verify.calendar_names import calendar_words, strange_days
from assistant.verify.evidence import Similarity
from assistant.verify.numbers import Number, find_numbers, left_over, out_of_bounds, tells
from assistant.verify.times import dates_of, exchanged_dates, tells_date
from assistant.verify.words import fold, read_words
from ingest.dates import DateMention


@dataclass(frozen=True, slots=True)
class Case:
    """A claim and the stretch of evidence it is held against.

    `best` is the sentence (or two) that fits the claim, `core` the one that fits most, `around` what stands
    about it, `zone` all that may lend facts to it, `whole` the evidence. `close` tells that
    the claim says nearly what `best` says, so that a difference is a contradiction and no other topic;
    `translates` that `best` says it in another language, so that each of its facts should have a partner;
    `worded` that it says it in much the same words, so that another noun is another thing.
    `akin` that it speaks of much the same, so that another share of it contradicts.
    `similarity` weighs what else is doubtful across languages.
    """

    claim: str
    claim_language: str
    zone: str
    zone_language: str
    best: str
    core: str
    around: str
    whole: str
    published_at: date | None
    context: str
    close: bool
    translates: bool
    worded: bool
    akin: bool
    similarity: Similarity | None = None

    @property
    def told(self) -> str:
        """The zone and the known facts about the article."""
        return f"{self.zone}\n{self.context}"

    @property
    def across(self) -> bool:
        """Whether claim and evidence are in two languages."""
        return self.claim_language != self.zone_language

    def claim_dates(self) -> tuple[DateMention, ...]:
        """The dates of the claim, seen from the article's day."""
        return dates_of(self.claim, self.claim_language, self.published_at)

    def best_dates(self) -> tuple[DateMention, ...]:
        """The dates of the sentence that fits the claim."""
        return dates_of(self.best, self.zone_language, self.published_at)


def number_reasons(case: Case) -> Iterator[str]:
    """Numbers of the claim that the evidence lacks, bounds otherwise, or has in another place."""
    told = find_numbers(case.told, case.zone_language)
    asked = _outside(find_numbers(case.claim, case.claim_language), case.claim_dates())
    missing = []
    for number in asked:
        if number.weak:
            continue
        if not tells(told, number):
            missing.append(number)
            yield f"number {number.text} not in evidence"
        elif out_of_bounds(told, number):
            yield f"direction differs: {number.text} bounded from the other side"
    if case.translates:
        answered = _outside(find_numbers(case.best, case.zone_language), case.best_dates())
        for number, other in left_over(asked, answered):
            if number not in missing:
                yield f"number differs: {number.text} / {other.text}"
    if not case.across:
        for one, two in exchanged_numbers(case.claim, case.best, case.zone_language):
            yield f"number differs: {one} / {two}"


def _outside(numbers: Sequence[Number], dates: Sequence[DateMention]) -> list[Number]:
    """The numbers that are no part of an absolute date."""
    return [n for n in numbers if not any(d.start <= n.start < d.end and not d.relative for d in dates)]


def _tells_age(case: Case, mention: DateMention) -> bool:
    """Whether the evidence says the same decade or century as a number: "the nineties", "the 20th century"."""
    told = find_numbers(case.told, case.zone_language)
    return all(tells(told, number) for number in find_numbers(mention.text, case.claim_language))


def date_reasons(case: Case) -> Iterator[str]:
    """Dates of the claim that the evidence lacks, or has another one for."""
    told = dates_of(case.told, case.zone_language, case.published_at)
    if case.published_at is not None:
        told = (*told, *dates_of(case.published_at.isoformat(), case.zone_language, case.published_at))
    words = {word.folded for word in read_words(case.told)}
    missing = [
        mention for mention in case.claim_dates()
        if not tells_date(told, mention, words, across=case.across)
        and not (case.across and fold(mention.text) in words)
        and not (mention.precision == "decade" and _tells_age(case, mention))
    ]
    for mention in missing:
        yield f"date {mention.text} not in evidence"
    for word in strange_days(case.claim, case.told):
        titled = case.across and fold(word) in words  # "Saturday Night Live" keeps its day in any language
        if not titled and not any(word in mention.text for mention in missing):
            yield f"date {word} not in evidence"
    if missing:
        return
    if not case.across:
        for one, two in exchanged_days(case.claim, case.best):
            yield f"date differs: {one} / {two}"
    elif case.translates:
        best = {word.folded for word in read_words(case.best)}
        asked_for = [mention for mention in case.claim_dates() if mention.text not in best]  # a bare year is no mention
        for asked, answered in exchanged_dates(asked_for, case.best_dates()):
            yield f"date differs: {asked.text} / {answered.text}"
        asked_days, told_days = calendar_words(case.claim)[0], calendar_words(case.best)[0]
        if told_days.keys() - asked_days.keys():
            yield from (f"date {asked_days[day]} differs" for day in asked_days.keys() - told_days.keys())
