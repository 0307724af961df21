"""Days from one to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included; None where the span is open."""

    first: date | None
    last: date | None

    def distance(self, day: date) -> int:
        """How many days `day` lies outside; 0 within."""
        early = (self.first - day).days if self.first else 0
        late = (day - self.last).days if self.last else 0
        return max(early, late, 0)
