"""Any sentence-embedding model in ONNX, from a local folder or a name on the Hugging Face hub, by fastembed.

The folder has the shape the hub uses: `onnx/model.onnx` or `model.onnx`, `tokenizer.json`,
`tokenizer_config.json` with `model_max_length`, and, where they are there, the files of
sentence-transformers: `1_Pooling/config.json` (cls, mean or last token; mean by default) and
`config_sentence_transformers.json` (prompts "query" and "passage" or "document"; for the E5 family
"query: " and "passage: " by default, else none).
"""

from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from llama_index.core.bridge.pydantic import PrivateAttr
from tokenizers import Tokenizer

from ingest.embed.base import PassageEmbedding
from ingest.embed.encoder import available_cores, import_onnxruntime, onnxruntime_errors
from ingest.embed.forked import ForkSafe
from ingest.embed.protocol import Floats
from ingest.embed.text import batches, clean, cut_long, too_long
from ingest.errors import EmbeddingError

MODEL_FILES = ("onnx/model.onnx", "model.onnx")
HUB_FILES = ["*.json", "1_Pooling/*", "onnx/model.onnx*", "model.onnx*"]
TOKEN_BUDGET = 2_048  # a batch, padding included
SLICE = 10_000  # characters tokenised at a time
CHARACTERS_PER_TOKEN = 40  # a passage with more than this for each token of the window is refused unread


class OnnxEmbedding(PassageEmbedding):
    """A model of the person's own choice."""

    _model: ForkSafe[Any] = PrivateAttr()
    _tokenizer: Tokenizer = PrivateAttr()
    _max_tokens: int = PrivateAttr()
    _dimensions: int = PrivateAttr()
    _prompts: dict[str, str] = PrivateAttr()

    def __init__(self, model: str) -> None:
        fastembed = _import_fastembed()
        folder = find_folder(model)
        file = next((name for name in MODEL_FILES if (folder / name).is_file()), None)
        if file is None:
            raise EmbeddingError(f"{folder} holds no {' or '.join(MODEL_FILES)}: is it a model's folder?")
        super().__init__(model_name=f"onnx:{Path(model).name}@{_digest(folder / file)}")
        self._prompts = read_prompts(folder, model)
        failures: tuple[type[Exception], ...] = (ValueError, OSError, RuntimeError, *onnxruntime_errors())
        try:
            self._model = ForkSafe(partial(_open_model, fastembed, self.model_name, folder, file))
            self._tokenizer = Tokenizer.from_str(self._model.get().model.tokenizer.to_str())
            self._max_tokens = int((self._tokenizer.truncation or {})["max_length"])
            self._tokenizer.no_truncation()
            self._tokenizer.no_padding()
            self._dimensions = self.embed_query("dimensions").shape[0]
        except failures as error:
            reason = " ".join(str(error).split())[:200]
            raise EmbeddingError(f"{folder} cannot be opened as an embedding model: {reason}") from error

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self._dimensions

    @property
    def max_tokens(self) -> int:
        """Tokens the model sees, from tokenizer_config.json."""
        return self._max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens each text takes as a passage, prefix and special tokens included."""
        return [self._count(self._prompts["passage"] + clean(text)) for text in texts]

    def embed_passages(self, texts: Sequence[str]) -> Floats:
        """Unit rows, shape (n, dimensions); PassageTooLongError when a text has more than `max_tokens`."""
        for text in texts:
            if len(text) > CHARACTERS_PER_TOKEN * self._max_tokens:
                raise too_long(text, f"{len(text):,} characters", self._max_tokens)
        counts = self.count_tokens(texts)
        for text, size in zip(texts, counts, strict=True):
            if size > self._max_tokens:
                raise too_long(text, f"{size:,} tokens", self._max_tokens)
        return self._embed([self._prompts["passage"] + clean(text) for text in texts], counts)

    def embed_queries(self, texts: Sequence[str]) -> Floats:
        """Unit rows, shape (n, dimensions); what a query has beyond `max_tokens` is not seen."""
        limit = CHARACTERS_PER_TOKEN * self._max_tokens
        prompted = [self._prompts["query"] + clean(text[:limit]) for text in texts]
        return self._embed(prompted, [min(self._count(text), self._max_tokens) for text in prompted])

    def _count(self, text: str) -> int:
        first, *rest = cut_long(text, SLICE)
        size = len(self._tokenizer.encode(first).ids)
        return size + sum(len(self._tokenizer.encode(piece, add_special_tokens=False).ids) for piece in rest)

    def _embed(self, texts: Sequence[str], counts: list[int]) -> Floats:
        rows: dict[int, Floats] = {}
        model = self._model.get()
        for batch in batches(counts, TOKEN_BUDGET):
            vectors = model.embed([texts[i] for i in batch], batch_size=len(batch))
            rows.update(zip(batch, vectors, strict=True))
        if not rows:
            return np.zeros((0, self._dimensions), np.float32)
        return np.stack([rows[i] for i in range(len(texts))]).astype(np.float32)


def find_folder(model: str) -> Path:
    """The local folder named, or that of a hub model, fetched once; EmbeddingError when it can't be had."""
    if not model:
        raise EmbeddingError("no model named: set ASSISTANT_EMBEDDING=onnx:<local folder or hub name>")
    if (folder := Path(model).expanduser()).is_dir():
        return folder
    if model.count("/") != 1 or model.startswith(("/", ".", "~")):
        raise EmbeddingError(f"the folder {model} does not exist: check ASSISTANT_EMBEDDING=onnx:<folder>")
    hub = importlib.import_module("huggingface_hub")
    try:
        return Path(hub.snapshot_download(model, allow_patterns=HUB_FILES))
    except (OSError, ValueError, RuntimeError) as error:
        reason = str(error).split("\n", 1)[0][:200]
        raise EmbeddingError(
            f"{model} is no folder here and could not be fetched from the Hugging Face hub ({reason}): fetch "
            "it where there is internet and set ASSISTANT_EMBEDDING=onnx:<folder>"
        ) from error


