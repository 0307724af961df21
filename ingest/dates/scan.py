"""Text → date mentions: one pass over its words and numbers, then neighbours joined, then resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from ingest.dates.absolute import read_number, read_word
from ingest.dates.mention import DateMention, Expression, Pick
from ingest.dates.phrases import NEIGHBOURS, SINCE, WEEKDAY_PICKS
from ingest.dates.relative import read_relative, rules, season_words
from ingest.dates.spans import likeliest_year, relative_span, stated_span
from ingest.dates.tense import lies_ahead
from ingest.dates.vocabulary import DEFINITE_ENDINGS, NUMBERS, ORDINALS, SEASONS, months, weekdays
from ingest.dates.years import read_year

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[^\w\n]{1,3}$")
_JOINT = re.compile(r"[^\S\n]{0,3},?[^\S\n]{0,3}(?:(?:the|den|dem|der|in|on|of|i|im|på|am|des)[^\S\n]{1,3})?")
_NIGHT_BEFORE = re.compile(r"\bnatten[^\S\n]{1,3}till[^\S\n]{1,3}$", re.IGNORECASE)
_NOT_A_NUMBER = re.compile(r"[\d][.,:  ]$|[$€£#@/_=-]$|(?<=[^\W\d_])$")


def find_dates(text: str, language: str, *, reference: date | None = None) -> tuple[DateMention, ...]:
    """Every date and time expression of `text`, in order; relative ones resolve against `reference`.

    `language` is an ISO 639-1 code. Takes time in proportion to the text, never raises.
    """
    joined: list[Expression] = []
    for expression in _read(text, language):
        merged = _join(joined[-1], expression, text) if joined else None
        if merged is not None:
            joined[-1] = merged
        else:
            joined.append(expression)
    mentions = (_resolve(expression, text, reference) for expression in joined)
    return tuple(mention for mention in mentions if mention is not None)


@cache
def _triggers(language: str) -> frozenset[str]:
    parts: tuple[str, ...] = (
        *months(language),
        *weekdays(language),
        *SEASONS.get(language, {}),
        *ORDINALS,
        "q",
    )
    return frozenset((*parts, *rules(language), *NUMBERS.get(language, {}), *season_words(language))) - {
        "{n}"
    }


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
        before = _word_before(text, start)
        expression = (_read_number if number else _read_word)(text, start, end, word, before, language)
        if expression is not None:
            done = expression.end
            yield expression


def _word_before(text: str, start: int) -> str:
    match = _WORD_BEFORE.search(text, max(0, start - 24), start)
    return match[1].lower() if match else ""


def _read_number(text: str, start: int, end: int, word: str, before: str, language: str) -> Expression | None:
    if end - start > 4 or not word.isascii() or _NOT_A_NUMBER.search(text, max(0, start - 2), start):
        return None
    return (
        read_number(text, start, before, language)
        or read_relative(text, start, end, word, language)
        or read_year(text, start, before, language)
    )


def _read_word(text: str, start: int, end: int, word: str, before: str, language: str) -> Expression | None:
    if word in weekdays(language):
        return _read_weekday(text, start, end, word, before, language)
    if word == "morgen" and (text[start].isupper() or before == "guten"):  # the noun: "am Morgen"
        return None
    found = read_word(text, start, end, word, before, language)
    if found is not None:
        return _pick_year(found, before, text, language)
    found = read_relative(text, start, end, word, language)
    if found is not None and found.pick == "nearest" and language == "en" and not lies_ahead(text, start, end):
        return replace(found, pick="past")
    if found is not None and found.span is None and before in SINCE:
        return replace(found, start=_begin(text, start), since=True)
    return found


def _pick_year(found: Expression, before: str, text: str, language: str) -> Expression:
    """ "last July", "im kommenden Mai": a month whose year the word before it tells."""
    shift = NEIGHBOURS.get(language, {}).get(before)
    if found.precision != "month" or found.year is not None or shift is None or before == "till":
        return found
    picks: tuple[Pick, ...] = ("same week", "next", "past")
    return replace(found, start=_begin(text, found.start), pick=picks[shift])


def _read_weekday(
    text: str, start: int, end: int, word: str, before: str, language: str
) -> Expression | None:
    if language != "sv" and text[start].islower():
        return None
    definite = language != "sv" or word.endswith(DEFINITE_ENDINGS)
    pick: Pick = WEEKDAY_PICKS[language].get(before, "past or today")
    if language == "sv" and before == "på" and not definite:
        pick = "next"
    if before == "till" and _NIGHT_BEFORE.search(text, max(0, start - 24), start):
        pick = "past or today"
    if pick == "past or today" and lies_ahead(text, start, end):
        pick = "today or next"
    weekday = weekdays(language)[word]
    begin = start
    if before in WEEKDAY_PICKS[language] or before in SINCE:
        begin = _begin(text, start)
    if before in ("nästa", "förra"):  # Swedish "nästa onsdag" is the Wednesday of next week
        return Expression(begin, end, "day", weekday=weekday, shift=1 if before == "nästa" else -1)
    return Expression(begin, end, "day", weekday=weekday, pick=pick, since=before in SINCE)


def _begin(text: str, start: int) -> int:
    """Where the word before `start` begins."""
    match = _WORD_BEFORE.search(text, max(0, start - 24), start)
    return match.start() if match else start


def _join(first: Expression, second: Expression, text: str) -> Expression | None:
    """Two neighbours that are one expression ("Thursday, 8 February", "Mittwoch nächster Woche")."""
    gap = _JOINT.fullmatch(text, first.end, second.start)
    if gap is None or second.start - first.end > 10:
        return None
    start, end = first.start, second.end
    if first.weekday is not None and second.day is not None:
        return replace(second, start=first.start)
    for one, other in ((first, second), (second, first)):
        if (
            one.weekday is not None
            and other.precision == "week"
            and other.shift is not None
            and other.part is None
            and "," not in gap[0]
        ):
            return replace(one, shift=other.shift, pick=None, start=start, end=end)
        if (
            one.year is None
            and other.precision == "year"
            and not one.relative
            and (one.month is not None or one.part is not None)
        ):
            if other.shift is not None:
                return replace(one, shift=other.shift, start=start, end=end)
            if one is first and not gap[0].strip(" ,"):
                return replace(one, year=other.year, start=start, end=end)
    return None


def _resolve(expression: Expression, text: str, reference: date | None) -> DateMention | None:
    found = expression
    inferred = False
    span = None
    if reference is not None and found.year is None and _lacks_year(found):
        inferred = found.shift is None and found.pick is None
        found = (
            likeliest_year(found, reference, ahead=lies_ahead(text, found.start, found.end))
            if found.shift is None
            else replace(found, year=reference.year + found.shift)
        )
    if found.year is not None:
        span = stated_span(found)
    elif found.relative and reference is not None:
        span = relative_span(found, reference)
    if span is None and found.year is not None:
        return None
    return _mention(found, expression, text, span, inferred)


def _lacks_year(expression: Expression) -> bool:
    """Would a year turn the expression into a date?"""
    if expression.month is not None:
        return True
    return expression.part is not None and expression.precision in ("quarter", "half")


def _mention(
    found: Expression, read: Expression, text: str, span: tuple[date, date] | None, inferred: bool
) -> DateMention:
    year, month, day = found.year, found.month, found.day
    if span is not None and read.relative and found.precision == "day":
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
        found.precision,
        read.relative,
        inferred,
    )
