"""Does it say “the articles don't tell” when they don't, and only then?

Each metric applies to the questions it divides by, so its mean over a run is the precision or recall of
the run (definitions as for a binary classifier, with abstaining and with answering as the positive class).
"""

from __future__ import annotations

from assistant.evaluation.records import Question, Record


def abstention_precision(question: Question, record: Record) -> float | None:
    """Of the abstentions: 1 when the articles hold no answer."""
    return float(not question.answerable) if _judged(question, record) and record.abstained else None


def abstention_recall(question: Question, record: Record) -> float | None:
    """Of the questions without an answer in the articles: 1 when it abstained."""
    return float(record.abstained) if _judged(question, record) and not question.answerable else None


def answering_precision(question: Question, record: Record) -> float | None:
    """Of the answers given: 1 when the articles hold an answer."""
    return float(bool(question.answerable)) if _judged(question, record) and not record.abstained else None


def answering_recall(question: Question, record: Record) -> float | None:
    """Of the questions with an answer in the articles: 1 when it answered."""
    return float(not record.abstained) if _judged(question, record) and question.answerable else None


def _judged(question: Question, record: Record) -> bool:
    return record.answer is not None and record.error is None and question.answerable is not None
