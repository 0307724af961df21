"""Answers without a model: the sentences of the passages that fit the question best, word for word.

Knows nothing of wording or verification; it chooses sentences and says how sure it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.answer.asked import Asked, what_is_asked
from assistant.answer.bound import bound_sentences
from assistant.answer.breadth import Breadth
from assistant.answer.candidates import (
    KIND_WEIGHTS,
    Candidate,
    Scores,
    embed_candidates,
    read_candidates,
    score_candidates,
    texts_of,
)
from assistant.answer.complete import complete_sentence
from assistant.answer.figures import figures_of, same_figures
from assistant.answer.late_interaction import match_tokens
from assistant.answer.overview import choose_broadly
from assistant.answer.sides import ALONE, Standing, find_sides
from assistant.question import Query, names_in
from assistant.records import Length
from assistant.vectors import RememberedVectors
from ingest.article import Article, ScoredPassage

# Sentences at most in an answer of each length.
MOST_SENTENCES: Mapping[Length, int] = {"short": 1, "normal": 3, "long": 6}
# Articles that differ and the parts of a question are all heard, up to so many, however short the answer.
MOST_SIDES = 3
# A further sentence must come this near to the best one's score: about as many are shown as at .045 before tokens
# counted (1.77 an answer, 1.84 before), where the answer was among those shown for .78 of the questions of three sets
# (.75 at .03).
NEAR_BEST = 0.06
# A long answer also has what is up to this far below.
NEAR_LONG = 0.09
# How much nearness to the question's own point counts beside nearness to all of it. Of 970 questions on four
# sets the first sentence is right for .60 of them without, .65 with .3 to .5.
FOCUS_WEIGHT = 0.5
# How much counts how well a sentence's tokens answer the question's. Of 1,080 pairs of question and language on an
# encyclopedia's paragraphs the first quote is right for .707 across languages (.671 without) and .811 within one
# (.792); of the questions about news as many answers hold what they must (tests/benchmarks/sentence_choice.py).
TOKENS_WEIGHT = 0.15
# Sentences nearer than this say the same if their figures agree: of 1,458 translated sentence pairs .90 are
# nearer than .877, of 7,326 other pairs of the same texts .01; within a language .01 are nearer than .92.
SAME_ACROSS = 0.88
SAME_WITHIN = 0.93
# From this weight on, a further sentence without the asked-for kind of thing is left out.
DECISIVE_WEIGHT = 0.04


@dataclass(frozen=True, slots=True)
class Quote:
    """One to three sentences of an article: `article.text[start:end]`, and the score of the one that was chosen.

    `margin` is how much nearer than any text the nearest of all sentences read is, `match` how well the tokens of the
    best of them answer the question's, where that can be told; `focus` is how much nearer than other sentences this one
    is to the question's own point. `told` says whether this one holds the kind of
    thing asked for and some sentence tells it of what is asked, `standing` how it stands to other articles.
    """

    article: Article
    start: int
    end: int
    score: float
    margin: float
    match: float | None = None
    focus: float = 0.0
    told: bool = True
    standing: Standing = ALONE

    @property
    def text(self) -> str:
        """The quote itself, verbatim."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Part:
    """One of several questions in one, its vector (d), and that of its own point."""

    query: Query
    vector: np.ndarray
    focus: np.ndarray | None = None


def choose_quotes(
    query: Query, vector: np.ndarray, passages: Sequence[ScoredPassage], embed: RememberedVectors,
    background: Mapping[str, float], parts: Sequence[Part] = (),
    focus: np.ndarray | None = None, breadth: Breadth = "point", length: Length = "normal",
) -> list[Quote]:
    """The sentences that answer best, best first; empty when there are none.

    `vector` (d) is the query's, `embed` embeds sentences in passage form, `background` is the cosine any
    text has to the query, by language; `parts` are the parts of a question that asks for several things,
    `focus` (d) is the vector of the question's own point.
    """
    candidates = read_candidates(passages)
    if not candidates:
        return []
    vectors = embed_candidates(candidates, embed)
    asked = None if parts or breadth != "point" else what_is_asked(query.question)
    nearness = _focus_nearness(candidates, vectors, vector, focus)
    plain = score_candidates(query, vector, candidates, vectors, background, asked)
    matches = _match(query, candidates, embed)
    whole = _add(plain, nearness, matches)
    split = [_score_part(part, candidates, vectors, background, embed) for part in parts]
    standings = find_sides(query, asked, candidates, vectors, whole, embed) if asked else {}
    chosen = choose_broadly(breadth, candidates, vectors, whole) if breadth != "point" else []
    bound = bound_sentences(query, asked, candidates, plain)
    chosen = chosen or _choose(query, asked, candidates, vectors, whole, split, length, bound)
    if len(standings) > 1:
        chosen = list(dict.fromkeys([*standings, *chosen]))[:_most(length, len(standings))]
    told = [any(one) for one in zip(*(part.told for part in split), strict=True)] if split else [
        asked is None or asked.is_told_by(one.text) for one in candidates
    ]
    speakers = frozenset(names_in(query.question)) if asked is None and breadth == "point" else frozenset[str]()
    return [
        Quote(candidates[i].article, start, end, float(whole.scores[i]), float(whole.margins.max()),
              None if matches is None else float(matches.max()), float(nearness[i]),
              _is_told(asked, candidates[i].article.text[start:end], bound),
              standings.get(i, ALONE))
        for i, (start, end) in _spans(
            candidates, chosen, told, standings, speakers,
            asked if asked is not None and asked.kind == "reason" else None,
        ).items()
    ]


