"""The sentences of a summary without a model: central, early, rich in facts, and saying nothing twice.

Knows nothing of wording; the lengths are numbers of sentences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from assistant.answer.extractive import say_the_same
from assistant.answer.figures import figures_of, relate_figures
from assistant.digest.sentences import Candidate, centrality, read_sentences, weakness
from assistant.digest.topic import Topic
from assistant.question import content_words, word_stem
from assistant.vectors import RememberedVectors

Length = Literal["headline", "paragraph", "page"]
# Sentences from one article, and from several.
LENGTHS: dict[Length, tuple[int, int]] = {"headline": (1, 1), "paragraph": (3, 5), "page": (8, 14)}
# Characters of a paragraph about one article: three sentences, more while they have fewer than the first, none beyond
# the second. People's summaries differ in length: English ones of 45 words are met best with 400 (ROUGE-1 F .353, with
# 600 .348, lead-3 .338), Swedish extracts of 75 words with 600 (.645, with 400 .614, lead-3 .633). Articles in short
# sentences, of 12 words, want more of them: .386 with three, .427 with 300 characters and more.
CHARS: Mapping[Length, tuple[int, int]] = {"paragraph": (300, 600)}
# Weights in units of cosine; see tests/benchmarks/README.md, "Summaries".
FIRST_SENTENCE = 0.03
EARLY = 0.15
# Nearness to the topic chooses among articles; within a single one it mostly repeats what its title says.
TOPIC_WEIGHT, TOPIC_WEIGHT_WITHIN = 0.6, 0.3
TITLE_WORDS = 0.06
WEAK = 0.015
OWN_LANGUAGE = 0.01
# What a further sentence loses for being like one chosen before.
REPEATS = 0.4
# Two sentences this near speak of the same thing, so that figures in one unit that differ are two sides.
NEAR_ACROSS, NEAR_WITHIN = 0.86, 0.89
# Bare numbers count different things more often.
BARE_ACROSS, BARE_WITHIN = 0.87, 0.92


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence of a summary, and the sentence of another article that gives another figure, if there is one."""

    sentence: Candidate
    differs: Candidate | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences of one article in reading order; `differs` opens two that give different figures."""

    sentences: tuple[Candidate, ...]
    differs: bool = False


def arrange_points(points: Sequence[Point]) -> list[Paragraph]:
    """A paragraph an article, the earliest published first, undated ones last; then, side by side, what differs."""
    pairs: list[tuple[Candidate, Candidate]] = []
    apart: set[tuple[str, int]] = set()
    for point in points:
        if point.differs is not None and not {point.sentence.key, point.differs.key} & apart:
            pairs.append((point.sentence, point.differs))
            apart |= {point.sentence.key, point.differs.key}
    by_article: dict[str, list[Candidate]] = {}
    for point in points:
        if point.sentence.key not in apart:
            by_article.setdefault(point.sentence.article.id, []).append(point.sentence)
    groups = sorted(by_article.values(), key=lambda group: group[0].article.metadata.published_at or "~")
    paragraphs = [Paragraph(tuple(sorted(group, key=lambda one: one.start))) for group in groups]
    for left, right in pairs:
        paragraphs += [Paragraph((left,), differs=True), Paragraph((right,))]
    return paragraphs


def choose_points(topic: Topic, language: str, length: Length, embed: RememberedVectors) -> list[Point]:
    """The sentences that tell a topic best, most important first; `language` is preferred between equals."""
    candidates = read_sentences(topic.articles, topic.query.text if topic.query else "")
    if not candidates:
        return []
    vectors = embed([one.text for one in candidates])
    single = len({one.article.id for one in candidates}) == 1
    scores = _score(topic, candidates, vectors, language, single)
    count = LENGTHS[length][0 if single else 1]
    chosen = _pick(candidates, vectors, scores, count, CHARS.get(length) if single else None)
    if length == "headline":  # one sentence, not two sides
        return [Point(candidates[i]) for i in chosen]
    return [Point(candidates[i], _other_side(i, candidates, vectors)) for i in chosen]


def _score(
    topic: Topic, candidates: Sequence[Candidate], vectors: np.ndarray, language: str, single: bool
) -> np.ndarray:
    scores = centrality(vectors, candidates)
    if topic.vector is not None:
        near = vectors @ topic.vector
        weight = TOPIC_WEIGHT_WITHIN if single else TOPIC_WEIGHT
        scores = scores + weight * (near - near.mean())
    place = np.array([one.place for one in candidates])
    scores = scores + FIRST_SENTENCE * (place == 0) + EARLY / (1 + place)
    scores = scores + TITLE_WORDS * np.array([_title_share(one) for one in candidates])
    scores -= WEAK * np.array([weakness(one.text) for one in candidates])
    result: np.ndarray = scores + OWN_LANGUAGE * np.array([one.article.language == language for one in candidates])
    return result


def _title_share(one: Candidate) -> float:
    """Share of the words of its article's title that a sentence repeats."""
    title = {word_stem(word) for word in content_words(one.article.metadata.title or "")}
    return len(title & {word_stem(word) for word in content_words(one.text)}) / len(title) if title else 0.0


def _pick(
    candidates: Sequence[Candidate], vectors: np.ndarray, scores: np.ndarray, count: int,
    chars: tuple[int, int] | None,
) -> list[int]:
    """Greedily the best sentence that is least like those chosen (maximal marginal relevance, Carbonell 1998).

    The first is taken whatever its length; with `chars` (least, most) further ones only while all together have at most
    so many characters, and more than `count` while they have fewer than the least.
    """
    chosen: list[int] = []
    likeness = vectors @ vectors.T
    floor = float(np.median(likeness))
    lengths = [len(one.text) for one in candidates]
    least, most = chars or (0, sum(lengths))
    while len(chosen) < count or sum(lengths[i] for i in chosen) < least:
        loss = likeness[:, chosen].max(axis=1) - floor if chosen else np.zeros(len(candidates))
        ranked = np.argsort(-(scores - REPEATS * loss), kind="stable")
        left = most - sum(lengths[i] for i in chosen)
        index = next(
            (int(i) for i in ranked if i not in chosen and (lengths[int(i)] <= left or not chosen)
             and not _told(int(i), chosen, candidates, vectors)), None
        )
        if index is None:
            break
        chosen.append(index)
    return chosen


def _told(index: int, chosen: Sequence[int], candidates: Sequence[Candidate], vectors: np.ndarray) -> bool:
    one, cosines = candidates[index], vectors @ vectors[index]
    return any(
        say_the_same((one.text, one.article.language), (candidates[i].text, candidates[i].article.language),
                     float(cosines[i]))
        for i in chosen
    )


def _other_side(index: int, candidates: Sequence[Candidate], vectors: np.ndarray) -> Candidate | None:
    """The nearest sentence of another article that gives another figure for the same thing."""
    one = candidates[index]
    figures = figures_of(one.text, one.article.language)
    if not figures:
        return None
    measured = figures[0].unit is not None or figures[0].measure is not None
    within, across = (NEAR_WITHIN, NEAR_ACROSS) if measured else (BARE_WITHIN, BARE_ACROSS)
    cosines = vectors @ vectors[index]
    for other in np.argsort(-cosines, kind="stable"):
        two = candidates[int(other)]
        if cosines[other] < min(within, across):
            return None
        near = cosines[other] >= (within if one.article.language == two.article.language else across)
        if near and two.article.id != one.article.id:
            others = figures_of(two.text, two.article.language)
            if relate_figures(figures, others) == "differ":
                return two
    return None
