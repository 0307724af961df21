"""From a question to the events of its answer: understand → retrieve → choose → tell, quote or write → check.

The only module of `assistant` that knows the order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from assistant.abstain import THRESHOLD, answer_features, answer_likelihood
from assistant.answer.about import About, describe_article, list_dated
from assistant.answer.about_which import asked_about, find_article
from assistant.answer.breadth import how_broad, topic_of
from assistant.answer.compose import CiteSpan, Composed, compose_abstention, compose_quotes, compose_statements
from assistant.answer.extractive import Part, Quote, choose_quotes
from assistant.answer.focus import focus_of
from assistant.answer.task import Options, Task
from assistant.answer.written import write_answer
from assistant.follow_up import restate
from assistant.llm import ChatModel
from assistant.question import Query, question_parts, understand_question
from assistant.records import Delta, Event, Stage, Turn
from assistant.retrieve import Retriever
from assistant.vectors import RememberedVectors
from ingest.article import ScoredPassage
from ingest.corpus import Corpus

# A broad question is answered from more passages than one that asks for a point.
BROAD_PASSAGES = 12
# What each part of a question that asks for several things finds beside them.
PASSAGES_OF_PART = 3
# A question about an article itself may name one that few of its passages resemble.
PASSAGES_FOR_ARTICLE = 40
MOST_ARTICLES_LISTED = 500
MOST_STATEMENTS = 8


class Answerer:
    """Answers over one corpus, from `top_k` passages each; safe to use from many threads."""

    def __init__(
        self, corpus: Corpus, retriever: Retriever, sentences: RememberedVectors, similarity: RememberedVectors,
        cite: CiteSpan, top_k: int,
    ) -> None:
        self._corpus = corpus
        self._retriever = retriever
        self._sentences = sentences
        self._similarity = similarity
        self._cite = cite
        self._top_k = top_k

    def stream(
        self, question: str, history: Sequence[Turn], options: Options, model: ChatModel | None
    ) -> Iterator[Event]:
        """The events of answering, the last of them Done; raises QuestionError."""
        restated, asked = restate(question, history, model) if model is not None else (None, None)
        query = understand_question(
            question, history, filters=options.filters, asked_on=options.asked_on, restated=restated
        )
        breadth = how_broad(query.question)
        if breadth != "point" and query.text == query.question:
            query = replace(query, text=topic_of(query.question))
        task = Task(query, replace(query, language=options.language or query.language), options.strict,
                    options.length)
        task.count(asked)
        yield Stage("searching")
        vector = self._retriever.embed_query(query)
        top_k = self._top_k if breadth == "point" else max(self._top_k, BROAD_PASSAGES)
        task.passages = self._retriever.retrieve(query, vector, top_k, self._sentences)
        about = self._about(query, vector)
        task.lap("retrieve")
        yield Stage("reading", len(task.passages))
        if about is not None:
            yield from self._tell(task, about)
            return
        focus, parts = self._embed_beside(query, task.passages)
        task.passages = self._add_passages(task.passages, parts)
        background = self._retriever.background(vector, task.passages, query.language)
        quotes = choose_quotes(query, vector, task.passages, self._sentences, background, parts, focus, breadth,
                               task.length)
        task.margin = max((quote.margin for quote in quotes), default=0.0)
        likely = bool(quotes) and answer_likelihood(answer_features(query, quotes, task.passages)) >= THRESHOLD
        task.lap("answer")
        if not likely:
            yield from self._abstain(task)
        elif model is None:
            yield from self._quote(task, quotes)
        else:
            yield from self._write(task, quotes, history, model)

    def _embed_beside(
        self, query: Query, passages: Sequence[ScoredPassage]
    ) -> tuple[np.ndarray | None, list[Part]]:
        """The vector of the question's own point, and its parts with theirs."""
        asked = question_parts(query)
        points = [replace(one, text=focus_of(one, passages[0].article)) for one in (query, *asked)] if passages else []
        own = [point for point, one in zip(points, (query, *asked), strict=True) if point.text != one.text]
        if not asked and not own:
            return None, []
        vectors = self._retriever.embed_queries([*asked, *own])
        known = {one.text: vector for one, vector in zip((*asked, *own), vectors, strict=True)}
        focus = [known[point.text] if point in own else None for point in points] or [None] * (len(asked) + 1)
        return focus[0], [
            Part(part, vector, own_point) for part, vector, own_point in zip(asked, vectors, focus[1:], strict=False)
        ]

    def _add_passages(self, passages: Sequence[ScoredPassage], parts: Sequence[Part]) -> list[ScoredPassage]:
        """`passages` and the best ones of each part that are not among them."""
        found = {hit.passage.id: hit for hit in passages}
        for part in parts:
            for hit in self._retriever.retrieve(part.query, part.vector, PASSAGES_OF_PART, self._sentences):
                found.setdefault(hit.passage.id, hit)
        return list(found.values())

    def _about(self, query: Query, vector: np.ndarray) -> About | None:
        """What the metadata tell when the question is about an article itself, else None."""
        fields = asked_about(query.question)
        if not fields:
            return None
        if fields == ("dated articles",):
            articles = self._corpus.catalogue.articles(originals_only=True)
            return list_dated(query, islice(articles, MOST_ARTICLES_LISTED), MOST_STATEMENTS)
        hits = self._retriever.retrieve(query, vector, PASSAGES_FOR_ARTICLE)
        article = find_article(query, list({hit.article.id: hit.article for hit in hits}.values()))
        if article is None:
            return None
        lines = self._corpus.catalogue.lines(article.id)
        credits = [line.text.strip() for line in lines if line.kind == "credit"]
        return describe_article(query, fields, article, credits)

    def _abstain(self, task: Task) -> Iterator[Event]:
        text = compose_abstention(task.shown, task.passages, task.margin)
        yield Delta(text)
        yield task.done(Composed(text), abstained=True)

    def _tell(self, task: Task, about: About) -> Iterator[Event]:
        """An answer about the articles themselves, or the abstention that says what the page lacks."""
        composed = compose_statements(about, self._cite)
        task.lap("answer")
        yield Delta(composed.text)
        yield task.done(composed, abstained=not about.told)

    def _quote(self, task: Task, quotes: Sequence[Quote]) -> Iterator[Event]:
        """An answer in the articles' own sentences."""
        composed = compose_quotes(task.shown, quotes, self._cite)
        task.lap("verify")
        yield Delta(composed.text)
        yield task.done(composed)

    def _write(
        self, task: Task, quotes: Sequence[Quote], history: Sequence[Turn], model: ChatModel
    ) -> Iterator[Event]:
        """An answer in the model's words, or the abstention it asks for."""
        composed = yield from write_answer(task, quotes, history, model, self._similarity, self._cite)
        if composed is None:
            yield from self._abstain(task)
            return
        task.lap("verify")
        yield task.done(composed)
