"""The floors that CI holds: accuracy on what the repository itself carries, start-up, rate and memory.

    python benchmarks/floors.py            # fails below a floor
    python benchmarks/floors.py --update   # writes the measured values as the new baseline

Accuracy floors are firm; speed and memory floors leave room for a slow machine.
A floor is lowered only with ``--update``, which the history then shows.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import coding
import legation

ROOT = Path(__file__).parent.parent
BASELINE = Path(__file__).parent / "baseline.json"
SLACK = {"accuracy": 0.01, "speed": 0.4}
HELD = ("typed precision", "typed recall", "parties precision", "parties recall", "status", "country")


def accuracy() -> dict[str, float]:
    """Return the held measures of the examples and of the development tenth."""
    coder = legation.Coder()
    found = {}
    for name, read in (("examples", coding.examples), ("development", coding.development)):
        measured = coding.measures(read(coder))
        found |= {f"{name} {measure}": round(measured[measure], 4) for measure in HELD}
    found["development false alarms"] = round(coding.false_alarms(coder), 4)
    return found


def speed() -> dict[str, float]:
    """Return seconds to the first output, articles a second, and peak memory in MB, each in a fresh process."""
    example = next(iter(sorted((ROOT / "examples").glob("*.txt"))))
    command = [sys.executable, "-m", "legation", "read", str(example), "--format", "jsonl"]
    subprocess.run(command, check=True, capture_output=True)
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    cold = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    coder = legation.Coder()
    texts = [f.read_text(encoding="utf-8") for f in sorted((ROOT / "examples").glob("*.txt"))]
    started = time.perf_counter()
    for text in texts:
        coder.read(text)
    return {
        "cold start seconds": round(cold, 2), "peak memory MB": round(peak, 1),
        "articles a second": round(len(texts) / (time.perf_counter() - started), 2),
    }  # fmt: skip


def digest() -> str:
    """Return a digest of the data that the accuracy is measured on."""
    total = hashlib.blake2b(digest_size=8)
    for path in sorted(
        [*(ROOT / "examples").glob("*.gold"), *(ROOT / "training" / "sentences").glob("*.txt")]
    ):
        total.update(path.read_bytes())
    return total.hexdigest()


def below(measured: dict[str, float], held: dict[str, float]) -> list[str]:
    """Return a line for each measure that falls below its floor."""
    lines = []
    for name, floor in held.items():
        value = measured[name]
        if name in {"cold start seconds", "peak memory MB"}:
            bad = value > {"cold start seconds": 2.0, "peak memory MB": 600.0}[name]
        elif name == "articles a second":
            bad = value < floor * SLACK["speed"]
        elif name.endswith("false alarms"):
            bad = value > floor + SLACK["accuracy"]
        else:
            bad = value < floor - SLACK["accuracy"]
        lines += [f"{name}: {value} against {floor}"] if bad else []
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    measured = accuracy() | speed()
    for name, value in measured.items():
        print(f"{name:36} {value}")
    if options.update:
        BASELINE.write_text(json.dumps({"data": digest(), "floors": measured}, indent=1) + "\n")
        return 0
    baseline = json.loads(BASELINE.read_text())
    if baseline["data"] != digest():
        print("the labelled data changed since the baseline was taken: measure again with --update")
        return 1
    failed = below(measured, baseline["floors"])
    print(*failed, sep="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
