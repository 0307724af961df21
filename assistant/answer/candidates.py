"""The sentences of the found passages as candidates for quoting, with scores; knows nothing of choosing.

All weights are in units of cosine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from assistant.answer.asked import Asked
from assistant.answer.focus import opening_of
from assistant.answer.kinds import Kind
from assistant.question import Query, content_words, word_stem
from assistant.vectors import RememberedVectors
from ingest.article import Article, ScoredPassage
from ingest.sentences import split_sentences

# Sentences of the best passages are looked at; more passages cost time and bring no more answers.
PASSAGES_READ = 12
SHORTEST_SENTENCE = 15
LONGEST_SENTENCE = 600
# From 4,228 pairs of question and language with marked answers in sv, de, en: the sentence with the answer
# is first for .79 of them within a language and .66 across (by bare cosine .76 and .44).
PASSAGE_WEIGHT = 0.009
FIRST_SENTENCE = -0.005
# "According to EU Reporter …": as much as all of the question's words.
NAMED_PUBLISHER = 0.07
# Half of a sentence's nearness is that of its vector with something of the one before it: "It was 17 metres down" says
# of what only with the sentence before. With this and the next, answers to 280 questions on four sets of news hold what
# they must for .76 (mean of the sets), before .71; the first sentence of 430 questions on encyclopedic paragraphs in
# three languages is right for .86, before .87.
CONTEXT = 0.5
BEFORE = 0.5
# A word of the question that the article's title or opening has says little about one of its sentences.
PLAIN_FROM_OPENING = 0.5
WORDS_SAME_LANGUAGE = 0.07
WORDS_ACROSS = 0.11
SAME_LANGUAGE = -0.015
# A fiftieth of the log-odds that a sentence holding the asked-for kind of thing is the one with the answer;
# "how long" questions have it in .78 of the answers and .23 of the other sentences. Money as percent, unmeasured;
# so are how often, long, heavy and fast, whose units are as rare as an age.
KIND_WEIGHTS: dict[Kind, float] = {
    "money": 0.06, "percent": 0.08, "duration": 0.05, "frequency": 0.06, "extent": 0.06, "length": 0.06, "weight": 0.06,
    "speed": 0.06, "size": 0.03, "age": 0.06, "number": 0.07,
    "date": 0.06, "person": 0.015, "called": 0.005, "reason": 0.04, "place": 0.01,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence: `article.text[start:end]`, its passage's score, and whether it opens the passage."""

    article: Article
    start: int
    end: int
    passage_score: float
    opens: bool

    @property
    def text(self) -> str:
        """The sentence itself, verbatim."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Scores:
    """By candidate (n): its score, its cosine above any text's, and whether it holds what is asked for."""

    scores: np.ndarray
    margins: np.ndarray
    told: np.ndarray


def read_candidates(passages: Sequence[ScoredPassage]) -> list[Candidate]:
    """Each sentence of the passages once."""
    seen: dict[tuple[str, int, int], Candidate] = {}
    for hit in passages[:PASSAGES_READ]:
        if hit.passage.end == 0:  # a caption that is no part of the text cannot be quoted from it
            continue
        for start, end in split_sentences(hit.passage.text, hit.article.language):
            if end - start >= SHORTEST_SENTENCE:
                key = (hit.article.id, hit.passage.start + start, hit.passage.start + end)
                seen.setdefault(key, Candidate(hit.article, key[1], key[2], hit.score, start == 0))
    return list(seen.values())


def embed_candidates(candidates: Sequence[Candidate], embed: RememberedVectors) -> np.ndarray:
    """Unit vectors (n, d) of the candidates in passage form."""
    return embed(texts_of(candidates))


def texts_of(candidates: Sequence[Candidate]) -> list[str]:
    """What is embedded of each candidate."""
    return [candidate.text[:LONGEST_SENTENCE] for candidate in candidates]


