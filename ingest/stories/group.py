"""Tellings to stories: near in meaning, sharing rare names and numbers, published about the same day.

Groups grow from the surest pair on and join only when their articles agree on the whole, so that a chain
of related reports does not become one story. The same articles always give the same stories.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from datetime import date
from statistics import median_low

import numpy as np
from numpy.typing import NDArray

from ingest.stories.nearness import Nearness
from ingest.stories.shared import SharedMarks
from ingest.stories.telling import Telling

# Chosen on 77 translated news stories, 160 translated paragraphs of 32 subjects and the example articles;
# pairwise F1 on the first two stays about .9 or above for every limit from 1.1 to 1.25 (tests/benchmarks/README.md).
SAME_STORY = 1.18
MARKS_WEIGHT = 0.8
# Two groups are judged by the mean over their pairs and a little by the surest pair, which keeps a rewrite
# with its model when others tell the event differently; with the surest pair alone, related reports chain.
SUREST_WEIGHT = 0.25
# Reports of one event appear within days: the example articles' later developments follow after 18 days or more
# and lose .19, after a year 1.1. Undated articles neither gain nor lose.
NEAR_DAYS = 3
NEAR_GAIN = 0.35
LATE_LOSS = 0.3
# Nothing less near than this reached the limit by its names and date.
LEAST_NEARNESS = 0.25
# A group is compared by this many of its articles, so that a story of hundreds stays cheap.
COMPARED = 24


def group_stories(tellings: Sequence[Telling], vectors: NDArray[np.float32]) -> list[tuple[str, ...]]:
    """Ids of the articles of each story with two or more; `vectors` (n, d) are those of `mean_vector`."""
    if len(tellings) < 2:
        return []
    order = sorted(range(len(tellings)), key=lambda row: tellings[row].article_id)
    return _Grouping([tellings[row] for row in order], vectors[order]).run()


class _Grouping:
    """The groups while they grow; a group is named by its first row."""

    def __init__(self, tellings: Sequence[Telling], vectors: NDArray[np.float32]) -> None:
        self._ids = [telling.article_id for telling in tellings]
        self._days = [_day(telling.published_at) for telling in tellings]
        self._nearness = Nearness(vectors, [telling.language for telling in tellings])
        self._shared = SharedMarks([telling.marks for telling in tellings])
        self._members = {row: [row] for row in range(len(tellings))}
        self._group = list(range(len(tellings)))

    def run(self) -> list[tuple[str, ...]]:
        """Join groups, surest first, until no two agree; the stories in order of their first id."""
        waiting = self._likely_pairs()
        heapq.heapify(waiting)
        while waiting:
            negative, one, other = heapq.heappop(waiting)
            first, second = sorted((self._group[one], self._group[other]))
            if first == second:
                continue
            agreement = self._agreement(first, second)
            if agreement < SAME_STORY:
                continue
            if agreement < -negative and waiting and agreement < -waiting[0][0]:
                heapq.heappush(waiting, (-agreement, one, other))
                continue
            self._join(first, second)
        return [tuple(self._ids[row] for row in rows) for rows in self._members.values() if len(rows) > 1]

    def _likely_pairs(self) -> list[tuple[float, int, int]]:
        """(minus the score, row, row) of neighbours that can be one story, be it by the date of a third."""
        pairs = {}
        for row, others, near in self._nearness.neighbours(LEAST_NEARNESS):
            scores = near + MARKS_WEIGHT * np.sqrt(self._shared.shares(row, others))
            for other, score in zip(others.tolist(), scores.tolist(), strict=True):
                if score >= SAME_STORY - NEAR_GAIN:
                    gain = _date_gain([self._days[row]], [self._days[other]])
                    pairs[min(row, other), max(row, other)] = round(score + gain, 4)
        return [(-score, *rows) for rows, score in pairs.items()]

    def _agreement(self, first: int, second: int) -> float:
        """The score of two groups; an undated article takes the date of those it is grouped with."""
        ones, others = self._members[first][:COMPARED], np.array(self._members[second][:COMPARED])
        near = self._nearness.scores(np.array(ones), others)
        shares = np.stack([self._shared.shares(row, others) for row in ones])
        scores = near + MARKS_WEIGHT * np.sqrt(shares)
        agreed = (1 - SUREST_WEIGHT) * float(scores.mean()) + SUREST_WEIGHT * float(scores.max())
        days = [[self._days[row] for row in self._members[group]] for group in (first, second)]
        return round(agreed + _date_gain(*days), 4)

    def _join(self, first: int, second: int) -> None:
        joined = self._members.pop(second)
        self._members[first] = sorted(self._members[first] + joined)
        for row in joined:
            self._group[row] = first


def _date_gain(ones: Sequence[int | None], others: Sequence[int | None]) -> float:
    """What two groups gain by their dates or lose; nothing when one of them has none."""
    known = [[day for day in days if day is not None] for days in (ones, others)]
    if not all(known):
        return 0.0
    gap = abs(median_low(known[0]) - median_low(known[1]))
    return NEAR_GAIN - LATE_LOSS * float(np.log(max(gap, NEAR_DAYS) / NEAR_DAYS))


def _day(published_at: str | None) -> int | None:
    """The day as a number, or None when there is none or it cannot be read."""
    try:
        return date.fromisoformat((published_at or "")[:10]).toordinal()
    except ValueError:
        return None
