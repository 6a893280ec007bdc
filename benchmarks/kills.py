"""Kill the program again and again while it writes a store; in the end nothing may be lost or doubled.

    python benchmarks/kills.py                  # 200 kills: a quarter of an hour on an idle core
    python benchmarks/kills.py --kills 20 --seed 2

A round makes one store by a list of commands: reads of short articles, imports of rows of GDELT that
tell of the same acts, a compaction. Each command runs as a process of its own, is ended by SIGKILL at a
moment drawn from its whole life, or soon after it took the store's lock, and is started again until it
is done. After each kill the store has to open, for our reader and as plain Delta tables, and its tables
have to agree. After each round all tables have to equal those of a store that nothing has disturbed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import msgspec
from deltalake import DeltaTable

from kills_jobs import commands, write_inputs
from legation.store import Store, open_store
from legation.store.manifest import read_manifest
from legation.store.schema import TABLES

SEED = 20200111
AGAIN = 8  # starts of one command of a round that are to be killed
AIMED = 0.5  # share of kills that wait for the store's lock: what it guards is short against the rest
PHASES = ("no store yet", "reading", "merging", "committing", "tidying", "cleaning")
COMPARED = ("articles", "mentions", "events", "parties", "tellings")
LEFT_OUT = {"revised_at", "record", "fetched"}  # the hour of the run; records are compared below, without it
AGREE = """
SELECT (SELECT count(*) FROM mentions), (SELECT count(*) FROM (SELECT DISTINCT id FROM mentions)),
       (SELECT count(*) FROM (SELECT unnest(mentions) FROM events)),
       (SELECT count(*) FROM mentions WHERE event NOT IN (SELECT id FROM events)),
       (SELECT count(*) FROM articles) - (SELECT count(*) FROM (SELECT DISTINCT id FROM articles)),
       (SELECT count(*) FROM mentions WHERE article NOT IN (SELECT id FROM articles))
"""


@dataclass
class Toll:
    """What was killed where, and what was wrong afterwards."""

    killed: Counter[str] = field(default_factory=Counter)
    by_command: Counter[str] = field(default_factory=Counter)
    finished: int = 0
    faults: list[str] = field(default_factory=list)


def start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def locked(store: Path) -> bool:
    """Tell whether a process holds the store's lock, without touching the lock."""
    try:
        inode = (store / ".lock").stat().st_ino
    except FileNotFoundError:
        return False
    return f":{inode} " in Path("/proc/locks").read_text(encoding="ascii")


def phase(store: Path, *, held: bool) -> str:
    """Tell what a process that was killed had been doing, by what it has left behind."""
    manifest = read_manifest(store) if store.exists() else None
    if manifest is None:
        return "no store yet"
    ahead = [
        str(entry["operation"])
        for name, version in manifest.tables.items()
        for table in [DeltaTable(store / name)]
        for entry in table.history(max(0, table.version() - version) or None)
        if table.version() > version
    ]
    modes = " ".join(ahead)
    if "VACUUM" in modes:
        return "cleaning"
    if ahead:
        return "tidying" if "OPTIMIZE" in modes or _overwritten(store, manifest.tables) else "committing"
    return "merging" if held else "reading"


def _overwritten(store: Path, versions: dict[str, int]) -> bool:
    """Tell whether a table was rewritten, not added to, since it was committed."""
    for name, version in versions.items():
        for log in sorted((store / name / "_delta_log").glob("*.json")):
            if (
                log.stem.isdigit()
                and int(log.stem) > version
                and '"remove"' in log.read_text(encoding="utf-8")
            ):
                return True
    return False


def worked(process: subprocess.Popen[bytes]) -> float:
    """Return the processor's seconds that a process has used: how busy the machine is does not count."""
    cells = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(cells[11]) + int(cells[12])) / os.sysconf("SC_CLK_TCK")


