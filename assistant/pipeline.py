"""From question to checked answer: understand → retrieve → answer → cite → verify.

The only module of `assistant` that knows the order. `stream` tells what happens as it happens, `ask`
waits for the end of it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.abstain import THRESHOLD, answer_features, answer_likelihood
from assistant.answer.checked import check_draft
from assistant.answer.extractive import Quote, choose_quotes
from assistant.answer.generative import write_answer
from assistant.cite import MarkerFilter
from assistant.errors import EndpointError
from assistant.llm import ChatModel
from assistant.question import Query, understand_question
from assistant.records import Answer, Citation, Delta, Done, Event, Sentence, Stage, Turn, Verdict
from assistant.retrieve import Retriever
from assistant.settings import Settings
from assistant.vectors import RememberedVectors
from assistant.verify import verify_claims
from assistant.wording import ABSTENTION, BROKEN_OFF, attribution, say
from ingest.article import Article, ScoredPassage
from ingest.corpus import Corpus
from ingest.embed import Embedder, open_embedder
from ingest.language import detect_question_language


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

    def search(self, query: str, top_k: int | None = None) -> list[ScoredPassage]:
        """The passages found for a query, best first."""
        understood = understand_question(query)
        return self._retriever.retrieve(
            understood, self._retriever.embed_query(understood), top_k or self.settings.top_k
        )

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
        clock.lap("retrieve")
        yield Stage("reading", len(passages))
        background = self._retriever.background(vector, passages, query.language)
        quotes = choose_quotes(query, vector, passages, self._sentences, background)
        if not quotes or answer_likelihood(answer_features(query, quotes, passages)) < THRESHOLD:
            clock.lap("answer")
            yield from self._abstain(query, passages, clock)
        elif self.model is None:
            clock.lap("answer")
            yield from self._quote(query, passages, quotes, clock)
        else:
            yield from self._write(query, passages, quotes, history, self.model, clock)

    def _abstain(self, query: Query, passages: Sequence[ScoredPassage], clock: _Clock) -> Iterator[Event]:
        text = say(ABSTENTION, query.language)
        yield Delta(text)
        yield Done(Answer(query.question, query.language, text, True, retrieved=tuple(passages),
                          timings_ms=clock.laps))

    def _quote(
        self, query: Query, passages: Sequence[ScoredPassage], quotes: Sequence[Quote], clock: _Clock,
        notice: str | None = None,
    ) -> Iterator[Event]:
        """An answer in the articles' own sentences, each supported by being what it cites."""
        lines, citations, sentences = [], [], []
        for marker, quote in enumerate(quotes, start=1):
            line = f"{attribution(quote.article.metadata, quote.article.name, query.language)}: {quote.text}"
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
