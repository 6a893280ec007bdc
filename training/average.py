"""Average the weights of several epochs or runs that go on from one another.

    python training/average.py --out runs/mean runs/first/weights.pt runs/second/weights.pt

The mean of weights along one path of training errs less than each of them (Wortsman and others, 2022).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, nargs="+", help="files of the same network")
    parser.add_argument("--out", type=Path, required=True, help="folder for weights.pt")
    options = parser.parse_args()
    states = [torch.load(path, weights_only=True) for path in options.weights]
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save({name: _mean([s[name] for s in states]) for name in states[0]}, options.out / "weights.pt")


def _mean(values: list[torch.Tensor]) -> torch.Tensor:
    first = values[0]
    if not first.is_floating_point():
        return first
    return torch.stack([v.float() for v in values]).mean(0).to(first.dtype)


if __name__ == "__main__":
    main()