def wait(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Let a process work until it has used so many seconds of the processor, unless it is done before."""
    while process.poll() is None and worked(process) < seconds:
        time.sleep(0.002)


def kill(process: subprocess.Popen[bytes], store: Path, draw: random.Random, life: float) -> str | None:
    """Kill a process at a drawn moment and return the phase that it was in; None if it was done before."""
    wait(process, draw.uniform(0, life))
    if draw.random() < AIMED:
        while not locked(store) and process.poll() is None:
            time.sleep(0.002)
        wait(process, worked(process) + draw.uniform(0, life / 5) if process.poll() is None else 0)
    if process.poll() is not None:
        return None
    process.send_signal(signal.SIGSTOP)
    held = locked(store)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return phase(store, held=held)


def check(store: Path) -> list[str]:
    """Open a store as a reader does, and as plain tables; return what is wrong with it."""
    if read_manifest(store) is None:
        return []  # its creation was cut short, and the next process finishes it
    opened = open_store(store, create=False)
    ((mentions, distinct, told, orphans, doubled, homeless),) = opened.query(AGREE).fetchall()
    faults = []
    if not mentions == distinct == told or orphans or doubled or homeless:
        faults.append(
            f"{mentions} mentions, {distinct} distinct, {told} told, {orphans} without event, {doubled}, {homeless}"
        )
    tables = opened._now().manifest.tables  # noqa: SLF001 - docs/store.md names the file that holds them
    for name, version in tables.items():
        files = DeltaTable(store / name, version=version).file_uris()
        if files:
            duckdb.connect().execute("SELECT count(*) FROM read_parquet(?)", [list(files)]).fetchall()
    return faults


def contents(store: Store) -> dict[str, list[Any]]:
    """Return the rows of all tables, without the hour at which they were written."""
    found: dict[str, list[Any]] = {}
    for name in COMPARED:
        names = ", ".join(column for column in TABLES[name] if column not in LEFT_OUT | {"batch"})
        found[name] = sorted(map(repr, store.query(f"SELECT {names} FROM {name}")))  # noqa: S608 - names of our own
    found["records of events"] = sorted(
        repr(msgspec.structs.replace(event, revised_at=None)) for event in store.events()
    )
    found["records of mentions"] = sorted(map(repr, store.mentions()))
    return found


def differences(one: dict[str, list[Any]], other: dict[str, list[Any]]) -> list[str]:
    return [
        f"{name}: {len(set(rows) - set(other[name]))} too many, {len(set(other[name]) - set(rows))} missing, "
        f"{len(rows)} against {len(other[name])} rows"
        for name, rows in one.items()
        if rows != other[name]
    ]


def undisturbed(folder: Path, store: Path) -> tuple[list[float], dict[str, list[Any]]]:
    """Run the commands without a kill; return how long each lives, and the tables at the end."""
    lives = []
    for _, command in commands(folder, store):
        process = start(command)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{' '.join(command)}: ended with status {process.returncode}")
        lives.append(used.ru_utime + used.ru_stime)
    return lives, contents(open_store(store))


def disturbed(
    folder: Path, store: Path, lives: Sequence[float], draw: random.Random, toll: Toll, most: int
) -> None:
    """Run the commands, each killed several times and then left to finish."""
    for (name, command), life in zip(commands(folder, store), lives, strict=True):
        for _ in range(AGAIN):
            if toll.killed.total() >= most:
                break
            process = start(command)
            where = kill(process, store, draw, life)
            if where is None:
                toll.finished += 1
            else:
                toll.killed[where] += 1
                toll.by_command[name] += 1
            if where is None and process.returncode:
                toll.faults.append(f"{name}: ended with status {process.returncode}")
            try:
                toll.faults += [f"after {name} was killed {where}: {fault}" for fault in check(store)]
            except Exception as error:  # noqa: BLE001 - whatever a reader meets is what is looked for
                toll.faults.append(f"after {name} was killed {where}: {type(error).__name__}: {error}")
        done = subprocess.run(
            command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        if done.returncode:
            toll.faults.append(f"{name}: ended with status {done.returncode}: {done.stderr[-300:]}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    draw, toll, rounds = random.Random(options.seed), Toll(), 0
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        write_inputs(folder)
        lives, right = undisturbed(folder, folder / "right")
        while toll.killed.total() < options.kills:
            rounds += 1
            store = folder / f"round{rounds}"
            disturbed(folder, store, lives, draw, toll, options.kills)
            toll.faults += [
                f"round {rounds}: {line}" for line in differences(contents(open_store(store)), right)
            ]
            drafts = [entry.name for entry in store.iterdir() if entry.name.startswith(".legation.json")]
            toll.faults += [f"round {rounds}: {name} was left behind" for name in drafts]
            print(
                f"round {rounds}: {toll.killed.total()} kills, {len(toll.faults)} faults",
                file=sys.stderr,
                flush=True,
            )
    found = {
        "kills": toll.killed.total(), "rounds": rounds, "done before the kill": toll.finished,
        "rows": {name: len(rows) for name, rows in right.items()}, "seconds of a command": [round(s, 1) for s in lives],
        "killed while": {name: toll.killed[name] for name in PHASES}, "killed in": dict(toll.by_command),
        "faults": toll.faults,
    }  # fmt: skip
    if options.json:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            print(f"{name:24}", value if name != "faults" else "\n".join(["", *toll.faults]) or "none")
    return bool(toll.faults)


if __name__ == "__main__":
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"  # a kill while a cache is written is Python's matter
    sys.exit(main())
