"""Sentences of the articles of a topic as candidates for a digest: which ones are worth embedding, and how they fit.

Reading 500 articles whole would embed ten thousand sentences; words, figures and place decide first which few
hundred are looked at closer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from assistant.question import content_words, word_stem
from ingest.article import Article
from ingest.sentences import split_sentences

SHORTEST, LONGEST = 30, 450
# Sentences embedded for a topic: 400 of 30 tokens take about five seconds.
MOST_EMBEDDED = 400
READ_OF_FEW = 240
FEWEST_AN_ARTICLE = 2
# Words whose sentence leans on the one before; in the three languages.
_LEANS = re.compile(
    r"^[\W_]*(?:han|hon|den|det|de|detta|denna|dessa|där|då|men|och|er|sie|es|das|dies\w*|dort|da|aber|und|he|she|it"
    r"|they|this|that|these|those|there|but|and|so|then|also|however|dessutom|samtidigt|außerdem|zudem)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"\?\W*$")
_SPEECH = re.compile(r"^\W*[\"”“„»–—-]|\b(?:jag|vi|ich|wir|i|we|my|our|you|du|ni)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence: `article.text[start:end]`, its place among the article's sentences, and its bare worth."""

    article: Article
    start: int
    end: int
    place: int
    worth: float

    @property
    def text(self) -> str:
        """The sentence itself, verbatim."""
        return self.article.text[self.start : self.end]

    @property
    def key(self) -> tuple[str, int]:
        """What makes two candidates one: article and start."""
        return self.article.id, self.start


def read_sentences(articles: Sequence[Article], topic: str) -> list[Candidate]:
    """The at most 400 sentences worth a closer look, in reading order of the articles."""
    wanted = {word_stem(word) for word in content_words(topic)}
    rows = [_sentences(article) for article in articles]
    counts = Counter(stem for row in rows for stem in {stem for _, _, stems in row for stem in stems})
    most = max(FEWEST_AN_ARTICLE, READ_OF_FEW // max(len(articles), 1))
    chosen: list[Candidate] = []
    for article, row in zip(articles, rows, strict=True):
        scored = []
        for place, (start, end, stems) in enumerate(row):
            worth = _worth(article.text[start:end], place, stems, wanted, counts, len(rows))
            scored.append(Candidate(article, start, end, place, worth))
        best = sorted(scored, key=lambda one: (-one.worth, one.place))[:most]
        chosen += sorted(best, key=lambda one: one.place)
    if len(chosen) <= MOST_EMBEDDED:
        return chosen
    least = sorted((one.worth for one in chosen), reverse=True)[MOST_EMBEDDED - 1]
    return [one for one in chosen if one.worth >= least][:MOST_EMBEDDED]


def centrality(vectors: np.ndarray, candidates: Sequence[Candidate]) -> np.ndarray:
    """How much else says the like (n): mean cosine to the nearest sentence of each other article, the best eight.

    Of a single article, the mean cosine to its other sentences. Cosines across languages are raised by the mean
    gap between the languages, so that no language is the centre by itself.
    """
    likeness = _levelled(vectors @ vectors.T, [one.article.language for one in candidates])
    np.fill_diagonal(likeness, np.nan)
    articles: dict[str, list[int]] = {}
    for index, one in enumerate(candidates):
        articles.setdefault(one.article.id, []).append(index)
    if len(articles) < 2:
        return np.zeros(1) if len(candidates) < 2 else np.nanmean(likeness, axis=1)
    scores = np.zeros(len(candidates))
    groups = list(articles.values())
    nearest = np.stack([np.nanmax(np.where(np.isnan(likeness[:, group]), -1.0, likeness[:, group]), axis=1)
                        for group in groups], axis=1)
    for column, group in enumerate(groups):
        others = np.delete(nearest[group], column, axis=1)
        scores[group] = np.sort(others, axis=1)[:, -8:].mean(axis=1)
    return scores


def _levelled(likeness: np.ndarray, languages: Sequence[str]) -> np.ndarray:
    codes = sorted(set(languages))
    if len(codes) < 2:
        return likeness
    names = np.array(languages)
    level = float(np.mean([likeness[np.ix_(names == code, names == code)].mean() for code in codes]))
    levelled = likeness.copy()
    for left in codes:
        for right in codes:
            block = np.ix_(names == left, names == right)
            levelled[block] += level - float(likeness[block].mean())
    return levelled


def repeats_title(text: str, article: Article) -> bool:
    """Is a line of the text the article's own headline?"""
    title = article.metadata.title
    return title is not None and text.casefold().split() == title.casefold().split()


def _sentences(article: Article) -> list[tuple[int, int, frozenset[str]]]:
    found = []
    for start, end in split_sentences(article.text, article.language):
        text = article.text[start:end]
        if SHORTEST <= end - start <= LONGEST and not repeats_title(text, article):
            found.append((start, end, frozenset(map(word_stem, content_words(text)))))
    return found


def _worth(
    text: str, place: int, stems: frozenset[str], wanted: set[str], counts: Counter[str], articles: int
) -> float:
    """A sentence's worth by its place, its words and its form."""
    common = sum(log(1 + counts[stem]) for stem in stems) / (len(stems) or 1) / log(2 + articles)
    worth = 1.0 / (1 + place) + 0.5 * common
    worth += 0.5 * (len(stems & wanted) / len(wanted) if wanted else 0.0)
    worth += 0.15 * bool(re.search(r"\d", text))
    return worth - 0.25 * weakness(text)


def weakness(text: str) -> float:
    """0…3: how little a sentence can stand alone (it leans on another, asks, or is somebody's speech)."""
    return float(bool(_LEANS.search(text))) + bool(_QUESTION.search(text)) + bool(_SPEECH.search(text))
