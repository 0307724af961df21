"""The records of digests: a cited summary and a timeline; `to_json` gives the documents of the commands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.digest.coverage import Coverage
from assistant.digest.dated import Origin
from assistant.records import Citation, Sentence
from ingest.dates import Precision


@dataclass(frozen=True, slots=True)
class Summary:
    """A cited summary of what the articles tell about a topic; `text` carries the markers.

    `topic` is None for a digest of all articles that were asked for. `notice` tells what went wrong.
    """

    topic: str | None
    language: str
    text: str
    abstained: bool
    coverage: Coverage
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    notice: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The document of `assistant summarize --json`."""
        return {
            "topic": self.topic, "language": self.language, "answer": self.text, "abstained": self.abstained,
            "notice": self.notice, "sentences": [sentence.to_json() for sentence in self.sentences],
            "citations": [citation.to_json() for citation in self.citations],
            "coverage": self.coverage.to_json() | {"statement": self.coverage.tell(self.language)},
        }


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """A dated row: ISO days, `end_date` None when it is one day; `text` is the first citation's quote.

    `origin` says how the day is known: stated in the text, relative to the publication day, or that day itself.
    `weight` (higher is more) ranks events by how much the articles make of them.
    """

    date: str
    end_date: str | None
    precision: Precision
    text: str
    citations: tuple[Citation, ...]
    origin: Origin
    words: str
    weight: float

    def to_json(self) -> dict[str, Any]:
        """The event as a plain document."""
        return {
            "date": self.date, "end_date": self.end_date, "precision": self.precision, "text": self.text,
            "citations": [citation.to_json() for citation in self.citations], "origin": self.origin,
            "words": self.words, "weight": round(self.weight, 4),
        }


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events in order of their days, and apart from them what no day is told for."""

    topic: str | None
    language: str
    events: tuple[TimelineEvent, ...]
    undated: tuple[Citation, ...]
    coverage: Coverage

    def to_json(self) -> dict[str, Any]:
        """The document of `assistant timeline --json`."""
        return {
            "topic": self.topic, "language": self.language, "events": [event.to_json() for event in self.events],
            "undated": [{"text": one.quote, "citations": [one.to_json()]} for one in self.undated],
            "coverage": self.coverage.to_json() | {"statement": self.coverage.tell(self.language)},
        }
