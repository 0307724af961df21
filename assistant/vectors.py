"""Sentence vectors, remembered: questions come back to the same passages and claims to the same evidence."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

import numpy as np

from ingest.embed import Embedder
from ingest.embed.protocol import TokenEmbedder, Tokens

# About 30 MB of vectors with 384 numbers.
REMEMBERED = 20_000
# About 50 MB of tokens, 30 a sentence.
TOKENS_REMEMBERED = 2_000
T = TypeVar("T")


class _Memory(Generic[T]):
    """What was made of each of the last `most` texts; safe from many threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._known: OrderedDict[str, T] = OrderedDict()

    def recall(self, texts: Sequence[str], make: Callable[[list[str]], Iterable[T]]) -> list[T]:
        """What belongs to each text; what is not known is made, each text once."""
        with self._lock:
            known = {text: self._known[text] for text in texts if text in self._known}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            known.update(zip(missing, make(missing), strict=True))
        self.keep(known)
        return [known[text] for text in texts]

    def keep(self, made: Mapping[str, T]) -> None:
        """Remember what was made, as the last."""
        with self._lock:
            for text, thing in made.items():
                self._known[text] = thing
                self._known.move_to_end(text)
            while len(self._known) > self._most:
                self._known.popitem(last=False)


class RememberedVectors:
    """An embedding function that computes each of the last 20,000 texts once; safe from many threads."""

    def __init__(self, embed: Callable[[Sequence[str]], np.ndarray]) -> None:
        self._embed = embed
        self._vectors = _Memory[np.ndarray](REMEMBERED)

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors, shape (n, d), of n ≥ 1 texts."""
        return np.stack(self._vectors.recall(texts, self._embed))

    def tokens(self, texts: Sequence[str]) -> list[Tokens] | None:
        """The tokens of the texts; None where the embedder does not tell them, as endpoints do not."""
        return None


class RememberedSentences(RememberedVectors):
    """Sentence vectors together with the tokens they are the means of; those of the last 2,000 sentences."""

    def __init__(self, embedder: TokenEmbedder) -> None:
        super().__init__(self._embed_both)
        self._embedder = embedder
        self._tokens = _Memory[Tokens](TOKENS_REMEMBERED)

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """The tokens of the texts."""
        return self._tokens.recall(texts, lambda missing: self._embedder.embed_tokens(missing)[1])

    def _embed_both(self, texts: Sequence[str]) -> np.ndarray:
        vectors, tokens = self._embedder.embed_tokens(texts)
        self._tokens.keep(dict(zip(texts, tokens, strict=True)))
        return vectors


def remember_sentences(embedder: Embedder) -> RememberedVectors:
    """The sentence vectors of `embedder`, with tokens where it tells them."""
    if isinstance(embedder, TokenEmbedder):
        return RememberedSentences(embedder)
    return RememberedVectors(embedder.embed_passages)
