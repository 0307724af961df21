"""Makes ingest/embed/graph.onnx and graph_int8.onnx: the encoder of multilingual-e5-small without its weights.

    python -m venv .graph && .graph/bin/pip install onnx
    .graph/bin/python tests/benchmarks/make_e5_graph.py ingest/embed

Inputs:  hidden (texts, tokens, 384) float32, the sum of word, position and type rows;
         mask (texts, tokens) float32, 1 for a token and 0 for padding.
Outputs: vectors (texts, 384) float32, mean over the tokens, scaled to length 1;
         states (texts, tokens, 384) float32, what that is the mean of; those of padding mean nothing.
Every weight is an external initializer; the loader hands the arrays over in memory, by name, or writes them
one after the other in the order of `weight_shapes`. Between the attentions all tokens are rows of one matrix,
so that bias and product are one operator.

graph.onnx has ONNX's own operators only, so any runtime takes it. graph_int8.onnx is for onnxruntime: matrices
are int8 with a scale for each output, and every token's row is rounded to uint8 with a scale of its own, never
one for the batch, so that a text's vector does not depend on the texts beside it. The matrices of `FLOAT32`,
whose rows have the largest outliers, stay as they are: mean cosine to float32 .9996 instead of .9991 (the 22
texts of tests/data/embed).
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
ZERO, STEPS = 128, 127  # uint8 of 0.0, and of the largest magnitude in a row beyond it
# After GELU nothing is below -0.17: its 0.0 is 16, so 239 steps are for what is above. The smallest scale
# keeps -0.17 within the 16 steps.
GELU_ZERO, GELU_STEPS, GELU_SMALLEST = 16, 239, 0.0107
FLOAT32 = tuple(f"l{layer}.{part}" for layer in (9, 10, 11) for part in ("qkv", "fi"))  # as in ingest.embed.arrays
MICROSOFT = "com.microsoft"


def weight_shapes(int8: bool) -> Iterator[tuple[str, int, list[int]]]:
    """Name, type and shape of every weight; matrices are (inputs, outputs), qkv holds query, key and value."""
    single = TensorProto.FLOAT
    yield from (("ln.w", single, [HIDDEN]), ("ln.b", single, [HIDDEN]))
    for layer in (f"l{i}" for i in range(LAYERS)):
        for name, inputs, outputs in (
            ("qkv", HIDDEN, 3 * HIDDEN), ("ao", HIDDEN, HIDDEN), ("fi", HIDDEN, INNER), ("fo", INNER, HIDDEN),
        ):  # fmt: skip
            rounded = int8 and f"{layer}.{name}" not in FLOAT32
            yield f"{layer}.{name}.w", TensorProto.INT8 if rounded else single, [inputs, outputs]
            if rounded:
                yield f"{layer}.{name}.s", single, [outputs]
            yield f"{layer}.{name}.b", single, [outputs]
        for name in ("aln.w", "aln.b", "oln.w", "oln.b"):
            yield f"{layer}.{name}", single, [HIDDEN]


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


def linear(g: Graph, x: str, name: str, int8: bool) -> str:
    """Rows times a matrix plus its bias."""
    if not int8 or name in FLOAT32:
        return g.one("Gemm", x, f"{name}.w", f"{name}.b")
    if name.endswith(".fo"):
        zero = "gelu_zero"
        scale = g.one("Mul", g.one("ReduceMax", x, axes=[1], keepdims=0), "gelu_step")
        scale = g.one("Max", scale, "gelu_smallest")
    else:
        zero = "zero"
        scale = g.one("Mul", g.one("ReduceMax", g.one("Abs", x), axes=[1], keepdims=0), "step")
    zeros = g.one("Expand", zero, g.one("Shape", scale))
    rounded = g.one("QuantizeLinear", x, scale, zeros, axis=0)
    product = g.one(
        "MatMulIntegerToFloat", rounded, f"{name}.w", "one", f"{name}.s", zero, domain=MICROSOFT
    )
    return g.one("Add", g.one("Mul", product, g.one("Unsqueeze", scale, "second")), f"{name}.b")


def attention(g: Graph, x: str, layer: str, int8: bool) -> str:
    qkv = linear(g, x, f"{layer}.qkv", int8)
    query, key, value = g.add("Split", qkv, "thirds", outputs=3, axis=1)
    if int8:
        parts = [g.one("Reshape", part, "shape") for part in (query, key, value)]
        mixed = g.one(
            "MultiHeadAttention", *parts, "", "padding", num_heads=HEADS, scale=1.0, domain=MICROSOFT
        )
    else:
        query = g.one("Transpose", g.one("Reshape", query, "shape_of_heads"), perm=[0, 2, 1, 3])
        key = g.one("Transpose", g.one("Reshape", key, "shape_of_heads"), perm=[0, 2, 3, 1])
        value = g.one("Transpose", g.one("Reshape", value, "shape_of_heads"), perm=[0, 2, 1, 3])
        scores = g.one("Add", g.one("MatMul", query, key), "padding")
        mixed = g.one("MatMul", g.one("Softmax", scores, axis=-1), value)
        mixed = g.one("Transpose", mixed, perm=[0, 2, 1, 3])
    return linear(g, g.one("Reshape", mixed, "rows"), f"{layer}.ao", int8)


def feed_forward(g: Graph, x: str, layer: str, int8: bool) -> str:
    x = linear(g, x, f"{layer}.fi", int8)
    # The exact GELU, in the form that runtimes recognise and fuse.
    gate = g.one("Add", g.one("Erf", g.one("Div", x, "root_two")), "one")
    x = g.one("Mul", g.one("Mul", x, gate), "half")
    return linear(g, x, f"{layer}.fo", int8)


def pool(g: Graph, x: str) -> str:
    mask = g.one("Unsqueeze", "mask", "last")
    total = g.one("ReduceSum", g.one("Mul", x, mask), "second", keepdims=0)
    mean = g.one("Div", total, g.one("ReduceSum", mask, "second", keepdims=0))
    return g.one("Div", mean, g.one("ReduceL2", mean, axes=[1], keepdims=1))


def add_constants(g: Graph) -> None:
    g.constant("rows", TensorProto.INT64, [2], [-1, HIDDEN])
    g.constant("thirds", TensorProto.INT64, [3], [HIDDEN] * 3)
    g.constant("heads", TensorProto.INT64, [2], [HEADS, HIDDEN // HEADS])
    g.constant("heads_and_rows", TensorProto.INT64, [2], [1, 2])
    g.constant("second", TensorProto.INT64, [1], [1])
    g.constant("last", TensorProto.INT64, [1], [2])
    for name, value in (
        ("one", 1.0), ("half", 0.5), ("root_two", 2.0**0.5), ("hide", 1e4),
        ("step", 1 / STEPS), ("gelu_step", 1 / GELU_STEPS), ("gelu_smallest", GELU_SMALLEST),
    ):  # fmt: skip
        g.constant(name, TensorProto.FLOAT, [], [value])
    g.constant("zero", TensorProto.UINT8, [], [ZERO])
    g.constant("gelu_zero", TensorProto.UINT8, [], [GELU_ZERO])


def add_inputs(g: Graph, int8: bool) -> None:
    """The shapes to go back to from rows, and what hides padding from the attention."""
    def name(output: str, node: str) -> None:
        g.nodes.append(helper.make_node("Identity", [node], [output]))

    name("shape", g.one("Shape", "hidden"))
    name("shape_of_heads", g.one("Concat", g.one("Shape", "mask"), "heads", axis=0))
    bias = g.one("Mul", g.one("Sub", "mask", "one"), "hide")  # 0 for a token, -10,000 for padding
    name("padding", g.one("Cast", "mask", to=TensorProto.INT32) if int8
         else g.one("Unsqueeze", bias, "heads_and_rows"))  # fmt: skip


def make_model(int8: bool) -> onnx.ModelProto:
    """The whole graph."""
    g = Graph()
    add_constants(g)
    add_inputs(g, int8)
    norm = {"axis": -1, "epsilon": EPSILON}
    x = g.one("LayerNormalization", g.one("Reshape", "hidden", "rows"), "ln.w", "ln.b", **norm)
    for layer in (f"l{i}" for i in range(LAYERS)):
        x = g.one("Add", x, attention(g, x, layer, int8))
        x = g.one("LayerNormalization", x, f"{layer}.aln.w", f"{layer}.aln.b", **norm)
        x = g.one("Add", x, feed_forward(g, x, layer, int8))
        x = g.one("LayerNormalization", x, f"{layer}.oln.w", f"{layer}.oln.b", **norm)
    states = g.one("Reshape", x, "shape")
    g.nodes.append(helper.make_node("Identity", [states], ["states"]))
    g.nodes.append(helper.make_node("Identity", [pool(g, states)], ["vectors"]))
    used = {name for node in g.nodes for name in node.input}
    graph = helper.make_graph(
        g.nodes, "multilingual-e5-small",
        [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["texts", "tokens", HIDDEN]),
         helper.make_tensor_value_info("mask", TensorProto.FLOAT, ["texts", "tokens"])],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", HIDDEN]),
         helper.make_tensor_value_info("states", TensorProto.FLOAT, ["texts", "tokens", HIDDEN])],
        initializer=[*(item for item in g.constants if item.name in used), *external(int8)],
    )  # fmt: skip
    opsets = [helper.make_opsetid("", OPSET), *([helper.make_opsetid(MICROSOFT, 1)] if int8 else [])]
    return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="make_e5_graph")


def external(int8: bool) -> Iterator[onnx.TensorProto]:
    """Every weight as a promise: data in "weights", one after the other."""
    offset = 0
    for name, kind, shape in weight_shapes(int8):
        size = math.prod(shape) * (1 if kind == TensorProto.INT8 else 4)
        tensor = TensorProto(name=name, data_type=kind, dims=shape)
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", "weights"), ("offset", str(offset)), ("length", str(size))):
            tensor.external_data.add(key=key, value=value)
        offset += size
        yield tensor


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: make_e5_graph.py FOLDER")
    for name, int8 in (("graph.onnx", False), ("graph_int8.onnx", True)):
        (Path(sys.argv[1]) / name).write_bytes(make_model(int8).SerializeToString(deterministic=True))
