"""Passages found side by side in an article are handed on as one, which leaves a place for another."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.retrieve.fusion import Candidate
from ingest.article import Article, Passage, ScoredPassage

MOST_MERGED = 2
# White space between two passages: a blank line at most.
WIDEST_GAP = 3


def group_neighbours(ranked: Sequence[Candidate], places: int) -> list[list[Candidate]]:
    """For each of so many places its candidates: the best one, and one beside it in its article when found too."""
    groups: list[list[Candidate]] = []
    for candidate in ranked:
        beside = (one for one in groups if len(one) < MOST_MERGED and _adjacent(one[0].passage, candidate.passage))
        group = next(beside, None)
        if group is not None:
            group.append(candidate)
        elif len(groups) == places:
            break
        else:
            groups.append([candidate])
    return groups


def as_hit(group: Sequence[Candidate], article: Article) -> ScoredPassage:
    """The passages of a group as one, with the score of the best."""
    best = group[0]
    if len(group) == 1:
        return ScoredPassage(best.passage, article, best.score, tuple(best.why))
    start, end = min(one.passage.start for one in group), max(one.passage.end for one in group)
    whole = Passage(article.id, start, end, article.text[start:end])
    return ScoredPassage(whole, article, best.score, (*best.why, "with the passage beside it"))


def _adjacent(one: Passage, other: Passage) -> bool:
    if one.article_id != other.article_id or "caption" in (one.kind, other.kind):
        return False
    return 0 <= other.start - one.end <= WIDEST_GAP or 0 <= one.start - other.end <= WIDEST_GAP
