"""Answers without a model: the sentences of the passages that fit the question best, word for word.

Knows nothing of wording or verification; it chooses sentences and says how sure it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answer.asked import Asked, what_is_asked
from assistant.answer.candidates import (
    KIND_WEIGHTS,
    Candidate,
    Scores,
    embed_candidates,
    read_candidates,
    score_candidates,
)
from assistant.answer.figures import figures_of, same_figures
from assistant.answer.sides import ALONE, Standing, find_sides
from assistant.question import Query
from assistant.vectors import RememberedVectors
from ingest.article import Article, ScoredPassage

MOST_SENTENCES = 3
# A further sentence must come this near to the best one's score.
NEAR_BEST = 0.03
# Sentences nearer than this say the same if their figures agree: of 1,458 translated sentence pairs .90 are
# nearer than .877, of 7,326 other pairs of the same texts .01; within a language .01 are nearer than .92.
SAME_ACROSS = 0.88
SAME_WITHIN = 0.93
# From this weight on, a further sentence without the asked-for kind of thing is left out.
DECISIVE_WEIGHT = 0.04


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of an article: `article.text[start:end]` and its score.

    `margin` is how much nearer than any text the nearest of all sentences read is. `told` says whether this one
    holds the kind of thing asked for, `standing` how it stands to other articles.
    """

    article: Article
    start: int
    end: int
    score: float
    margin: float
    told: bool = True
    standing: Standing = ALONE

    @property
    def text(self) -> str:
        """The quote itself, verbatim."""
        return self.article.text[self.start : self.end]


def choose_quotes(
    query: Query, vector: np.ndarray, passages: Sequence[ScoredPassage], embed: RememberedVectors,
    background: Mapping[str, float], parts: Sequence[tuple[Query, np.ndarray]] = (),
) -> list[Quote]:
    """The sentences that answer best, best first; empty when there are none.

    `vector` (d) is the query's, `embed` embeds sentences in passage form, `background` is the cosine any
    text has to the query, by language; `parts` are the parts of a question that asks for several things.
    """
    candidates = read_candidates(passages)
    if not candidates:
        return []
    vectors = embed_candidates(candidates, embed)
    asked = None if parts else what_is_asked(query.question)
    whole = score_candidates(query, vector, candidates, vectors, background, asked)
    split = [
        score_candidates(part, own, candidates, vectors, background, what_is_asked(part.question))
        for part, own in parts
    ]
    standings = find_sides(query, asked, candidates, vectors, whole) if asked else {}
    chosen = _choose(query, asked, candidates, vectors, whole, split)
    if len(standings) > 1:
        chosen = list(dict.fromkeys([*standings, *chosen]))[:MOST_SENTENCES]
    return [
        Quote(candidates[i].article, candidates[i].start, candidates[i].end, float(whole.scores[i]),
              float(whole.margins.max()), bool(whole.told[i]), standings.get(i, ALONE))
        for i in chosen
    ]


def _choose(
    query: Query, asked: Asked | None, candidates: Sequence[Candidate], vectors: np.ndarray, whole: Scores,
    parts: Sequence[Scores],
) -> list[int]:
    """The best sentence of each part, then those near the best of all that say something else."""
    order = [int(index) for index in np.argsort(-whole.scores, kind="stable")]
    leaders = [int(np.argmax(part.scores)) for part in parts] or order[:1]
    decisive = asked is not None and KIND_WEIGHTS[asked.kind] >= DECISIVE_WEIGHT
    demanding = decisive and bool(whole.told[order[0]])
    near = [i for i in order if whole.scores[i] >= whole.scores[order[0]] - NEAR_BEST]
    chosen: list[int] = []
    for index in dict.fromkeys([*leaders, *(i for i in near if whole.told[i] or not demanding)]):
        double = next((other for other in chosen if _same(candidates, vectors, index, other)), None)
        if double is None:
            chosen.append(index)
        elif candidates[double].article.language != query.language == candidates[index].article.language:
            chosen[chosen.index(double)] = index
    return chosen[:MOST_SENTENCES]


def _same(candidates: Sequence[Candidate], vectors: np.ndarray, index: int, other: int) -> bool:
    """Whether two sentences say the same, in one language or two."""
    left, right = candidates[index], candidates[other]
    within = left.article.language == right.article.language
    if float(vectors[index] @ vectors[other]) < (SAME_WITHIN if within else SAME_ACROSS):
        return False
    return same_figures(
        figures_of(left.text, left.article.language), figures_of(right.text, right.article.language)
    )
