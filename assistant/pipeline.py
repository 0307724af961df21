"""One corpus to ask, search and check against: what the commands, the chat and Python programs use.

`stream` tells what happens as it happens, `ask` waits for the end of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.answer.citations import Citer
from assistant.answer.task import Options
from assistant.answering import Answerer
from assistant.digest.digester import Digester
from assistant.llm import ChatModel
from assistant.opening import open_settings_embedder
from assistant.question import Query, understand_question
from assistant.records import EVERYTHING, Answer, Done, Event, Filters, Length, Turn
from assistant.retrieve import Retriever
from assistant.settings import Settings
from assistant.vectors import RememberedVectors, remember_sentences
from assistant.verify import verify_claims
from ingest.article import ScoredPassage
from ingest.corpus import Corpus
from ingest.embed import Embedder
from ingest.embed.endpoint import EndpointEmbedding
from ingest.guard import Guard
from ingest.language import detect_question_language

if TYPE_CHECKING:
    from ingest.corpus.retriever import CorpusRetriever


class Assistant:
    """Answers questions about one corpus; safe to use from many threads."""

    def __init__(self, corpus: Corpus, embedder: Embedder, settings: Settings, model: ChatModel | None) -> None:
        self.corpus = corpus
        self.settings = settings
        self.model = model
        self.guards = _guards(embedder, model)
        self._similarity = RememberedVectors(embedder.embed_queries)
        self._retriever = Retriever(corpus, embedder)
        self._sentences = remember_sentences(embedder)
        cite = Citer(corpus)
        self._answerer = Answerer(corpus, self._retriever, self._sentences, self._similarity, cite, settings.top_k)
        digester = Digester(corpus, self._retriever, self._sentences, self._similarity, cite, model)
        self.summarize = digester.summarize
        self.timeline = digester.timeline

    @classmethod
    def open(cls, directory: Path | str, settings: Settings | None = None) -> Assistant:
        """Open a corpus with the embedder it was built with; raises CorpusError, EmbeddingError."""
        settings = settings or Settings()
        corpus = Corpus.open(Path(directory), chroma=settings.chroma)
        embedder = open_settings_embedder(settings, corpus.recipe["embedding"])
        return cls(corpus, embedder, settings, ChatModel(settings) if settings.has_model else None)

    def close(self) -> None:
        """Close the corpus and the connections to the model."""
        self.corpus.close()
        if self.model is not None:
            self.model.close()

    def search(
        self, query: str, top_k: int | None = None, history: Sequence[Turn] = (), *,
        filters: Filters = EVERYTHING, asked_on: date | None = None,
    ) -> list[ScoredPassage]:
        """The passages found for a query, best first; with `asked_on` those published shortly before rise."""
        understood = understand_question(query, history, filters=filters, asked_on=asked_on)
        return self.search_embedded(understood, self._retriever.embed_query(understood), top_k)

    def as_retriever(
        self, top_k: int | None = None, *, filters: Filters = EVERYTHING, asked_on: date | None = None
    ) -> CorpusRetriever:
        """`search` as a LlamaIndex retriever, for query engines of other people's."""
        return self.corpus.as_retriever(lambda text: self.search(text, top_k, filters=filters, asked_on=asked_on))

    def embed_queries(self, queries: Sequence[Query]) -> np.ndarray:
        """The vectors (n, d) of n ≥ 1 queries, cheaper together than one by one."""
        return self._retriever.embed_queries(queries)

    def search_embedded(self, query: Query, vector: np.ndarray, top_k: int | None = None) -> list[ScoredPassage]:
        """The passages found for a query whose vector (d) is known, best first."""
        return self._retriever.retrieve(query, vector, top_k or self.settings.top_k, self._sentences)

    def verify(self, claims: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Judge claims {"id", "claim", "evidence"?}; those without evidence against the corpus."""
        return verify_claims(
            claims, similarity=self._similarity, detect_language=detect_question_language, find_passages=self.search
        )

    def ask(
        self, question: str, history: Sequence[Turn] = (), *, filters: Filters = EVERYTHING,
        asked_on: date | None = None, strict: bool = False, language: str | None = None, length: Length = "normal",
    ) -> Answer:
        """One cited and checked answer; raises QuestionError for an empty question or an unknown filter value.

        `strict` leaves unsupported sentences out; `language` is that of the answer, by default the
        question's; `length` how much of it is wanted.
        """
        options = Options(filters, asked_on, strict, language, length)
        for event in self._answerer.stream(question, history, options, self.model):
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("a stream always ends with Done")

    def stream(
        self, question: str, history: Sequence[Turn] = (), *, filters: Filters = EVERYTHING,
        asked_on: date | None = None, strict: bool = False, language: str | None = None, length: Length = "normal",
    ) -> Iterator[Event]:
        """The events of answering: stages, text as it comes, and at the end the whole answer."""
        options = Options(filters, asked_on, strict, language, length)
        return self._answerer.stream(question, history, options, self.model)


def _guards(embedder: Embedder, model: ChatModel | None) -> dict[str, Guard]:
    """What stands before the endpoints in use; it knows which of them is down."""
    guards = {"model": model.guard} if model is not None else {}
    return guards | ({"embedding": embedder.guard} if isinstance(embedder, EndpointEmbedding) else {})
