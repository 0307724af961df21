"""The lexical index: BM25 over stemmed words per language and over words in a form languages share, in tantivy.

Each passage has its words twice: stemmed in its own language (field `stem_sv`, …), and so that names, numbers and
dates match across languages (field `exact`). Titles likewise.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import tantivy
from tantivy import FieldType, Filter, Occur, Query, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from ingest.article import Passage
from ingest.corpus.restriction import ANY, Restriction
from ingest.corpus.shared_words import plain_numbers, shared_words
from ingest.errors import CorpusError

# ISO 639-1 code → name of tantivy's Snowball stemmer; other languages have shared forms alone.
STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}
# A title says in a few words what a passage is about; searched as a field of its own.
TITLE_BOOST = 0.5
MAX_QUERY_WORDS = 64
MAX_WORD_LENGTH = 60
WRITER_HEAP_BYTES = 64_000_000


class Lexical:
    """A tantivy index of passages; one writer, any number of readers."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._analyzers = {code: _analyzer(name) for code, name in STEMMERS.items()}
        try:
            self._schema = _schema()
            self._index = tantivy.Index(self._schema, path=str(directory))
        except ValueError as error:
            raise CorpusError(f"the lexical index in {directory} cannot be opened: {error}") from error
        for code, analyzer in self._analyzers.items():
            self._index.register_tokenizer(f"stem_{code}", analyzer)
        self._exact = _analyzer(None)
        self._index.register_tokenizer("exact", self._exact)
        self._writer: tantivy.IndexWriter | None = None

    def add(
        self, entries: Iterable[tuple[Passage, str, str, str]], facts: Mapping[str, str | int] | None = None
    ) -> None:
        """Add (passage, language, title, text to index) with the facts to filter by; visible after `commit`.

        Facts are `publisher` and `published`, a day as a number (20240208).
        """
        facts = facts or {}
        writer = self._open_writer()
        for passage, language, title, text in entries:
            document = tantivy.Document()
            document.add_text("passage_id", passage.id)
            document.add_text("article_id", passage.article_id)
            document.add_text("language", language)
            if "publisher" in facts:
                document.add_text("publisher", str(facts["publisher"]))
            if "published" in facts:
                document.add_integer("published", int(facts["published"]))
            document.add_text("exact", " ".join(shared_words(text, language)))
            document.add_text("title_exact", " ".join(shared_words(title, language)))
            if language in STEMMERS:
                document.add_text(f"stem_{language}", plain_numbers(text))
                document.add_text(f"title_{language}", plain_numbers(title))
            writer.add_document(document)

    def remove_article(self, article_id: str) -> None:
        """Remove all passages of an article; visible after `commit`."""
        self._open_writer().delete_documents_by_term("article_id", article_id)

    def commit(self) -> None:
        """Make what was added and removed durable and visible."""
        if self._writer is not None:
            self._writer.commit()
            self._index.reload()

    def close(self) -> None:
        """Wait for background merges and give up the writer."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    def search_stemmed(
        self, query: str, language: str, k: int, restriction: Restriction = ANY
    ) -> list[tuple[str, float]]:
        """The best `k` passages in `language` by BM25 over stems, as (passage id, score)."""
        if language not in STEMMERS:
            within = restriction.to_language(language)
            return self.search_shared(query, language, k, within) if within else []
        words = self._query_words(query, language)
        return self._search(words, f"stem_{language}", f"title_{language}", k, restriction)

    def search_shared(
        self, query: str, language: str, k: int, restriction: Restriction = ANY
    ) -> list[tuple[str, float]]:
        """The best `k` passages in any language by BM25 over shared forms of a query in `language`."""
        return self._search(_distinct(shared_words(query, language)), "exact", "title_exact", k, restriction)

    def full_score(self, query: str, language: str) -> float:
        """About what `search_stemmed` gives a passage of usual length with every word of the query once.

        It is the sum of the words' inverse document frequencies; words no passage has count the most.
        """
        if language not in STEMMERS:
            return self.full_shared_score(query, language)
        return self._full(self._query_words(query, language), f"stem_{language}")

    def full_shared_score(self, query: str, language: str) -> float:
        """The same for `search_shared`."""
        return self._full(_distinct(shared_words(query, language)), "exact")

    def language_of_words(self, text: str, languages: Iterable[str]) -> str | None:
        """The one of `languages` in whose passages alone the most words of `text` stand; None when none or two lead.

        Words that several languages share, as they do names, tell nothing.
        """
        among = [language for language in languages if language in STEMMERS]
        votes: Counter[str] = Counter()
        for word in _distinct(self._exact.analyze(text)):
            having = [language for language in among if self._has(word, language)]
            if len(having) == 1:
                votes[having[0]] += 1
        first, second = (*votes.most_common(2), (None, 0), (None, 0))[:2]
        return first[0] if first[1] > second[1] else None

    def _has(self, word: str, language: str) -> bool:
        """Whether `word` is a function word of a language or stands in its passages."""
        stems = self._query_words(word, language)
        return not stems or self._index.searcher().doc_freq(f"stem_{language}", stems[0]) > 0

    def _query_words(self, query: str, language: str) -> list[str]:
        return _distinct(self._analyzers[language].analyze(plain_numbers(query)))

    def _full(self, words: list[str], field: str) -> float:
        searcher = self._index.searcher()
        size = searcher.num_docs
        counts = [searcher.doc_freq(field, word) for word in words]
        return sum(math.log(1 + (max(size - count, 0) + 0.5) / (count + 0.5)) for count in counts)

    def count(self) -> int:
        """How many passages are indexed."""
        return int(self._index.searcher().num_docs)

    def refresh(self) -> None:
        """Notice what another process committed."""
        self._index.reload()

    def _search(
        self, words: list[str], body: str, title: str, k: int, restriction: Restriction
    ) -> list[tuple[str, float]]:
        if not words or k <= 0:
            return []
        terms = [(Occur.Should, Query.term_query(self._schema, body, word)) for word in words]
        terms += [
            (Occur.Should, Query.boost_query(Query.term_query(self._schema, title, word), TITLE_BOOST))
            for word in words
        ]
        query = Query.boolean_query(terms)
        required = self._required(restriction)
        if required:
            silent = [(Occur.Must, Query.const_score_query(one, 0.0)) for one in required]
            query = Query.boolean_query([(Occur.Must, query), *silent])
        searcher = self._index.searcher()
        hits = searcher.search(query, limit=k, count=False).hits
        return [(str(searcher.doc(address)["passage_id"][0]), float(score)) for score, address in hits]

    def _required(self, restriction: Restriction) -> list[Query]:
        """What a passage must fulfil, one query a restricted field."""
        values = {
            "language": restriction.languages, "publisher": restriction.publishers,
            "article_id": restriction.article_ids,
        }
        queries = [
            Query.term_set_query(self._schema, field, list(allowed)) for field, allowed in values.items() if allowed
        ]
        first, last = restriction.first_day, restriction.last_day
        if first is not None or last is not None:
            queries.append(Query.range_query(self._schema, "published", FieldType.Integer, first, last))
        return queries

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            try:
                self._writer = self._index.writer(heap_size=WRITER_HEAP_BYTES, num_threads=1)
            except ValueError as error:
                raise CorpusError(f"the lexical index is being written by another process: {error}") from error
        return self._writer


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in ("passage_id", "article_id", "language", "publisher"):
        builder.add_text_field(field, stored=field == "passage_id", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("published", indexed=True, fast=True)
    for field in ("exact", "title_exact"):
        builder.add_text_field(field, tokenizer_name="exact", index_option="freq")
    for code in STEMMERS:
        for field in (f"stem_{code}", f"title_{code}"):
            builder.add_text_field(field, tokenizer_name=f"stem_{code}", index_option="freq")
    return builder.build()


def _analyzer(stemmer: str | None) -> TextAnalyzer:
    # Numbers keep their point ("227.7"), so that they are matched whole.
    tokenizer = Tokenizer.regex(r"\d+(?:\.\d+)+|[\p{L}\p{M}\p{N}]+")
    builder = TextAnalyzerBuilder(tokenizer).filter(Filter.remove_long(MAX_WORD_LENGTH)).filter(Filter.lowercase())
    if stemmer is not None:
        builder = builder.filter(Filter.stopword(stemmer)) if stemmer in STOPWORD_LANGUAGES else builder
        builder = builder.filter(Filter.stemmer(stemmer))
    return builder.build()


# The stop word lists tantivy ships.
STOPWORD_LANGUAGES = frozenset(
    "danish dutch english finnish french german hungarian italian norwegian portuguese russian spanish swedish".split()
)


def _distinct(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))[:MAX_QUERY_WORDS]
