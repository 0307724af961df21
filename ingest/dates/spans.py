"""Calendar arithmetic: a unit of time or an expression → its first and last day."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from ingest.dates.holidays import holiday_span
from ingest.dates.mention import Expression, Offset, Pick, Precision

Span = tuple[date, date]
FIRST_YEAR, LAST_YEAR = 1000, 2199
# In December "on 20 April" is last April, though the next is nearer; in May "on 15 June" is the coming one.
AHEAD = 3
_SEASON_MONTHS = {1: (12, 2), 2: (3, 5), 3: (6, 8), 4: (9, 11)}


def month_span(year: int, month: int) -> Span:
    """First and last day of a month; `month` may lie outside 1…12 and carries into other years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def season_span(year: int, part: int) -> Span:
    """A meteorological season; winter (1) is named after the year of its January."""
    first, last = _SEASON_MONTHS[part]
    return month_span(year - (part == 1), first)[0], month_span(year, last)[1]


def parts_span(year: int, part: int, months: int) -> Span:
    """The `part`-th stretch of `months` months in a year (quarter: 3, half: 6), counted from 1; may carry."""
    first = (part - 1) * months + 1
    return month_span(year, first)[0], month_span(year, first + months - 1)[1]


def stated_span(expression: Expression) -> Span | None:
    """The days an expression with a year means; None when a part of the date is missing or impossible."""
    year, month, part = expression.year, expression.month, expression.part
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if expression.holiday is not None:
        return holiday_span(expression.holiday, year)
    if expression.precision == "decade":
        years = 100 if year % 100 == 0 and year < 2000 else 10  # "1800-talet" is a century
        return date(year, 1, 1), date(year + years - 1, 12, 31)
    if month is not None and expression.weekday is not None and part is not None:
        return _weekday_of_month(*month_span(year, month), expression)
    if part is not None and month is not None:
        return _week_span(*month_span(year, month), part)
    if part is not None:
        return _part_span(year, part, expression.precision)
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    first, last = month_span(year, month)
    if expression.last_month is not None:  # "from November to February" ends in the next year
        over = expression.last_month < month
        return month_span(year - over, month)[0], month_span(year, expression.last_month)[1]
    if expression.day is None:
        return first, last
    if not expression.day:  # "the last day of April"
        return last, last
    final = expression.last_day or expression.day
    if max(final, expression.day) > last.day:
        return None
    return first.replace(day=expression.day), first.replace(day=max(final, expression.day))


def _part_span(year: int, part: int, precision: Precision) -> Span:
    if precision == "season":
        return season_span(year, part)
    return parts_span(year, part, 3 if precision == "quarter" else 6)


def _week_span(first: date, last: date, part: int) -> Span:
    """The `part`-th seven days of a month, the last when it is 0."""
    begin = first + timedelta(days=7 * (part - 1)) if part else last - timedelta(days=6)
    return begin, min(begin + timedelta(days=6), last)


def relative_span(expression: Expression, reference: date) -> Span | None:
    """The days a relative expression means when written on `reference`; None beyond the calendar."""
    try:
        if expression.span is not None:
            return _rolling(expression.precision, expression.span, reference)
        if expression.exact:
            day = _moved(expression.precision, expression.shift or 0, reference)
            return day, day
        if expression.precision == "season" and expression.of_year is not None:
            return season_span(reference.year + expression.of_year, expression.part or 1)
        if expression.precision == "season":
            return _shifted_season(expression, reference)
        if expression.week_number is not None:
            return _numbered_week(expression.week_number, reference)
        span = _counted(expression, reference)
    except (OverflowError, ValueError):  # "in 999 Jahren" counted from a year near the calendar's end
        return None
    if expression.precision == "week" and expression.part == 1:  # the weekend of that week
        over = {"nearest": 2, "past": 5}.get(expression.pick or "", 0)  # on Monday it is the last one
        back = 7 if reference.weekday() < over else 0
        if expression.pick == "next" and reference.weekday() == 6:  # on Sunday the coming one is the next
            back = -7
        span = span[0] + timedelta(days=5 - back), span[1] - timedelta(days=back)
    if expression.since and span[0] <= reference:
        return span[0], reference
    return span


def _counted(expression: Expression, reference: date) -> Span:
    month = (reference.year, reference.month + (expression.shift or 0))
    if expression.weekday is not None and expression.part is not None:
        return _weekday_of_month(*month_span(*month), expression)
    if expression.weekday is not None:
        return _weekday(expression, reference)
    if expression.day is not None:  # "the 12th of this month", the last when it is 0
        first, last = month_span(*month)
        day = first.replace(day=expression.day) if expression.day else last
        return day, day
    return _shifted(expression.precision, expression.shift or 0, reference)


def _weekday_of_month(first: date, last: date, expression: Expression) -> Span:
    """ "the second Monday", the last when `part` is 0."""
    weekday, part = expression.weekday or 0, expression.part or 0
    if part:
        day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (part - 1))
    else:
        day = last - timedelta(days=(last.weekday() - weekday) % 7)
    return day, day


def _numbered_week(number: int, reference: date) -> Span:
    """The ISO week of that number nearest to `reference`; a year without a week 53 has none."""
    starts = [
        date.fromisocalendar(year, number, 1)
        for year in (reference.year - 1, reference.year, reference.year + 1)
        if number < 53 or date(year, 12, 28).isocalendar().week == 53
    ]
    if not starts:
        raise ValueError("no such week near the reference")
    first = min(starts, key=lambda start: abs((start - reference).days))
    return first, first + timedelta(days=6)


