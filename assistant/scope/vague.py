"""Stretches that end on the day of asking and have no exact beginning: "recently", "de senaste veckorna"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from assistant.scope.span import Span

_UNITS = (
    r"(?:(?P<day>days|dagarna|dagar|tagen?)|(?P<week>week|veckan)|(?P<weeks>weeks|veckorna|veckor|wochen)"
    r"|(?P<month>month|månaden)|(?P<months>months|månaderna|månader|monaten?)|(?P<year>year|året))"
)
_LAST = re.compile(
    r"\b(?:(?:over |in |during )?the (?:last|past)(?: few| couple of)?|(?:de |den |det )?senaste"
    r"|(?:in )?(?:den |der |dem )?(?:letzten|vergangenen)(?: paar)?)\s+" + _UNITS + r"\b",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"\b(?:(?:a few|some|a couple of|several)\s+(?:days|weeks|months)\s+ago"
    r"|för\s+(?:några|ett par)\s+(?:dagar|veckor|månader)\s+sedan"
    r"|vor\s+(?:ein paar|einigen|wenigen)\s+(?:tagen|wochen|monaten))\b",
    re.IGNORECASE,
)
_AGO_UNIT = re.compile(
    r"(?P<day>days|dagar|tagen)|(?P<weeks>weeks|veckor|wochen)|(?P<months>months|månader|monaten)", re.IGNORECASE
)
_RECENTLY = re.compile(
    r"\b(?:recently|lately|the other day|nyligen|häromdagen|på sistone|på senare tid|på senaste tiden|den senaste tiden"
    r"|neulich|kürzlich|vor kurzem|unlängst|in letzter zeit|in jüngster zeit|jüngst)\b",
    re.IGNORECASE,
)
_YEAR_SO_FAR = re.compile(
    r"\b(?:since (?:the )?(?:beginning|start) of (?:the|this) year|since new year|so far this year"
    r"|(?:sedan|från) (?:årsskiftet|nyår|början av året|årets början)|hittills i år"
    r"|seit (?:jahresbeginn|jahresanfang|anfang des jahres|beginn des jahres|neujahr)"
    r"|(?:in diesem|dieses) jahr bisher)\b",
    re.IGNORECASE,
)
_DAYS = {"day": 7, "week": 7, "weeks": 30, "month": 31, "months": 120, "year": 366}
RECENT_DAYS = 45


def vague_span(question: str, asked_on: date) -> Span | None:
    """The days up to `asked_on` that such words mean, None when the question has none."""
    if _YEAR_SO_FAR.search(question):
        return Span(asked_on.replace(month=1, day=1), asked_on)
    last = _LAST.search(question)
    ago = _AGO.search(question)
    unit = last or (_AGO_UNIT.search(ago[0]) if ago else None)
    if unit and unit.lastgroup:
        return Span(asked_on - timedelta(days=_DAYS[unit.lastgroup]), asked_on)
    return Span(asked_on - timedelta(days=RECENT_DAYS), asked_on) if _RECENTLY.search(question) else None
