"""From question to checked answer: understand → retrieve → answer → cite → verify.

The only module of `assistant` that knows the order. `stream` tells what happens as it happens, `ask`
waits for the end of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.abstain import THRESHOLD, answer_features, answer_likelihood
from assistant.answer.about import About, describe_article, list_dated
from assistant.answer.about_which import asked_about, find_article
from assistant.answer.breadth import how_broad, topic_of
from assistant.answer.compose import (
    Composed,
    compose_abstention,
    compose_draft,
    compose_quotes,
    compose_statements,
)
from assistant.answer.extractive import Quote, choose_quotes
from assistant.answer.focus import focus_of
from assistant.answer.generative import build_messages
from assistant.answer.leaks import show_reply
from assistant.answer.task import Options, Task
from assistant.digest.digester import Digester
from assistant.errors import EndpointError
from assistant.llm import ChatModel
from assistant.opening import open_settings_embedder
from assistant.question import Query, question_parts, understand_question
from assistant.records import EVERYTHING, Answer, Citation, Delta, Done, Event, Filters, Stage, Turn, Usage, Verdict
from assistant.retrieve import Retriever
from assistant.settings import Settings
from assistant.vectors import RememberedVectors
from assistant.verify import verify_claims
from assistant.wording import BROKEN_OFF, FROM_ARTICLES, NOTHING_LEFT, OMITTED, say
from ingest.article import Article, ScoredPassage
from ingest.corpus import Corpus
from ingest.embed import Embedder
from ingest.language import detect_question_language

if TYPE_CHECKING:
    from ingest.corpus.retriever import CorpusRetriever

# A broad question is answered from more passages than one that asks for a point.
BROAD_PASSAGES = 12
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
        digester = Digester(corpus, self._retriever, self._sentences, self._similarity, self.cite, model)
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
        return self._retriever.retrieve(query, vector, top_k or self.settings.top_k)

    def verify(self, claims: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Judge claims {"id", "claim", "evidence"?}; those without evidence against the corpus."""
        return verify_claims(
            claims, similarity=self._similarity, detect_language=detect_question_language, find_passages=self.search
        )

    def ask(
        self, question: str, history: Sequence[Turn] = (), *, filters: Filters = EVERYTHING,
        asked_on: date | None = None, strict: bool = False, language: str | None = None,
    ) -> Answer:
        """One cited and checked answer; raises QuestionError for an empty question or an unknown filter value.

        `strict` leaves unsupported sentences out; `language` is that of the answer, by default the question's.
        """
        options = Options(filters, asked_on, strict, language)
        for event in self._stream(question, history, options):
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("a stream always ends with Done")

    def stream(
        self, question: str, history: Sequence[Turn] = (), *, filters: Filters = EVERYTHING,
        asked_on: date | None = None, strict: bool = False, language: str | None = None,
    ) -> Iterator[Event]:
        """The events of answering: stages, text as it comes, and at the end the whole answer."""
        return self._stream(question, history, Options(filters, asked_on, strict, language))

    def _stream(self, question: str, history: Sequence[Turn], options: Options) -> Iterator[Event]:
        query = understand_question(question, history, filters=options.filters, asked_on=options.asked_on)
        breadth = how_broad(query.question)
        if breadth != "point" and query.text == query.question:
            query = replace(query, text=topic_of(query.question))
        task = Task(query, replace(query, language=options.language or query.language), options.strict)
        yield Stage("searching")
        vector = self._retriever.embed_query(query)
        top_k = self.settings.top_k if breadth == "point" else max(self.settings.top_k, BROAD_PASSAGES)
        task.passages = self._retriever.retrieve(query, vector, top_k)
        about = self._about(query, vector)
        task.lap("retrieve")
        yield Stage("reading", len(task.passages))
        if about is not None:
            yield from self._tell(task, about)
            return
        focus, parts = self._embed_beside(query, task.passages)
        background = self._retriever.background(vector, task.passages, query.language)
        quotes = choose_quotes(query, vector, task.passages, self._sentences, background, parts, focus, breadth)
        task.margin = max((quote.margin for quote in quotes), default=0.0)
        likely = bool(quotes) and answer_likelihood(answer_features(query, quotes, task.passages)) >= THRESHOLD
        task.lap("answer")
        if not likely:
            yield from self._abstain(task)
        elif self.model is None:
            yield from self._quote(task, quotes)
        else:
            yield from self._write(task, quotes, history, self.model)

    def _embed_beside(
        self, query: Query, passages: Sequence[ScoredPassage]
    ) -> tuple[np.ndarray | None, list[tuple[Query, np.ndarray]]]:
        """The vectors of the question's own point and of its parts."""
        parts = question_parts(query)
        focus = focus_of(query, passages[0].article) if passages else query.text
        asked = [*parts, *([replace(query, text=focus)] if focus != query.text else [])]
        if not asked:
            return None, []
        vectors = self._retriever.embed_queries(asked)
        return (vectors[-1] if focus != query.text else None), list(zip(parts, vectors, strict=False))

    def _abstain(self, task: Task, usage: Usage | None = None) -> Iterator[Event]:
        text = compose_abstention(task.shown, task.passages, task.margin)
        yield Delta(text)
        yield task.done(Composed(text), abstained=True, usage=usage)

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

    def _tell(self, task: Task, about: About) -> Iterator[Event]:
        """An answer about the articles themselves, or the abstention that says what the page lacks."""
        composed = compose_statements(about, self.cite)
        task.lap("answer")
        yield Delta(composed.text)
        yield task.done(composed, abstained=not about.told)

    def _quote(self, task: Task, quotes: Sequence[Quote]) -> Iterator[Event]:
        """An answer in the articles' own sentences."""
        composed = compose_quotes(task.shown, quotes, self.cite)
        task.lap("verify")
        yield Delta(composed.text)
        yield task.done(composed)

    def _write(
        self, task: Task, quotes: Sequence[Quote], history: Sequence[Turn], model: ChatModel
    ) -> Iterator[Event]:
        """An answer in the model's words, with unknown markers removed and every sentence checked."""
        yield Stage("writing")
        messages, held = build_messages(task.shown, task.passages, history, model.prompt_tokens)
        reply = model.stream(messages)
        pieces, notice = [""], None
        try:
            for shown in show_reply(reply, held):
                pieces.append(shown)
                if not task.strict:
                    yield Delta(shown)
        except EndpointError as error:
            notice = say(BROKEN_OFF, task.shown.language).format(reason=error)
        finally:
            reply.close()  # also when nobody reads on: the endpoint need not write what nobody sees
        draft = "".join(pieces)
        task.lap("answer")
        if notice is None and not draft.strip():
            yield from self._abstain(task, reply.usage)
            return
        yield Stage("checking")
        yield from self._check(task, quotes, draft, notice, reply.usage)

    def _check(
        self, task: Task, quotes: Sequence[Quote], draft: str, notice: str | None, usage: Usage
    ) -> Iterator[Event]:
        """The checked draft; when the model broke off or nothing of it is left, quotes of the articles after it."""
        language = task.shown.language
        composed, omitted = compose_draft(
            draft, task.shown, task.passages, self._similarity, self.cite, strict=task.strict
        )
        if omitted and notice is None:
            notice = say(OMITTED, language).format(count=omitted)
        if notice is None and not composed.text:
            notice = say(NOTHING_LEFT, language)
        if not composed.text or (notice is not None and not omitted):
            added = compose_quotes(task.shown, quotes, self.cite, len(composed.citations) + 1)
            lead = f"\n\n{say(FROM_ARTICLES, language)}\n\n" if composed.text else ""
            composed = Composed(composed.text + lead + added.text, composed.sentences + added.sentences,
                                composed.citations + added.citations)
            yield Delta(f"\n\n{notice}\n\n{added.text}")
        elif task.strict:
            yield Delta(composed.text)
        task.lap("verify")
        yield task.done(composed, notice=notice, usage=usage)

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
