"""Sentence vectors, remembered: questions come back to the same passages and claims to the same evidence."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np

from ingest.embed import Embedder
from ingest.embed.protocol import TokenEmbedder, Tokens

# About 30 MB of vectors with 384 numbers.
REMEMBERED = 20_000
# About 50 MB of tokens, 30 a sentence.
TOKENS_REMEMBERED = 2_000


class RememberedVectors:
    """An embedding function that computes each of the last 20,000 texts once; safe from many threads."""

    def __init__(self, embed: Callable[[Sequence[str]], np.ndarray]) -> None:
        self._embed = embed
        self._lock = threading.Lock()
        self._known: OrderedDict[str, np.ndarray] = OrderedDict()

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors, shape (n, d), of n ≥ 1 texts."""
        with self._lock:
            known = {text: self._known[text] for text in texts if text in self._known}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            known.update(zip(missing, self._embed(missing), strict=True))
        with self._lock:
            for text, vector in known.items():
                self._known[text] = vector
                self._known.move_to_end(text)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return np.stack([known[text] for text in texts])

    def tokens(self, texts: Sequence[str]) -> list[Tokens] | None:
        """The tokens of the texts; None where the embedder does not tell them, as endpoints do not."""
        return None


class RememberedSentences(RememberedVectors):
    """Sentence vectors together with the tokens they are the means of; those of the last 2,000 sentences."""

    def __init__(self, embedder: TokenEmbedder) -> None:
        super().__init__(self._embed_both)
        self._embedder = embedder
        self._tokens: OrderedDict[str, Tokens] = OrderedDict()

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """The tokens of the texts."""
        with self._lock:
            known = {text: self._tokens[text] for text in texts if text in self._tokens}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            known.update(zip(missing, self._embedder.embed_tokens(missing)[1], strict=True))
        self._keep(known)
        return [known[text] for text in texts]

    def _embed_both(self, texts: Sequence[str]) -> np.ndarray:
        vectors, tokens = self._embedder.embed_tokens(texts)
        self._keep(dict(zip(texts, tokens, strict=True)))
        return vectors

    def _keep(self, tokens: dict[str, Tokens]) -> None:
        with self._lock:
            for text, found in tokens.items():
                self._tokens[text] = found
                self._tokens.move_to_end(text)
            while len(self._tokens) > TOKENS_REMEMBERED:
                self._tokens.popitem(last=False)


def remember_sentences(embedder: Embedder) -> RememberedVectors:
    """The sentence vectors of `embedder`, with tokens where it tells them."""
    if isinstance(embedder, TokenEmbedder):
        return RememberedSentences(embedder)
    return RememberedVectors(embedder.embed_passages)
