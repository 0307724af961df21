"""What the pipeline needs of an embedder, whatever stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class Embedder(Protocol):
    """Texts → unit vectors. Safe to share between threads and to use in a forked child."""

    @property
    def name(self) -> str:
        """The recipe: two embedders with the same name give comparable vectors."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    @property
    def max_tokens(self) -> int:
        """The longest passage, as `count_tokens` counts; for many endpoints a cautious guess."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens each text takes as a passage, prefix and special tokens included."""

    def embed_passages(self, texts: Sequence[str]) -> Floats:
        """Unit rows, shape (n, dimensions); PassageTooLongError when one has more than `max_tokens`."""

    def embed_query(self, text: str) -> Floats:
        """Unit vector, shape (dimensions,); what a long query has beyond `max_tokens` is not seen."""

    def embed_queries(self, texts: Sequence[str]) -> Floats:
        """Unit rows, shape (n, dimensions); also the form for comparing sentences with each other."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: their numbers (n,) in the vocabulary, and what each means in that text (n, dimensions).

    Half precision, prefix and special tokens left out.
    """

    ids: npt.NDArray[np.int32]
    states: npt.NDArray[np.float16]


@runtime_checkable
class TokenEmbedder(Protocol):
    """An embedder that also tells what each token of a text means in it; endpoints do not."""

    def embed_tokens(self, texts: Sequence[str]) -> tuple[Floats, list[Tokens]]:
        """What `embed_passages` gives, and each text's tokens; what a long text has beyond `max_tokens` is not seen."""
