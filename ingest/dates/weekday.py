"""Weekdays: which one is meant by the word before and the verb around, and which are names or opening hours."""

from __future__ import annotations

import re

from ingest.dates.around import begin_before
from ingest.dates.mention import Expression, Pick
from ingest.dates.numbers import NUMBERS
from ingest.dates.phrases import MULTIPLES, SECOND, SINCE, WEEKDAY_PICKS
from ingest.dates.tense import lies_ahead, lies_behind
from ingest.dates.vocabulary import DEFINITE_ENDINGS, weekdays

_NIGHT_BEFORE = re.compile(r"\bnatten[^\S\n]{1,3}till[^\S\n]{1,3}$", re.IGNORECASE)
# "Saturday Night Live", "the Sunday Times", "Bloody Sunday", "Sheffield Wednesday" are names.
_NAMED_AFTER_DAY = re.compile(r"[^\S\n](?:Night|Times|Telegraph|Mirror|Express|Mail|Herald|Star)\b")
_NAMES_WITH_DAY = frozenset({"bloody", "sheffield"})
_ONCE = frozenset({"from", "von", "vom", "från", "on", "am", "between", "mellan", "zwischen"})
_TO_DAY = r"(?:to|and|into|through|till|och|mot|bis|auf|zum|und)"
_STRETCH = re.compile(rf"[^\S\n]{_TO_DAY}[^\S\n](?P<word>[^\W\d_]+)(?!\w)")
_STRETCH_OPENS = frozenset({"between", "from", "mellan", "från", "zwischen", "von", "vom"})
# "Frau Freitag", "Sprecherin Petra Freitag"; "teilte die Polizei Freitag mit" has a day.
_SURNAME = re.compile(r"(?:\b(?:Frau|Herrn?)|\b[A-ZÄÖÜ][a-zäöüß]+[^\S\n][A-ZÄÖÜ][a-zäöüß]+)[^\S\n]$")
_NIGHT = re.compile(r"\b(?:nacht|natten|night)[^\S\n](?:von|mellan|from)[^\S\n]$", re.IGNORECASE)
_PERFECT = re.compile(r"\b(?:has|have|hat|haben|har)\b")
_OPEN = re.compile(r"\b(?:open|öppet|öppen|öppna|geöffnet)\b", re.IGNORECASE)
_OPEN_WINDOW = 60
# "a week on Thursday", "two weeks from Monday", but not "closed for two weeks from Monday".
_WEEKS_ON = re.compile(
    r"(?<!\bfor )\b(?P<n>a|one|two|three)[^\S\n](?P<unit>weeks?|fortnight)[^\S\n](?:from|on)[^\S\n]$", re.IGNORECASE
)
_SECOND = re.compile(r"[^\S\n](?P<way>before last|after next)(?!\w)", re.IGNORECASE)
_HABITS = frozenset({"every", "each", "varje", "jeden", "jedem", "alla"})
# "Am Morgen des Donnerstags"; "donnerstags" alone is every Thursday.
_GENITIVES = frozenset({
    "montags", "dienstags", "mittwochs", "donnerstags", "freitags", "samstags", "sonnabends", "sonntags",
})  # fmt: skip
_WEEK_AFTER = re.compile(r"[^\S\n]week(?=[^\S\n]*(?:[.,;:!?)]|$|\n))")
# "The Monday before the vote" is no day near the writing.
_BESIDE_EVENT = re.compile(r"[^\S\n](?:before|after|före|innan|efter)[^\S\n]")
_TO = r"(?:[^\S\n](?:to|till|through|bis)[^\S\n]|[^\S\n]?[-–][^\S\n]?)"
_TO_WORD = re.compile(_TO + r"(?P<word>[^\W\d_]+)")
_WORD_TO = re.compile(r"(?P<before>[^\W\d_]*)[^\S\n]?\b(?P<word>[^\W\d_]+)" + _TO + "$")