def read_prompts(folder: Path, model: str) -> dict[str, str]:
    """What goes in front of a query and of a passage."""
    prompts = _read_json(folder / "config_sentence_transformers.json").get("prompts") or {}
    origin = f"{model} {_read_json(folder / 'config.json').get('_name_or_path', '')}".lower()
    e5 = "e5-" in origin and "instruct" not in origin
    return {
        "query": str(prompts.get("query", "query: " if e5 else "")),
        "passage": str(prompts.get("passage", prompts.get("document", "passage: " if e5 else ""))),
    }


def read_pooling(folder: Path) -> str:
    """CLS, LAST_TOKEN or MEAN, as fastembed calls them."""
    pooling = _read_json(folder / "1_Pooling" / "config.json")
    if pooling.get("pooling_mode_cls_token"):
        return "CLS"
    return "LAST_TOKEN" if pooling.get("pooling_mode_lasttoken") else "MEAN"


def _import_fastembed() -> Any:
    import_onnxruntime()
    try:
        return importlib.import_module("fastembed")
    except ModuleNotFoundError as error:
        raise EmbeddingError(
            "models in ONNX need the extra: run `pip install 'article-assistant[onnx]'`, or set "
            "ASSISTANT_EMBEDDING=local"
        ) from error


def _open_model(fastembed: Any, name: str, folder: Path, file: str) -> Any:
    described = importlib.import_module("fastembed.common.model_description")
    known = {model["model"].lower() for model in fastembed.TextEmbedding.list_supported_models()}
    if name.lower() not in known:
        fastembed.TextEmbedding.add_custom_model(
            model=name, pooling=described.PoolingType(read_pooling(folder)), normalization=True,
            sources=described.ModelSource(hf="local"), model_file=file,
            dim=0,  # only told to others; ours is measured
        )  # fmt: skip
    return fastembed.TextEmbedding(
        name, specific_model_path=str(folder), threads=available_cores(), providers=["CPUExecutionProvider"]
    )


def _read_json(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EmbeddingError(f"{path} cannot be read as JSON: {error}") from error
    return content if isinstance(content, dict) else {}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:12]
