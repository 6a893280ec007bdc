"""How the language layer grows with layers, data and epochs: short runs, scored on the development sets.

    python training/curve.py --minilm runs/minilm --out runs/curve

Each run starts from MiniLM's published weights, trains the heads of the open
corpora alone and is scored after every epoch; what is done by then is not done
again. Short runs stay below the shipped model, which trains many times longer:
read the differences, not the heights. `benchmarks/README.md` holds the result.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

RUNS = (
    {"layers": 6, "share": 0.3}, {"layers": 4, "share": 0.3}, {"layers": 2, "share": 0.3},
    {"layers": 6, "share": 0.1}, {"layers": 6, "share": 1.0},
)  # fmt: skip
SHOWN = ("ewt.las", "gum.las", "ewt.roles", "ewt.names", "ewt.factual")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("LEGATION_DATA", "../shared/data")))
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    print("layers share epoch", *SHOWN)
    for run in RUNS:
        folder = options.out / f"{run['layers']}-{run['share']}"
        log = folder / "scores.jsonl"
        if not log.exists() or len(log.read_text().splitlines()) < options.epochs:
            _train(run, folder, log, options)
        for line in log.read_text().splitlines():
            scores = json.loads(line)
            print(
                run["layers"],
                run["share"],
                scores["epoch"] + 1,
                *(scores.get(name) for name in SHOWN),
                flush=True,
            )


def _train(run: dict[str, float], folder: Path, log: Path, options: argparse.Namespace) -> None:
    """Run the training in a process of its own, and keep the scores it prints."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable, str(Path(__file__).with_name("train.py")), "--data", str(options.data),
        "--minilm", str(options.minilm), "--out", str(folder), "--fixed-share", "--share", str(run["share"]),
        "--layers", str(run["layers"]), "--epochs", str(options.epochs), "--threads", str(options.threads),
    ]  # fmt: skip
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    with log.open("a", encoding="utf-8") as out:
        out.writelines(line + "\n" for line in done.stdout.splitlines() if line.startswith("{"))


if __name__ == "__main__":
    main()
