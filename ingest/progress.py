"""What an ingest did so far: counted article by article as they are stored, told to whoever watches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from ingest.article import Failure

Kind = Literal["added", "updated", "renamed"]


@dataclass(slots=True)
class IngestReport:
    """What a run did: counts of articles, failures with reasons, seconds of wall-clock time, tokens embedded.

    `older` counts the articles made by another version of cleaner or splitter, `share` (0…1) how much of the
    files' bytes is read.
    """

    added: int = 0
    updated: int = 0
    renamed: int = 0
    unchanged: int = 0
    removed: int = 0
    copies: int = 0
    older: int = 0
    failed: list[Failure] = field(default_factory=list)
    passages: int = 0
    seconds: float = 0.0
    embed_seconds: float = 0.0
    tokens: int = 0
    share: float = 0.0
    interrupted: bool = False

    @property
    def articles(self) -> int:
        """Articles looked at and stored, or found unchanged."""
        return self.added + self.updated + self.renamed + self.unchanged

    def count(self, kind: Kind) -> None:
        """One article more that was stored."""
        setattr(self, kind, getattr(self, kind) + 1)

    def to_json(self) -> dict[str, Any]:
        """The document of `assistant ingest --json`."""
        return {
            "added": self.added, "updated": self.updated, "renamed": self.renamed, "unchanged": self.unchanged,
            "removed": self.removed, "copies": self.copies, "older": self.older,
            "failed": [{"article": failure.name, "reason": failure.reason} for failure in self.failed],
            "passages": self.passages, "seconds": round(self.seconds, 3),
            "embed_seconds": round(self.embed_seconds, 3), "tokens": self.tokens,
            "interrupted": self.interrupted,
        }


# progress(files done, files in all, report so far)
Progress = Callable[[int, int, IngestReport], None]
