"""Weekdays: which one is meant by the word before and the verb around, and which are names or opening hours."""

from __future__ import annotations

import re

from ingest.dates.around import begin_before
from ingest.dates.mention import Expression, Pick
from ingest.dates.phrases import SINCE, WEEKDAY_PICKS
from ingest.dates.tense import lies_ahead
from ingest.dates.vocabulary import DEFINITE_ENDINGS, weekdays

_NIGHT_BEFORE = re.compile(r"\bnatten[^\S\n]{1,3}till[^\S\n]{1,3}$", re.IGNORECASE)
# "Saturday Night Live", "the Sunday Times", "Bloody Sunday", "Sheffield Wednesday" are names.
_NAMED_AFTER_DAY = re.compile(r"[^\S\n](?:Night|Times|Telegraph|Mirror|Express|Mail|Herald|Star)\b")
_NAMES_WITH_DAY = frozenset({"bloody", "sheffield"})
_ONCE = frozenset({"from", "von", "vom", "från", "on", "am", "between", "mellan", "zwischen"})
_TO = r"(?:[^\S\n](?:to|till|through|bis)[^\S\n]|[^\S\n]?[-–][^\S\n]?)"
_TO_WORD = re.compile(_TO + r"(?P<word>[^\W\d_]+)")
_WORD_TO = re.compile(r"(?P<before>[^\W\d_]*)[^\S\n]?\b(?P<word>[^\W\d_]+)" + _TO + "$")


def read_weekday(
    text: str, start: int, end: int, word: str, before: str, language: str
) -> Expression | None:
    """The day that the weekday `text[start:end]` means (`word`, `before`: in lower case); None when it is no day."""
    if language != "sv" and text[start].islower():
        return None
    if _is_opening_time(text, start, end, before, language):
        return None
    if language == "en" and (before in _NAMES_WITH_DAY or _NAMED_AFTER_DAY.match(text, end)):
        return None
    definite = language != "sv" or word.endswith(DEFINITE_ENDINGS)
    pick: Pick = WEEKDAY_PICKS[language].get(before, "past or today")
    if word.endswith("ens") and pick == "today or next":  # "segern från lördagens match"
        pick = "past or today"
    if language == "sv" and before == "på" and not definite:
        pick = "next"
    if before == "till" and _NIGHT_BEFORE.search(text, max(0, start - 24), start):
        pick = "past or today"
    if pick == "past or today" and lies_ahead(text, start, end):
        pick = "today or next"
    weekday = weekdays(language)[word]
    begin = start
    if before in WEEKDAY_PICKS[language] or before in SINCE:
        begin = begin_before(text, start)
    if before in ("nästa", "förra"):  # Swedish "nästa onsdag" is the Wednesday of next week
        return Expression(begin, end, "day", weekday=weekday, shift=1 if before == "nästa" else -1)
    return Expression(begin, end, "day", weekday=weekday, pick=pick, since=before in SINCE)


def _is_opening_time(text: str, start: int, end: int, before: str, language: str) -> bool:
    """ "Open Tuesday to Sunday" is every week; "from Tuesday to Sunday" may be once."""
    after = _TO_WORD.match(text, end)
    if after is not None and after["word"].lower() in weekdays(language):
        return before not in _ONCE
    earlier = _WORD_TO.search(text, max(0, start - 24), start)
    if earlier is None or earlier["word"].lower() not in weekdays(language):
        return False
    return earlier["before"].lower() not in _ONCE


