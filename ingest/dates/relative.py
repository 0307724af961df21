"""Reads expressions that count from the day of writing, by the tables of `phrases`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.dates.mention import Expression, Precision
from ingest.dates.phrases import NEIGHBOURS, ROWS, SV_SEASONS, UNITS, WEEKENDS, Amount
from ingest.dates.vocabulary import NUMBERS, SEASONS

GAP = r"[^\S\n]{1,3}"


@dataclass(frozen=True, slots=True)
class Rule:
    """One relative expression: what may follow its first word, and what it means."""

    rest: re.Pattern[str]
    precision: Precision | None
    amount: Amount


@cache
def season_words(language: str) -> frozenset[str]:
    """Words that may begin "last summer", "i somras", "am Wochenende"."""
    return frozenset((*NEIGHBOURS[language], "i", "am", "the")) if language in NEIGHBOURS else frozenset()


@cache
def rules(language: str) -> dict[str, tuple[Rule, ...]]:
    """First word → rules of `language`; numbers stand under "{n}"; empty for other languages."""
    table: dict[str, list[Rule]] = {}
    for first_words, rest, precision, amount in ROWS.get(language, ()):
        rule = Rule(_compile(rest, language), precision, amount)
        for word in first_words.split("|"):
            table.setdefault(word, []).append(rule)
    return {word: tuple(found) for word, found in table.items()}


def _compile(rest: str, language: str) -> re.Pattern[str]:
    number = "|".join([r"\d{1,3}", *NUMBERS[language]])
    unit = "|".join(UNITS[language])
    pattern = rest.replace(" ", GAP).replace("{n}", f"(?P<n>{number})").replace("{unit}", f"(?P<unit>{unit})")
    return re.compile(pattern + r"(?!\w)", re.IGNORECASE)


def read_relative(text: str, start: int, end: int, word: str, language: str) -> Expression | None:
    """The longest relative expression whose first word is `text[start:end]` (`word`: in lower case)."""
    found: Expression | None = None
    table = rules(language)
    number = NUMBERS.get(language, {}).get(word) or (
        int(word) if word.isdecimal() and len(word) < 4 else None
    )
    for rule in (*table.get(word, ()), *(table.get("{n}", ()) if number else ())):
        match = rule.rest.match(text, end)
        if match and (found is None or match.end() > found.end):
            found = _build(rule, match, start, number, language)
    return found or _read_season(text, start, end, word, language)


def _build(rule: Rule, match: re.Match[str], start: int, number: int | None, language: str) -> Expression:
    groups = match.groupdict()
    if groups.get("n"):
        written = groups["n"].lower()
        number = int(written) if written.isdecimal() else NUMBERS[language][written]
    precision = rule.precision or UNITS[language][groups["unit"].lower()]
    amount = rule.amount
    if isinstance(amount, int):
        return Expression(start, match.end(), precision, shift=amount)
    sign = -1 if amount in ("-n", "last n") else 1
    if amount in ("-n", "+n"):
        return Expression(start, match.end(), precision, shift=sign * (number or 1))
    return Expression(start, match.end(), precision, span=sign * (number or 1))


_NEXT_WORD = re.compile(GAP + r"(?P<word>[^\W\d_]+)")


def _read_season(text: str, start: int, end: int, word: str, language: str) -> Expression | None:
    """ "last summer", "i somras", "kommendes Wochenende"."""
    if word not in season_words(language):
        return None
    following = _NEXT_WORD.match(text, end)
    shift = NEIGHBOURS[language].get(word)
    if following is None:
        return None
    second = following["word"].lower()
    if second in WEEKENDS[language]:  # the coming weekend is this week's
        if shift is None:
            return Expression(start, following.end(), "week", shift=0, part=1, pick="nearest")
        week = 0 if word.startswith(("coming", "kommande", "kommende", "till")) else shift
        return Expression(start, following.end(), "week", shift=week, part=1)
    if shift is not None and second in SEASONS[language]:
        return Expression(start, following.end(), "season", part=SEASONS[language][second], shift=shift)
    if word == "i" and second in SV_SEASONS and language == "sv":
        part, shift = SV_SEASONS[second]
        return Expression(start, following.end(), "season", part=part, shift=shift)
    return None