def _is_told(asked: Asked | None, quote: str, bound: np.ndarray | None) -> bool:
    """Whether a quote holds what is asked for, of what it is asked of."""
    return asked is None or (asked.is_told_by(quote) and (bound is None or bool(bound.any())))


def _match(query: Query, candidates: Sequence[Candidate], embed: RememberedVectors) -> np.ndarray | None:
    """By candidate (n), how well its tokens answer the question's; None where that cannot be told."""
    tokens = embed.tokens([query.text, *texts_of(candidates)])
    return match_tokens(tokens[0], tokens[1:]) if tokens else None


def _add(plain: Scores, nearness: np.ndarray, matches: np.ndarray | None) -> Scores:
    """The scores with what nearness to the question's own point and matching tokens add to them."""
    scores = plain.scores + FOCUS_WEIGHT * nearness
    return replace(plain, scores=scores if matches is None else scores + TOKENS_WEIGHT * matches)


def _score_part(
    part: Part, candidates: Sequence[Candidate], vectors: np.ndarray, background: Mapping[str, float],
    embed: RememberedVectors,
) -> Scores:
    asked = what_is_asked(part.query.question)
    plain = score_candidates(part.query, part.vector, candidates, vectors, background, asked)
    nearness = _focus_nearness(candidates, vectors, part.vector, part.focus)
    whole = _add(plain, nearness, _match(part.query, candidates, embed))
    bound = bound_sentences(part.query, asked, candidates, plain)
    if bound is not None and bound.any():
        return replace(whole, scores=np.where(bound, whole.scores, -np.inf))
    return whole


def _spans(
    candidates: Sequence[Candidate], chosen: Sequence[int], told: Sequence[bool], standings: Mapping[int, Standing],
    speakers: frozenset[str], reason: Asked | None,
) -> dict[int, tuple[int, int]]:
    """Where each quote starts and ends, none twice; a side of several stays the sentence with its figure."""
    spans: dict[int, tuple[int, int]] = {}
    announced = [reason is not None and reason.is_announced_by(one.text) for one in candidates]
    for index in chosen:
        one = candidates[index]
        bare, taken = (one.start, one.end), [
            span for other, span in spans.items() if candidates[other].article.id == one.article.id
        ]
        alone = len(standings) > 1 and index in standings
        whole = bare if alone else complete_sentence(
            candidates, index, told, speakers, explained=reason is not None and index == chosen[0], announced=announced
        )
        for span in (whole, bare):
            if all(span[1] <= start or end <= span[0] for start, end in taken):
                spans[index] = span
                break
    return spans


def _focus_nearness(
    candidates: Sequence[Candidate], vectors: np.ndarray, vector: np.ndarray, focus: np.ndarray | None
) -> np.ndarray:
    """By candidate (n), its cosine to the focus less that to the whole question, less its language's mean of it."""
    if focus is None:
        return np.zeros(len(candidates))
    nearness = vectors @ focus - vectors @ vector
    languages = np.array([one.article.language for one in candidates])
    for language in set(languages):
        nearness[languages == language] -= nearness[languages == language].mean()
    return np.asarray(nearness)


def _choose(
    query: Query, asked: Asked | None, candidates: Sequence[Candidate], vectors: np.ndarray, whole: Scores,
    parts: Sequence[Scores], length: Length, bound: np.ndarray | None,
) -> list[int]:
    """The best sentence of each part, then those near the best of all that say something else.

    Where sentences that tell what is asked for are `bound` to the question, no other is chosen.
    """
    order = [int(index) for index in np.argsort(-whole.scores, kind="stable")]
    if bound is not None and bound.any():
        order = [index for index in order if bound[index]]
    leaders = [int(np.argmax(part.scores)) for part in parts] or order[:1]
    decisive = asked is not None and KIND_WEIGHTS[asked.kind] >= DECISIVE_WEIGHT
    demanding = decisive and bool(whole.told[order[0]])
    distance = NEAR_LONG if length == "long" else NEAR_BEST
    near = [i for i in order if whole.scores[i] >= whole.scores[order[0]] - distance]
    chosen: list[int] = []
    for index in dict.fromkeys([*leaders, *(i for i in near if whole.told[i] or not demanding)]):
        double = next((other for other in chosen if _same(candidates, vectors, index, other)), None)
        if double is None:
            chosen.append(index)
        elif candidates[double].article.language != query.language == candidates[index].article.language:
            chosen[chosen.index(double)] = index
    return chosen[:_most(length, len(parts))]


def _most(length: Length, heard: int) -> int:
    """How many sentences an answer may have when so many sides or parts are to be heard."""
    return max(MOST_SENTENCES[length], min(heard, MOST_SIDES))


def _same(candidates: Sequence[Candidate], vectors: np.ndarray, index: int, other: int) -> bool:
    """Whether two sentences say the same, in one language or two."""
    left, right = candidates[index], candidates[other]
    cosine = float(vectors[index] @ vectors[other])
    return say_the_same((left.text, left.article.language), (right.text, right.article.language), cosine)


def say_the_same(left: tuple[str, str], right: tuple[str, str], cosine: float) -> bool:
    """Whether two sentences, each (text, language), say the same: near to each other, with the same figures."""
    if cosine < (SAME_WITHIN if left[1] == right[1] else SAME_ACROSS):
        return False
    return same_figures(figures_of(*left), figures_of(*right))
