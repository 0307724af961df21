"""The weights as the arrays that the encoder's graphs ask for by name, in the order of their external data."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from ingest.embed.protocol import Floats
from ingest.embed.weights import Weights

Array = Floats | npt.NDArray[np.int8]
INT8_STEPS = 127
# Left in float32 by `int8_arrays`: their rows have the largest outliers, and most of the rounding error.
FLOAT32 = frozenset(f"l{layer}.{part}.w" for layer in (9, 10, 11) for part in ("qkv", "fi"))


def float_arrays(weights: Weights) -> Iterator[tuple[str, Floats]]:
    """All in float32; matrices (named `.w`, with two axes) are (inputs, outputs).

    The attention's 1 / √(size of a head) is multiplied into the query part.
    """
    scale = np.float32((weights.hidden / weights.heads) ** -0.5)

    def matrix(name: str) -> Floats:
        outputs = weights.tensor(f"{name}.b").size
        return np.ascontiguousarray(weights.tensor(f"{name}.w").reshape(outputs, -1).T)

    yield from (("ln.w", weights.tensor("emb.ln.w")), ("ln.b", weights.tensor("emb.ln.b")))
    for layer in (f"l{i}" for i in range(weights.layers)):
        q, k, v = (matrix(f"{layer}.{part}") for part in "qkv")
        yield f"{layer}.qkv.w", np.concatenate([q * scale, k, v], axis=1)
        q, k, v = (weights.tensor(f"{layer}.{part}.b") for part in "qkv")
        yield f"{layer}.qkv.b", np.concatenate([q * scale, k, v])
        for name in ("ao", "fi", "fo"):
            yield f"{layer}.{name}.w", matrix(f"{layer}.{name}")
            yield f"{layer}.{name}.b", weights.tensor(f"{layer}.{name}.b")
        for name in ("aln.w", "aln.b", "oln.w", "oln.b"):
            yield f"{layer}.{name}", weights.tensor(f"{layer}.{name}")


def int8_arrays(weights: Weights) -> Iterator[tuple[str, Array]]:
    """The same with matrices but FLOAT32 rounded to int8, and beside each (`.s`) an output's size of a step."""
    for name, array in float_arrays(weights):
        if array.ndim == 1 or name in FLOAT32:
            yield name, array
            continue
        steps = np.abs(array).max(axis=0) / np.float32(INT8_STEPS)
        yield name, np.round(array / steps).astype(np.int8)
        yield f"{name.removesuffix('.w')}.s", steps