def read_weekday(
    text: str, start: int, end: int, word: str, before: str, language: str
) -> Expression | None:
    """The day that the weekday `text[start:end]` means (`word`, `before`: in lower case); None when it is no day."""
    if language != "sv" and text[start].islower():
        return None
    stretch = _read_stretch(text, start, end, word, before, language)
    if stretch is not None:
        return stretch
    if before == ("the" if language == "en" else "") and _is_beside_event(text, end, word, language):
        return None
    if before in _HABITS or (word in _GENITIVES and before != "des"):
        return None
    if _is_opening_time(text, start, end, before, language):
        return None
    if language == "de" and _SURNAME.search(text, max(0, start - 60), start):
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
    if before in SECOND:
        return Expression(begin, end, "day", weekday=weekday, pick=pick, weeks=SECOND[before])
    if language == "en" and (further := _SECOND.match(text, end)):
        way: Pick = "past" if further["way"].lower().startswith("before") else "next"
        return Expression(begin, further.end(), "day", weekday=weekday, pick=way, weeks=-1 if way == "past" else 1)
    counted = _WEEKS_ON.search(text, max(0, start - 24), start) if language == "en" else None
    if counted:
        weeks = NUMBERS["en"][counted["n"].lower()] * MULTIPLES.get(counted["unit"].lower(), 1)
        return Expression(counted.start(), end, "day", weekday=weekday, pick="today or next", weeks=weeks)
    if language == "en" and (after := _WEEK_AFTER.match(text, end)):
        return Expression(begin, after.end(), "day", weekday=weekday, pick="today or next", weeks=1)
    return Expression(begin, end, "day", weekday=weekday, pick=pick, since=before in SINCE)


def _is_beside_event(text: str, end: int, word: str, language: str) -> bool:
    """ "The Monday before the vote", "söndagen efter valet": a day that only the event tells."""
    if language != "en" and not (language == "sv" and word.endswith(DEFINITE_ENDINGS)):
        return False
    return bool(_BESIDE_EVENT.match(text, end)) and not _SECOND.match(text, end)


def _read_stretch(text: str, start: int, end: int, word: str, before: str, language: str) -> Expression | None:
    """ "From Friday to Sunday", "mellan tisdag och torsdag", "in der Nacht von Freitag auf Samstag"."""
    after = _STRETCH.match(text, end)
    last = weekdays(language).get(after["word"].lower()) if after and before in _STRETCH_OPENS else None
    if after is None or last is None:
        return None
    if _tells_hours(text, start, after.end()):
        return None
    around = text[max(0, start - _OPEN_WINDOW) : after.end() + _OPEN_WINDOW]
    night = _NIGHT.search(text, max(0, start - 24), start)  # is told of when it is over
    past = bool(night) or lies_behind(text, start, after.end()) or bool(_PERFECT.search(around))
    ahead = lies_ahead(text, start, after.end()) or not past
    pick: Pick = "today or next" if ahead else "past or today"
    return Expression(
        begin_before(text, start), after.end(), "day", weekday=weekdays(language)[word], last_weekday=last, pick=pick
    )


def _is_opening_time(text: str, start: int, end: int, before: str, language: str) -> bool:
    """ "Open Tuesday to Sunday" is every week; "from Tuesday to Sunday" may be once."""
    after = _TO_WORD.match(text, end)
    if after is not None and after["word"].lower() in weekdays(language):
        return before not in _ONCE or _tells_hours(text, start, after.end())
    earlier = _WORD_TO.search(text, max(0, start - 24), start)
    if earlier is None or earlier["word"].lower() not in weekdays(language):
        return False
    return earlier["before"].lower() not in _ONCE or _tells_hours(text, earlier.start(), end)


def _tells_hours(text: str, start: int, end: int) -> bool:
    return bool(_OPEN.search(text, max(0, start - _OPEN_WINDOW), end + _OPEN_WINDOW))


