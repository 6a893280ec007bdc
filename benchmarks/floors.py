"""The floors that CI holds: accuracy on what the repository itself carries, start-up and memory.

    python benchmarks/floors.py            # fails below a floor
    python benchmarks/floors.py --update   # writes the measured values as the new baseline

Accuracy may fall by a hundredth of 1. Start-up counts seconds of the processor, which a busy
machine does not lengthen, and has the limit of its target; memory may grow by a quarter, up to
the limit. The rate is shown and not held. What ``baseline.json`` holds stands in README.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import coding
import legation

ROOT = Path(__file__).parent.parent
BASELINE = Path(__file__).parent / "baseline.json"
LABELLED = (("examples", "*.gold"), ("examples", "*.txt"), ("training/sentences", "*.txt"))
HELD = ("typed precision", "typed recall", "parties precision", "parties recall", "status", "country")
ACCURACY_SLACK = 0.015
LIMITS = {"cold start processor seconds": 4.0, "peak memory MB": 600.0}
GROWTH = {"cold start processor seconds": float("inf"), "peak memory MB": 1.25}
STARTS = 3
Figures = dict[str, float]


def accuracy(coder: legation.Coder) -> Figures:
    """Return the held measures of the examples and of the development tenth."""
    found, read = Figures(), coding.read_development(coder)
    for name, units in (("examples", coding.examples(coder)), ("development", coding.development(read))):
        measured = coding.measures(units)
        found |= {f"{name} {measure}": round(measured[measure], 4) for measure in HELD}
    found["development false alarms"] = round(coding.false_alarms(read), 4)
    return found


def start() -> Figures:
    """Return the least processor time and memory of a few runs of `legation read` over one article."""
    example = min((ROOT / "examples").glob("*.txt"))
    command = [sys.executable, "-m", "legation", "read", str(example), "--format", "jsonl", "--quiet"]
    seconds, peaks = [], []
    for _ in range(STARTS):
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{' '.join(command)}: ended with status {process.returncode}")
        seconds.append(used.ru_utime + used.ru_stime)
        peaks.append(used.ru_maxrss / (1024 if sys.platform == "linux" else 1 << 20))
    return {"cold start processor seconds": round(min(seconds), 2), "peak memory MB": round(min(peaks), 1)}


def rate(coder: legation.Coder) -> float:
    """Return the examples coded a second on one thread."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))]
    started = time.perf_counter()
    for text in texts:
        coder.read(text)
    return len(texts) / (time.perf_counter() - started)


def digest() -> str:
    """Return a digest of the data that the accuracy is measured on."""
    total = hashlib.blake2b(digest_size=8)
    for folder, pattern in LABELLED:
        for path in sorted((ROOT / folder).glob(pattern)):
            total.update(path.read_bytes())
    return total.hexdigest()


def is_missed(name: str, value: float, floor: float) -> bool:
    """Say whether a measure is worse than its floor lets it be."""
    if name in LIMITS:
        return value > min(LIMITS[name], floor * GROWTH[name])
    if name.endswith("false alarms"):
        return value > floor + ACCURACY_SLACK
    return value < floor - ACCURACY_SLACK


def check(measured: Figures) -> list[str]:
    """Return a line for each thing that keeps the measures from standing against the baseline."""
    again = "measure again with python benchmarks/floors.py --update, and say why in the commit"
    if not BASELINE.exists():
        return [f"{BASELINE.name}: there is no baseline; {again}"]
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))
    floors: Figures = baseline["floors"]
    if baseline["data"] != digest() or floors.keys() != measured.keys():
        return [f"the labelled data or the measures changed since the baseline was taken: {again}"]
    return [
        f"below its floor: {name}: {measured[name]:g} against {floor:g}"
        for name, floor in floors.items()
        if is_missed(name, measured[name], floor)
    ]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--update", action="store_true", help="write the baseline anew")
    options = parser.parse_args()
    coder = legation.Coder()
    measured = start() | accuracy(coder)
    for name, value in measured.items():
        print(f"{name:36} {value:9g}")
    print(f"{'articles a second, not held':36} {rate(coder):9.2f}")
    if options.update:
        content = json.dumps({"data": digest(), "floors": measured}, indent=1)
        BASELINE.write_text(content + "\n", encoding="utf-8")
        return 0
    failed = check(measured)
    print(*failed, sep="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