def score_candidates(
    query: Query, vector: np.ndarray, candidates: Sequence[Candidate], vectors: np.ndarray,
    background: Mapping[str, float], asked: Asked | None,
) -> Scores:
    """What speaks for each sentence: meaning, its passage, shared rare words, and the kind of thing asked for."""
    any_text = np.array([background[one.article.language] for one in candidates])
    margins = vectors @ vector - any_text
    nearness = (1 - CONTEXT) * margins + CONTEXT * (_in_context(candidates, vectors) @ vector - any_text)
    told = np.array([asked is None or asked.is_told_by(one.text) or asked.is_announced_by(one.text)
                     for one in candidates])
    weight = KIND_WEIGHTS[asked.kind] if asked else 0.0
    return Scores(nearness + _evidence(query, candidates) + weight * told, margins, told)


def _in_context(candidates: Sequence[Candidate], vectors: np.ndarray) -> np.ndarray:
    """Unit vectors (n, d) of the candidates, each with something of the one before it in its article."""
    joined = vectors.copy()
    for index, (left, right) in enumerate(pairwise(candidates)):
        if left.article.id == right.article.id:
            joined[index + 1] += BEFORE * vectors[index]
    return np.asarray(joined / np.linalg.norm(joined, axis=1, keepdims=True))


def word_sets(candidates: Sequence[Candidate]) -> list[set[str]]:
    """The stems of each sentence's content words."""
    return [set(map(word_stem, content_words(one.text))) for one in candidates]


def word_shares(query: Query, own: Sequence[set[str]], around: Sequence[set[str]] | None = None) -> np.ndarray:
    """By sentence (n), the share 0…1 of the question's words in its `own` words, weighed by their rarity there.

    With `around` they may stand in these words instead, as many sets as there are sentences.
    """
    weights = _asked_words(query, own)
    return np.array([_share(weights, present) for present in around or own])


def _asked_words(query: Query, own: Sequence[set[str]]) -> dict[str, float]:
    """The stems of the question's words with their rarity among the sentences."""
    rarity = _rarity(own)
    return {stem: rarity.get(stem, 1.0) for stem in map(word_stem, content_words(query.text))}


def _share(weights: Mapping[str, float], present: set[str]) -> float:
    """The share 0…1 of the `weights` whose words are `present`."""
    total = sum(weights.values()) or 1.0
    return sum(weight for stem, weight in weights.items() if stem in present) / total


def _evidence(query: Query, candidates: Sequence[Candidate]) -> np.ndarray:
    scores = []
    for candidate, overlap in zip(candidates, _overlaps(query, candidates), strict=True):
        same = candidate.article.language == query.language
        score = PASSAGE_WEIGHT * candidate.passage_score
        score += (WORDS_SAME_LANGUAGE if same else WORDS_ACROSS) * overlap + SAME_LANGUAGE * same
        score += FIRST_SENTENCE * candidate.opens + NAMED_PUBLISHER * names_publisher(query, candidate.article)
        scores.append(score)
    return np.array(scores)


def _overlaps(query: Query, candidates: Sequence[Candidate]) -> list[float]:
    """By candidate, the share of the question's words it has, weighed by rarity and by what its article makes plain."""
    own = word_sets(candidates)
    asked = _asked_words(query, own)
    articles = {one.article.id: one.article for one in candidates}
    weights = {}
    for key, article in articles.items():
        plain = set(map(word_stem, content_words(opening_of(article))))
        weights[key] = {stem: weight * (PLAIN_FROM_OPENING if stem in plain else 1.0) for stem, weight in asked.items()}
    return [_share(weights[one.article.id], present) for one, present in zip(candidates, own, strict=True)]


def names_publisher(query: Query, article: Article) -> bool:
    """Whether the question names the article's publisher, by more than half of its words."""
    words = {word_stem(word) for word in content_words(article.metadata.publisher or "")}
    asked = {word_stem(word) for word in content_words(query.question)}
    return bool(words) and len(words & asked) / len(words) > 0.5


def _rarity(stems: Sequence[set[str]]) -> dict[str, float]:
    """Words that few of the sentences have weigh more (inverse document frequency, 0…1)."""
    counts: dict[str, int] = {}
    for present in stems:
        for word in present:
            counts[word] = counts.get(word, 0) + 1
    scale = np.log(1 + len(stems))
    return {word: float(np.log(1 + len(stems) / count) / scale) for word, count in counts.items()}
