"""When a flattened page was published: its dateline, or the date that stands with its title.

Photo dates, © years, the day of the visit at the head of the page and days the article speaks of are not
publication dates; when no line is likely enough the answer is None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.dates import DateMention, find_dates
from ingest.metadata.cues import BYLINE, NOT_OURS, PUBLISHED, TIME, UPDATED, WEEKDAY, names_credit
from ingest.metadata.layout import Layout

_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+")
_NUMBERS = 2  # of day and year: "Easter Monday 2024" names a day of the calendar, not when a page came out
_MAX_WORDS = 24
_BEFORE, _AFTER_TITLE, _AFTER_BODY = 30, 16, 4
_BELOW = 6  # lines below the article in which a line that says "published" is looked for; above it in all
_LABEL_MOST = 8  # words in such a line, time and day counted
_DATELINE_START = re.compile(r"^[A-ZÅÄÖÜÉ][\w .,/'’()-]{1,50}$")
_DATELINE_END = re.compile(r"^\.?\s?(?:\([^)]{1,40}\)\s?)?[–—:-]|^\s?\([^)]{1,40}\)")
# A line that says of the article itself where or when it came out; lists of other articles do not speak so.
_IMPRINT = re.compile(
    r"(?:(?:dieser|der) (?:artikel|beitrag|text) )?(?:ist )?(?:zuerst |erstmals )?erschienen (?:in|am|im)\b"
    r"|(?:die(?:ser|se)|der) (?:artikel|beitrag|text) (?:erschien|wurde)\b"
    r"|(?:this (?:article|story) (?:was|has been) )?(?:first|originally) published\b"
    r"|this (?:article|story) (?:appeared|was published)\b"
    r"|(?:den här |denna )?(?:artikeln?|texten?) (?:publicerades|är publicerad|var införd)\b"
    r"|(?:först|ursprungligen) publicerad\b",
    re.IGNORECASE,
)
_IMPRINT_ABOVE, _IMPRINT_AFTER = 3, 12  # lines around the article's last: a clean page keeps the line itself
_IMPRINT_MOST = 160  # characters
# Learned as those of `title`: cross-validated by publisher, .94 to .97 precise at recall .85 to .90.
WEIGHTS: tuple[float, ...] = (
    0.26, -0.55, -1.84, -0.50, -1.50, 0.27, 2.84, 0.85, 3.96, 0.28, 5.24, -1.73, -2.65, 0.80, -1.57,
    0.36, 0.26, 0.00, -0.57, 3.08,
)  # fmt: skip
THRESHOLD = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A full date on line `index` and whether the words before it call it an update."""

    index: int
    day: date
    updated: bool
    features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Dates:
    """Publication and update day, where the former was found, and the lines that hold any full date."""

    published: date | None = None
    updated: date | None = None
    provenance: str = "text"
    lines: frozenset[int] = frozenset()


def find_published(
    layout: Layout, title: int | None, language: str, weights: Sequence[float] = WEIGHTS
) -> Dates:
    """The days of publication and update that the lines state; `weights` are the package's unless measured."""
    stated = _dateline(layout, language)
    found = candidates(layout, title, language)
    likely = [(score(one.features, weights), one) for one in found]
    updated = [one for value, one in likely if one.updated and value > THRESHOLD - 1.0]
    published = [(value, one) for value, one in likely if not one.updated and value > THRESHOLD]
    last = updated[0].day if updated else None
    lines = frozenset(one.index for one in found)
    if published:
        return Dates(max(published, key=lambda pair: pair[0])[1].day, last, "text", lines)
    if stated is not None:
        return Dates(stated, last, "dateline", lines)
    imprint = _imprint(layout, language)
    if imprint is not None:
        return Dates(imprint, last, "text", lines)
    return Dates(None, last, "text", lines)


def score(values: Sequence[float], weights: Sequence[float] = WEIGHTS) -> float:
    """The log-odds that a date with these features is the day of publication."""
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


