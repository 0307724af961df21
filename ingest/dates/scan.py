"""Text → date mentions: one pass over its words and numbers, then neighbours joined, then resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from ingest.dates.absolute import read_number, read_word
from ingest.dates.around import begin_before, word_before
from ingest.dates.deadline import is_deadline
from ingest.dates.holidays import holiday_words, read_holiday
from ingest.dates.joining import join, lend_year
from ingest.dates.mention import DateMention, Expression, Pick, Precision
from ingest.dates.numbers import NUMBERS
from ingest.dates.offsets import offset_before, offset_words
from ingest.dates.ordinals import read_numbered_day, read_ordinal
from ingest.dates.phrases import NEIGHBOURS, SINCE
from ingest.dates.relative import read_relative, read_season_of_year, rules, season_words
from ingest.dates.spans import likeliest_year, offset_span, relative_span, stated_span
from ingest.dates.tense import is_superlative, lies_ahead, lies_behind
from ingest.dates.vocabulary import LAST_WORDS, ORDINALS, SEASONS, WEEKDAY_ABBREVIATIONS, months, weekdays
from ingest.dates.weekday import read_weekday
from ingest.dates.weeks import WEEK_WORDS, read_week_number
from ingest.dates.years import read_year

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_ANCHOR_WINDOW = 150  # characters: within a sentence, or the one before
_FINENESS: tuple[Precision, ...] = ("day", "week", "month", "quarter", "half", "season", "year", "decade")
_OPENING = re.compile(
    r"\b(?:(?:in|over|during|since|by|until|from)[^\S\n]{1,3}the|(?:in[^\S\n])?(?:early|late)|by|until"
    r"|im(?:[^\S\n](?:frühen|späten))?|seit(?:[^\S\n]dem)?|bis(?:[^\S\n]zum)?|ab(?:[^\S\n]dem)?"
    r"|under|sedan|inför|från)[^\S\n]{1,3}$",
    re.IGNORECASE,
)
_MODALS = frozenset({"to", "will", "would", "can", "could", "may", "might", "should", "must", "not"})
_DUE = frozenset({"by", "until", "till", "bis", "inför"})
_DUE_SEASON = re.compile(r"\b(?:by|until|from|bis|ab|inför|från)[^\S\n](?:(?:the|zum|dem)[^\S\n])?$", re.IGNORECASE)
_NOT_A_NUMBER = re.compile(r"[\d][.,:  ]$|[$€£#@/_=-]$|(?<=[^\W\d_])$")

_SUDDENLY = re.compile(r"\bvon[^\S\n]heute[^\S\n]auf[^\S\n]morgen\b", re.IGNORECASE)
# "Morgen wird es stürmisch", "Morgen Abend": at the head of a sentence, before a verb or a time of day.
_SENTENCE_OPENS = re.compile(r"(?:^|[.!?:\n„“”\"»«–—-][^\S\n]*)$")
_MORGEN_AHEAD = re.compile(
    r"Morgen[^\S\n](?:früh|Abend|Mittag|Nachmittag|Vormittag|kann|muss|will|soll|wird"
    r"|(?!fast|für|mit|seit|dort|meist|erst|zwischen|unten|oben)[a-zäöüß]{2,}(?:t|en))(?!\w)"
)


def find_dates(text: str, language: str, *, reference: date | None = None) -> tuple[DateMention, ...]:
    """Every date and time expression of `text`, in order; relative ones resolve against `reference`.

    `language` is an ISO 639-1 code. Takes time in proportion to the text, never raises.
    """
    joined: list[Expression] = []
    for expression in _read(text, language):
        merged = join(joined[-1], expression, text) if joined else None
        if merged is not None:
            joined[-1] = merged
        else:
            joined.append(expression)
        if len(joined) > 1:
            joined[-2] = lend_year(joined[-2], joined[-1], text)
    mentions: list[DateMention] = []
    for expression in joined:
        against = reference
        if expression.anchored:
            against = _anchor(mentions[-1], expression, text) if mentions else None
            if against is None:
                continue
        mention = _resolve(expression, text, against)
        if mention is not None:
            mentions.append(mention)
    return tuple(mentions)


def _anchor(told: DateMention, expression: Expression, text: str) -> date | None:
    """The day that "two days later" counts from: the date told shortly before, if it is as precise."""
    between = text[told.end : expression.start]
    if told.latest is None or len(between) > _ANCHOR_WINDOW or "\n" in between:
        return None
    precise = _FINENESS.index(told.precision) <= _FINENESS.index(expression.precision)
    return told.latest if precise else None


@cache
def _triggers(language: str) -> frozenset[str]:
    parts: tuple[str, ...] = (
        *months(language),
        *weekdays(language),
        *SEASONS.get(language, {}),
        *ORDINALS,
        *LAST_WORDS,
        *(WEEKDAY_ABBREVIATIONS if language == "en" else ()),
        "q",
    )
    parts = (*parts, *rules(language), *NUMBERS.get(language, {}), *season_words(language))
    parts = (*parts, *holiday_words(language), *offset_words(language), *WEEK_WORDS.get(language, ()))
    return frozenset(parts) - {"{n}"}


def _read(text: str, language: str) -> Iterator[Expression]:
    triggers, done = _triggers(language), 0
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        if start < done:
            continue
        word = token[0].lower()
        number = word[0].isdecimal()
        if not number and word not in triggers:
            continue
        before = word_before(text, start)
        expression = _read_offset(text, start, language) if number or word in offset_words(language) else None
        if expression is None:
            expression = (_read_number if number else _read_word)(text, start, end, word, before, language)
        if expression is not None:
            done = expression.end
            yield expression


def _read_offset(text: str, start: int, language: str) -> Expression | None:
    """ "the Monday before Christmas", "zwei Tage nach dem 3. Mai": days told by a holiday or a date after them."""
    told = offset_before(text, start, language)
    token = _TOKEN.match(text, told[1]) if told else None
    if told is None or token is None:
        return None
    word = token[0].lower()
    number = word[0].isdecimal()
    if not number and word not in _triggers(language):
        return None
    found = (_read_number if number else _read_word)(text, token.start(), token.end(), word, "am", language)
    if found is None or (found.holiday is None and (found.month is None or found.day is None)):
        return None
    return replace(found, start=start, offset=told[0])


def _read_number(text: str, start: int, end: int, word: str, before: str, language: str) -> Expression | None:
    if end - start > 4 or not word.isascii() or _NOT_A_NUMBER.search(text, max(0, start - 2), start):
        return None
    return (
        read_week_number(text, start, end, language)
        or read_numbered_day(text, start, end, language)
        or read_number(text, start, before, language)
        or read_relative(text, start, end, word, language)
        or read_year(text, start, before, language)
    )


def _read_word(text: str, start: int, end: int, word: str, before: str, language: str) -> Expression | None:
    if word in weekdays(language):
        return read_weekday(text, start, end, word, before, language)
    if language == "en" and word in WEEKDAY_ABBREVIATIONS and text[start].isupper() and text[end : end + 1] == ".":
        full = WEEKDAY_ABBREVIATIONS[word]
        return None if before == "the" else read_weekday(text, start, end + 1, full, before, language)  # "The Sun."
    if word in ("heute", "morgen") and _is_no_day(text, start, word, before):
        return None
    if word in holiday_words(language) and (found := read_holiday(text, start, before, language)):
        if before in _DUE and found.year is None and not lies_behind(text, start, end):
            return replace(found, pick="today or next")
        return _pick_year(found, before, text, language)
    if word == "jul" and language == "sv":  # Christmas; the month only beside its day
        return None
    if word in WEEK_WORDS.get(language, ()) and (found := read_week_number(text, start, end, language)):
        return found
    found = read_ordinal(text, start, end, word, language) or read_word(text, start, end, word, before, language)
    if found is None and word in SEASONS.get(language, {}):
        of_year = read_season_of_year(text, start, end, word, language)
        return of_year or _read_bare_season(text, start, end, word, language)
    if found is not None:
        return _pick_year(found, before, text, language)
    found = read_relative(text, start, end, word, language)
    if found is not None and found.span is not None and word == "last" and before in _MODALS:
        return None  # "expected to last eight days"
    if found is not None and word == "in" and _tells_how_long(found, text, start, end):
        return None
    if found is not None and (found.span or 0) > 0 and text[start].isupper() and lies_behind(text, start, found.end):
        return None  # "Within 36 hours 112 mm fell"
    if found is not None and found.pick == "nearest":  # English "the weekend" is the last one, others' the nearest
        if before in _DUE:
            return replace(found, pick=None)
        past = not lies_ahead(text, start, end) if language == "en" else lies_behind(text, start, end)
        return replace(found, pick="past") if past else found
    if found is not None and found.span is None and before in SINCE:
        return replace(found, start=begin_before(text, start), since=True)
    return found


def _is_no_day(text: str, start: int, word: str, before: str) -> bool:
    """ "Von heute auf morgen" is a saying, "am Morgen" and "guten Morgen" are a time of day."""
    if any(match.start() <= start < match.end() for match in _SUDDENLY.finditer(text, max(0, start - 20), start + 20)):
        return True
    if word != "morgen":
        return False
    if before == "guten":
        return True
    opens = _SENTENCE_OPENS.search(text, max(0, start - 4), start)  # all of the text before would take too long
    return text[start].isupper() and not (opens and _MORGEN_AHEAD.match(text, start))


def _tells_how_long(found: Expression, text: str, start: int, end: int) -> bool:
    """ "The worst crash in 30 years", "they won it twice in three weeks"; not "in two weeks' time"."""
    if text[found.end - 5 : found.end] == " time" or lies_ahead(text, start, end):
        return False
    return is_superlative(text, start) or (found.counted and lies_behind(text, start, found.end))


def _read_bare_season(text: str, start: int, end: int, word: str, language: str) -> Expression | None:
    """ "im Frühjahr", "in the spring": the season nearest to the day of writing, ahead where the verb says so."""
    if not _OPENING.search(text, max(0, start - 20), start) or text[end : end + 1] == "-":
        return None
    part = SEASONS[language][word]
    due = _DUE_SEASON.search(text, max(0, start - 20), start)
    if due and lies_behind(text, start, end):  # "by the summer he had left" is told of some other time
        return None
    if due or lies_ahead(text, start, end):
        return Expression(start, end, "season", part=part, shift=1)
    return Expression(start, end, "season", part=part, pick="nearest")


def _pick_year(found: Expression, before: str, text: str, language: str) -> Expression:
    """ "last July", "im kommenden Mai": a month whose year the word before it tells."""
    shift = NEIGHBOURS.get(language, {}).get(before)
    lacks_year = found.year is None and (found.precision == "month" or found.holiday is not None)
    if not lacks_year or shift not in (-1, 0, 1) or before == "till":
        return found
    picks: tuple[Pick, ...] = ("same week", "next", "past")
    return replace(found, start=begin_before(text, found.start), pick=picks[shift])


def _resolve(expression: Expression, text: str, reference: date | None) -> DateMention | None:
    found = expression
    inferred = False
    span = None
    if reference is not None and found.year is None and _lacks_year(found):
        inferred = found.shift is None and found.pick is None
        found = (
            likeliest_year(_told_of(found, text), reference, ahead=lies_ahead(text, found.start, found.end))
            if found.shift is None
            else replace(found, year=reference.year + found.shift)
        )
    if found.year is not None:
        span = stated_span(found)
    elif found.relative and reference is not None:
        span = relative_span(found, reference)
    if span is None and found.year is not None:
        return None
    if span is not None and found.offset is not None:
        span, found = offset_span(span, found.offset), replace(found, precision=found.offset.unit)
    if span is not None and found.precision not in ("week", "decade") and is_deadline(text, found.start, found.end):
        span, found = (span[1], span[1]), replace(found, precision="day")
    return _mention(found, expression, text, span, inferred)


def _told_of(found: Expression, text: str) -> Expression:
    """A month without a year beside a verb of the past is not one to come."""
    without_year = found.precision in ("month", "quarter", "half") and found.pick is None
    told = without_year and lies_behind(text, found.start, found.end)
    return replace(found, pick="past or today") if told else found


def _lacks_year(expression: Expression) -> bool:
    """Would a year turn the expression into a date?"""
    if expression.month is not None or expression.holiday is not None:
        return True
    return expression.part is not None and expression.precision in ("quarter", "half")


def _mention(
    found: Expression, read: Expression, text: str, span: tuple[date, date] | None, inferred: bool
) -> DateMention:
    year, month, day = found.year, found.month, found.day
    if span is not None and span[0] == span[1]:
        year, month, day = span[0].year, span[0].month, span[0].day
    return DateMention(
        read.start,
        read.end,
        text[read.start : read.end],
        span[0] if span else None,
        span[1] if span else None,
        year,
        month,
        day,
        "day" if read.exact else found.precision,
        read.relative,
        inferred,
    )
