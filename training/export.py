"""A trained network to the shipped files: an 8-bit graph, the pair heads' weights, labels and vocabulary.

python training/export.py --run runs/first --minilm MINILM --out src/legation/data/model
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from network import VIEWS, Network
from train import sizes

INPUTS = ("pieces", "piece_shapes", "first", "last", "shapes")
SINGLE = ("upos", "xpos", "lemma", "name", "predicate", "factual", "kind", "status")
PAIRED = ("rel", "role", "link", "pair")


class Graph(nn.Module):
    """What one run of the session gives: the scores of single words, then the views of the pair heads."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.net = net

    def forward(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        net = self.net
        views = net.words(*inputs)
        tag, act = views["tag"], views["act"]
        single = torch.cat(
            [net.upos(tag), net.xpos(tag), net.lemma(tag), net.name(views["name"]), net.predicate(tag),
             net.factual(act), net.kind(act), net.status(act)], -1,
        )  # fmt: skip
        paired = torch.cat([views[name] for name in VIEWS if name not in {"tag", "name", "act"}], -1)
        return single, paired


def export(net: Network, path: Path, *, rounded: bool = True) -> None:
    """Write the graph for one sentence of any length, rounded to 8 bits unless told otherwise."""
    net.eval()
    example = tuple(torch.ones(1, n, dtype=torch.long) for n in (7, 7, 5, 5, 5))
    axes = {"pieces": {1: "pieces"}, "piece_shapes": {1: "pieces"}}
    axes |= {name: {1: "words"} for name in ("first", "last", "shapes", "single", "paired")}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            Graph(net), example, str(full), input_names=list(INPUTS), output_names=["single", "paired"],
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
    export(net, options.out / "encoder.onnx", rounded=rounded)
    np.savez_compressed(options.out / "heads.npz", **heads(net, rounded=rounded))
    shutil.copy(options.minilm / "vocab.txt", options.out / "vocab.txt")
    views = {name: width for name, width in VIEWS.items() if name not in {"tag", "name", "act"}}
    widths = {name: getattr(net, name).out_features for name in SINGLE}
    (options.out / "labels.json").write_text(
        json.dumps({"labels": vocabulary, "views": views, "single": widths})
    )


if __name__ == "__main__":
    main()
