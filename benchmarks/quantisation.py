"""What the shipped 8-bit model loses against the same weights in full precision.

    python benchmarks/quantisation.py FOLDER            # every measure of language.py, both models
    python benchmarks/quantisation.py FOLDER --json

FOLDER holds ``encoder.onnx``, ``casting.onnx``, ``heads.npz``, ``labels.json`` and ``vocab.txt`` of the model before
rounding, as ``training/export.py --unrounded`` writes them. It is not in the repository.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from language import measure
from legation.language.model import Model
from legation.language.parser import Parser

FILES = ("encoder.onnx", "casting.onnx", "heads.npz", "labels.json", "vocab.txt")
SAME = 0.002  # the most that 16 bits move a weight of the pair heads, as a share of the largest
NEEDS_NO_MODEL = frozenset({"news sentences", "ewt raw words", "ewt raw sentences"})
Figures = dict[str, float]


def load(folder: Path) -> Model:
    """Return the model of a folder, after seeing that the shipped one is made from it."""
    absent = [name for name in FILES if not (folder / name).is_file()]
    if absent:
        raise SystemExit(
            f"{folder}: {', '.join(absent)} missing; write the files of the unrounded model there"
        )
    full, shipped = Model(folder=folder), Model()
    apart = [name for name, weight in shipped.weights.items() if _differs(weight, full.weights.get(name))]
    if full.labels != shipped.labels or apart:
        raise SystemExit(
            f"{folder}: not the model that is shipped; {', '.join(apart) or 'the labels'} differ"
        )
    return full


def _differs(weight: np.ndarray, other: np.ndarray | None) -> bool:
    if other is None or weight.shape != other.shape:
        return True
    return bool(np.abs(weight - other).max() > SAME * np.abs(other).max())


def compare(full: Model) -> dict[str, tuple[float, float]]:
    """Return each measure that depends on the model, in full precision and in 8 bits."""
    before, after = (measure(Parser(model)) for model in (full, Model()))
    return {name: (before[name], after[name]) for name in before if name not in NEEDS_NO_MODEL}


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("folder", type=Path)
    options.add_argument("--json", action="store_true")
    asked = options.parse_args()
    found = compare(load(asked.folder))
    if asked.json:
        print(json.dumps({name: [round(v, 2) for v in values] for name, values in found.items()}))
        return
    print(f"{'measure':24} {'full':>8} {'8 bits':>8} {'loss':>7}")
    for name, (before, after) in found.items():
        print(f"{name:24} {before:8.2f} {after:8.2f} {before - after:7.2f}")
    losses = [before - after for before, after in found.values()]
    print(f"{'mean':24} {'':8} {'':8} {sum(losses) / len(losses):7.2f}")


if __name__ == "__main__":
    main()
