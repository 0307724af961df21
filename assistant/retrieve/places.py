"""Who gets which place: few passages an article, and one place for each language."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.retrieve.fusion import Candidate

# The first places go by score alone, then each language that is missing gets one.
FIRST_BY_SCORE = 3
PASSAGES_AN_ARTICLE = 3


def fold_articles(ranked: Sequence[Candidate], most: int = PASSAGES_AN_ARTICLE) -> list[Candidate]:
    """At most `most` passages an article."""
    counts: dict[str, int] = {}
    kept = []
    for candidate in ranked:
        article_id = candidate.passage.article_id
        counts[article_id] = counts.get(article_id, 0) + 1
        if counts[article_id] <= most:
            kept.append(candidate)
    return kept


def share_places(ranked: Sequence[Candidate], languages: Sequence[str]) -> list[Candidate]:
    """After the first places, the best passage of each language that has none yet, then the rest by score."""
    first, rest = list(ranked[:FIRST_BY_SCORE]), list(ranked[FIRST_BY_SCORE:])
    for language in languages:
        if all(candidate.language != language for candidate in first):
            best = next((candidate for candidate in rest if candidate.language == language), None)
            if best is not None:
                best.why.append(f"best in {language}")
                first.append(best)
                rest.remove(best)
    return first + rest
