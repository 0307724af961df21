"""The encoder of multilingual-e5-small: a graph without weights, filled with arrays in memory.

`open_onnxruntime` and `open_openvino` return a function (hidden, mask) → vectors:
(texts, tokens, 384) and (texts, tokens) → unit rows (texts, 384).
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from ingest.embed.protocol import Floats
from ingest.embed.weights import Weights

GRAPH = Path(__file__).with_name("graph.onnx")  # made by tests/benchmarks/make_e5_graph.py
Run = Callable[[Floats, Floats], Floats]


def open_encoder(weights: Weights) -> Run:
    """The fastest encoder that is installed and gives the same vectors."""
    return open_openvino(weights) if has_openvino() and has_amx() else open_onnxruntime(weights)


def open_onnxruntime(weights: Weights) -> Run:
    """Float32 in onnxruntime: the same vector in any batch, on any processor."""
    ort = import_onnxruntime()
    options = ort.SessionOptions()
    options.intra_op_num_threads = available_cores()
    # Without the arena a batch's memory goes back: 300 MB after batches of 2,048 tokens instead of 600,
    # peak 450 instead of 610, at the same speed (three interleaved repeats).
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    # Threads that wait asleep, not spinning: a tenth less CPU a token, and faster beside other work.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    values = {name: ort.OrtValue.ortvalue_from_numpy(array) for name, array in encoder_arrays(weights)}
    options.add_external_initializers(list(values), list(values.values()))
    session = ort.InferenceSession(str(GRAPH), options, providers=["CPUExecutionProvider"])

    def run(hidden: Floats, mask: Floats) -> Floats:
        vectors: Floats = session.run(None, {"hidden": hidden, "mask": mask})[0]
        return vectors

    return run


def open_openvino(weights: Weights) -> Run:
    """Bfloat16 in OpenVINO, three times as fast as float32 where the processor has AMX."""
    core = importlib.import_module("openvino").Core()
    # OpenVINO takes a graph's weights only from a file beside it.
    with tempfile.TemporaryDirectory() as folder:
        with (Path(folder) / "weights").open("wb") as file:
            for _, array in encoder_arrays(weights):
                file.write(array.tobytes())
        model = Path(folder) / GRAPH.name
        model.write_bytes(GRAPH.read_bytes())
        settings = {
            "INFERENCE_PRECISION_HINT": "bf16", "INFERENCE_NUM_THREADS": available_cores(), "NUM_STREAMS": 1,
        }  # fmt: skip
        compiled = core.compile_model(core.read_model(model), "CPU", settings)

    def run(hidden: Floats, mask: Floats) -> Floats:
        # A request of its own for every call: a shared one can't be used by two threads.
        vectors: Floats = compiled.create_infer_request().infer({"hidden": hidden, "mask": mask})[0]
        return vectors.copy()

    return run


def import_onnxruntime() -> Any:
    """The module onnxruntime, silenced."""
    # Since 1.29 its import starts a thread that reports to its maker, keeps a database in ~/.cache and makes
    # a forked child hang at exit (seen with 1.31.1), unless this is set before.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    ort = importlib.import_module("onnxruntime")
    ort.disable_telemetry_events()  # where something else imported it first
    return ort


def onnxruntime_errors() -> tuple[type[Exception], ...]:
    """What onnxruntime raises on a model it can't take; its exceptions share no class but Exception."""
    state = importlib.import_module("onnxruntime.capi.onnxruntime_pybind11_state")
    kinds = [kind for kind in vars(state).values() if isinstance(kind, type)]
    return tuple(kind for kind in kinds if issubclass(kind, Exception))


def has_openvino() -> bool:
    """Whether the extra `[openvino]` is installed."""
    return importlib.util.find_spec("openvino") is not None


def has_amx() -> bool:
    """Whether the processor multiplies bfloat16 tiles (told on Linux only)."""
    try:
        return "amx_bf16" in Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False


def available_cores() -> int:
    """Processors this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def encoder_arrays(weights: Weights) -> Iterator[tuple[str, Floats]]:
    """The arrays of the graph by name, in the order of its external data; matrices are (inputs, outputs).

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
        for name in ("ao.b", "fi.b", "fo.b", "aln.w", "aln.b", "oln.w", "oln.b"):
            yield f"{layer}.{name}", weights.tensor(f"{layer}.{name}")
