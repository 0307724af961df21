"""The passages for a query: dense and lexical scores, fused knowing languages, with a share for each.

A passage's dense score is its cosine to the query less what any passage of its language has, since
e5 puts texts of the question's own language nearer whatever they say. Lexical evidence reorders the
passages of one language: stems in the question's own, names and numbers as written in the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.question import Query
from ingest.article import Passage, ScoredPassage
from ingest.corpus import Corpus
from ingest.embed import Embedder

# All measured on 1,452 questions over 437 passages in sv, de, en (tests/benchmarks/README.md).
DENSE_CANDIDATES = 100
CANDIDATES_A_LANGUAGE = 50
LEXICAL_CANDIDATES = 100
NORMALISED_OVER = 200
# How much of a language's mean cosine is taken off: cross-lingual recall@5 in a mixed pool .78 at 0, .94 at 1.
LANGUAGE_CORRECTION = 1.0
STEM_WEIGHT = 0.3
EXACT_WEIGHT = 0.1
# Words can only match within a language, so a language's best passage keeps this share of what they gave it.
LEXICAL_ACROSS = 0.3
# e5's mean advantage of same-language passages, used while a corpus has too few passages to tell.
SAME_LANGUAGE_COSINE = 0.033
# e5's mean cosine of a question to passages of other languages that have nothing to do with it.
USUAL_COSINE = 0.722
PRIOR_PASSAGES = 64
# The first places go by score alone, then each language that is missing gets one.
FIRST_BY_SCORE = 3
PASSAGES_AN_ARTICLE = 3


@dataclass(slots=True)
class _Candidate:
    passage: Passage
    language: str
    cosine: float
    score: float = 0.0
    why: list[str] = field(default_factory=list)


class Retriever:
    """Ranks the passages of one corpus for a query."""

    def __init__(self, corpus: Corpus, embedder: Embedder) -> None:
        self._corpus = corpus
        self._embedder = embedder

    def embed_query(self, query: Query) -> np.ndarray:
        """The unit vector (d) of a query."""
        return self._embedder.embed_query(query.text)

    def embed_queries(self, queries: Sequence[Query]) -> np.ndarray:
        """The unit vectors (n, d) of n ≥ 1 queries, computed together."""
        return self._embedder.embed_queries([query.text for query in queries])

    def retrieve(self, query: Query, vector: np.ndarray, top_k: int) -> list[ScoredPassage]:
        """The best passages, best first; `score` is a sum of standardised scores, comparable within a query only."""
        self._corpus.refresh()
        languages = list(self._corpus.languages())
        dense, passages = self._dense(vector, languages)
        stemmed = dict(self._corpus.lexical.search_stemmed(query.text, query.language, LEXICAL_CANDIDATES))
        exact = dict(self._corpus.lexical.search_exact(query.text, LEXICAL_CANDIDATES))
        candidates = self._candidates(vector, dense, passages, [*stemmed, *exact])
        if not candidates:
            return []
        offsets = self._language_offsets(vector, languages, query.language)
        score_candidates(candidates, offsets, stemmed, exact, query.language)
        ranked = [candidates[key] for key in sorted(candidates, key=lambda key: (-candidates[key].score, key))]
        chosen = share_places(fold_articles(ranked), languages)[:top_k]
        articles = self._corpus.catalogue.articles_by_id({c.passage.article_id for c in chosen})
        return [
            ScoredPassage(c.passage, articles[c.passage.article_id], c.score, tuple(c.why))
            for c in chosen
            if c.passage.article_id in articles
        ]

    def _dense(
        self, vector: np.ndarray, languages: Sequence[str]
    ) -> tuple[dict[str, float], dict[str, tuple[Passage, str]]]:
        """The nearest passages and those of each language by id: (their cosines, what is known of them)."""
        found = dict(self._corpus.vectors.search(vector, DENSE_CANDIDATES))
        passages = self._corpus.catalogue.passages(list(found))
        if len(found) < DENSE_CANDIDATES:  # that was the whole corpus
            return found, passages
        nearest = Counter(language for _, language in passages.values())
        for language in languages:
            if nearest[language] < CANDIDATES_A_LANGUAGE and len(languages) > 1:
                where = {"language": language}
                found.update(self._corpus.vectors.search(vector, CANDIDATES_A_LANGUAGE, where))
        return found, passages

    def _candidates(
        self, vector: np.ndarray, dense: dict[str, float], passages: dict[str, tuple[Passage, str]],
        lexical: Sequence[str],
    ) -> dict[str, _Candidate]:
        """All candidates with their cosine, also those that only the lexical index found."""
        missing = [passage_id for passage_id in dict.fromkeys(lexical) if passage_id not in dense]
        cosines = dense | {key: float(row @ vector) for key, row in self._corpus.vectors.get(missing).items()}
        passages = passages | self._corpus.catalogue.passages([key for key in cosines if key not in passages])
        return {key: _Candidate(passage, language, cosines[key]) for key, (passage, language) in passages.items()}

    def background(
        self, vector: np.ndarray, passages: Sequence[ScoredPassage], asked_in: str
    ) -> dict[str, float]:
        """By language of the passages, the cosine any text has to this query: a sample's mean, and what e5 gives."""
        background = {}
        for language in {hit.article.language for hit in passages}:
            sample = self._corpus.language_sample(language)
            usual = USUAL_COSINE + SAME_LANGUAGE_COSINE * (language == asked_in)
            total = float((sample @ vector).sum()) if len(sample) else 0.0
            background[language] = (total + PRIOR_PASSAGES * usual) / (len(sample) + PRIOR_PASSAGES)
        return background

    def _language_offsets(
        self, vector: np.ndarray, languages: Sequence[str], asked_in: str
    ) -> dict[str, float]:
        """By language, how near this query is to its passages at large, relative to the mean language."""
        samples = {language: self._corpus.language_sample(language) for language in languages}
        means = {lang: float((sample @ vector).mean()) for lang, sample in samples.items() if len(sample)}
        if len(means) < 2:
            return dict.fromkeys(languages, 0.0)
        centre = sum(means.values()) / len(means)
        same_share = SAME_LANGUAGE_COSINE * (asked_in in means) / len(means)
        offsets = {}
        for language, mean in means.items():
            prior = SAME_LANGUAGE_COSINE * (language == asked_in) - same_share
            size = len(samples[language])
            offsets[language] = (size * (mean - centre) + PRIOR_PASSAGES * prior) / (size + PRIOR_PASSAGES)
        return offsets


