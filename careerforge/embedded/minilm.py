"""all-MiniLM-L6-v2 as an ONNX graph, from its safetensors alone: no torch anywhere.

Reference: Reimers and Gurevych (2019), Sentence-BERT; the layer order is BERT's (Devlin et al., 2019).
Input: `input_ids` and `attention_mask`, int64, both (batch, tokens). Output: `e`, float32, (batch, 384),
mean-pooled over the mask and of length 1.
"""

import json
import logging
import struct
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

Array = npt.NDArray[Any]
LAYERS, HEADS, WIDTH = 6, 12, 384
HEAD_WIDTH = WIDTH // HEADS
EPSILON = 1e-12


def read_safetensors(path: Path) -> dict[str, Array]:
    """The float32 tensors of a safetensors file by name, each in its shape."""
    raw = path.read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    return {
        name: np.frombuffer(
            raw, "<f4", int(np.prod(entry["shape"])), 8 + length + entry["data_offsets"][0]
        ).reshape(entry["shape"])
        for name, entry in header.items()
        if name != "__metadata__" and entry["dtype"] == "F32"
    }


class Graph:
    """Nodes and constants in the order they are written; every method returns the name of a tensor."""

    def __init__(self, weights: dict[str, Array]) -> None:
        """`weights`: tensors by their name in the checkpoint."""
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: Array) -> str:
        """A tensor that is the same for every input."""
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def integers(self, *values: int) -> str:
        """Axes, shapes and bounds, which ONNX takes as int64 tensors."""
        return self.constant(np.array(values, "i8"))

    def scalar(self, value: float) -> str:
        """A float32 without dimensions."""
        return self.constant(np.array(value, "f4"))

    def op(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """One node with one output."""
        output = f"{kind}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], name=output, **attributes))
        return output

    def linear(self, x: str, prefix: str) -> str:
        """x · Wᵀ + b."""
        product = self.op("MatMul", x, self.constant(self.weights[f"{prefix}.weight"].T))
        return self.op("Add", product, self.constant(self.weights[f"{prefix}.bias"]))

    def norm(self, x: str, prefix: str) -> str:
        """Layer normalisation over the width."""
        scale = self.constant(self.weights[f"{prefix}.weight"])
        shift = self.constant(self.weights[f"{prefix}.bias"])
        return self.op("LayerNormalization", x, scale, shift, axis=-1, epsilon=EPSILON)


def _embeddings(graph: Graph) -> str:
    """Word, position and (the one) segment embedding of each token, added and normalised."""
    tokens = graph.op("Gather", graph.op("Shape", "input_ids"), graph.integers(1))
    table = graph.constant(graph.weights["embeddings.position_embeddings.weight"])
    position = graph.op("Slice", table, graph.integers(0), tokens, graph.integers(0))
    words = graph.constant(graph.weights["embeddings.word_embeddings.weight"])
    placed = graph.op("Add", graph.op("Gather", words, "input_ids"), position)
    segment = graph.constant(graph.weights["embeddings.token_type_embeddings.weight"][0])
    return graph.norm(graph.op("Add", placed, segment), "embeddings.LayerNorm")


def _hidden_from_attention(graph: Graph, mask: str) -> str:
    """0 for a real token, -1e9 for padding, shaped to be added to attention scores."""
    padding = graph.op("Sub", graph.scalar(1), mask)
    return graph.op("Unsqueeze", graph.op("Mul", padding, graph.scalar(-1e9)), graph.integers(1, 2))


def _layer(graph: Graph, x: str, number: int, hidden: str) -> str:
    """One transformer block: attention, then feed-forward, each added to its input and normalised."""
    prefix = f"encoder.layer.{number}"

    def heads(name: str, order: Sequence[int]) -> str:
        projected = graph.linear(x, f"{prefix}.attention.self.{name}")
        split = graph.op("Reshape", projected, graph.integers(0, 0, HEADS, HEAD_WIDTH))
        return graph.op("Transpose", split, perm=list(order))

    query, key, value = heads("query", (0, 2, 1, 3)), heads("key", (0, 2, 3, 1)), heads("value", (0, 2, 1, 3))
    scores = graph.op("Mul", graph.op("MatMul", query, key), graph.scalar(HEAD_WIDTH**-0.5))
    weights = graph.op("Softmax", graph.op("Add", scores, hidden), axis=-1)
    context = graph.op("Transpose", graph.op("MatMul", weights, value), perm=[0, 2, 1, 3])
    merged = graph.op("Reshape", context, graph.integers(0, 0, WIDTH))
    attended = graph.linear(merged, f"{prefix}.attention.output.dense")
    x = graph.norm(graph.op("Add", x, attended), f"{prefix}.attention.output.LayerNorm")
    inner = graph.op("Gelu", graph.linear(x, f"{prefix}.intermediate.dense"))
    outer = graph.linear(inner, f"{prefix}.output.dense")
    return graph.norm(graph.op("Add", x, outer), f"{prefix}.output.LayerNorm")


def _mean_of_length_one(graph: Graph, x: str, mask: str) -> str:
    """The mean over real tokens, scaled to length 1, so that a dot product is a cosine."""
    masked = graph.op("Mul", x, graph.op("Unsqueeze", mask, graph.integers(2)))
    total = graph.op("ReduceSum", masked, graph.integers(1), keepdims=0)
    mean = graph.op("Div", total, graph.op("ReduceSum", mask, graph.integers(1), keepdims=1))
    return graph.op("Div", mean, graph.op("ReduceL2", mean, graph.integers(1), keepdims=1))


def model(weights: dict[str, Array]) -> onnx.ModelProto:
    """The whole encoder as a checked ONNX model (opset 20)."""
    graph = Graph(weights)
    mask = graph.op("Cast", "attention_mask", to=TensorProto.FLOAT)
    hidden = _hidden_from_attention(graph, mask)
    x = _embeddings(graph)
    for number in range(LAYERS):
        x = _layer(graph, x, number, hidden)
    graph.nodes.append(helper.make_node("Identity", [_mean_of_length_one(graph, x, mask)], ["e"]))
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["b", "t"])
        for name in ("input_ids", "attention_mask")
    ]
    outputs = [helper.make_tensor_value_info("e", TensorProto.FLOAT, ["b", WIDTH])]
    made = helper.make_model(
        helper.make_graph(graph.nodes, "minilm", inputs, outputs, graph.constants),
        opset_imports=[helper.make_opsetid("", 20)],
    )
    made.ir_version = 9
    onnx.checker.check_model(made)
    return made


def build(safetensors: Path, target: Path) -> None:
    """Write the int8 graph (per channel: per tensor lost 26 % of the nearest neighbours) to `target`."""
    # Imported here: only this function needs the quantiser, which takes a second to load.
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # It advises a pre-processing step for graphs exported from elsewhere; this one is written for it.
    logging.getLogger().setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder, "fp32.onnx")
        onnx.save(model(read_safetensors(safetensors)), whole)
        quantize_dynamic(whole, target, weight_type=QuantType.QInt8, per_channel=True)
