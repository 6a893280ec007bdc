"""The shipped files back to a network that training can go on from.

    python training/recover.py --minilm MINILM --out runs/shipped

The 8-bit weights lose what rounding took; the word-piece embeddings, which no
run moves, are taken from the published weights.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from network import Network
from train import sizes

MODEL = Path(__file__).parent.parent / "src" / "legation" / "data" / "model"


def weights(graph: onnx.GraphProto) -> dict[str, np.ndarray]:
    """Return the graph's weights by the names that the network gives them."""
    held = {i.name: numpy_helper.to_array(i) for i in graph.initializer}

    def full(name: str) -> np.ndarray:
        plain: np.ndarray = (
            held[f"{name}_quantized"].astype(np.float32) - held[f"{name}_zero_point"]
        ) * held[f"{name}_scale"]
        return plain

    found = {
        k.removeprefix("net."): v
        for k, v in held.items()
        if k.startswith("net.") and k.endswith((".weight", ".bias"))
    }
    for name in (k for k in held if k.startswith("net.") and k.endswith("_quantized")):
        found[name.removeprefix("net.").removesuffix("_quantized")] = full(name.removesuffix("_quantized"))
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            module = node.name.removesuffix("/MatMul_quant").strip("/").replace("/", ".")
            if module.startswith("layers."):  # the graph runs the encoder's layers without its forward
                module = f"encoder.{module}"
            found[f"{module}.weight"] = full(node.input[1].removesuffix("_quantized")).T
    layers = next(v for v in held.values() if v.shape == (7,) and v.dtype == np.float32)
    return found | {"encoder.mix": np.log(layers)}


def paired(archive: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the weights of the pair heads by the names that the network gives them."""
    found = {k: archive[k] for k in ("arc", "arc_bias", "rel_root")}
    found |= {"root.weight": archive["root"][None], "root.bias": archive["root_bias"]}
    for name, weight in archive.items():
        head, _, part = name.partition(".")
        if part:
            found[f"{head}.linear.{part}"] = weight
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    vocabulary = json.loads((MODEL / "labels.json").read_text(encoding="utf-8"))["labels"]
    net = Network(sizes(vocabulary))
    net.encoder.load_minilm(options.minilm / "model.safetensors")
    found = weights(onnx.load(MODEL / "encoder.onnx").graph) | paired(dict(np.load(MODEL / "heads.npz")))
    del found["encoder.pieces.weight"]
    state = net.state_dict()
    missing = set(state) - set(found) - {"encoder.pieces.weight"}
    if missing or set(found) - set(state):
        raise SystemExit(
            f"the shipped graph and the network differ: {sorted(missing ^ (set(found) - set(state)))}"
        )
    net.load_state_dict(state | {k: torch.tensor(np.array(v, dtype=np.float32)) for k, v in found.items()})
    torch.save(net.state_dict(), options.out / "weights.pt")
    (options.out / "labels.json").write_text(json.dumps(vocabulary))


if __name__ == "__main__":
    main()
