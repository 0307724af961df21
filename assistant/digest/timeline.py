"""A timeline: the occasions that matter most, for each the sentences that tell it, with those who tell the same.

Knows nothing of wording.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.digest.dated import DatedSentence, Occasion, UndatedSentence, read_dated
from assistant.digest.ranking import MANY_ARTICLES, rank_occasions
from assistant.digest.sentences import weakness
from assistant.digest.topic import Topic, relevance_of
from assistant.vectors import RememberedVectors

MOST_EVENTS = 30
MOST_UNDATED = 10
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
    by_occasion: dict[Occasion, list[DatedSentence]] = {}
    for one in dated:
        by_occasion.setdefault(one.occasion, []).append(one)
    several = len(topic.articles) > MANY_ARTICLES
    events: list[Happening] = []
    for occasion, weight in rank_occasions(dated, relevance_of(topic))[:most]:
        events += _tell(occasion, by_occasion[occasion], weight, topic, language, embed, several)
    best = sorted(events, key=lambda one: -one.weight)[:most]
    return sorted(best, key=lambda one: (one.occasion.first, one.occasion.last)), undated[:MOST_UNDATED]


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
