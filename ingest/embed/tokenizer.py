"""The tokenizer of multilingual-e5-small, rebuilt from the pieces in its weights file."""

from __future__ import annotations

from tokenizers import Regex, Tokenizer
from tokenizers.models import Unigram
from tokenizers.normalizers import NFKC, Nmt, Replace, Sequence
from tokenizers.pre_tokenizers import Metaspace, WhitespaceSplit
from tokenizers.pre_tokenizers import Sequence as Steps

from ingest.embed.text import clean, cut_long
from ingest.embed.weights import Vocabulary

SLICE = 10_000  # characters given to the library at a time, so that memory doesn't grow with a text


class E5Tokenizer:
    """Text → ids as SentencePiece's Unigram model with its NFKC rules; takes any Python string."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._tokenizer = _build(vocabulary)
        self.bos, self.eos = vocabulary.bos, vocabulary.eos

    def encode(self, text: str) -> list[int]:
        """The ids of a text, without <s> and </s>."""
        ids: list[int] = []
        for piece in cut_long(clean(text), SLICE):
            ids += self._tokenizer.encode(piece).ids
        return ids


def _build(vocabulary: Vocabulary) -> Tokenizer:
    # The special pieces get a name with a NUL, which no cleaned text has: an article that says "</s>"
    # gets the pieces of those four characters.
    special = {vocabulary.bos, vocabulary.eos, vocabulary.pad, vocabulary.unk, len(vocabulary.pieces) - 1}
    pieces = list(vocabulary.pieces)
    for i in special:
        pieces[i] = ("\0" + pieces[i][0], pieces[i][1])
    tokenizer = Tokenizer(Unigram(pieces, unk_id=vocabulary.unk, byte_fallback=False))
    tokenizer.normalizer = Sequence([Nmt(), NFKC(), Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = Steps([WhitespaceSplit(), Metaspace("▁", "always")])
    return tokenizer
