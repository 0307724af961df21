"""How well a sentence answers each token of a question: late interaction, as in ColBERT (Khattab and Zaharia 2020).

A sentence's vector says what it is about; token against token also shows whether the particular thing that is asked for
stands in it, in any language. Knows nothing of words, kinds or articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from ingest.embed.protocol import Floats, Tokens

# Fewer sentences do not show what they have in common.
FEWEST_SENTENCES = 8


def match_tokens(question: Tokens, sentences: Sequence[Tokens]) -> np.ndarray | None:
    """By sentence (n), the mean cosine of the question's tokens, the rarer the weightier, to its nearest ones.

    Tokens of one text lie close together; so what all sentences have in common is taken off first. None when there are
    too few of them for that, or the question has no tokens.
    """
    if not len(question.ids) or len(sentences) < FEWEST_SENTENCES:
        return None
    usual = np.concatenate([one.states for one in sentences]).mean(axis=0, dtype=np.float32)
    asked = _unit_rows(question, usual)
    nearest = [(asked @ _unit_rows(one, usual).T).max(axis=1) if len(one.ids) else np.zeros(len(asked))
               for one in sentences]
    return np.asarray(np.stack(nearest) @ _rarity(question, sentences))


def _unit_rows(tokens: Tokens, usual: Floats) -> Floats:
    rows = tokens.states.astype(np.float32) - usual
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), np.float32)


def _rarity(question: Tokens, sentences: Sequence[Tokens]) -> np.ndarray:
    """What each of the question's tokens counts (tokens), all together 1: inverse document frequency."""
    counts = Counter(number for one in sentences for number in set(one.ids.tolist()))
    weights = np.array([np.log(1 + len(sentences) / (1 + counts[number])) for number in question.ids.tolist()])
    return np.asarray(weights / weights.sum())
