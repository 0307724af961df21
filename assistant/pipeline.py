"""From question to checked answer: understand → retrieve → answer → cite → verify.

The only module of `assistant` that knows the order. `stream` tells what happens as it happens, `ask`
waits for the end of it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from assistant.abstain import THRESHOLD, answer_features, answer_likelihood
from assistant.answer.about import About, asked_about, describe_article, find_article, list_dated
from assistant.answer.checked import check_draft
from assistant.answer.extractive import Quote, choose_quotes
from assistant.answer.generative import write_answer
from assistant.cite import MarkerFilter
from assistant.errors import EndpointError
from assistant.llm import ChatModel
from assistant.question import Query, question_parts, understand_question
from assistant.records import Answer, Citation, Delta, Done, Event, Sentence, Stage, Turn, Verdict
from assistant.retrieve import Retriever
from assistant.settings import Settings
from assistant.vectors import RememberedVectors
from assistant.verify import verify_claims
from assistant.wording import ABSTENTION, BROKEN_OFF, attribution, compared, say
from ingest.article import Article, ScoredPassage
from ingest.corpus import Corpus
from ingest.embed import Embedder, open_embedder
from ingest.language import detect_question_language

# A question about an article itself may name one that few of its passages resemble.
PASSAGES_FOR_ARTICLE = 40
MOST_ARTICLES_LISTED = 500
MOST_STATEMENTS = 8


class Assistant:
    """Answers questions about one corpus; safe to use from many threads."""

    def __init__(self, corpus: Corpus, embedder: Embedder, settings: Settings, model: ChatModel | None) -> None:
        self.corpus = corpus
        self.settings = settings
        self.model = model
        self._sentences = RememberedVectors(embedder.embed_passages)
        self._similarity = RememberedVectors(embedder.embed_queries)
        self._retriever = Retriever(corpus, embedder)

    @classmethod
    def open(cls, directory: Path | str, settings: Settings | None = None) -> Assistant:
        """Open a corpus with the embedder it was built with; raises CorpusError, EmbeddingError."""
        settings = settings or Settings()
        corpus = Corpus.open(Path(directory), chroma_url=settings.chroma_url)
        key = settings.api_key.get_secret_value() if settings.api_key else None
        embedder = open_embedder(
            corpus.recipe["embedding"], base_url=settings.embedding_base_url or settings.base_url, api_key=key
        )
        return cls(corpus, embedder, settings, ChatModel(settings) if settings.has_model else None)

    def search(
        self, query: str, top_k: int | None = None, history: Sequence[Turn] = ()
    ) -> list[ScoredPassage]:
        """The passages found for a query, best first."""
        understood = understand_question(query, history)
        return self.search_embedded(understood, self._retriever.embed_query(understood), top_k)

    def embed_queries(self, queries: Sequence[Query]) -> np.ndarray:
        """The vectors (n, d) of n ≥ 1 queries, cheaper together than one by one."""
        return self._retriever.embed_queries(queries)

    def search_embedded(self, query: Query, vector: np.ndarray, top_k: int | None = None) -> list[ScoredPassage]:
        """The passages found for a query whose vector (d) is known, best first."""
        return self._retriever.retrieve(query, vector, top_k or self.settings.top_k)

    def verify(self, claims: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Judge claims {"id", "claim", "evidence"?}; those without evidence against the corpus."""
        return verify_claims(
            claims, similarity=self._similarity, detect_language=detect_question_language, find_passages=self.search
        )

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """One cited and checked answer; raises QuestionError for an empty question."""
        for event in self.stream(question, history):
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("a stream always ends with Done")

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Event]:
        """The events of answering: stages, text as it comes, and at the end the whole answer."""
        query = understand_question(question, history)
        clock = _Clock()
        yield Stage("searching")
        vector = self._retriever.embed_query(query)
        passages = self._retriever.retrieve(query, vector, self.settings.top_k)
        about = self._about(query, vector)
        clock.lap("retrieve")
        yield Stage("reading", len(passages))
        if about is not None:
            yield from self._tell(query, passages, about, clock)
            return
        background = self._retriever.background(vector, passages, query.language)
        quotes = choose_quotes(query, vector, passages, self._sentences, background, self._embed_parts(query))
        if not quotes or answer_likelihood(answer_features(query, quotes, passages)) < THRESHOLD:
            clock.lap("answer")
            yield from self._abstain(query, passages, clock)
        elif self.model is None:
            clock.lap("answer")
            yield from self._quote(query, passages, quotes, clock)
        else:
            yield from self._write(query, passages, quotes, history, self.model, clock)

    def _embed_parts(self, query: Query) -> list[tuple[Query, np.ndarray]]:
        parts = question_parts(query)
        return list(zip(parts, self._retriever.embed_queries(parts), strict=True)) if parts else []

    def _abstain(self, query: Query, passages: Sequence[ScoredPassage], clock: _Clock) -> Iterator[Event]:
        text = say(ABSTENTION, query.language)
        yield Delta(text)
        yield Done(Answer(query.question, query.language, text, True, retrieved=tuple(passages),
                          timings_ms=clock.laps))

    def _about(self, query: Query, vector: np.ndarray) -> About | None:
        """What the metadata tell when the question is about an article itself, else None."""
        fields = asked_about(query.question)
        if not fields:
            return None
        if fields == ("dated articles",):
            articles = self.corpus.catalogue.articles(originals_only=True)
            return list_dated(query, islice(articles, MOST_ARTICLES_LISTED), MOST_STATEMENTS)
        hits = self._retriever.retrieve(query, vector, PASSAGES_FOR_ARTICLE)
        article = find_article(query, list({hit.article.id: hit.article for hit in hits}.values()))
        if article is None:
            return None
        lines = self.corpus.catalogue.lines(article.id)
        credits = [line.text.strip() for line in lines if line.kind == "credit"]
        return describe_article(query, fields, article, credits)

    def _tell(
        self, query: Query, passages: Sequence[ScoredPassage], about: About, clock: _Clock
    ) -> Iterator[Event]:
        """An answer about the articles themselves, or the abstention that says what the page lacks."""
        citations = tuple(
            self.cite(marker, one.article, one.start, one.end) for marker, one in enumerate(about.statements, start=1)
        )
        sentences = tuple(Sentence(one.text, (marker,), "supported")
                          for marker, one in enumerate(about.statements, start=1))
        text = "\n\n".join(f"{one.text} [{one.citations[0]}]" for one in sentences)
        clock.lap("answer")
        yield Delta(text)
        yield Done(Answer(query.question, query.language, text, not about.told, sentences, citations,
                          tuple(passages), clock.laps))

    def _quote(
        self, query: Query, passages: Sequence[ScoredPassage], quotes: Sequence[Quote], clock: _Clock,
        notice: str | None = None,
    ) -> Iterator[Event]:
        """An answer in the articles' own sentences, each supported by being what it cites."""
        lines, citations, sentences = [], [], []
        for marker, quote in enumerate(quotes, start=1):
            head = attribution(quote.article.metadata, quote.article.name, query.language)
            stands = quote.standing
            head = compared(head, query.language, differs=stands.differs and marker == 1, newest=stands.newest,
                            voices=stands.voices)
            line = f"{head}: {quote.text}"
            lines.append(f"{line} [{marker}]")
            citations.append(self.cite(marker, quote.article, quote.start, quote.end))
            sentences.append(Sentence(line, (marker,), "supported"))
        text = "\n\n".join(lines)
        clock.lap("verify")
        yield Delta(text)
        yield Done(Answer(query.question, query.language, text, False, tuple(sentences), tuple(citations),
                          tuple(passages), clock.laps, notice))

    def _write(
        self, query: Query, passages: Sequence[ScoredPassage], quotes: Sequence[Quote],
        history: Sequence[Turn], model: ChatModel, clock: _Clock,
    ) -> Iterator[Event]:
        """An answer in the model's words, with unknown markers removed and every sentence checked."""
        yield Stage("writing")
        markers = MarkerFilter(range(1, len(passages) + 1))
        draft = ""
        try:
            stream = write_answer(query, passages, history, model)
            if stream is None:
                clock.lap("answer")
                yield from self._abstain(query, passages, clock)
                return
            for text in stream:
                shown = markers.feed(text)
                draft += shown
                yield Delta(shown)
        except EndpointError as error:
            clock.lap("answer")
            notice = say(BROKEN_OFF, query.language).format(reason=error)
            yield Delta(f"\n\n{notice}\n\n" if draft else f"{notice}\n\n")
            yield from self._quote(query, passages, quotes, clock, notice)
            return
        rest = markers.close()
        draft += rest
        yield Delta(rest)
        clock.lap("answer")
        yield Stage("checking")
        text, sentences, spans = check_draft(draft, query, passages, self._similarity)
        citations = [
            self.cite(span.marker, span.article, span.start, span.end, span.verdict, span.reasons) for span in spans
        ]
        clock.lap("verify")
        yield Done(Answer(query.question, query.language, text, False, tuple(sentences), tuple(citations),
                          tuple(passages), clock.laps))

    def cite(
        self, marker: int, article: Article, start: int, end: int, verdict: Verdict = "supported",
        reasons: tuple[str, ...] = (),
    ) -> Citation:
        """A citation of `article.text[start:end]`, with the publishers of its copies."""
        meta = article.metadata
        copies = self.corpus.catalogue.articles_by_id(self.corpus.catalogue.copies_of(article.id)).values()
        also = tuple(sorted({copy.metadata.publisher or copy.name for copy in copies}))
        return Citation(
            marker, article.name, article.id, meta.title, meta.publisher, meta.published_at, article.language,
            article.text[start:end], start, end, verdict, reasons, also,
        )


class _Clock:
    """Wall-clock milliseconds of the stages of one answer."""

    def __init__(self) -> None:
        self.laps = {"retrieve": 0.0, "answer": 0.0, "verify": 0.0}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """Book the time since the last lap to `stage`."""
        now = time.perf_counter()
        self.laps[stage] += (now - self._last) * 1000.0
        self._last = now
