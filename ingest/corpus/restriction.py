"""What a search of the index may be restricted to, pushed down into both of its halves."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Restriction:
    """Values a passage's article must have; values of one field are alternatives, empty means any.

    Days are numbers (20240208) and inclusive; an article without a date lies within no days.
    """

    languages: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    article_ids: tuple[str, ...] = ()
    first_day: int | None = None
    last_day: int | None = None

    def to_language(self, language: str) -> Restriction | None:
        """This restriction within one language; None when it excludes that language."""
        if self.languages and language not in self.languages:
            return None
        return replace(self, languages=(language,))

    def to_publisher(self, publisher: str) -> Restriction | None:
        """This restriction within one publisher; None when it excludes that publisher."""
        if self.publishers and publisher not in self.publishers:
            return None
        return replace(self, publishers=(publisher,))

    def to_days(self, first: int, last: int) -> Restriction | None:
        """This restriction within some days; None when it excludes all of them."""
        first, last = max(first, self.first_day or first), min(last, self.last_day or last)
        return replace(self, first_day=first, last_day=last) if first <= last else None


ANY = Restriction()
