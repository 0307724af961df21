"""The sentences of a text that speak of what a claim says: ranked by shared words, then by meaning.

It judges nothing; a sentence that contradicts the claim ranks as high as one that supports it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

import numpy as np
import numpy.typing as npt

from assistant.verify.lexicon import function_words
from assistant.verify.words import read_words, stem
from ingest.sentences import split_sentences

Similarity = Callable[[Sequence[str]], npt.NDArray[np.float32]]

# Sentences embedded for one claim at most; the rest is ruled out by words alone. Where no sentence shares many
# words with the claim (it is in another language, or puts it quite differently) words rule out too much.
_SHORTLIST = 12
_LONG_SHORTLIST = 60
_TELLING_OVERLAP = 0.5
# A claim longer than its sentence by this factor may rest on two; the second must fit half as well.
_LONGER = 1.3
_NEIGHBOUR = 0.4
LONGEST_EVIDENCE = 200_000


@dataclass(frozen=True, slots=True)
class Scored:
    """One sentence of the evidence with its lexical overlap and, if embedded, its cosine."""

    start: int
    end: int
    overlap: float
    cosine: float | None

    @property
    def fit(self) -> float:
        """Overlap and meaning as one number, 0…1; e5 cosines live between .7 and .95."""
        if self.cosine is None:
            return self.overlap
        return 0.5 * self.overlap + 0.5 * min(max((self.cosine - 0.7) / 0.25, 0.0), 1.0)


@lru_cache(maxsize=64)
def sentence_spans(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """The sentences of an evidence text; remembered, since every claim of an answer asks again."""
    return split_sentences(text[:LONGEST_EVIDENCE], language)


@lru_cache(maxsize=4096)
def keys(sentence: str) -> frozenset[str]:
    """What a sentence is matched by: stems of its content words, and their first letters across languages."""
    found: set[str] = set()
    for word in read_words(sentence):
        if word.folded in function_words() and not word.text.isupper():
            continue
        found.add(stem(word.folded))
        if len(word.folded) > 6:
            found.add(word.folded[:5] + "-")
    return frozenset(found)


def rank_sentences(
    claim: str, text: str, language: str, similarity: Similarity | None = None
) -> tuple[Scored, ...]:
    """Every sentence of `text` with its scores, in the order of the text."""
    spans = sentence_spans(text, language)
    rows = [keys(text[start:end]) for start, end in spans]
    wanted = keys(claim)
    counts = Counter(key for row in rows for key in row)
    weight = {key: log(1 + len(rows) / (1 + counts[key])) + 0.3 for key in wanted}
    total = sum(weight.values()) or 1.0
    overlaps = [sum(weight[key] for key in wanted & row) / total for row in rows]
    cosines = _cosines(claim, text, spans, overlaps, similarity)
    return tuple(
        Scored(start, end, overlap, cosines.get(i))
        for i, ((start, end), overlap) in enumerate(zip(spans, overlaps, strict=True))
    )


def widen(ranked: Sequence[Scored], index: int, length: int) -> Scored:
    """The sentence at `index`, joined with its better neighbour when the claim is clearly longer than it."""
    best = ranked[index]
    if length <= _LONGER * (best.end - best.start):
        return best
    beside = [i for i in (index - 1, index + 1) if 0 <= i < len(ranked)]
    other = max((ranked[i] for i in beside), key=lambda scored: scored.fit, default=best)
    if other.fit < _NEIGHBOUR * best.fit:
        return best
    return Scored(min(best.start, other.start), max(best.end, other.end), best.overlap, best.cosine)


def _cosines(
    claim: str,
    text: str,
    spans: Sequence[tuple[int, int]],
    overlaps: Sequence[float],
    similarity: Similarity | None,
) -> dict[int, float]:
    if similarity is None or not spans:
        return {}
    size = _SHORTLIST if max(overlaps) >= _TELLING_OVERLAP else _LONG_SHORTLIST
    best = sorted(range(len(spans)), key=lambda i: -overlaps[i])[:size]
    vectors = similarity([claim, *(text[slice(*spans[i])] for i in best)])
    return {i: float(vectors[0] @ vector) for i, vector in zip(best, vectors[1:], strict=True)}
