"""`onnx:<folder>`: what the folder says of prefixes and pooling, and a tiny model opened by fastembed."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing

from ingest.embed import open_embedder
from ingest.errors import EmbeddingError, PassageTooLongError

TINY = Path(__file__).parent / "data" / "embed" / "tiny" / "model.onnx"  # 64 token rows of 8 numbers
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", ":", "query", "passage", "bro", "hamn", "färja"]
needs_fastembed = pytest.mark.skipif(
    importlib.util.find_spec("fastembed") is None, reason="needs the extra [onnx]"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of the shape the hub uses for intfloat/multilingual-e5-small."""
    folder = tmp_path / "tiny-e5-model"
    (folder / "onnx").mkdir(parents=True)
    (folder / "onnx" / "model.onnx").write_bytes(TINY.read_bytes())
    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = TemplateProcessing("[CLS] $A [SEP]", None, [("[CLS]", 2), ("[SEP]", 3)])
    tokenizer.save(str(folder / "tokenizer.json"))
    _write(folder / "tokenizer_config.json", {"model_max_length": 16, "pad_token": "[PAD]"})
    _write(folder / "config.json", {"hidden_size": 8, "pad_token_id": 0})
    return folder


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")


@needs_fastembed
def test_a_local_folder_is_an_embedder(folder: Path) -> None:
    embedder = open_embedder(f"onnx:{folder}")
    assert embedder.name.startswith("onnx:tiny-e5-model@")
    assert (embedder.dimensions, embedder.max_tokens) == (8, 16)
    rows = embedder.embed_passages(["bro", "hamn bro färja hamn", "", "a\0\ud800"])
    assert rows.shape == (4, 8)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(embedder.embed_passages(["bro"])[0], rows[0], atol=1e-6)
    assert embedder.embed_passages([]).shape == (0, 8)
    assert rows[0] @ embedder.embed_query("bro") < 0.9999  # another prefix


@needs_fastembed
def test_a_mean_over_prefix_text_and_special_tokens(folder: Path) -> None:
    table = np.concatenate([open_embedder(f"onnx:{folder}").embed_queries(["bro"])])
    _write(folder / "config_sentence_transformers.json", {"prompts": {"query": "", "document": ""}})
    plain = open_embedder(f"onnx:{folder}")
    assert plain.count_tokens(["bro hamn"]) == [4]
    np.testing.assert_allclose(plain.embed_query("query: bro"), table[0], atol=1e-6)
    np.testing.assert_allclose(plain.embed_query("bro"), plain.embed_passages(["bro"])[0], atol=1e-6)


@needs_fastembed
def test_too_long_is_an_error_for_passages_and_a_cut_for_queries(folder: Path) -> None:
    embedder = open_embedder(f"onnx:{folder}")
    assert embedder.count_tokens(["bro " * 12, "bro " * 13]) == [16, 17]
    assert embedder.embed_passages(["bro " * 12]).shape == (1, 8)
    with pytest.raises(PassageTooLongError, match="17 tokens is longer than the 16"):
        embedder.embed_passages(["bro " * 13])
    with pytest.raises(PassageTooLongError, match="1,000,000 characters"):
        embedder.embed_passages(["bro " * 250_000])
    assert embedder.embed_query("bro " * 250_000).shape == (8,)


@needs_fastembed
def test_folders_that_are_no_model_are_one_clear_line(folder: Path) -> None:
    with pytest.raises(EmbeddingError, match=r"holds no onnx/model\.onnx or model\.onnx"):
        open_embedder(f"onnx:{folder.parent}")
    with pytest.raises(EmbeddingError, match="the folder /nowhere/here does not exist"):
        open_embedder("onnx:/nowhere/here")
    with pytest.raises(EmbeddingError, match="no model named"):
        open_embedder("onnx:")
    (folder / "onnx" / "model.onnx").write_bytes(b"not a graph")
    with pytest.raises(EmbeddingError, match="cannot be opened as an embedding model"):
        open_embedder(f"onnx:{folder}")
    (folder / "onnx" / "model.onnx").write_bytes(TINY.read_bytes())
    (folder / "tokenizer_config.json").unlink()
    with pytest.raises(EmbeddingError, match=r"cannot be opened .* tokenizer_config\.json"):
        open_embedder(f"onnx:{folder}")


@pytest.mark.skipif(importlib.util.find_spec("fastembed") is not None, reason="the extra is installed")
def test_without_the_extra_one_clear_line_says_how_to_get_it(folder: Path) -> None:
    with pytest.raises(EmbeddingError, match=r"pip install 'article-assistant\[onnx\]'"):
        open_embedder(f"onnx:{folder}")


def test_prefixes_and_pooling_come_from_the_folder(folder: Path) -> None:
    from ingest.embed.onnx_folder import read_pooling, read_prompts

    assert read_prompts(folder, "some/model") == {"query": "", "passage": ""}
    e5 = read_prompts(folder, "intfloat/multilingual-e5-small")
    assert e5 == {"query": "query: ", "passage": "passage: "}
    assert read_pooling(folder) == "MEAN"
    _write(folder / "1_Pooling" / "config.json", {"pooling_mode_cls_token": True})
    assert read_pooling(folder) == "CLS"
    _write(folder / "config_sentence_transformers.json", {"prompts": {"query": "Q: ", "document": "D: "}})
    assert read_prompts(folder, "intfloat/multilingual-e5-small") == {"query": "Q: ", "passage": "D: "}
    (folder / "1_Pooling" / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(EmbeddingError, match="cannot be read as JSON"):
        read_pooling(folder)
