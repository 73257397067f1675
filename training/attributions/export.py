"""The trained network as a graph in whole numbers for ONNX Runtime, with what its links know beside it."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper

from checker.extract.tagger.network import METADATA, OUTPUTS
from corpus.embed.graph import Floats, Graph, layer
from training.attributions.model import LINK, WIDTH, Network

_EPSILON = 1e-12
_HEADS = 12


def export(network: Network, path: Path, *, cue_words: Collection[str]) -> None:
    """Write the graph; the words' vectors stay in the encoder's package."""
    w = {name: value.detach().numpy().astype(np.float32) for name, value in network.state_dict().items()}
    encoder = {name.removeprefix("encoder."): value for name, value in w.items() if name.startswith("encoder.")}
    graph = Graph()
    x = _embedded(graph, w, encoder)
    hidden = graph.constant(np.zeros((1, 1, 1, 1)))
    for number in range(network.encoder.config.num_hidden_layers):
        x = layer(graph, encoder, f"encoder.layer.{number}.", x, hidden, _HEADS, _EPSILON)
    flat = graph.add("Squeeze", x, graph.constant([0], np.int64))
    words = graph.add("Gather", flat, "heads", axis=0)
    words = graph.add("Add", words, graph.add("Gather", graph.constant(w["of_heads.weight"]), "of_heads"))
    inner = graph.add("Gelu", _plain(graph, w, "hidden", words))
    tags = graph.add("LogSoftmax", _plain(graph, w, "tags", inner), axis=-1)
    graph.name(tags, OUTPUTS[0])
    graph.name(_plain(graph, w, "spoken", inner), OUTPUTS[1])
    cues = graph.add("Mul", _plain(graph, w, "cues", inner), graph.constant(LINK**-0.5))
    turned = graph.add("Transpose", cues, perm=[1, 0])
    for name, output in zip(("sources", "contents"), OUTPUTS[2:], strict=True):
        graph.name(graph.add("MatMul", _plain(graph, w, name, inner), turned), output)
    model = _finished(graph)
    entry = model.metadata_props.add()
    entry.key = METADATA
    entry.value = json.dumps(
        {
            "same": [round(float(each), 4) for each in w["same"]],
            "source": [round(float(each), 4) for each in w["source_far.weight"][:, 0]],
            "cue_words": sorted(cue_words),
            "content": [round(float(each), 4) for each in w["content_far.weight"][:, 0]],
        }
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(model.SerializeToString())


def _embedded(graph: Graph, w: dict[str, Floats], encoder: dict[str, Floats]) -> str:
    places = encoder["embeddings.position_embeddings.weight"] + encoder["embeddings.token_type_embeddings.weight"][0]
    length = graph.add("Slice", graph.add("Shape", "kinds"), *(graph.constant([n], np.int64) for n in (1, 2)))
    here = graph.add("Slice", graph.constant(places[:256]), graph.constant([0], np.int64), length)
    kinds = graph.add("Gather", graph.constant(w["kinds.weight"]), "kinds")
    x = graph.add("Add", graph.add("Add", "words", kinds), here)
    norm = "embeddings.LayerNorm."
    return graph.normed(x, encoder[f"{norm}weight"], encoder[f"{norm}bias"], _EPSILON)


def _plain(graph: Graph, w: dict[str, Floats], name: str, values: str) -> str:
    """A small layer, left in single precision."""
    product = graph.add("MatMul", values, graph.constant(w[f"{name}.weight"].T))
    return graph.add("Add", product, graph.constant(w[f"{name}.bias"]))


def _finished(graph: Graph):
    inputs = [
        helper.make_tensor_value_info("words", TensorProto.FLOAT, [1, "pieces", WIDTH]),
        helper.make_tensor_value_info("kinds", TensorProto.INT64, [1, "pieces"]),
        helper.make_tensor_value_info("heads", TensorProto.INT64, ["heads"]),
        helper.make_tensor_value_info("of_heads", TensorProto.INT64, ["heads"]),
    ]
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["heads", None]) for name in OUTPUTS]
    body = helper.make_graph(graph.nodes, "tagger", inputs, outputs, graph.constants)
    return helper.make_model(body, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
