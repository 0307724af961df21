"""Where articles give figures or days for what is asked: how many independent ones agree, and which ones differ.

Careful on purpose: each article is heard with the one figure nearest to the best sentence's, only if it tells of the
names that the question has, and a sentence printed by several articles counts once. Knows nothing of wording.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answer.asked import Asked, counted_word
from assistant.answer.candidates import Candidate, Scores
from assistant.answer.likeness import ALIKE, likeness_to
from assistant.answer.mentions import Mention, find_mentions, relate
from assistant.answer.same_event import same_event
from assistant.question import Query, content_words, word_stem
from assistant.vectors import RememberedVectors

FIGURE_KINDS = frozenset((
    "money", "percent", "duration", "extent", "length", "weight", "speed", "size", "age", "number",
))
COMPARED_KINDS = FIGURE_KINDS | {"date"}
# How far below the best sentence of all the best one with a figure may be, and one whose figure is held against it.
BEST_BELOW = 0.06
READ_BELOW = 0.17
# A figure in another language than the question's counts what the question names when it is this near to the word:
# "drivers and conductors" are .83 to "Beschäftigte", "14 personer skadades" .81 to "knots".
COUNTS_IT = 0.82
# Sentences on different days are often on different events: these must say nearly the same otherwise.
SAME_EVENT = 0.9
# Nearer than this, two articles print one sentence: one voice.
ONE_VOICE = 0.975
# Sentences less near than this were never found to tell the same, and cost time to compare.
FARTHEST = 0.78
MOST_SIDES = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """How a sentence stands to other articles: it `differs`, is the `newest`, `voices` say the same (1: itself).

    `dates` tells that it differs in a day and not in a figure.
    """

    differs: bool = False
    newest: bool = False
    voices: int = 1
    dates: bool = False


ALONE = Standing()


def find_sides(
    query: Query, asked: Asked, candidates: Sequence[Candidate], vectors: np.ndarray, scores: Scores,
    embed: RememberedVectors,
) -> dict[int, Standing]:
    """One candidate a side with its standing, newest first; empty when no articles can be compared."""
    if asked.kind not in COMPARED_KINDS:
        return {}
    best, others = _mentions(query, asked, candidates, vectors, scores, embed)
    if best is None:
        return {}
    heard: dict[str, tuple[float, Mention]] = {}
    for mention, likeness in zip(others, likeness_to(best, others, candidates, vectors, embed), strict=True):
        article = candidates[mention.index].article.id
        if likeness >= ALIKE and likeness > heard.get(article, (0.0, mention))[0]:
            heard[article] = (likeness, mention)
    near = [mention for _, mention in sorted(heard.values(), key=lambda found: -found[0])]
    sides = _sides(best, near)
    if len(sides) == 1 and _voices(sides[0], candidates, vectors) == 1:
        return {}
    return _standings(sides, candidates, vectors, dates=asked.kind == "date")


def _mentions(
    query: Query, asked: Asked, candidates: Sequence[Candidate], vectors: np.ndarray, scores: Scores,
    embed: RememberedVectors,
) -> tuple[Mention | None, list[Mention]]:
    """The figure of the best sentence with one, and those of other articles that could be held against it."""
    top = float(scores.scores.max())
    best: Mention | None = None
    bests: list[Mention] = []
    others: list[Mention] = []
    for index in (int(i) for i in np.argsort(-scores.scores, kind="stable") if scores.told[i]):
        if top - float(scores.scores[index]) > (READ_BELOW if best else BEST_BELOW):
            break
        one = candidates[index]
        if not _names_counted(query, one):
            continue
        found = find_mentions(query, asked, one, index)
        if best is None:
            best, bests = (found[0] if found else None), found
            if best and not _counts_it(query, one, best, embed):
                return None, []
            continue
        first = candidates[best.index].article
        near = float(vectors[index] @ vectors[best.index]) >= (SAME_EVENT if asked.kind == "date" else FARTHEST)
        found = _comparable(best, bests, found)
        if found and near and one.article.id != first.id and same_event(query, first, one.article):
            others += found
    return best, others


def _comparable(best: Mention, bests: Sequence[Mention], found: Sequence[Mention]) -> list[Mention]:
    """What of a sentence can be held against the best one's figure; sentences that share any figure do not differ."""
    shared = any(relate(one, other) == "agree" for one in bests for other in found)
    return [mention for mention in found if (relation := relate(best, mention)) == "agree"
            or (relation == "differ" and not shared)]


def _names_counted(query: Query, candidate: Candidate) -> bool:
    """Whether a sentence in the question's language names what is counted; others are not asked."""
    counted = counted_word(query.question)
    if counted is None or candidate.article.language != query.language:
        return True
    return word_stem(counted) in {word_stem(word) for word in content_words(candidate.text)}


def _counts_it(query: Query, candidate: Candidate, mention: Mention, embed: RememberedVectors) -> bool:
    """Whether a figure in another language counts what the question names; others are not asked."""
    counted = counted_word(query.question)
    if counted is None or candidate.article.language == query.language:
        return True
    word, beside = embed([counted, mention.beside])
    return float(word @ beside) >= COUNTS_IT


def _sides(best: Mention, near: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions with the same figure together; the best one's side first."""
    sides = [[best]]
    for mention in near:
        relations = [relate(side[0], mention) for side in sides]
        if "agree" in relations:
            sides[relations.index("agree")].append(mention)
        elif set(relations) == {"differ"}:
            sides.append([mention])
    return sides[:MOST_SIDES]


def _standings(
    sides: Sequence[Sequence[Mention]], candidates: Sequence[Candidate], vectors: np.ndarray, *, dates: bool
) -> dict[int, Standing]:
    days = [candidates[side[0].index].article.metadata.published_at or "" for side in sides]
    ranked = sorted(range(len(sides)), key=lambda number: days[number], reverse=True)
    differs = len(sides) > 1
    dated = differs and all(days) and len(set(days)) == len(days)
    return {
        sides[number][0].index: Standing(differs, dated and number == ranked[0],
                                         _voices(sides[number], candidates, vectors), dates)
        for number in ranked
    }


def _voices(side: Sequence[Mention], candidates: Sequence[Candidate], vectors: np.ndarray) -> int:
    """How many articles say it, each in its own words."""
    voices: list[int] = []
    for mention in side:
        if all(float(vectors[mention.index] @ vectors[other]) < ONE_VOICE for other in voices):
            voices.append(mention.index)
    return len(voices)
