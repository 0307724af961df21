"""Sentences with the days they speak of: stated in words, counted from the publication day, or that day itself.

An event's day is never taken from the article's unless the article opens with it and names no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.digest.sentences import LONGEST, repeats_title, weakness
from assistant.digest.words import TopicWords
from ingest.article import Article
from ingest.dates import DateMention, Precision, find_dates
from ingest.sentences import split_sentences

Origin = Literal["stated", "relative", "published"]
SHORTEST = 15
# A reported event belongs to the past or the near future of its article.
_HABIT = re.compile(r"\b(?:varje|varannan|every|each|jede[nrms]?)\s$", re.IGNORECASE)
_PAST_DAYS, _AHEAD_DAYS, _LONGEST_DAYS = 366 * 60, 366 * 5, 366 * 2


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day, or the first and last of several, as precisely as it was told."""

    first: date
    last: date
    precision: Precision

    @property
    def key(self) -> tuple[date, date]:
        """What makes two occasions one."""
        return self.first, self.last


@dataclass(frozen=True, slots=True)
class DatedSentence:
    """`article.text[start:end]` and the occasion it speaks of.

    `origin` says how the day is known: stated in the sentence, relative to the publication day (`words` are the
    expression), or the publication day of an article whose opening names no day.
    """

    article: Article
    start: int
    end: int
    place: int
    occasion: Occasion
    origin: Origin
    words: str
    on_topic: bool

    @property
    def text(self) -> str:
        """The sentence itself, verbatim."""
        return self.article.text[self.start : self.end]

    @property
    def published(self) -> date | None:
        """The article's publication day."""
        return publication_day(self.article)


@dataclass(frozen=True, slots=True)
class UndatedSentence:
    """The opening sentence of an article that tells no day at all: `article.text[start:end]`."""

    article: Article
    start: int
    end: int


def read_dated(articles: Sequence[Article], topic: str) -> tuple[list[DatedSentence], list[UndatedSentence]]:
    """All dated sentences of the articles, and the openings of those that cannot be dated."""
    wanted = TopicWords.of(topic)
    dated: list[DatedSentence] = []
    undated: list[UndatedSentence] = []
    for article in articles:
        found = list(_read_article(article, wanted))
        dated += found
        if not found and (opening := _opening(article)) is not None:
            undated.append(UndatedSentence(article, *opening))
    return dated, undated


def publication_day(article: Article) -> date | None:
    """The day an article was published, None when it does not say."""
    told = article.metadata.published_at
    return date.fromisoformat(told[:10]) if told else None


def _read_article(article: Article, wanted: TopicWords) -> Iterator[DatedSentence]:
    published = publication_day(article)
    spans = [(start, end) for start, end in split_sentences(article.text, article.language)
             if not repeats_title(article.text[start:end], article)]
    for place, (start, end) in enumerate(spans):
        text = article.text[start:end]
        if not SHORTEST <= end - start <= LONGEST:
            continue
        on_topic = wanted.touch(text)
        days: dict[tuple[date, date], DateMention] = {}
        if text.strip() in article.captions:  # a photograph's day is no event's
            continue
        for mention in find_dates(text, article.language, reference=published):
            if mention.earliest is not None and mention.latest is not None and _plausible(text, mention, published):
                days.setdefault((mention.earliest, mention.latest), mention)
        for (first, last), mention in _most_precise(days).items():
            relative = mention.relative or mention.inferred
            yield DatedSentence(article, start, end, place, Occasion(first, last, mention.precision),
                                "relative" if relative else "stated", mention.text, on_topic)
        if not days and place == 0 and published is not None:
            yield DatedSentence(article, start, end, place, Occasion(published, published, "day"),
                                "published", "", on_topic)


def _most_precise(days: dict[tuple[date, date], DateMention]) -> dict[tuple[date, date], DateMention]:
    """The mentions that hold no other: "on Tuesday" rather than "this week" or "2024"."""
    return {
        span: mention for span, mention in days.items()
        if not any(other != span and span[0] <= other[0] and other[1] <= span[1] for other in days)
    }


def _plausible(text: str, mention: DateMention, published: date | None) -> bool:
    """Whether the mention can be the day of an event: no habit ("every Friday"), no decade, no far-off day."""
    if _HABIT.search(text[max(0, mention.start - 12) : mention.start]):
        return False
    if mention.earliest is None or mention.latest is None:
        return False
    if mention.precision == "decade" or (mention.latest - mention.earliest).days > _LONGEST_DAYS:
        return False
    if published is None:
        return True
    return (published - mention.latest).days <= _PAST_DAYS and (mention.earliest - published).days <= _AHEAD_DAYS


def _opening(article: Article) -> tuple[int, int] | None:
    """The first sentence that can stand alone."""
    spans = [span for span in split_sentences(article.text[:3000], article.language) if span[1] - span[0] >= SHORTEST]
    alone = [span for span in spans[:4] if not weakness(article.text[span[0] : span[1]])]
    return next(iter(alone or spans), None)
