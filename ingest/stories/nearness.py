"""How near two articles are in meaning, whatever their languages; vectors in, scores out.

e5 puts all news near each other (cosine .7–.9) and texts of one language nearer still. Both are taken
off: each language's mean vector where a corpus has enough articles to know it, and the cosine that
unrelated articles of the two languages usually have where it has few.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# Mean cosine of e5 between different news stories (77 stories in sv, de, en): one language, two languages.
SAME_LANGUAGE_COSINE = 0.826
OTHER_LANGUAGE_COSINE = 0.785
# With this many articles of a language, what the corpus says counts as much as what is usual.
PRIOR_ARTICLES = 20
# The first measure is this much lower for translations than the second, once both are scaled.
CONTRAST_LIFT = 0.1
# 20,000 articles: two blocks of 10 MB.
BLOCK_ROWS = 128
# The mean vectors of an event's outlets are all among an article's nearest; 30 leaves room for related events.
NEIGHBOURS = 30


class Nearness:
    """Scores between the articles of one corpus: about 0 for unrelated ones, .7 for translations, 1 for copies."""

    def __init__(self, vectors: Floats, languages: Sequence[str]) -> None:
        self._unit = _unit(vectors)
        names = sorted(set(languages))
        self._language = np.array([names.index(language) for language in languages], dtype=np.intp)
        counts = np.bincount(self._language, minlength=len(names))
        means = np.stack([self._unit[self._language == row].mean(axis=0) for row in range(len(names))])
        self._centred = _unit(self._unit - means[self._language])
        self._usual = _usual_cosines(means, counts)
        fewer = np.minimum(counts[:, None], counts[None, :])
        self._trust = (fewer / (fewer + PRIOR_ARTICLES)).astype(np.float32)

    def scores(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Floats:
        """Nearness (r, c) of the articles at `rows` to those at `columns`."""
        scores = np.empty((len(rows), len(columns)), dtype=np.float32)
        for language in np.unique(self._language[rows]).tolist():
            mine = self._language[rows] == language
            scores[mine] = self._scores_of(language, rows[mine], columns)
        return scores

    def _scores_of(self, language: int, rows: NDArray[np.intp], columns: NDArray[np.intp] | slice) -> Floats:
        """Nearness (r, c) of `rows`, all of one language; a block of it is all that is held in memory."""
        trust, usual = self._trust[language, self._language[columns]], self._usual[language, self._language[columns]]
        scores: Floats = self._centred[rows] @ self._centred[columns].T
        scores *= trust
        contrast: Floats = self._unit[rows] @ self._unit[columns].T
        contrast -= usual
        contrast /= 1 - usual
        contrast += CONTRAST_LIFT
        contrast *= 1 - trust
        scores += contrast
        return scores

    def neighbours(self, least: float) -> Iterator[tuple[int, NDArray[np.intp], Floats]]:
        """For each article, the others nearest to it with at least this score, and their scores."""
        everyone = np.arange(len(self._unit))
        for language in np.unique(self._language).tolist():
            own = everyone[self._language == language]
            for begin in range(0, len(own), BLOCK_ROWS):
                rows = own[begin : begin + BLOCK_ROWS]
                block = self._scores_of(language, rows, slice(None))  # a slice copies nothing
                block[np.arange(len(rows)), rows] = -np.inf
                for row, scores in zip(rows.tolist(), block, strict=True):
                    yield row, *_nearest(scores, least)


def _nearest(scores: Floats, least: float) -> tuple[NDArray[np.intp], Floats]:
    found = np.flatnonzero(scores >= least)
    if len(found) > NEIGHBOURS:  # ties go to the first rows, so that the result is always the same
        found = np.sort(found[np.argsort(-scores[found], kind="stable")[:NEIGHBOURS]])
    return found, scores[found]


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Floats = vectors / np.maximum(lengths, 1e-6)
    return unit


def _usual_cosines(means: Floats, counts: NDArray[np.intp]) -> Floats:
    """The cosine (l, l) of two unrelated articles by their languages: what the corpus says, and what is usual."""
    cosines = means @ means.T
    pairs = np.minimum(counts[:, None], counts[None, :]).astype(np.float32)
    usual = np.full_like(cosines, OTHER_LANGUAGE_COSINE)
    own = np.arange(len(counts))
    usual[own, own] = SAME_LANGUAGE_COSINE
    # A language's mean is also near to itself because each article is in it.
    others = np.maximum(counts - 1, 1)
    cosines[own, own] = (cosines[own, own] * counts.astype(np.float32) - 1) / others.astype(np.float32)
    pairs[own, own] = counts - 1
    mixed: Floats = (pairs * cosines + PRIOR_ARTICLES * usual) / (pairs + PRIOR_ARTICLES)
    return mixed
