"""Is there an answer in what was found? A measured likelihood, not a guessed cosine.

e5 cosines live between .70 and .90 whatever is asked. So the best sentence is held against what any
text of its language gives for this question, and the question's names, numbers and rare words must
be found too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.answer.asked import counted_word, what_is_asked
from assistant.answer.bound import CLOSED_KINDS
from assistant.answer.extractive import Quote
from assistant.question import Query, content_words, word_stem
from ingest.article import ScoredPassage

# Logistic regression on questions asked with and without their article (tests/benchmarks/abstention.py).
# `missing` and `uncounted` are set by hand, from 1,300 questions on five sets. A price or a share that is asked for
# is in no quote for 1 of 17 answerable questions and for 6 of 12 others; for dates, numbers and reasons a sentence
# that holds some is always near and tells nothing. What is counted or named in the question is in no passage of
# its language for 1 of 32 answerable questions and 7 of 39 others.
# `match` is the sentence whose tokens answer the question's best: of 900 questions with and without their story it
# alone tells .989 of the pairs apart, as much as all else together. With it .039 of the questions of other stories are
# answered that were .072, and .027 of the others left unanswered that were .032.
WEIGHTS = {"margin": 60.0, "match": 12.0, "words": 1.0, "names": 1.0, "missing": -4.0, "uncounted": -3.0}
BIAS = -6.2
# A sentence nearer than this only says that the topic is told: beyond it, questions with and without an answer on
# a told topic have the same margins.
TELLING_MARGIN = 0.11
# Matches are counted from here: of those 900 questions .05 of the answerable ones have a lower one, .95 of the others.
USUAL_MATCH = 0.36
# Below this the articles don't tell; about one answerable question in thirty scores lower.
THRESHOLD = 0.4


def answer_features(
    query: Query, quotes: Sequence[Quote], passages: Sequence[ScoredPassage]
) -> dict[str, float]:
    """What the likelihood rests on: the best sentence's margin, and shares (0…1) of the question's words.

    The margin counts up to TELLING_MARGIN, the match from USUAL_MATCH, and not where it cannot be told. `missing` is 1
    when no quote holds the price, share or stretch of time asked for, `uncounted` when nothing in the question's
    language, that of most passages, names what "how many" counts or who is asked about.
    """
    found = {word_stem(word) for hit in passages for word in content_words(hit.passage.text)}
    words = content_words(query.text)
    names = [word for word in words[1:] if word[:1].isdigit() or (word[:1].isupper() and query.language != "de")]
    return {
        "margin": min(max(quote.margin for quote in quotes), TELLING_MARGIN),
        "match": max((quote.match - USUAL_MATCH for quote in quotes if quote.match is not None), default=0.0),
        "words": _share(words, found),
        "names": _share(names, found) if names else 0.5,
        "missing": float(not any(quote.told for quote in quotes) and _is_decisive(query.question)),
        "uncounted": float(_is_uncounted(query, quotes, passages)),
    }


def answer_likelihood(features: dict[str, float]) -> float:
    """How likely the passages hold the answer, 0…1."""
    score = BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
    return 1.0 / (1.0 + math.exp(-max(min(score, 30.0), -30.0)))


def _is_decisive(question: str) -> bool:
    asked = what_is_asked(question)
    return asked is not None and asked.kind in CLOSED_KINDS


def _is_uncounted(query: Query, quotes: Sequence[Quote], passages: Sequence[ScoredPassage]) -> bool:
    counted = counted_word(query.question)
    own = [hit.passage.text for hit in passages if hit.article.language == query.language]
    elsewhere = any(quote.article.language != query.language for quote in quotes)
    if counted is None or 2 * len(own) < len(passages) or elsewhere:
        return False
    return all(word_stem(counted) not in text.casefold() for text in own)


def _share(words: Sequence[str], found: set[str]) -> float:
    return sum(word_stem(word) in found for word in words) / len(words) if words else 0.0
