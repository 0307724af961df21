"""The encoder of multilingual-e5-small: a graph without weights, filled with arrays in memory.

`open_int8`, `open_float32` and `open_openvino` return a function (hidden, mask) → (vectors, states):
(texts, tokens, 384) and (texts, tokens) → unit rows (texts, 384) and what they are the means of,
(texts, tokens, 384), which for padding means nothing.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ingest.embed.arrays import Array, float_arrays, int8_arrays
from ingest.embed.protocol import Floats
from ingest.embed.weights import Weights

# Both made by tests/benchmarks/make_e5_graph.py.
GRAPH = Path(__file__).with_name("graph.onnx")
GRAPH_INT8 = Path(__file__).with_name("graph_int8.onnx")
Run = Callable[[Floats, Floats], tuple[Floats, Floats]]


def open_encoder(weights: Weights) -> Run:
    """The fastest encoder that is installed and exact on this processor."""
    if has_openvino() and has_amx():
        return open_openvino(weights)
    return open_int8(weights) if has_int8_products() else open_float32(weights)


def open_int8(weights: Weights) -> Run:
    """Int8 products in onnxruntime: twice as fast as float32, cosine to it .999."""
    return _open_onnxruntime(GRAPH_INT8, int8_arrays(weights))


def open_float32(weights: Weights) -> Run:
    """Float32 in onnxruntime, on any processor."""
    return _open_onnxruntime(GRAPH, float_arrays(weights))


def _open_onnxruntime(graph: Path, arrays: Iterable[tuple[str, Array]]) -> Run:
    ort = import_onnxruntime()
    options = ort.SessionOptions()
    options.intra_op_num_threads = available_cores()
    # The arena stays on: without it the system clears every tensor's pages anew, up to .5 CPU seconds a
    # thousand tokens in some runs. Without patterns it doesn't keep one plan for each shape of batch.
    options.enable_mem_pattern = False
    # Threads that wait asleep, not spinning: a tenth less CPU a token, and faster beside other work.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    values = {name: ort.OrtValue.ortvalue_from_numpy(array) for name, array in arrays}
    options.add_external_initializers(list(values), list(values.values()))
    # The fused operator's norm is a plain loop: a sum and a norm of their own take a tenth less in all.
    session = ort.InferenceSession(
        str(graph), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
    )

    def run(hidden: Floats, mask: Floats) -> tuple[Floats, Floats]:
        vectors, states = session.run(["vectors", "states"], {"hidden": hidden, "mask": mask})
        return vectors, states

    return run


def open_openvino(weights: Weights) -> Run:
    """Bfloat16 in OpenVINO, three times as fast as float32 where the processor has AMX."""
    core = importlib.import_module("openvino").Core()
    # OpenVINO takes a graph's weights only from a file beside it.
    with tempfile.TemporaryDirectory() as folder:
        with (Path(folder) / "weights").open("wb") as file:
            for _, array in float_arrays(weights):
                file.write(array.tobytes())
        model = Path(folder) / GRAPH.name
        model.write_bytes(GRAPH.read_bytes())
        settings = {
            "INFERENCE_PRECISION_HINT": "bf16", "INFERENCE_NUM_THREADS": available_cores(), "NUM_STREAMS": 1,
        }  # fmt: skip
        compiled = core.compile_model(core.read_model(model), "CPU", settings)

    def run(hidden: Floats, mask: Floats) -> tuple[Floats, Floats]:
        # A request of its own for every call: a shared one can't be used by two threads.
        results = compiled.create_infer_request().infer({"hidden": hidden, "mask": mask})
        return results["vectors"].copy(), results["states"].copy()

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
    return "amx_bf16" in _processor_flags()


def has_int8_products() -> bool:
    """Whether the processor adds int8 products up in 32 bits (told on Linux only).

    Older ones do so in 16 bits, where onnxruntime's uint8 by int8 overflows.
    """
    return not {"avx512_vnni", "avx_vnni"}.isdisjoint(_processor_flags())


def _processor_flags() -> set[str]:
    try:
        return set(Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace").split())
    except OSError:
        return set()


def available_cores() -> int:
    """Processors this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
