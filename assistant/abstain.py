"""Is there an answer in what was found? A measured likelihood, not a guessed cosine.

e5 cosines live between .70 and .90 whatever is asked. So the best sentence is held against what any
text of its language gives for this question, and the question's names, numbers and rare words must
be found too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.answer.asked import counted_word, what_is_asked
from assistant.answer.candidates import KIND_WEIGHTS
from assistant.answer.extractive import DECISIVE_WEIGHT, Quote
from assistant.question import Query, content_words, word_stem
from ingest.article import ScoredPassage

# Logistic regression on questions asked with and without their article (tests/benchmarks/abstention.py).
# `missing` and `uncounted` are set by hand: too few of those questions ask for something of a decisive kind, but
# of these an answer without it is four to twenty times rarer than another sentence without it (KIND_WEIGHTS).
WEIGHTS = {"margin": 60.0, "words": 1.0, "names": 1.0, "missing": -1.5, "uncounted": -1.0}
BIAS = -6.4
# Below this the articles don't tell; about one answerable question in thirty scores lower.
THRESHOLD = 0.4


def answer_features(
    query: Query, quotes: Sequence[Quote], passages: Sequence[ScoredPassage]
) -> dict[str, float]:
    """What the likelihood rests on: the best sentence's margin, and shares (0…1) of the question's words.

    `missing` is 1 when no quote holds the kind of thing asked for, `uncounted` when nothing in the question's
    language names what "how many" counts.
    """
    found = {word_stem(word) for hit in passages for word in content_words(hit.passage.text)}
    words = content_words(query.text)
    names = [word for word in words[1:] if word[:1].isdigit() or (word[:1].isupper() and query.language != "de")]
    return {
        "margin": max(quote.margin for quote in quotes),
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
    return asked is not None and KIND_WEIGHTS[asked.kind] >= DECISIVE_WEIGHT


def _is_uncounted(query: Query, quotes: Sequence[Quote], passages: Sequence[ScoredPassage]) -> bool:
    counted = counted_word(query.question)
    own = [hit.passage.text for hit in passages if hit.article.language == query.language]
    if counted is None or not own or any(quote.article.language != query.language for quote in quotes):
        return False
    return all(word_stem(counted) not in map(word_stem, content_words(text)) for text in own)


def _share(words: Sequence[str], found: set[str]) -> float:
    return sum(word_stem(word) in found for word in words) / len(words) if words else 0.0
