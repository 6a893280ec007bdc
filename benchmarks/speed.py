"""Start-up, memory and rate, each measured in a fresh process, with the targets beside.

    python benchmarks/speed.py                  # a table: some twenty minutes on two idle cores
    python benchmarks/speed.py --limit 60 --memory 200
    python benchmarks/speed.py --only cold words --json

The articles are those of ``news/worldwide`` in the folder LEGATION_DATA, ``--limit`` of them.
Starts are those of the second run and later, when the disk's pages are in memory.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import speed_jobs

HERE = Path(__file__).parent
ROOT = HERE.parent
EXAMPLE = ROOT / "examples" / "05-lima-residence-stormed.txt"
LEGATION = [sys.executable, "-m", "legation"]
STARTS = 5
FLAT = 1.1  # how much the memory may grow from the middle of a long run to its end
TARGETS = {
    "cold start seconds": ("<", 2.0),
    "peak memory MB": ("<", 600.0),
    "language start seconds": ("<", 2.0),
    "language words a second, 2 cores": (">", 6000.0),
    "share of grounding": ("<", 0.15),
    "memory at the end against the middle": ("<", FLAT),
}
Figures = dict[str, float]


def data() -> Path:
    """Return the folder of the articles."""
    folder = Path(os.environ.get("LEGATION_DATA", ROOT / "../shared/data")) / "news" / "worldwide"
    if not folder.is_dir():
        raise SystemExit(f"{folder}: there is no such folder; set LEGATION_DATA to the folder of the data")
    return folder


def first_output(command: Sequence[str]) -> tuple[float, float]:
    """Return the seconds from starting a program to its first output, and its peak memory in MB."""
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        said = process.stdout.read(1) if process.stdout else b""
        spent = time.perf_counter() - began
        if process.stdout:
            process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or not said:
        raise SystemExit(f"{' '.join(command)}: ended with status {process.returncode}")
    return spent, used.ru_maxrss / (1024 if sys.platform == "linux" else 1 << 20)


def starts() -> Figures:
    """Return the median time to the first record of one article, the peak memory, and the language's start."""
    read = [*LEGATION, "read", str(EXAMPLE), "--format", "jsonl"]
    parse = [sys.executable, str(HERE / "speed_jobs.py"), "start"]
    whole, language = ([first_output(command) for _ in range(STARTS + 1)][1:] for command in (read, parse))
    return {
        "cold start seconds": median(seconds for seconds, _ in whole),
        "peak memory MB": max(peak for _, peak in whole),
        "language start seconds": median(seconds for seconds, _ in language),
    }


def job(name: str, limit: int, cores: int = 1) -> Figures:
    """Return what a job measures in a process of its own."""
    command = [sys.executable, str(HERE / "speed_jobs.py"), name, "--folder", str(data())]
    done = subprocess.run(
        [*command, "--limit", str(limit), "--cores", str(cores)], check=True, stdout=subprocess.PIPE
    )
    return dict(json.loads(done.stdout))


def language_rates(limit: int) -> Figures:
    """Return the words a second of the language layer."""
    return {f"language words a second, {_cores(n)}": job("words", limit, n)["words a second"] for n in (1, 2)}


def coder_rates(limit: int) -> Figures:
    """Return the articles and words a second of the whole coder."""
    return {f"{name}, {_cores(n)}": rate for n in (1, 2) for name, rate in job("rates", limit, n).items()}


def shares(limit: int) -> Figures:
    """Return each room's share of the time."""
    return {f"share of {room}": share for room, share in job("rooms", limit).items()}


def long_run(articles: int) -> Figures:
    """Return the memory of a long run at three points."""
    found = job("memory", articles)
    _, middle, end = found.values()
    return {f"memory MB {point}": used for point, used in found.items()} | {
        "memory at the end against the middle": end / middle
    }


def whole_job(limit: int) -> Figures:
    """Return the time of `legation read` from a folder to a committed store, and its peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        news = Path(folder) / "news"
        news.mkdir()
        for path in speed_jobs.files(data(), limit):
            shutil.copy(path, news)
        store = Path(folder) / "store"
        began = time.perf_counter()
        command = [*LEGATION, "read", str(news), "--into", str(store), "--format", "jsonl"]
        spent, peak = first_output(command)
        whole = time.perf_counter() - began
    return {
        "whole job seconds": whole, "whole job articles a second": limit / whole,
        "whole job first output seconds": spent, "whole job peak MB": peak,
    }  # fmt: skip


def _cores(number: int) -> str:
    return "1 core" if number == 1 else f"{number} cores"


def machine() -> dict[str, object]:
    """Return what the figures were taken on, and how busy it was before."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return {
        "processor": model or platform.processor() or platform.machine(), "cores": os.cpu_count(),
        "python": platform.python_version(), "load before": round(os.getloadavg()[0], 2),
    }  # fmt: skip


def met(name: str, value: float) -> bool | None:
    """Say whether a figure meets its target; None where it has none."""
    if name not in TARGETS:
        return None
    sign, target = TARGETS[name]
    return value <= target if sign == "<" else value >= target


def show(figures: Figures) -> None:
    """Print the table."""
    for name, value in figures.items():
        digits = 0 if value >= 100 else 2 if value >= 1 else 3
        sign, target = TARGETS.get(name, ("", 0.0))
        beside = f"{sign} {target:g}  {'met' if met(name, value) else 'MISSED'}" if sign else ""
        print(f"{name:40}{value:12,.{digits}f}   {beside}".rstrip())


def main() -> int:
    parts = ("cold", "words", "rates", "rooms", "job", "memory")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--limit", type=int, default=200, help="articles of each measure (200)")
    parser.add_argument("--memory", type=int, default=1000, help="articles of the long run (1000)")
    parser.add_argument("--only", nargs="+", choices=parts, default=parts)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    measures = {
        "cold": starts,
        "words": lambda: language_rates(options.limit),
        "rates": lambda: coder_rates(options.limit),
        "rooms": lambda: shares(options.limit),
        "job": lambda: whole_job(options.limit),
        "memory": lambda: long_run(options.memory),
    }
    about, found = machine(), Figures()
    for part in options.only:
        figures = {name: round(value, 4) for name, value in measures[part]().items()}
        found |= figures
        if not options.json:
            show(figures)
    missed = [name for name, value in found.items() if met(name, value) is False]
    if options.json:
        targets = {name: f"{sign} {value:g}" for name, (sign, value) in TARGETS.items() if name in found}
        print(json.dumps({"machine": about, "figures": found, "targets": targets, "missed": missed}))
    else:
        print(*(f"{name}: {value}" for name, value in about.items()), sep=", ")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
