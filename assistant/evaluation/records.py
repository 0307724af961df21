"""What is judged: a question with its gold, and the record of what was answered.

Frozen values read from JSON; a `Record` is a line of a run file, so runs of other systems can be judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.records import Turn, Usage, Verdict

UNANSWERABLE = "unanswerable"
TYPES = ("single", "multi", "temporal", "conflict", "summary", "follow_up", UNANSWERABLE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """An article that holds the answer and, optionally, the quote; facts are filled in from the corpus.

    `article` is as the set names it; `original` is the name the corpus searches it by, that of the
    original when the set names a copy.
    """

    article: str
    quote: str | None = None
    original: str | None = None
    language: str | None = None
    publisher: str | None = None
    published_at: str | None = None

    @property
    def searched_as(self) -> str:
        """The name under which a search finds the article."""
        return self.original or self.article


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a set; whatever the set does not say is None or empty."""

    id: str
    question: str
    language: str | None = None
    type: str | None = None
    answer: str | None = None
    must_include: tuple[tuple[str, ...], ...] = ()
    must_not_include: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    history: tuple[Turn, ...] = ()
    asked_on: str | None = None

    @property
    def answerable(self) -> bool | None:
        """Whether the articles hold an answer; None when the set does not say."""
        if self.type == UNANSWERABLE:
            return False
        return True if self.type or self.evidence or self.answer or self.must_include else None

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Question:
        """The question of a checked row."""
        return cls(
            id=row["id"], question=row["question"], language=row.get("language"), type=row.get("type"),
            answer=row.get("answer"),
            must_include=tuple(tuple(group) for group in row.get("must_include") or ()),
            must_not_include=tuple(row.get("must_not_include") or ()),
            evidence=tuple(
                Evidence(item["article"], item.get("quote"), item.get("original"), item.get("language"),
                         item.get("publisher"), item.get("published_at"))
                for item in row.get("evidence") or ()
            ),
            history=tuple(Turn(turn["role"], turn["content"]) for turn in row.get("history") or ()),
            asked_on=row.get("asked_on"),
        )

    def to_json(self) -> dict[str, Any]:
        """The row of this question, without what is None or empty."""
        row: dict[str, Any] = {
            "id": self.id, "question": self.question, "language": self.language, "type": self.type,
            "answer": self.answer, "must_include": [list(group) for group in self.must_include],
            "must_not_include": list(self.must_not_include),
            "evidence": [
                {key: getattr(item, key) for key in Evidence.__slots__ if getattr(item, key) is not None}
                for item in self.evidence
            ],
            "history": [{"role": turn.role, "content": turn.content} for turn in self.history],
            "asked_on": self.asked_on,
        }
        return {key: value for key, value in row.items() if value not in (None, [])}


@dataclass(frozen=True, slots=True)
class CitedQuote:
    """A citation; `verbatim` tells whether the corpus holds the quote at its offsets, None if unknown."""

    marker: int
    article: str
    quote: str
    verdict: Verdict
    verbatim: bool | None = None
    title: str | None = None
    publisher: str | None = None
    published_at: str | None = None


@dataclass(frozen=True, slots=True)
class JudgedSentence:
    """A sentence of an answer, the markers it carries and its verdict."""

    text: str
    citations: tuple[int, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage, best first in its record."""

    article: str
    passage: str
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Record:
    """What was found and answered for one question; `answer` is None when only retrieval ran."""

    id: str
    answer: str | None = None
    abstained: bool = False
    sentences: tuple[JudgedSentence, ...] = ()
    citations: tuple[CitedQuote, ...] = ()
    retrieved: tuple[Hit, ...] = ()
    milliseconds: float | None = None
    answer_language: str | None = None
    error: str | None = None
    notice: str | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    usage: Usage | None = None

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Record:
        """The record of one line of a run file; raises KeyError or TypeError when it is not one."""
        return cls(
            id=row["id"], answer=row.get("answer"), abstained=bool(row.get("abstained")),
            sentences=tuple(
                JudgedSentence(item["text"], tuple(item["citations"]), item["verdict"])
                for item in row.get("sentences") or ()
            ),
            citations=tuple(
                CitedQuote(item["marker"], item["article"], item["quote"], item["verdict"],
                           item.get("verbatim"), item.get("title"), item.get("publisher"),
                           item.get("published_at"))
                for item in row.get("citations") or ()
            ),
            retrieved=tuple(
                Hit(item["article"], item["passage"], item.get("score", 0.0))
                for item in row.get("retrieved") or ()
            ),
            milliseconds=row.get("milliseconds"), answer_language=row.get("answer_language"),
            error=row.get("error"), notice=row.get("notice"), timings_ms=row.get("timings_ms") or {},
            usage=_usage(row["usage"]) if row.get("usage") else None,
        )


def _usage(row: Mapping[str, Any]) -> Usage:
    return Usage(row.get("model") or "", row["prompt_tokens"], row["completion_tokens"], row.get("cost"),
                 bool(row.get("estimated")))
