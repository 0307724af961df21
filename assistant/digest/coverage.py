"""What a digest rests on: how many articles matched, were read, folded as copies or left out, and from when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.wording import long_date, say
from ingest.article import Article

COVERAGE = {
    "sv": "Läste {read} av {matching} artiklar som passar",
    "de": "{read} von {matching} passenden Artikeln gelesen",
    "en": "Read {read} of {matching} matching articles",
}
LEFT_OUT = {
    "sv": "{count} utelämnades (för långt från ämnet)",
    "de": "{count} ausgelassen (zu weit vom Thema)",
    "en": "{count} left out (too far from the topic)",
}
FOLDED = {
    "sv": "{count} kopior räknas inte för sig",
    "de": "{count} Kopien nicht eigens gezählt",
    "en": "{count} copies folded",
}
UNDATED_COUNT = {"sv": "{count} odaterade", "de": "{count} undatiert", "en": "{count} undated"}


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of articles: `matching` = `read` + `copies` + `left_out`.

    `languages`, `undated`, and the first and last publication day are of all that match.
    """

    matching: int
    read: int
    copies: int
    left_out: int
    languages: Mapping[str, int]
    first: str | None
    last: str | None
    undated: int

    def to_json(self) -> dict[str, Any]:
        """The coverage as a plain document."""
        return {
            "matching": self.matching, "read": self.read, "copies": self.copies, "left_out": self.left_out,
            "languages": dict(self.languages), "from": self.first, "to": self.last, "undated": self.undated,
        }

    def tell(self, language: str) -> str:
        """One sentence for people, in `language`."""
        parts = [say(COVERAGE, language).format(read=self.read, matching=self.matching)]
        parts += [
            say(phrase, language).format(count=count)
            for phrase, count in ((LEFT_OUT, self.left_out), (FOLDED, self.copies)) if count
        ]
        days = []
        if self.first and self.last:
            days.append(_range(self.first, self.last, language))
        if self.undated:
            days.append(say(UNDATED_COUNT, language).format(count=self.undated))
        languages = ", ".join(f"{code} {count}" for code, count in self.languages.items())
        return "; ".join(part for part in (", ".join(parts), languages, ", ".join(days)) if part) + "."


def measure_coverage(read: Sequence[Article], copies: Sequence[Article], left_out: Sequence[Article]) -> Coverage:
    """The coverage of a digest that read `read`; each article stands in one of the three."""
    matching = [*read, *copies, *left_out]
    days = sorted(day[:10] for article in matching if (day := article.metadata.published_at))
    return Coverage(
        len(matching), len(read), len(copies), len(left_out),
        dict(Counter(article.language for article in matching).most_common()),
        days[0] if days else None, days[-1] if days else None, len(matching) - len(days),
    )


def _range(first: str, last: str, language: str) -> str:
    start = long_date(date.fromisoformat(first), language)
    return start if first == last else f"{start} – {long_date(date.fromisoformat(last), language)}"
