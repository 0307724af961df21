"""Makes ingest/embed/graph.onnx: the encoder of multilingual-e5-small without its weights.

    python -m venv .graph && .graph/bin/pip install onnx
    .graph/bin/python tests/benchmarks/make_e5_graph.py ingest/embed/graph.onnx

Inputs:  hidden (texts, tokens, 384) float32, the sum of word, position and type rows;
         mask (texts, tokens) float32, 1 for a token and 0 for padding.
Output:  vectors (texts, 384) float32, mean over the tokens, scaled to length 1.
Every weight is an external initializer; the loader hands the arrays over in memory, by name, or writes them
one after the other in the order of `weight_shapes`. The operators are ONNX's own, so any runtime takes it.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from pathlib import Path

import onnx
from onnx import TensorProto, helper

HIDDEN, INNER, LAYERS, HEADS, EPSILON = 384, 1536, 12, 12, 1e-12
OPSET, IR_VERSION = 17, 8  # the lowest with LayerNormalization


def weight_shapes() -> Iterator[tuple[str, list[int]]]:
    """Name and shape of every weight; matrices are (inputs, outputs), qkv holds query, key and value."""
    yield from (("ln.w", [HIDDEN]), ("ln.b", [HIDDEN]))
    for layer in range(LAYERS):
        yield f"l{layer}.qkv.w", [HIDDEN, 3 * HIDDEN]
        yield f"l{layer}.qkv.b", [3 * HIDDEN]
        yield f"l{layer}.ao.w", [HIDDEN, HIDDEN]
        yield f"l{layer}.fi.w", [HIDDEN, INNER]
        yield f"l{layer}.fo.w", [INNER, HIDDEN]
        yield f"l{layer}.ao.b", [HIDDEN]
        yield f"l{layer}.fi.b", [INNER]
        for name in ("fo.b", "aln.w", "aln.b", "oln.w", "oln.b"):
            yield f"l{layer}.{name}", [HIDDEN]


class Graph:
    """Collects nodes; `add` returns the name of the node's output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def add(self, operator: str, *inputs: str, outputs: int = 1, **attributes: object) -> list[str]:
        names = [f"{operator}_{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(operator, list(inputs), names, **attributes))
        return names

    def one(self, operator: str, *inputs: str, **attributes: object) -> str:
        return self.add(operator, *inputs, **attributes)[0]

    def constant(self, name: str, kind: int, shape: list[int], values: list[float]) -> str:
        self.constants.append(helper.make_tensor(name, kind, shape, values))
        return name


def attention(g: Graph, x: str, bias: str, layer: str) -> str:
    qkv = g.one("Add", g.one("MatMul", x, f"{layer}.qkv.w"), f"{layer}.qkv.b")
    query, key, value = g.add("Split", qkv, "thirds", outputs=3, axis=2)
    query = g.one("Transpose", g.one("Reshape", query, "split_heads"), perm=[0, 2, 1, 3])
    key = g.one("Transpose", g.one("Reshape", key, "split_heads"), perm=[0, 2, 3, 1])
    value = g.one("Transpose", g.one("Reshape", value, "split_heads"), perm=[0, 2, 1, 3])
    scores = g.one("Add", g.one("MatMul", query, key), bias)
    mixed = g.one("MatMul", g.one("Softmax", scores, axis=-1), value)
    joined = g.one("Reshape", g.one("Transpose", mixed, perm=[0, 2, 1, 3]), "join_heads")
    return g.one("Add", g.one("MatMul", joined, f"{layer}.ao.w"), f"{layer}.ao.b")


def feed_forward(g: Graph, x: str, layer: str) -> str:
    x = g.one("Add", g.one("MatMul", x, f"{layer}.fi.w"), f"{layer}.fi.b")
    # The exact GELU, in the form that runtimes recognise and fuse.
    gate = g.one("Add", g.one("Erf", g.one("Div", x, "root_two")), "one")
    x = g.one("Mul", g.one("Mul", x, gate), "half")
    return g.one("Add", g.one("MatMul", x, f"{layer}.fo.w"), f"{layer}.fo.b")


def pool(g: Graph, x: str) -> str:
    mask = g.one("Unsqueeze", "mask", "last")
    total = g.one("ReduceSum", g.one("Mul", x, mask), "tokens", keepdims=0)
    mean = g.one("Div", total, g.one("ReduceSum", mask, "tokens", keepdims=0))
    return g.one("Div", mean, g.one("ReduceL2", mean, axes=[1], keepdims=1))


def make_model() -> onnx.ModelProto:
    """The whole graph."""
    g = Graph()
    g.constant("split_heads", TensorProto.INT64, [4], [0, 0, HEADS, HIDDEN // HEADS])
    g.constant("join_heads", TensorProto.INT64, [3], [0, 0, HIDDEN])
    g.constant("thirds", TensorProto.INT64, [3], [HIDDEN] * 3)
    g.constant("heads_and_rows", TensorProto.INT64, [2], [1, 2])
    g.constant("last", TensorProto.INT64, [1], [2])
    g.constant("tokens", TensorProto.INT64, [1], [1])
    for name, value in (("one", 1.0), ("half", 0.5), ("root_two", 2.0**0.5), ("hide", 1e4)):
        g.constant(name, TensorProto.FLOAT, [], [value])
    bias = g.one("Mul", g.one("Sub", "mask", "one"), "hide")  # 0 for a token, -10,000 for padding
    bias = g.one("Unsqueeze", bias, "heads_and_rows")
    norm = {"axis": -1, "epsilon": EPSILON}
    x = g.one("LayerNormalization", "hidden", "ln.w", "ln.b", **norm)
    for layer in (f"l{i}" for i in range(LAYERS)):
        x = g.one("Add", x, attention(g, x, bias, layer))
        x = g.one("LayerNormalization", x, f"{layer}.aln.w", f"{layer}.aln.b", **norm)
        x = g.one("Add", x, feed_forward(g, x, layer))
        x = g.one("LayerNormalization", x, f"{layer}.oln.w", f"{layer}.oln.b", **norm)
    g.nodes.append(helper.make_node("Identity", [pool(g, x)], ["vectors"]))
    graph = helper.make_graph(
        g.nodes, "multilingual-e5-small",
        [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["texts", "tokens", HIDDEN]),
         helper.make_tensor_value_info("mask", TensorProto.FLOAT, ["texts", "tokens"])],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", HIDDEN])],
        initializer=[*g.constants, *external()],
    )  # fmt: skip
    opset = [helper.make_opsetid("", OPSET)]
    return helper.make_model(graph, opset_imports=opset, ir_version=IR_VERSION, producer_name="make_e5_graph")


def external() -> Iterator[onnx.TensorProto]:
    """Every weight as a promise: data in "weights", one after the other."""
    offset = 0
    for name, shape in weight_shapes():
        size = 4 * math.prod(shape)
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape)
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", "weights"), ("offset", str(offset)), ("length", str(size))):
            tensor.external_data.add(key=key, value=value)
        offset += size
        yield tensor


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: make_e5_graph.py OUTPUT.onnx")
    Path(sys.argv[1]).write_bytes(make_model().SerializeToString(deterministic=True))
