"""The records of a date in a text: as it was read, and as it was resolved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Precision = Literal["day", "week", "month", "quarter", "half", "season", "year", "decade"]
Pick = Literal["past or today", "past", "today or next", "next", "same week", "nearest"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """One time expression, `text == source[start:end]`.

    `earliest` and `latest` are the first and last day it can mean; None when the text alone does not
    decide and no reference was given. `year`, `month`, `day` hold what the expression itself states
    (after resolving, what it means). `relative` tells that it counts from the day of writing ("next
    week"), `inferred` that the year was not written and is the one nearest to the reference.
    """

    start: int
    end: int
    text: str
    earliest: date | None
    latest: date | None
    year: int | None
    month: int | None
    day: int | None
    precision: Precision
    relative: bool = False
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Offset:
    """What stands before or after a date: "the Monday before Christmas" (`weekday`), "two days after 3 May"."""

    after: bool
    count: int = 1
    unit: Precision = "day"
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression as read, before any reference day is known.

    `part` numbers the quarter, half or season of the year. `shift` counts units of `precision` from
    the reference (0 is the current one); `span` is a rolling stretch of that many units up to (negative)
    or from the reference. `pick` says which of the weekdays (or weekends) is meant, `since` that the
    stretch runs on to the reference. `of_year` counts the year of a season from the reference's ("last
    year's autumn"). An `exact` shift is counted to the very day ("ten years ago today"), an `anchored` one
    from the date told before ("the following day"), a `counted` one by a number ("in two weeks"). `part`
    beside a weekday numbers that weekday in its month, 0 being the last, as is day 0; `weeks` are added to the
    weekday picked ("a week on Thursday"), `last_weekday` ends a stretch of weekdays, `week_number` is an ISO
    week's, `offset` is taken from the date that the rest says.
    """

    start: int
    end: int
    precision: Precision
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    last_month: int | None = None
    part: int | None = None
    weekday: int | None = None
    pick: Pick | None = None
    shift: int | None = None
    span: int | None = None
    since: bool = False
    holiday: str | None = None
    of_year: int | None = None
    exact: bool = False
    anchored: bool = False
    counted: bool = False
    weeks: int = 0
    last_weekday: int | None = None
    week_number: int | None = None
    offset: Offset | None = None

    @property
    def relative(self) -> bool:
        """Does it count from the day of writing?"""
        return any(told is not None for told in (self.shift, self.span, self.pick, self.of_year, self.week_number))
