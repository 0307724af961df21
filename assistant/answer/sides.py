"""Where articles give figures or days for what is asked: how many independent ones agree, and which ones differ.

Careful on purpose: only sentences near to the best one in score and meaning are held against it, and a
sentence printed by several articles counts once. Knows nothing of wording.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from assistant.answer.asked import Asked, counted_word
from assistant.answer.candidates import Candidate, Scores
from assistant.answer.figures import Relation, days_told, figures_told, relate_days, relate_figures
from assistant.question import Query, content_words, word_stem
from assistant.vectors import RememberedVectors
from assistant.verify.numbers import Number, find_numbers
from ingest.dates import DateMention

FIGURE_KINDS = frozenset(("money", "percent", "duration", "length", "weight", "speed", "size", "age", "number"))
COMPARED_KINDS = FIGURE_KINDS | {"date"}
# Sentences on different days are often on different events: these must say nearly the same otherwise.
SAME_EVENT = 0.9
# How near in score and in meaning a sentence must be to the best one to speak of the same thing.
NEAR_IN_SCORE = 0.07
NEAR_IN_MEANING = 0.03
NEAR_ACROSS = 0.84
NEAR_WITHIN = 0.86
# Nearer than this, two articles print one sentence: one voice.
ONE_VOICE = 0.975
# Bare numbers differ when they count the same: "14 personer skadades" has .92 to "17 Menschen verletzt worden", .81
# to "350 people were taken off", .87 to "312 passagerare".
COUNTED_ALIKE_ACROSS = 0.845
COUNTED_ALIKE_WITHIN = 0.89
MOST_SIDES = 3
_CLAUSE_END = re.compile(r"[,;:.!?–—](?:\s|$)")


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
    if asked.kind not in COMPARED_KINDS or not scores.told.any():
        return {}
    order = [int(i) for i in np.argsort(-scores.scores, kind="stable") if scores.told[i]]
    best = order[0]
    if scores.scores[best] < scores.scores.max():
        return {}
    near = [
        i for i in order
        if _is_near(i, best, candidates, vectors, scores) and _counts_it(query, candidates[i])
        and (asked.kind != "date" or i == best or float(vectors[i] @ vectors[best]) >= SAME_EVENT)
    ]
    sides = _sides(query, asked, candidates, near, embed)
    if not sides or (len(sides) == 1 and _voices(sides[0], candidates, vectors) == 1):
        return {}
    return _standings(sides, candidates, vectors, dates=asked.kind == "date")


def _is_near(
    index: int, best: int, candidates: Sequence[Candidate], vectors: np.ndarray, scores: Scores
) -> bool:
    if index == best:
        return True
    within = candidates[index].article.language == candidates[best].article.language
    if float(vectors[index] @ vectors[best]) < (NEAR_WITHIN if within else NEAR_ACROSS):
        return False
    gap = float(scores.scores[best] - scores.scores[index])
    # Across languages the words of the question say little, its meaning decides.
    return gap <= NEAR_IN_SCORE or (not within and scores.margins[best] - scores.margins[index] <= NEAR_IN_MEANING)


def _counts_it(query: Query, candidate: Candidate) -> bool:
    """Whether a sentence in the question's language names what is counted; others cannot be checked."""
    counted = counted_word(query.question)
    if counted is None or candidate.article.language != query.language:
        return True
    return word_stem(counted) in {word_stem(word) for word in content_words(candidate.text)}


def _sides(
    query: Query, asked: Asked, candidates: Sequence[Candidate], near: Sequence[int], embed: RememberedVectors
) -> list[list[int]]:
    """Candidates with the same figure together; the best one's side first."""
    told = {i: _told(query, asked, candidates[i]) for i in near}
    sides: list[list[int]] = []
    for index in near:
        relations = [_relate(told[side[0]], told[index]) for side in sides]
        heard = {candidates[i].article.id for side in sides for i in side}
        if not told[index]:
            continue
        if "agree" in relations:
            sides[relations.index("agree")].append(index)
        elif not sides:
            sides.append([index])
        elif set(relations) == {"differ"} and candidates[index].article.id not in heard:
            first = sides[0][0]
            if _counts_alike(candidates[first], told[first], candidates[index], told[index], embed):
                sides.append([index])
    return sides[:MOST_SIDES]


def _counts_alike(
    one: Candidate, told: Sequence[Number | DateMention], other: Candidate,
    told_by_other: Sequence[Number | DateMention], embed: RememberedVectors,
) -> bool:
    """Whether two bare numbers count the same, by the words that follow them; others have their units."""
    left, right = told[0], told_by_other[0]
    if isinstance(left, DateMention) or isinstance(right, DateMention) or left.unit or left.measure:
        return True
    vectors = embed([_counted(one.text, left), _counted(other.text, right)])
    within = one.article.language == other.article.language
    return float(vectors[0] @ vectors[1]) >= (COUNTED_ALIKE_WITHIN if within else COUNTED_ALIKE_ACROSS)


def _counted(text: str, number: Number) -> str:
    """A number with the three words after it, as far as its clause goes."""
    after = _CLAUSE_END.split(text[number.end :], maxsplit=1)[0]
    return " ".join([number.text, *after.split()[:3]])


def _told(query: Query, asked: Asked, one: Candidate) -> tuple[Number, ...] | tuple[DateMention, ...]:
    if asked.kind == "date":
        iso = one.article.metadata.published_at
        return days_told(asked, one.text, one.article.language, date.fromisoformat(iso[:10]) if iso else None)
    return figures_told(asked, one.text, one.article.language, find_numbers(query.question, query.language))


def _relate(left: Sequence[Number | DateMention], right: Sequence[Number | DateMention]) -> Relation:
    days = [[one for one in side if isinstance(one, DateMention)] for side in (left, right)]
    numbers = [[one for one in side if isinstance(one, Number)] for side in (left, right)]
    return relate_days(*days) if any(days) else relate_figures(*numbers)


def _standings(
    sides: Sequence[Sequence[int]], candidates: Sequence[Candidate], vectors: np.ndarray, *, dates: bool
) -> dict[int, Standing]:
    days = [candidates[side[0]].article.metadata.published_at or "" for side in sides]
    ranked = sorted(range(len(sides)), key=lambda number: days[number], reverse=True)
    differs = len(sides) > 1
    dated = differs and all(days) and len(set(days)) == len(days)
    return {
        sides[number][0]: Standing(differs, dated and number == ranked[0],
                                   _voices(sides[number], candidates, vectors), dates)
        for number in ranked
    }


def _voices(side: Sequence[int], candidates: Sequence[Candidate], vectors: np.ndarray) -> int:
    """How many articles say it, each in its own words."""
    voices: list[int] = []
    for index in side:
        own = all(candidates[index].article.id != candidates[other].article.id for other in voices)
        if own and all(float(vectors[index] @ vectors[other]) < ONE_VOICE for other in voices):
            voices.append(index)
    return len(voices)
