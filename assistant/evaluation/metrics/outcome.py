"""One verdict a question: correct, or the first stage at which it went wrong."""

from __future__ import annotations

from assistant.evaluation.metrics.answers import must_include, must_not_include
from assistant.evaluation.metrics.citations import cites_gold, unsupported_sentences
from assistant.evaluation.metrics.ranking import (
    rank_articles,
    rank_quotes,
    relevant_articles,
    relevant_quotes,
)
from assistant.evaluation.records import UNANSWERABLE, Question, Record

RIGHT = "correct"
FAILURES = {
    "failed": "asking ended in an error",
    "should have abstained": "answered although the articles do not tell",
    "not retrieved": "no evidence among the passages",
    "abstained wrongly": "evidence was retrieved, yet it said the articles do not tell",
    "not supported": "a sentence is not supported by what it cites",
    "retrieved, not used": "evidence was retrieved but none of it is cited",
    "wrong": "evidence is cited, but the answer misses what it must say, or says what it must not",
}


def find_failure(question: Question, record: Record) -> str | None:
    """Why an answer is not correct, a key of FAILURES, the earliest stage first; None when it is."""
    if record.error:
        return "failed"
    if question.type == UNANSWERABLE:
        return "should have abstained" if record.answer is not None and not record.abstained else None
    if record.answer is None:
        return None if found_evidence(question, record) else "not retrieved"
    if _says_what_it_must(question, record):
        return "not supported" if unsupported_sentences(question, record) else None
    if not found_evidence(question, record):
        return "not retrieved"
    if record.abstained:
        return "abstained wrongly"
    if unsupported_sentences(question, record):
        return "not supported"
    return "retrieved, not used" if cites_gold(question, record) == 0.0 else "wrong"


def correct(question: Question, record: Record) -> float | None:
    """1 when it says what it must and nothing it must not, all sentences supported, or rightly abstains.

    None when only retrieval ran or the set gives nothing to judge by.
    """
    if record.error is None and (record.answer is None or question.answerable is None):
        return None
    return float(find_failure(question, record) is None)


def found_evidence(question: Question, record: Record) -> bool:
    """Whether any evidence was retrieved, a quote where quotes are given; true for a set without evidence."""
    if not question.evidence:
        return True
    if wanted := relevant_quotes(question):
        return not wanted.isdisjoint(rank_quotes(question, record))
    return not relevant_articles(question).isdisjoint(rank_articles(record))


def _says_what_it_must(question: Question, record: Record) -> bool:
    if record.abstained:
        return question.answerable is None
    required, forbidden = must_include(question, record), must_not_include(question, record)
    if required is None:  # a set without required phrases is judged by where the answer comes from
        required = cites_gold(question, record)
    return required in (None, 1.0) and forbidden in (None, 1.0)
