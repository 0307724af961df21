"""Digits into the values they may mean: separators of three languages, clock times, centuries.

It knows nothing of scales and units.
"""

from __future__ import annotations

import re

FRACTION_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
SPACE = "[ \u00a0\u202f\u2009]"
DIGITS = (
    rf"\d{{1,3}}(?:{SPACE}\d{{3}})+(?!\d)(?:[.,]\d{{1,2}}(?!\d))?"
    r"|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?|\d{1,3}(?:['’]\d{3})+(?!\d)"
    r"|\d+[.,]\d+|\d+"
)
_CENTURY = re.compile(
    r"(?:st|nd|rd|th|:e|\.)?[\s-](?:century|centuries|Jahrhundert\w*|århundrade\w*|seklet|sekel)"
)
_HUNDREDS = re.compile(r"-tal\w*|er(?:[\s-]Jahre\w*)?\b|s\b")
_DAYTIME = re.compile(r"\s?(?P<half>[ap])\.?m\b|\s?(?:Uhr|o'clock)", re.IGNORECASE)


def read_digits(digits: str, language: str | None) -> tuple[float, ...]:
    """The values of "1,500", "1.500,5", "1 500": the likelier reading in `language` first."""
    bare = re.sub(r"[\s\u00a0\u202f\u2009'’]", "", digits)
    if "." in bare and "," in bare:
        decimal = max(".", ",", key=bare.rfind)
        return (float(bare.replace("," if decimal == "." else ".", "").replace(",", ".")),)
    sign = "," if "," in bare else "."
    head, _, tail = bare.rpartition(sign)
    if not head:
        return (float(bare),)
    grouped = float(bare.replace(sign, ""))
    if bare.count(sign) > 1:
        return (grouped,)
    decimal_value = float(f"{head}.{tail}")
    if len(tail) != 3:
        return (decimal_value,)
    likely_group = (sign == ",") == (language == "en")
    return (grouped, decimal_value) if likely_group or language is None else (decimal_value, grouped)


def read_clock(digits: str, minutes: str | None, text: str, end: int) -> tuple[float, ...]:
    """Hours.minutes readings of a clock time that ends at `end`: "2:30 pm" and "14.30" meet at 14.3."""
    if minutes:
        hour, minute = float(digits.replace(",", "").replace(".", "") or 0), int(minutes)
    elif re.fullmatch(r"\d{1,2}(?:\.[0-5]\d)?", digits):
        hour, minute = float(digits.partition(".")[0]), int(digits.partition(".")[2] or 0)
    else:
        return ()
    daytime = _DAYTIME.match(text, end)
    readings = [hour + minute / 100] if minutes else []
    if daytime and daytime["half"] and daytime["half"].lower() == "p" and hour < 12:
        readings.append(hour + 12 + minute / 100)
    return tuple(readings)


def read_age(values: tuple[float, ...], text: str, end: int) -> tuple[tuple[float, ...], int]:
    """The values with those of a century or decade that the text goes on to name, and where that ends."""
    if century := _CENTURY.match(text, end):
        return values + tuple((value - 1) * 100 for value in values), century.end()
    if hundreds := _HUNDREDS.match(text, end):
        values += tuple(value / 100 + 1 for value in values if value >= 1000 and value % 100 == 0)
        return values + tuple(value - 1900 for value in values if 1900 <= value < 2000), hundreds.end()
    return values, end
