"""One question put to the assistant, and its answer as a row of a run file.

The only place that knows how a question of a set becomes a call: history is passed on; `asked_on` is kept
in the set for whoever judges, since the assistant takes the day from the clock.
"""

from __future__ import annotations

from typing import Any

from assistant.evaluation.records import Question
from assistant.pipeline import Assistant
from assistant.question import understand_question
from assistant.records import Answer, Citation
from ingest.language import detect_question_language

# An answer's first words decide its language; the rest only costs time.
DETECTED_CHARS = 600


def answer_question(question: Question, assistant: Assistant) -> dict[str, Any]:
    """The `ask --json` document, with the answer's detected language and whether each quote is verbatim."""
    answer = assistant.ask(question.question, question.history)
    row = answer.to_json()
    for document, citation in zip(row["citations"], answer.citations, strict=True):
        document["verbatim"] = is_verbatim(citation, assistant)
    if not answer.abstained:
        row["answer_language"] = detect_answer_language(answer, assistant)
    return row


def search_question(question: Question, assistant: Assistant) -> dict[str, Any]:
    """The `retrieved` part of an `ask --json` document only; a follow-up is made to stand alone first."""
    text = question.question
    if question.history:
        text = understand_question(text, question.history).text
    hits = assistant.search(text, assistant.settings.top_k)
    return {
        "retrieved": [
            {"article": hit.article.name, "passage": hit.passage.text, "start": hit.passage.start,
             "end": hit.passage.end, "score": round(hit.score, 6)}
            for hit in hits
        ]
    }


def is_verbatim(citation: Citation, assistant: Assistant) -> bool:
    """Whether the corpus holds the citation's quote at its offsets."""
    article = assistant.corpus.article(citation.article_id)
    return article is not None and article.text[citation.start : citation.end] == citation.quote


def detect_answer_language(answer: Answer, assistant: Assistant) -> str:
    """The language of the answer's own words, out of those of the corpus and of the question."""
    text = " ".join(sentence.text for sentence in answer.sentences) or answer.text
    candidates = sorted({*assistant.corpus.languages(), answer.language})
    return detect_question_language(text[:DETECTED_CHARS], candidates)
