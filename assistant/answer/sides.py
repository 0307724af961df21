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
from assistant.answer.counting import count_alike
from assistant.answer.mentions import Mention, find_mentions, how_far_apart, relate
from assistant.answer.same_event import same_event
from assistant.question import Query, content_words, word_stem
from assistant.vectors import RememberedVectors

FIGURE_KINDS = frozenset(("money", "percent", "duration", "length", "weight", "speed", "size", "age", "number"))
COMPARED_KINDS = FIGURE_KINDS | {"date"}
# The best sentence with a figure may be this far below the best of all, a figure held against it this far below itself.
BEST_BELOW = 0.06
READ_BELOW = 0.17
# How alike two mentions must be: the mean cosine of their sentences, clauses and words beside, less this much where
# both are in one language, and less as they are further apart (a factor of e): reports of one thing are mostly close.
WITHIN = 0.04
APART = 0.02
ALIKE = 0.835
# As much more where a fate, a rate or an extent is named in both.
SAME_WORDS = 0.02
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
    for mention, likeness in zip(others, _likeness(best, others, candidates, vectors, embed), strict=True):
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


def _likeness(
    best: Mention, others: Sequence[Mention], candidates: Sequence[Candidate], vectors: np.ndarray,
    embed: RememberedVectors,
) -> list[float]:
    """How likely each mention counts what the best one does."""
    if not others:
        return []
    both = (best, *others)
    clauses, beside = np.split(embed([*(one.clause for one in both), *(one.beside for one in both)]), 2)
    language = candidates[best.index].article.language
    likeness = []
    for mention, clause, words in zip(others, clauses[1:], beside[1:], strict=True):
        cosines = (vectors[best.index] @ vectors[mention.index], clauses[0] @ clause, beside[0] @ words)
        within = candidates[mention.index].article.language == language
        alike = count_alike(best.clause, mention.clause) == "alike"
        likeness.append(
            float(sum(cosines)) / 3 - WITHIN * within - APART * how_far_apart(best, mention) + SAME_WORDS * alike
        )
    return likeness


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