def candidates(layout: Layout, title: int | None, language: str) -> list[Candidate]:
    """Every full date on the short lines around title and first paragraph."""
    anchor = title if title is not None else min(layout.first_body, len(layout.lines) - 1)
    stop = max(anchor + _AFTER_TITLE, min(layout.first_body, len(layout.lines)) + _AFTER_BODY)
    window = [*range(max(0, anchor - _BEFORE), min(len(layout.lines), stop)), layout.last_body + 1]
    window += _labelled(layout)
    found: list[Candidate] = []
    for index in dict.fromkeys(window):
        line = layout.lines[index] if index < len(layout.lines) else ""
        if not _DIGIT.search(line) or len(line.split()) > _MAX_WORDS:
            continue
        mentions = full_dates(line, language)
        before = len({candidate.day for candidate in found})
        for mention in mentions:
            found.append(_candidate(layout, title, index, mention, len(mentions), before))
    return found


def _labelled(layout: Layout) -> list[int]:
    """Indices of the lines above the article, or just below it, that say "published" and little more."""
    above = range(min(layout.first_body, len(layout.lines)))
    below = range(layout.last_body + 1, min(len(layout.lines), layout.last_body + 1 + _BELOW))
    return [
        index
        for index in (*above, *below)
        if _DIGIT.search(layout.lines[index])
        and len(layout.lines[index].split()) <= _LABEL_MOST
        and PUBLISHED.match(layout.lines[index])
    ]


def full_dates(line: str, language: str) -> list[DateMention]:
    """The mentions of `line` that give year, month and day in figures or by the month's name.

    English names count in every language.
    """
    mentions = find_dates(line, language) or (find_dates(line, "en") if language != "en" else ())
    return [
        one
        for one in mentions
        if one.earliest is not None
        and one.earliest == one.latest
        and one.earliest.year >= 1990
        and len(_DIGITS.findall(line[one.start : one.end])) >= _NUMBERS
    ]


def _candidate(
    layout: Layout, title: int | None, index: int, mention: DateMention, number: int, before: int
) -> Candidate:
    line = layout.lines[index]
    cue = line[: mention.start]
    published, updated = _last(PUBLISHED, cue), _last(UPDATED, cue)
    rest = TIME.sub("", WEEKDAY.sub("", cue) + line[mention.end :])
    words = len(re.findall(r"[^\W\d_]{2,}", rest))
    offset = index - title if title is not None else 0
    values = (
        1.0,
        float(title is not None and 0 <= offset <= 8),
        float(title is not None and -3 <= offset < 0),
        float(title is not None and offset < -3),
        float(title is not None and offset < -1 and index < 2),
        float(index > layout.first_body),
        float(words == 0),
        float(words <= 4),
        float(published >= 0),
        float(updated >= 0),
        float(bool(TIME.search(line))),
        float(names_credit(line)),
        float(bool(NOT_OURS.search(line))),
        float(layout.bullets[index]),
        float(number > 1),
        float(before > 0),
        float(index < layout.first_body),
        min(abs(offset), 15) / 15,
        float(layout.kinds[index] in ("body", "caption", "credit")),
        float(bool(BYLINE.match(line))),
    )
    assert mention.earliest is not None
    return Candidate(index, mention.earliest, updated > published, values)


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match of `pattern` begins; -1 without one."""
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _imprint(layout: Layout, language: str) -> date | None:
    """The day in "Erschienen in der Ausgabe vom 18.05.2026" below the article, when only one is stated."""
    days = {
        mention.earliest
        for line in layout.lines[max(0, layout.last_body - _IMPRINT_ABOVE) : layout.last_body + 1 + _IMPRINT_AFTER]
        if len(line) < _IMPRINT_MOST and _IMPRINT.match(line)
        for mention in full_dates(line, language)
    }
    return days.pop() if len(days) == 1 else None


def _dateline(layout: Layout, language: str) -> date | None:
    """The day in "BERLIN, 8. Februar 2024 – …" at the head of the article."""
    for index in range(layout.first_body, min(layout.first_body + 2, len(layout.lines))):
        line = layout.lines[index][:120]
        for mention in full_dates(line, language)[:1]:
            if _DATELINE_START.match(line[: mention.start]) and _DATELINE_END.match(line[mention.end :]):
                return mention.earliest
    return None
