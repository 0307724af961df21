"""The passages for a query: candidates of the dense and the lexical index, scored, preferred, placed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from assistant.question import Query
from assistant.records import Filters
from assistant.retrieve.fusion import Candidate, Words, score_candidates
from assistant.retrieve.languages import language_offsets, usual_cosine
from assistant.retrieve.named import named_publishers, prefer_publishers
from assistant.retrieve.neighbours import as_hit, group_neighbours
from assistant.retrieve.places import PASSAGES_AN_ARTICLE, fold_articles, share_places
from assistant.retrieve.restricting import day_number, restrict
from assistant.retrieve.second_look import Embed, look_again
from assistant.retrieve.timeliness import Timing, prefer_time, preferred_days
from ingest.article import ScoredPassage
from ingest.corpus import Corpus
from ingest.corpus.restriction import Restriction
from ingest.embed import Embedder

DENSE_CANDIDATES = 100
CANDIDATES_A_LANGUAGE = 50
CANDIDATES_A_PREFERENCE = 50
STEMMED_CANDIDATES = 100
SHARED_CANDIDATES = 50


class Retriever:
    """Ranks the passages of one corpus for a query; safe to use from many threads."""

    def __init__(self, corpus: Corpus, embedder: Embedder) -> None:
        self._corpus = corpus
        self._embedder = embedder
        self._known: tuple[int, tuple[str, ...], tuple[str, ...]] | None = None

    def embed_query(self, query: Query) -> np.ndarray:
        """The unit vector (d) of a query."""
        return self._embedder.embed_query(query.text)

    def embed_queries(self, queries: Sequence[Query]) -> np.ndarray:
        """The unit vectors (n, d) of n ≥ 1 queries, computed together."""
        return self._embedder.embed_queries([query.text for query in queries])

    def publishers(self) -> tuple[str, ...]:
        """The publishers of the corpus."""
        return self._read_known()[1]

    def restriction(self, filters: Filters) -> Restriction:
        """The filters as a restriction of the index; raises QuestionError for a value the corpus does not have."""
        return restrict(filters, self._corpus, *self._read_known())

    def _read_known(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Languages (most articles first) and publishers of the corpus; read anew when it has changed."""
        generation = self._corpus.catalogue.generation()
        if self._known is None or self._known[0] != generation:
            self._known = generation, tuple(self._corpus.languages()), tuple(self._corpus.catalogue.publishers())
        return self._known[1:]

    def retrieve(
        self, query: Query, vector: np.ndarray, top_k: int, sentences: Embed | None = None
    ) -> list[ScoredPassage]:
        """The best passages, best first; `score` is a sum of standardised scores, comparable within a query only.

        With `sentences`, which embeds sentences in passage form, the best are looked at a second time.
        Raises QuestionError when a filter names what the corpus does not have.
        """
        self._corpus.refresh()
        restriction = self.restriction(query.filters)
        stored, publishers = self._read_known()
        languages = [one for one in stored if not restriction.languages or one in restriction.languages]
        named = named_publishers(query.question, publishers)
        found = self._dense(vector, restriction)
        words = self._words(query, languages, restriction)
        preferred = self._preferred(query, named, restriction)
        candidates = self._candidates(vector, found, [*words.stemmed, *words.shared, *preferred])
        if not candidates:
            return []
        samples = {language: self._corpus.language_sample(language) for language in languages}
        score_candidates(candidates, language_offsets(vector, samples, query.language), words, query.language)
        ranked = self._prefer(list(candidates.values()), query, named)
        most = top_k if query.filters.articles else PASSAGES_AN_ARTICLE
        folded = fold_articles(ranked, most)
        if sentences is not None:
            folded = look_again(folded, vector, sentences)
        return self._whole(group_neighbours(share_places(folded, languages), top_k))

    def background(self, vector: np.ndarray, passages: Sequence[ScoredPassage], asked_in: str) -> dict[str, float]:
        """By language of the passages, the cosine any text has to this query (d)."""
        return {
            language: usual_cosine(
                vector, self._corpus.language_sample(language), same_language=language == asked_in
            )
            for language in {hit.article.language for hit in passages}
        }

    def _dense(self, vector: np.ndarray, restriction: Restriction) -> dict[str, float]:
        """The cosines of the nearest passages, and of the nearest of each language, by id."""
        by_language = self._corpus.vectors.search_languages(vector, DENSE_CANDIDATES, restriction)
        every = sorted((hit for hits in by_language.values() for hit in hits), key=lambda hit: -hit[1])
        each = [hit for hits in by_language.values() for hit in hits[:CANDIDATES_A_LANGUAGE]]
        return dict(every[:DENSE_CANDIDATES]) | dict(each)

    def _preferred(self, query: Query, named: Sequence[str], restriction: Restriction) -> list[str]:
        """Ids of passages of the time and the publishers that are preferred, by words: Chroma filters slowly."""
        wanted = [restriction.to_publisher(name) for name in named] + [
            restriction.to_days(day_number(span.first or date.min), day_number(span.last or date.max))
            for span in preferred_days(Timing(query.asked_on, query.scope))
        ]
        search = self._corpus.lexical.search_shared
        found = [
            search(query.text, query.language, CANDIDATES_A_PREFERENCE, within)
            for within in wanted if within is not None
        ]
        return [key for hits in found for key, _ in hits]

    def _words(self, query: Query, languages: Sequence[str], restriction: Restriction) -> Words:
        """Stems of the question's own language, what languages share in all others that are searched."""
        lexical, asked_in = self._corpus.lexical, query.language
        others = tuple(one for one in languages if one != asked_in)
        abroad = replace(restriction, languages=others)
        shared = lexical.search_shared(query.text, asked_in, SHARED_CANDIDATES, abroad) if others else []
        return Words(
            dict(lexical.search_stemmed(query.text, asked_in, STEMMED_CANDIDATES, restriction)), dict(shared),
            lexical.full_score(query.text, asked_in), lexical.full_shared_score(query.text, asked_in),
        )

    def _candidates(
        self, vector: np.ndarray, dense: dict[str, float], lexical: Iterable[str]
    ) -> dict[str, Candidate]:
        """All candidates with their cosine, also those that only the lexical index found."""
        missing = [passage_id for passage_id in dict.fromkeys(lexical) if passage_id not in dense]
        cosines = dense | {key: float(row @ vector) for key, row in self._corpus.vectors.get(missing).items()}
        passages = self._corpus.catalogue.passages(list(cosines))
        return {key: Candidate(key, passage, language, cosines[key]) for key, (passage, language) in passages.items()}

    def _prefer(self, candidates: list[Candidate], query: Query, named: Sequence[str]) -> list[Candidate]:
        """The candidates best first, those of the time and the publisher asked about raised."""
        ranked = _by_score(candidates)
        if named or query.scope or query.asked_on:
            ids = {candidate.passage.article_id for candidate in ranked}
            facts = self._corpus.catalogue.publications(ids)
            days = {key: day for key, (_, day) in facts.items() if day is not None}
            prefer_time(ranked, days, Timing(query.asked_on, query.scope))
            prefer_publishers(ranked, {key: name for key, (name, _) in facts.items() if name}, named)
        return _by_score(ranked)

    def _whole(self, groups: Sequence[Sequence[Candidate]]) -> list[ScoredPassage]:
        articles = self._corpus.catalogue.articles_by_id({group[0].passage.article_id for group in groups})
        return [
            as_hit(group, articles[group[0].passage.article_id])
            for group in groups
            if group[0].passage.article_id in articles
        ]


def _by_score(candidates: Iterable[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda candidate: (-candidate.score, candidate.id))
