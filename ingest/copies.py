"""Which stored or waiting article a text is a copy of: the bookkeeping around `ingest.dedupe`.

Articles that wait to be stored count as if they were: what is a copy of what does not depend on when
a batch is written, so that a run that was broken off and repeated finds the same originals. A copy has the language
of its original: a list of names reads alike in all, and who asks for one language must find what is in it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import count

from ingest.corpus.catalogue import Catalogue
from ingest.dedupe import (
    COMMON_SHINGLE,
    MOST_CANDIDATES,
    Candidate,
    Fingerprint,
    Match,
    find_original,
    fingerprint_text,
)


@dataclass(frozen=True, slots=True)
class _Waiting:
    fingerprint: Fingerprint
    language: str
    place: int
    is_original: bool


class Copies:
    """Originals by their shingles, in the catalogue and among the articles that wait."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._waiting: dict[str, _Waiting] = {}
        self._holders: dict[int, list[str]] = {}
        self._leaving: set[str] = set()
        self._places = count()

    def find(self, article_id: str, fingerprint: Fingerprint, language: str) -> Match | None:
        """The original in the same language of which this is a copy, or which is a copy of this one."""
        return find_original(fingerprint, self._candidates(article_id, fingerprint, language), self._load)

    def wait(self, article_id: str, fingerprint: Fingerprint, language: str, *, is_original: bool) -> None:
        """An article is about to be stored."""
        self._waiting[article_id] = _Waiting(fingerprint, language, next(self._places), is_original)
        if is_original:
            for value in fingerprint.sample.tolist():
                self._holders.setdefault(value, []).append(article_id)

    def is_waiting(self, article_id: str) -> bool:
        """Whether an article is about to be stored."""
        return article_id in self._waiting

    def leave(self, article_id: str) -> None:
        """An article is about to be removed: nothing is a copy of it any more."""
        self._leaving.add(article_id)

    def is_leaving(self, article_id: str) -> bool:
        """Whether an article is about to be removed."""
        return article_id in self._leaving

    def settle(self, article_id: str) -> None:
        """An article is stored, or removed."""
        self._leaving.discard(article_id)
        waiting = self._waiting.pop(article_id, None)
        if waiting is None or not waiting.is_original:
            return
        for value in waiting.fingerprint.sample.tolist():
            self._holders[value].remove(article_id)
            if not self._holders[value]:
                del self._holders[value]

    def _candidates(self, own_id: str, fingerprint: Fingerprint, language: str) -> list[Candidate]:
        """Those that share most shingles, the oldest first where they share as many."""
        stored: Counter[int] = Counter()
        waiting: Counter[str] = Counter()
        sample = fingerprint.sample.tolist()
        for value, numbers in self._catalogue.shingle_holders(sample, COMMON_SHINGLE + 1):
            recent = self._holders.get(value, [])
            if len(numbers) + len(recent) <= COMMON_SHINGLE:
                stored.update(numbers)
                waiting.update(recent)
        found = self._stored_candidates(own_id, stored, language)
        for article_id, shared in waiting.items():
            one = self._waiting[article_id]
            if article_id != own_id and article_id not in self._leaving and one.language == language:
                found.append((-shared, 1, one.place, Candidate(article_id, shared, len(one.fingerprint.sample))))
        return [candidate for *_, candidate in sorted(found, key=lambda entry: entry[:3])]

    def _stored_candidates(
        self, own_id: str, shared: Counter[int], language: str
    ) -> list[tuple[int, int, int, Candidate]]:
        best = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
        found: list[tuple[int, int, int, Candidate]] = []
        for begin in range(0, len(best), MOST_CANDIDATES):
            part = dict(best[begin : begin + MOST_CANDIDATES])
            for number, (article_id, size) in self._catalogue.originals_numbered(list(part), language).items():
                # The old text of an article that waits is about to be replaced.
                if article_id != own_id and article_id not in self._waiting and article_id not in self._leaving:
                    found.append((-part[number], 0, number, Candidate(article_id, part[number], size)))
            if len(found) >= MOST_CANDIDATES:
                break
        return found

    def _load(self, article_id: str) -> Fingerprint:
        if article_id in self._waiting:
            return self._waiting[article_id].fingerprint
        article = self._catalogue.article(article_id)
        return fingerprint_text(article.text if article else "")
