"""Is the answer what the set expects: required phrases, exact match, token F1, ROUGE-L, and its language.

None when only retrieval ran or the set says nothing to judge by. An abstention is an empty answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.evaluation.records import UNANSWERABLE, Question, Record
from assistant.evaluation.words import contains, fold, strip_markers, words


def must_include(question: Question, record: Record) -> float | None:
    """Share of the groups of which the answer holds any option (folded; numbers as whole numbers)."""
    if record.answer is None or not question.must_include or question.type == UNANSWERABLE:
        return None
    text = _answer_text(record)
    met = [any(contains(text, fold(option)) for option in group) for group in question.must_include]
    return sum(met) / len(met)


def must_not_include(question: Question, record: Record) -> float | None:
    """1 when the answer holds none of the phrases it must not hold, else 0."""
    if record.answer is None or not question.must_not_include:
        return None
    text = _answer_text(record)
    return float(not any(contains(text, fold(phrase)) for phrase in question.must_not_include))


def exact_match(question: Question, record: Record) -> float | None:
    """1 when answer and gold are the same words, normalised as in SQuAD (Rajpurkar et al. 2016)."""
    pair = _word_pair(question, record)
    return None if pair is None else float(pair[0] == pair[1])


def token_f1(question: Question, record: Record) -> float | None:
    """Harmonic mean of word precision and recall as in SQuAD, articles stripped by language as in MLQA."""
    pair = _word_pair(question, record)
    if pair is None:
        return None
    given, gold = pair
    return _f1(sum((Counter(given) & Counter(gold)).values()), len(given), len(gold))


def rouge_l(question: Question, record: Record) -> float | None:
    """F1 of the longest common subsequence of words (Lin 2004, ROUGE-L with beta 1), unstemmed."""
    if record.answer is None or not question.answer or question.type == UNANSWERABLE:
        return None
    given, gold = words(_plain(record), None), words(question.answer, None)
    return _f1(common_subsequence(given, gold), len(given), len(gold))


def answer_language(question: Question, record: Record) -> float | None:
    """1 when the answer's words are in the question's language, by detection; None for abstentions."""
    if record.answer is None or record.abstained or not question.language or not record.answer_language:
        return None
    return float(record.answer_language == question.language.split("-")[0])


def common_subsequence(first: Sequence[str], second: Sequence[str]) -> int:
    """Length in words of the longest common subsequence, by bit vectors (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for place, word in enumerate(first):
        places[word] = places.get(word, 0) | 1 << place
    every = (1 << len(first)) - 1
    row = every
    for word in second:
        matched = row & places.get(word, 0)
        row = (row + matched | row - matched) & every
    return len(first) - row.bit_count()


def _word_pair(question: Question, record: Record) -> tuple[list[str], list[str]] | None:
    if record.answer is None or not question.answer or question.type == UNANSWERABLE:
        return None
    return words(_plain(record), question.language), words(question.answer, question.language)


def _plain(record: Record) -> str:
    return "" if record.abstained else strip_markers(record.answer or "")


def _answer_text(record: Record) -> str:
    return fold(_plain(record))


def _f1(common: int, given: int, gold: int) -> float:
    if given == 0 or gold == 0:
        return float(given == gold)
    return 2.0 * common / (given + gold)
