"""One question put to the assistant, and its answer as a row of a run file.

The only place that knows how a question of a set becomes a call: history and `asked_on` are passed on; a question
without that day is asked on no day, so that nothing new is preferred.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from assistant.errors import QuestionError
from assistant.evaluation.records import Question
from assistant.pipeline import Assistant
from assistant.question import Query, understand_question
from assistant.records import Answer, Citation
from ingest.language import detect_question_language

# An answer's first words decide its language; the rest only costs time.
DETECTED_CHARS = 600
# 64 questions embedded together cost 24 ms each, one by one 40 (multilingual-e5-small, one core).
SEARCHED_TOGETHER = 64


def answer_question(question: Question, assistant: Assistant) -> dict[str, Any]:
    """The `ask --json` document, with the answer's detected language and whether each quote is verbatim."""
    answer = assistant.ask(question.question, question.history, asked_on=day_of(question))
    row = answer.to_json()
    for document, citation in zip(row["citations"], answer.citations, strict=True):
        document["verbatim"] = is_verbatim(citation, assistant)
    if not answer.abstained:
        row["answer_language"] = detect_answer_language(answer, assistant)
    return row


class Searcher:
    """Searches for questions of a set, embedding those that come next together; safe from many threads."""

    def __init__(self, questions: Sequence[Question], assistant: Assistant) -> None:
        self._assistant = assistant
        self._queries = _understand(questions)
        self._order = list(self._queries)
        self._vectors: dict[str, tuple[np.ndarray, float]] = {}
        self._lock = threading.Lock()

    def search(self, question: Question) -> dict[str, Any]:
        """The `retrieved` part of an `ask --json` document, and the milliseconds with a share of embedding."""
        query = self._queries.get(question.id)
        if query is None:  # says why it cannot be asked
            query = understand_question(question.question, question.history, asked_on=day_of(question))
        vector, embedding = self._embed(question.id)
        began = time.perf_counter()
        hits = self._assistant.search_embedded(query, vector)
        elapsed = (time.perf_counter() - began) * 1000.0 + embedding
        return {
            "retrieved": [
                {"article": hit.article.name, "passage": hit.passage.text, "start": hit.passage.start,
                 "end": hit.passage.end, "score": round(hit.score, 6)}
                for hit in hits
            ],
            "milliseconds": round(elapsed, 1),
        }

    def _embed(self, name: str) -> tuple[np.ndarray, float]:
        """(the vector of a question, its share of the milliseconds that embedding took)."""
        with self._lock:
            if name not in self._vectors:
                begin = self._order.index(name) // SEARCHED_TOGETHER * SEARCHED_TOGETHER
                names = self._order[begin : begin + SEARCHED_TOGETHER]
                began = time.perf_counter()
                vectors = self._assistant.embed_queries([self._queries[key] for key in names])
                share = (time.perf_counter() - began) * 1000.0 / len(names)
                self._vectors |= {key: (row, share) for key, row in zip(names, vectors, strict=True)}
            return self._vectors.pop(name)


def day_of(question: Question) -> date | None:
    """The day a question of a set is asked on, None where it does not say."""
    return date.fromisoformat(question.asked_on) if question.asked_on else None


def _understand(questions: Sequence[Question]) -> dict[str, Query]:
    """The queries behind questions by id; one that cannot be asked is left out, and fails when it is."""
    queries = {}
    for question in questions:
        try:
            queries[question.id] = understand_question(
                question.question, question.history, asked_on=day_of(question)
            )
        except QuestionError:
            continue
    return queries


def is_verbatim(citation: Citation, assistant: Assistant) -> bool:
    """Whether the corpus holds the citation's quote at its offsets."""
    article = assistant.corpus.article(citation.article_id)
    return article is not None and article.text[citation.start : citation.end] == citation.quote


def detect_answer_language(answer: Answer, assistant: Assistant) -> str:
    """The language of the answer's own words, out of those of the corpus and of the question."""
    text = " ".join(sentence.text for sentence in answer.sentences) or answer.text
    candidates = sorted({*assistant.corpus.languages(), answer.language})
    return detect_question_language(text[:DETECTED_CHARS], candidates)
