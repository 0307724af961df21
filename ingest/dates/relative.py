"""Reads expressions that count from the day of writing, by the tables of `phrases`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.dates.mention import Expression, Precision
from ingest.dates.numbers import NUMBER, NUMBERS
from ingest.dates.phrases import HOURS, MULTIPLES, NEIGHBOURS, SEASON_YEARS, SV_SEASONS, UNITS, WEEKENDS
from ingest.dates.rows import ROWS, Amount
from ingest.dates.vocabulary import SEASONS

GAP = r"[^\S\n]{1,3}"
# "the day before", but not "the day before the vote".
_CLAUSE_END = r"(?=[^\S\n]*(?:[.,;:!?)]|$|\n))"


# Words before a number that leave it about the same, and those that make it exact.
_ABOUT = {
    "sv": "ungefär|drygt|cirka|omkring|runt|nästan|knappt|mindre än|mer än|bara|ytterligare",
    "de": "etwa|rund|gut|knapp|fast|ungefähr|über|mehr als|weniger als|circa|nur|kaum|bereits|schon",
    "en": "about|around|roughly|nearly|almost|just|just over|just under|less than|more than|under|only|another",
}
_EXACTLY = {"sv": "exakt|precis", "de": "genau|exakt", "en": "exactly"}
# "för en dryg vecka sedan", "vor einem knappen Jahr".
_ROUGH = "(?: (?:dryg|drygt|knapp|knappt|gute[nrm]|knappe[nrm]))?"


@dataclass(frozen=True, slots=True)
class Rule:
    """One relative expression: what may follow its first word, and what it means."""

    rest: re.Pattern[str]
    precision: Precision | None
    amount: Amount


_OPENERS = ("i", "under", "hela", "am", "zum", "übers", "ganze", "the", "whole")


@cache
def season_words(language: str) -> frozenset[str]:
    """Words that may begin "last summer", "i somras", "am Wochenende"."""
    return frozenset((*NEIGHBOURS[language], *_OPENERS)) if language in NEIGHBOURS else frozenset()


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
    about = _ABOUT[language]
    pattern = rest.replace("{about}", f"(?:(?:{about}) )?").replace("{exactly}", f"(?:{_EXACTLY[language]}) ")
    pattern = pattern.replace("{n}", f"(?P<n>{NUMBER}){_ROUGH}").replace(" ", GAP)
    pattern = pattern.replace("{unit}", f"(?P<unit>{'|'.join(UNITS[language])})").replace("{end}", _CLAUSE_END)
    return re.compile(pattern + r"(?!\w)", re.IGNORECASE)


def read_relative(text: str, start: int, end: int, word: str, language: str) -> Expression | None:
    """The longest relative expression whose first word is `text[start:end]` (`word`: in lower case)."""
    found: Expression | None = None
    table = rules(language)
    number, end = _read_count(text, start, end, word, language)
    for rule in (*table.get(word, ()), *(table.get("{n}", ()) if number else ())):
        match = rule.rest.match(text, end)
        if match and (found is None or match.end() > found.end):
            found = _build(rule, match, start, number, language) or found
    season = _read_season(text, start, end, word, language)
    return season if found is None or (season and season.end > found.end) else found


_HYPHENED = re.compile(r"[a-z]{5,7}-[a-z]{3,5}(?![\w-])", re.IGNORECASE)


def _read_count(text: str, start: int, end: int, word: str, language: str) -> tuple[int | None, int]:
    """The number that begins at `start`, None without one, and its end: "twenty-five" is one."""
    if word.isdecimal():
        return (int(word) if len(word) < 4 else None), end
    if text[start - 1 : start] == "-":
        return None, end
    numbers = NUMBERS.get(language, {})
    hyphened = _HYPHENED.match(text, start)
    if hyphened and hyphened[0].lower() in numbers:
        return numbers[hyphened[0].lower()], hyphened.end()
    return numbers.get(word), end


def _build(rule: Rule, match: re.Match[str], start: int, number: int | None, language: str) -> Expression | None:
    groups = match.groupdict()
    if groups.get("n"):
        written = groups["n"].lower()
        number = int(written) if written.isdecimal() else NUMBERS[language].get(written)
        if number is None:
            return None
    precision = rule.precision or UNITS[language][groups["unit"].lower()]
    amount = rule.amount
    if isinstance(amount, int):
        return Expression(start, match.end(), precision, shift=amount)
    if amount == "same":
        return Expression(start, match.end(), precision, shift=0, anchored=True)
    unit = (groups.get("unit") or "").lower()
    units = (number or 1) * MULTIPLES.get(unit, 1)
    if unit in HOURS:
        if units < 24:
            return None
        units = -(-units // 24)
    units = -units if amount in ("-n", "last n", "exactly -n", "before n") else units
    if amount in ("last n", "next n"):
        return Expression(start, match.end(), precision, span=units)
    return Expression(start, match.end(), precision, shift=units, exact=amount in ("exactly -n", "exactly +n"),
                      anchored=amount in ("before n", "after n"), counted=amount == "+n")  # fmt: skip


@cache
def _season_years(language: str) -> re.Pattern[str]:
    phrases = sorted(SEASON_YEARS[language], key=len, reverse=True)
    return re.compile(f"{GAP}(?P<year>{'|'.join(phrases).replace(' ', GAP)})(?!\\w)", re.IGNORECASE)


def read_season_of_year(text: str, start: int, end: int, word: str, language: str) -> Expression | None:
    """ "hösten nästa år", "im Herbst kommenden Jahres": the season `text[start:end]` of a year told after it."""
    match = _season_years(language).match(text, end)
    if match is None:
        return None
    shift = SEASON_YEARS[language][" ".join(match["year"].lower().split())]
    return Expression(start, match.end(), "season", part=SEASONS[language][word], of_year=shift)


_NEXT_WORD = re.compile(GAP + r"(?P<word>[^\W\d_]+)")
_SECOND = re.compile(GAP + r"(?P<way>before last|after next)(?!\w)", re.IGNORECASE)


def _read_season(text: str, start: int, end: int, word: str, language: str) -> Expression | None:
    """ "last summer", "i somras", "kommendes Wochenende"."""
    if word not in season_words(language):
        return None
    following = _NEXT_WORD.match(text, end)
    shift = NEIGHBOURS[language].get(word)
    if following is None:
        return None
    second, end = following["word"].lower(), following.end()
    if word == "the" and (further := _SECOND.match(text, end)):
        shift, end = (-2 if further["way"].lower().startswith("before") else 2), further.end()
    if second in WEEKENDS[language]:  # the coming weekend is this week's
        if shift is None:
            return Expression(start, end, "week", shift=0, part=1, pick="nearest")
        if word.startswith(("coming", "kommande", "kommende", "till", "nächste")):
            return Expression(start, end, "week", shift=0, part=1, pick="next")
        return Expression(start, end, "week", shift=shift, part=1)
    if language == "sv" and second == "fjol" and (third := _NEXT_WORD.match(text, end)):
        part = SEASONS["sv"].get(third["word"].lower())
        return Expression(start, third.end(), "season", part=part, of_year=-1) if part else None
    if shift is not None and second in SEASONS[language]:
        return Expression(start, end, "season", part=SEASONS[language][second], shift=shift)
    if word == "i" and second in SV_SEASONS and language == "sv":
        part, shift = SV_SEASONS[second]
        return Expression(start, end, "season", part=part, shift=shift)
    return None