def offset_span(span: Span, offset: Offset) -> Span:
    """The days that stand before or after `span`: "the Monday before Christmas", "two days after 3 May"."""
    way = 1 if offset.after else -1
    edge = span[1] if offset.after else span[0]
    if offset.weekday is not None:
        ahead = (offset.weekday - edge.weekday()) % 7 or 7
        day = edge + timedelta(days=ahead if offset.after else ahead - 7 if ahead < 7 else -7)
        return day, day
    if offset.unit == "week" and offset.count == 1:
        monday = span[0] + timedelta(days=7 * way - span[0].weekday())  # of Easter its Friday's week
        return monday, monday + timedelta(days=6)
    day = _moved(offset.unit, way * offset.count, edge)
    return day, day


def _shifted(precision: Precision, shift: int, reference: date) -> Span:
    if precision == "day":
        day = reference + timedelta(days=shift)
        return day, day
    if precision == "week":
        monday = reference + timedelta(days=7 * shift - reference.weekday())
        return monday, monday + timedelta(days=6)
    if precision == "month":
        return month_span(reference.year, reference.month + shift)
    if precision in ("quarter", "half"):
        months = 3 if precision == "quarter" else 6
        return parts_span(reference.year, (reference.month - 1) // months + 1 + shift, months)
    return date(reference.year + shift, 1, 1), date(reference.year + shift, 12, 31)


def _rolling(precision: Precision, amount: int, reference: date) -> Span:
    other = _moved(precision, amount, reference)
    return min(other, reference), max(other, reference)


def _moved(precision: Precision, amount: int, reference: date) -> date:
    """The day `amount` units from `reference`; the month's last where it has no such day."""
    if precision in ("day", "week"):
        return reference + timedelta(days=amount * (7 if precision == "week" else 1))
    months = amount * (12 if precision == "year" else 1)
    first, last = month_span(reference.year, reference.month + months)
    return first.replace(day=min(reference.day, last.day))


def _shifted_season(expression: Expression, reference: date) -> Span:
    """0: this year's; -1: the latest that is over; 1: the next that has not begun."""
    part, shift = expression.part or 1, expression.shift or 0
    spans = [season_span(reference.year + offset, part) for offset in range(-3, 5)]
    if shift < 0:
        return [span for span in spans if span[1] < reference][shift]
    if shift > 0:
        return [span for span in spans if span[0] > reference][shift - 1]
    if expression.shift is not None and part > 1:  # a winter lies in two years
        return season_span(reference.year, part)
    return min(spans, key=lambda span: _distance(span, reference))


def _weekday(expression: Expression, reference: date) -> Span:
    weekday = expression.weekday or 0
    if expression.shift is not None:
        day = _shifted("week", expression.shift, reference)[0] + timedelta(days=weekday)
        return day, day
    ahead = (weekday - reference.weekday()) % 7
    days = {
        "past or today": ahead - 7 if ahead else 0,
        "past": ahead - 7,
        "today or next": ahead,
        "next": ahead or 7,
        "same week": weekday - reference.weekday(),
    }[expression.pick or "past or today"]
    first = reference + timedelta(days=days + 7 * expression.weeks)
    if expression.last_weekday is None:
        return first, first
    length = (expression.last_weekday - weekday) % 7
    over = timedelta(days=7 if expression.pick == "past or today" and days + length > 0 else 0)
    return first - over, first + timedelta(days=length) - over


def likeliest_year(expression: Expression, reference: date, *, ahead: bool = False) -> Expression:
    """`expression` with the missing year that puts it nearest to `reference`; not before it when that is `ahead`."""
    offsets = (0, -1, 1, -2, -3, 2, 3) if (expression.month, expression.day) == (2, 29) else (0, -1, 1)
    dated = [replace(expression, year=reference.year + offset) for offset in offsets]
    spans = [(stated_span(candidate), candidate) for candidate in dated]
    possible = [(span, candidate) for span, candidate in spans if span is not None]
    pick = "today or next" if ahead and expression.pick is None else expression.pick
    picked = [pair for pair in possible if _is_picked(pick, pair[0], reference)] or possible
    if not picked:
        return expression
    return min(picked, key=lambda pair: _unlikeliness(pair[0], expression, reference))[1]


def _is_picked(pick: Pick | None, span: Span, reference: date) -> bool:
    """Whether "last", "this" or "next" before a month, or an auxiliary, allows its days to be `span`."""
    if pick == "same week":
        return span[0].year == reference.year
    allowed = {
        "past": span[1] < reference, "past or today": span[0] <= reference,
        "next": span[0] > reference, "today or next": span[1] >= reference,
    }  # fmt: skip
    return allowed.get(pick or "", True)


def _unlikeliness(span: Span, expression: Expression, reference: date) -> int:
    """Distance in time; a day is told of sooner than foretold."""
    ahead = span[0] > reference and expression.precision == "day"
    return _distance(span, reference) * (AHEAD if ahead else 1)


def _distance(span: Span, reference: date) -> int:
    """Days from `reference` to the middle of `span`, doubled."""
    return abs((span[0] - reference).days + (span[1] - reference).days)
