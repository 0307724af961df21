"""The records of answering: citation, sentence, answer, and the events of a streamed one.

Frozen values; `Answer.to_json` is the document of `assistant ask --json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from ingest.article import ScoredPassage

Verdict = Literal["supported", "partly", "unsupported"]
# How much of an answer is wanted.
Length = Literal["short", "normal", "long"]


@dataclass(frozen=True, slots=True)
class Citation:
    """One marker of an answer and the verbatim quote behind it.

    `quote == article.text[start:end]`, always; offsets are characters of the article's text.
    `also_published_by` are the publishers (or names) of copies of the same text: one voice, not several.
    `translation` is the quote by machine in the language of the answer, never more than an aid.
    """

    marker: int
    article: str
    article_id: str
    title: str | None
    publisher: str | None
    published_at: str | None
    language: str
    quote: str
    start: int
    end: int
    verdict: Verdict = "supported"
    reasons: tuple[str, ...] = ()
    also_published_by: tuple[str, ...] = ()
    translation: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The citation as a plain document."""
        return {
            "marker": self.marker, "article": self.article, "title": self.title,
            "publisher": self.publisher, "published_at": self.published_at, "language": self.language,
            "quote": self.quote, "start": self.start, "end": self.end, "verdict": self.verdict,
            "reasons": list(self.reasons), "also_published_by": list(self.also_published_by),
            "translation": self.translation,
        }


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer, its markers, and whether what it cites supports it."""

    text: str
    citations: tuple[int, ...]
    verdict: Verdict
    reasons: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The sentence as a plain document."""
        return {"text": self.text, "citations": list(self.citations), "verdict": self.verdict,
                "reasons": list(self.reasons)}


@dataclass(frozen=True, slots=True)
class Usage:
    """What a written answer took: tokens as the endpoint counts them (or `estimated`), and what they cost.

    `cost` is in the currency of the prices in the settings; None without them.
    """

    model: str
    prompt_tokens: int
    completion_tokens: int
    cost: float | None = None
    estimated: bool = False

    def to_json(self) -> dict[str, Any]:
        """The usage as a plain document."""
        return {"model": self.model, "prompt_tokens": self.prompt_tokens,
                "completion_tokens": self.completion_tokens, "cost": self.cost, "estimated": self.estimated}


def add_usage(one: Usage | None, other: Usage | None) -> Usage | None:
    """What two calls of one model took together."""
    if one is None or other is None:
        return one or other
    cost = None if one.cost is None or other.cost is None else one.cost + other.cost
    return Usage(
        other.model, one.prompt_tokens + other.prompt_tokens, one.completion_tokens + other.completion_tokens,
        cost, one.estimated or other.estimated,
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """A cited answer, or an abstention, to one question.

    `text` carries the markers (`… [1]`). `retrieved` is what was found, best first, cited or not.
    `timings_ms` are wall-clock milliseconds of the stages retrieve, answer and verify. `usage` is None when
    no model was called. `as_of` tells in words of when the cited articles are.
    """

    question: str
    language: str
    text: str
    abstained: bool
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    retrieved: tuple[ScoredPassage, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    notice: str | None = None
    usage: Usage | None = None
    as_of: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The document of `assistant ask --json`."""
        return {
            "question": self.question, "language": self.language, "answer": self.text,
            "abstained": self.abstained, "notice": self.notice,
            "sentences": [sentence.to_json() for sentence in self.sentences],
            "citations": [citation.to_json() for citation in self.citations],
            "retrieved": [
                {"article": hit.article.name, "passage": hit.passage.text, "start": hit.passage.start,
                 "end": hit.passage.end, "score": round(hit.score, 6)}
                for hit in self.retrieved
            ],
            "timings_ms": {stage: round(value, 1) for stage, value in self.timings_ms.items()},
            "as_of": self.as_of,
            "usage": self.usage.to_json() if self.usage else None,
        }


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is restricted to; empty means everything.

    Values of one field are alternatives. `articles` are names, urls or ids. Days are inclusive; an article
    without a date passes no day.
    """

    languages: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    published_from: date | None = None
    published_to: date | None = None

    def __bool__(self) -> bool:
        """Is anything restricted?"""
        days = self.published_from is not None or self.published_to is not None
        return days or bool(self.languages or self.publishers or self.articles)


EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation so far."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A streamed event: what the assistant is doing now (searching, reading, writing, checking)."""

    name: Literal["searching", "reading", "writing", "checking"]
    passages: int = 0


@dataclass(frozen=True, slots=True)
class Delta:
    """A streamed event: more text of the answer, unknown markers already removed."""

    text: str


@dataclass(frozen=True, slots=True)
class Done:
    """The last streamed event: the whole answer, cited and checked."""

    answer: Answer


Event = Stage | Delta | Done
