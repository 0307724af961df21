"""A timeline: which occasions matter, and for each the sentences that tell them, with those who tell the same.

Days are ranked by how many articles speak of them, most by those written later; counting articles by the day they
were published, the usual baseline, is one part of it. Knows nothing of wording.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from assistant.digest.dated import DatedSentence, Occasion, UndatedSentence, read_dated
from assistant.digest.sentences import weakness
from assistant.digest.topic import Topic, relevance_of
from assistant.vectors import RememberedVectors
from ingest.dates import Precision

MOST_EVENTS = 30
MOST_UNDATED = 10
# Looking back at a day weighs more than reporting it, and both more than merely appearing on it.
LOOKING_BACK, REPORTING, LOOKING_AHEAD, APPEARING = 1.5, 1.0, 0.7, 0.5
REPORTED_WITHIN_DAYS = 2
OFF_TOPIC = 0.5
# A month or a year is seldom an event.
PRECISION_WEIGHTS: Mapping[Precision, float] = {
    "day": 1.0, "week": 0.8, "month": 0.5, "quarter": 0.4, "half": 0.3, "season": 0.4, "year": 0.25, "decade": 0.0,
}
# Above so many articles, what only one of them says is no event of the topic.
MANY_ARTICLES = 40
# Sentences embedded for an occasion, and citations shown for an event.
READ_AN_OCCASION = 8
MOST_CITATIONS = 5
# With the day in common, two sentences need not be quite as near to tell the same event.
SAME_EVENT_WITHIN, SAME_EVENT_ACROSS = 0.88, 0.84
OWN_LANGUAGE = 0.02


@dataclass(frozen=True, slots=True)
class Happening:
    """One event: its occasion, the sentences that tell it, the best first, and its weight."""

    occasion: Occasion
    sentences: tuple[DatedSentence, ...]
    weight: float


def choose_events(
    topic: Topic, language: str, embed: RememberedVectors, most: int = MOST_EVENTS
) -> tuple[list[Happening], list[UndatedSentence]]:
    """At most `most` events in order of their days, and the openings of articles that tell no day."""
    dated, undated = read_dated(topic.articles, topic.query.text if topic.query else "")
    if not dated:
        return [], undated[:MOST_UNDATED]
    weights = weigh_occasions(dated, relevance_of(topic))
    by_occasion: dict[Occasion, list[DatedSentence]] = {}
    for one in dated:
        by_occasion.setdefault(one.occasion, []).append(one)
    several = len(topic.articles) > MANY_ARTICLES
    ranked = [
        occasion for occasion in sorted(weights, key=lambda one: (-weights[one], one.first, one.last))
        if not several or len({one.article.id for one in by_occasion[occasion]}) > 1
    ]
    events: list[Happening] = []
    for occasion in ranked[:most]:
        events += _tell(occasion, by_occasion[occasion], weights[occasion], topic, language, embed, several)
    best = sorted(events, key=lambda one: -one.weight)[:most]
    return sorted(best, key=lambda one: (one.occasion.first, one.occasion.last)), undated[:MOST_UNDATED]


def weigh_occasions(dated: Sequence[DatedSentence], relevance: Mapping[str, float]) -> dict[Occasion, float]:
    """How much the articles make of each occasion; every article has as much to give, spread over its days."""
    shares: dict[str, dict[Occasion, float]] = {}
    for one in dated:
        own = shares.setdefault(one.article.id, {})
        own[one.occasion] = max(own.get(one.occasion, 0.0), _share(one))
    weights: dict[Occasion, float] = {}
    for article_id, own in shares.items():
        about = 1.0 + 5.0 * max(relevance[article_id], 0.0)
        for occasion, share in own.items():
            weights[occasion] = weights.get(occasion, 0.0) + about * share / sqrt(len(own))
    return weights


def _share(one: DatedSentence) -> float:
    share = PRECISION_WEIGHTS[one.occasion.precision] * (1.0 if one.on_topic else OFF_TOPIC)
    if one.origin == "published":
        return share * APPEARING
    if one.published is None:
        return share * REPORTING
    age = (one.published - one.occasion.last).days
    if age > REPORTED_WITHIN_DAYS:
        return share * LOOKING_BACK
    return share * (REPORTING if age >= 0 else LOOKING_AHEAD)


def _tell(
    occasion: Occasion, told: Sequence[DatedSentence], weight: float, topic: Topic, language: str,
    embed: RememberedVectors, several: bool,
) -> list[Happening]:
    """The event or events of one occasion; of a large topic only the one that most articles tell."""
    read = sorted(told, key=lambda one: (-_fitness(one), one.article.name, one.start))[:READ_AN_OCCASION]
    vectors = embed([one.text for one in read])
    groups = _group(read, vectors)
    order = _order(read, vectors, topic, language)
    groups = sorted(groups, key=lambda group: (-len(group), -max(order[i] for i in group)))
    if several:
        groups = groups[:1]
    events = []
    for group in groups:
        best = sorted(group, key=lambda i: -order[i])
        sentences = list({read[i].article.id: read[i] for i in reversed(best)}.values())[::-1]
        share = weight * len(group) / len(read)
        events.append(Happening(occasion, tuple(sentences[:MOST_CITATIONS]), share if not several else weight))
    return events


def _group(read: Sequence[DatedSentence], vectors: np.ndarray) -> list[list[int]]:
    """Sentences that tell one event together; each is near to the first of its group."""
    groups: list[list[int]] = []
    for index, one in enumerate(read):
        for group in groups:
            first = read[group[0]]
            within = first.article.language == one.article.language
            if float(vectors[index] @ vectors[group[0]]) >= (SAME_EVENT_WITHIN if within else SAME_EVENT_ACROSS):
                group.append(index)
                break
        else:
            groups.append([index])
    return groups


def _order(read: Sequence[DatedSentence], vectors: np.ndarray, topic: Topic, language: str) -> np.ndarray:
    """How well each sentence tells its occasion: near to the others and the topic, able to stand alone."""
    scores: np.ndarray = (vectors @ vectors.T).mean(axis=1)
    if topic.vector is not None:
        scores = scores + vectors @ topic.vector
    fits = np.array([_fitness(one) for one in read])
    own = np.array([one.article.language == language for one in read])
    result: np.ndarray = scores + 0.02 * fits + OWN_LANGUAGE * own
    return result


def _fitness(one: DatedSentence) -> float:
    """A sentence's worth for telling its occasion, before anything is embedded."""
    worth = {"stated": 1.0, "relative": 0.8, "published": 0.5}[one.origin] + 1.0 / (1 + one.place) + one.on_topic
    return worth - 0.5 * weakness(one.text)