def score_candidates(
    candidates: dict[str, _Candidate], offsets: dict[str, float], stemmed: dict[str, float],
    exact: dict[str, float], asked_in: str,
) -> None:
    """Give each candidate its score: dense, plus lexical evidence that mostly reorders its own language."""
    corrected = {
        key: c.cosine - LANGUAGE_CORRECTION * offsets.get(c.language, 0.0) for key, c in candidates.items()
    }
    dense_z = standardise(corrected, len(candidates))
    stem_z, exact_z = standardise(stemmed, len(candidates)), standardise(exact, len(candidates))
    for language in {candidate.language for candidate in candidates.values()}:
        own = {key: c for key, c in candidates.items() if c.language == language}
        weight, lexical = (STEM_WEIGHT, stem_z) if language == asked_in else (EXACT_WEIGHT, exact_z)
        for key, candidate in own.items():
            bonus = weight * max(lexical.get(key, 0.0), 0.0)
            candidate.score = dense_z[key] + bonus
            candidate.why.append(f"meaning {candidate.cosine:.2f}")
            if bonus:
                candidate.why.append(f"words +{bonus:.2f}")
        gain = max(c.score for c in own.values()) - max(dense_z[key] for key in own)
        for candidate in own.values():
            candidate.score -= (1 - LEXICAL_ACROSS) * gain


def standardise(scores: dict[str, float], candidates: int) -> dict[str, float]:
    """Scores less the mean of the top 200 candidates, over their standard deviation; 0 for all when equal.

    Candidates without a score count as 0: two hits among twelve are rare, whatever their scores.
    """
    if not scores:
        return {}
    top = sorted([*scores.values(), *[0.0] * (candidates - len(scores))], reverse=True)[:NORMALISED_OVER]
    mean, spread = float(np.mean(top)), float(np.std(top))
    if spread < 1e-9:
        return dict.fromkeys(scores, 0.0)
    return {key: (score - mean) / spread for key, score in scores.items()}


def fold_articles(ranked: Sequence[_Candidate]) -> list[_Candidate]:
    """At most three passages an article."""
    counts: dict[str, int] = {}
    kept = []
    for candidate in ranked:
        article_id = candidate.passage.article_id
        counts[article_id] = counts.get(article_id, 0) + 1
        if counts[article_id] <= PASSAGES_AN_ARTICLE:
            kept.append(candidate)
    return kept


def share_places(ranked: Sequence[_Candidate], languages: Sequence[str]) -> list[_Candidate]:
    """After the first places, the best passage of each language that has none yet, then the rest by score."""
    first, rest = list(ranked[:FIRST_BY_SCORE]), list(ranked[FIRST_BY_SCORE:])
    for language in languages:
        if all(candidate.language != language for candidate in first):
            best = next((candidate for candidate in rest if candidate.language == language), None)
            if best is not None:
                best.why.append(f"best in {language}")
                first.append(best)
                rest.remove(best)
    return first + rest
