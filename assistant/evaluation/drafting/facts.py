"""What an article states so plainly that a question can be made of it: counts, dates, names.

Only whole sentences count, in one of three languages, with offsets into the article's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.evaluation.drafting.templates import BEFORE_INFLECTED, NOT_COUNTED, PLURAL
from assistant.verify.names import find_names
from ingest.article import Article
from ingest.dates import find_dates
from ingest.sentences import split_sentences

WORDS = (7, 32)  # shorter sentences say too little, longer ones are lists
NAME_CHARS = (7, 40)
_NUMBER = re.compile(r"(?<![\w.,:/–-])\d{1,3}(?:[ .,]\d{3})+(?![\w,:/–-])|(?<![\w.,:/–-])\d{1,6}(?![\w:/–-]|[.,]\d)")
_COUNTED = re.compile(rf"({_NUMBER.pattern}) ([^\W\d_]+)(?![-\w])")
_WHOLE = re.compile(r"[A-ZÅÄÖÜ\d].*[.!?]", re.DOTALL)
_SPEECH = re.compile(r"[\"“”„»«]|^[–—-]")
_ORDINAL = re.compile(r"\. \w")
_LAST_WORD = re.compile(r"(\w+)\W*$")


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things: `sentence` holds `number` and right after it `noun`."""

    article: Article
    sentence: str
    number: str
    noun: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A sentence with one number or one day in it: `sentence[start:end]`."""

    article: Article
    sentence: str
    start: int
    end: int
    day: str | None = None

    @property
    def text(self) -> str:
        """What stands in the gap."""
        return self.sentence[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The first sentence of an article in which a name of two words or more stands."""

    article: Article
    sentence: str
    name: str


def find_sentences(article: Article) -> Iterator[tuple[int, str]]:
    """(start, sentence) of the whole, plain, unquoted sentences of an article."""
    for start, end in split_sentences(article.text, article.language):
        sentence = article.text[start:end]
        plain = _WHOLE.fullmatch(sentence) and "\n" not in sentence and not _SPEECH.search(sentence)
        if plain and WORDS[0] <= len(sentence.split()) <= WORDS[1]:
            yield start, sentence


def find_counts(article: Article) -> list[Count]:
    """Counts that an article gives once, or always alike."""
    plural = PLURAL[article.language]
    given: dict[str, set[str]] = {}
    for match in _COUNTED.finditer(article.text):
        given.setdefault(noun_stem(match[2]), set()).add(match[1])
    found: dict[str, Count] = {}
    for _, sentence in find_sentences(article):
        for match in _COUNTED.finditer(sentence):
            number, noun = match[1], match[2]
            if (plural.fullmatch(noun) and noun.casefold() not in NOT_COUNTED and not _is_year(number)
                    and not _is_inflected(sentence[: match.start()], article.language)
                    and given[noun_stem(noun)] == {number}):
                found.setdefault(noun_stem(noun), Count(article, sentence, number, noun))
    return list(found.values())


def find_number_gaps(article: Article) -> list[Gap]:
    """Sentences whose only digits are one number of two digits or more, no year."""
    gaps = []
    for _, sentence in find_sentences(article):
        matches = list(_NUMBER.finditer(sentence))
        if len(matches) == 1 and len(matches[0][0]) > 1 and not _is_year(matches[0][0]):
            rest = sentence[: matches[0].start()] + sentence[matches[0].end() :]
            ordinal = _ORDINAL.match(sentence, matches[0].end())
            if not ordinal and not any(char.isdigit() for char in rest):
                gaps.append(Gap(article, sentence, *matches[0].span()))
    return gaps


def find_day_gaps(article: Article) -> list[Gap]:
    """Sentences with one time expression, a day with its year written out."""
    gaps = []
    for _, sentence in find_sentences(article):
        dates = find_dates(sentence, article.language)
        if len(dates) == 1 and dates[0].precision == "day" and not (dates[0].relative or dates[0].inferred):
            day = dates[0].earliest
            if day is not None and day == dates[0].latest:
                gaps.append(Gap(article, sentence, dates[0].start, dates[0].end, day.isoformat()))
    return gaps


def find_mentions(article: Article) -> list[Mentioned]:
    """The names of two words or more, each with its first sentence."""
    found: dict[str, Mentioned] = {}
    for _, sentence in find_sentences(article):
        for name in find_names(sentence, article.language):
            text = sentence[name.start : name.end]
            if name.sure and len(name.words) in (2, 3) and _is_plain_name(text, sentence, name.start):
                found.setdefault(text, Mentioned(article, sentence, text))
    return list(found.values())


def noun_stem(noun: str) -> str:
    """Enough of a noun to meet its other forms."""
    return noun.casefold()[:6]


def _is_plain_name(text: str, sentence: str, start: int) -> bool:
    """Whether it is a name as one would ask for it: no title at the start, no possessive, no measure."""
    opens = start == 0 or sentence[:start].rstrip()[-1:].isdigit()
    odd = any(char.isdigit() or char in ".,'’" for char in text) or sentence[start + len(text) :][:1] in ("'", "’")
    return not opens and not odd and NAME_CHARS[0] <= len(text) <= NAME_CHARS[1]


def _is_year(number: str) -> bool:
    return len(number) == 4 and number.isdigit() and 1000 <= int(number) <= 2100


def _is_inflected(before: str, language: str) -> bool:
    last = _LAST_WORD.search(before)
    return language == "de" and last is not None and last[1].casefold() in BEFORE_INFLECTED
