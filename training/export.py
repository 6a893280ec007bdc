"""A trained network to the shipped files: two 8-bit graphs, the pair heads' weights, labels and vocabulary.

python training/export.py --run runs/mean --casting runs/casting --minilm MINILM --out src/legation/data/model
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from casting import Casting
from network import FORK, VIEWS, WIDTH, Network
from train import sizes

INPUTS = ("pieces", "piece_shapes", "first", "last", "shapes")
SECOND_INPUTS = ("middle", "context", "segments", "first", "last", "shapes", "act")
SECOND_OUTPUTS = ("links", "sectors", "mutual", "kind", "alike")
SINGLE = ("upos", "xpos", "lemma", "name", "predicate", "factual", "kind", "status")
PAIRED = ("rel", "role", "link", "pair")


class Graph(nn.Module):
    """What one run gives: the scores of single words, the views of the pair heads, and the pieces half-way up."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.net = net

    def forward(self, *inputs: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        net = self.net
        states = net.encoder.states(*inputs[:2], None)
        views = net.views.cut(net.views(net.encoder.gathered(states, *inputs[2:])))
        tag, act = views["tag"], views["act"]
        single = torch.cat(
            [net.upos(tag), net.xpos(tag), net.lemma(tag), net.name(views["name"]), net.predicate(tag),
             net.factual(act), net.kind(act), net.status(act)], -1,
        )  # fmt: skip
        paired = torch.cat([views[name] for name in VIEWS if name not in {"tag", "name", "act"}], -1)
        return single, paired, states[FORK]


class SecondGraph(nn.Module):
    """What one run of the second reading gives: links to each word, sectors, whether mutual, the type, the country."""

    def __init__(self, casting: Casting) -> None:
        super().__init__()
        self.casting = casting

    def forward(
        self, middle: Tensor, context: Tensor, segments: Tensor, *words: Tensor
    ) -> tuple[Tensor, ...]:
        scores = self.casting(middle, context, segments, None, *words)
        return tuple(scores[name] for name in SECOND_OUTPUTS)


def export(net: Network, path: Path, *, rounded: bool = True) -> None:
    """Write the first reading of one sentence of any length, rounded to 8 bits unless told otherwise."""
    example = tuple(torch.ones(1, n, dtype=torch.long) for n in (7, 7, 5, 5, 5))
    axes = {name: {1: "pieces"} for name in ("pieces", "piece_shapes", "middle")}
    axes |= {name: {1: "words"} for name in ("first", "last", "shapes", "single", "paired")}
    _write(Graph(net), example, INPUTS, ("single", "paired", "middle"), axes, path, rounded=rounded)


def export_casting(casting: Casting, path: Path, *, rounded: bool = True) -> None:
    """Write the second reading likewise."""
    example = (
        torch.zeros(1, 7, WIDTH), torch.zeros(1, 4, WIDTH), torch.ones(1, 4, dtype=torch.long),
        *(torch.ones(1, 5, dtype=torch.long) for _ in range(3)), torch.ones(1, dtype=torch.long),
    )  # fmt: skip
    axes = {"middle": {1: "pieces"}, "context": {1: "known"}, "segments": {1: "known"}} | {
        name: {1: "words"} for name in ("first", "last", "shapes", "links", "sectors")
    }
    axes["alike"] = {1: "words", 2: "asked"}
    _write(SecondGraph(casting), example, SECOND_INPUTS, SECOND_OUTPUTS, axes, path, rounded=rounded)


def in_use(vocabulary: Sequence[str]) -> list[int]:
    """Return the pieces that English news can be made of: not the spare ones, nor those of other scripts."""
    return [
        number for number, piece in enumerate(vocabulary)
        if not piece.startswith("[unused")
        and all("LATIN" in unicodedata.name(char, "") for char in piece if char.isalpha())
    ]  # fmt: skip


def _write(
    graph: nn.Module, example: tuple[Tensor, ...], given: Sequence[str], made: Sequence[str],
    axes: dict[str, dict[int, str]], path: Path, *, rounded: bool,
) -> None:  # fmt: skip
    graph.eval()
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            graph, example, str(full), input_names=list(given), output_names=list(made),
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        if not rounded:
            shutil.copy(full, path)
            return
        quantize_dynamic(full, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
        onnx.checker.check_model(str(path))


def heads(net: Network, *, rounded: bool = True) -> dict[str, np.ndarray]:
    """Return the weights that score pairs of words outside the graph, in 16 bits unless told otherwise."""
    weights = {
        "arc": net.arc,
        "arc_bias": net.arc_bias,
        "root": net.root.weight[0],
        "root_bias": net.root.bias,
        "rel_root": net.rel_root,
    }
    for name in PAIRED:
        linear = getattr(net, name).linear
        weights |= {f"{name}.weight": linear.weight, f"{name}.bias": linear.bias}
    kind = np.float16 if rounded else np.float32
    return {name: w.detach().numpy().astype(kind) for name, w in weights.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--casting", type=Path, help="folder of the second reading's weights")
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--unrounded", action="store_true", help="for benchmarks/quantisation.py, not to ship"
    )
    options = parser.parse_args()
    rounded = not options.unrounded
    options.out.mkdir(parents=True, exist_ok=True)
    vocabulary = json.loads((options.run / "labels.json").read_text())
    net = Network(sizes(vocabulary))
    net.load_state_dict(torch.load(options.run / "weights.pt", weights_only=True))
    pieces = (options.minilm / "vocab.txt").read_text(encoding="utf-8").split("\n")
    kept = in_use(pieces[: net.encoder.pieces.num_embeddings])
    net.encoder.pieces.weight.data = net.encoder.pieces.weight.data[kept]
    (options.out / "vocab.txt").write_text("\n".join(pieces[number] for number in kept), encoding="utf-8")
    export(net, options.out / "encoder.onnx", rounded=rounded)
    if options.casting:
        vocabulary = json.loads((options.casting / "labels.json").read_text())
        casting = Casting(net.encoder, vocabulary)
        casting.load_state_dict(torch.load(options.casting / "casting.pt", weights_only=True))
        export_casting(casting, options.out / "casting.onnx", rounded=rounded)
    np.savez_compressed(options.out / "heads.npz", **heads(net, rounded=rounded))
    views = {name: width for name, width in VIEWS.items() if name not in {"tag", "name", "act"}}
    widths = {name: getattr(net, name).out_features for name in SINGLE}
    (options.out / "labels.json").write_text(
        json.dumps({"labels": vocabulary, "views": views, "single": widths})
    )


if __name__ == "__main__":
    main()
