"""The jobs that ``speed.py`` runs, each in a process of its own; a job prints its figures as JSON.

python benchmarks/speed_jobs.py rates --folder ../shared/data/news/worldwide --limit 200 --cores 2
"""

from __future__ import annotations

import argparse
import gc
import importlib
import itertools
import json
import os
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from legation.records import Article
from legation.sources import Options, open_sources

Figures = dict[str, float]
MARKS = (0.1, 0.5, 1.0)
ROOMS = {
    "sources": ["legation.sources.readers:read_input", "legation.sources.opening:finish"],
    "language": [
        "legation.language.parser:tokenize_text", "legation.language.parser:Parser.sentence",
        "legation.language.parser:Signals.links", "legation.language.parser:Signals.roles",
    ],
    "coding": ["legation.coder:Tree", "legation.coder:draft"],
    "grounding": ["legation.mentions:Assembler.mentions"],
    "merging": [
        "legation.coder:merge_article", "legation.store.adding:merge_article",
        "legation.store.adding:merge_reports", "legation.store.adding:tellings_of",
        "legation.store.adding:fingerprint", "legation.store.adding:group_copies",
    ],
    "store": ["legation.store:Store.add"],
}  # fmt: skip


def files(folder: Path, limit: int) -> list[Path]:
    """Return up to ``limit`` articles, drawn evenly from the whole folder, the same each time."""
    found = sorted(folder.glob("*.txt"))
    step = max(1, len(found) // limit)
    return found[::step][:limit]


def articles(options: argparse.Namespace) -> list[Article]:
    names = [str(path) for path in files(options.folder, options.limit)]
    return [found for found in open_sources(names, Options()) if isinstance(found, Article)]


def start(options: argparse.Namespace) -> Figures:
    """Load the language layer and parse one sentence; the parent adds the start of Python."""
    del options
    from legation.language.model import Model
    from legation.language.parser import Parser

    began = time.perf_counter()
    parser = Parser(Model())
    loaded = time.perf_counter()
    parser.article(Article(text="Ecuador expelled the ambassador on Friday."))
    return {"load seconds": loaded - began, "first sentence seconds": time.perf_counter() - loaded}


def words(options: argparse.Namespace) -> Figures:
    """Measure words a second of the language layer alone, whole articles side by side on the cores."""
    from legation.language.model import Model
    from legation.language.parser import Parser

    given, parser = articles(options), Parser(Model())
    parser.article(given[0])
    with ThreadPoolExecutor(options.cores) as pool:
        began = time.perf_counter()
        parsed = list(pool.map(parser.article, given))
        spent = time.perf_counter() - began
    return {"words a second": sum(len(s.words) for found in parsed for s in found) / spent}


def rates(options: argparse.Namespace) -> Figures:
    """Measure articles and words a second of the whole coder."""
    from legation.coder import Coder

    given, coder = articles(options), Coder(threads=options.cores)
    coder.read_article(given[0])
    began = time.perf_counter()
    total = sum(len(s.words) for report in coder.read_many(given) for s in report.sentences)
    spent = time.perf_counter() - began
    return {"articles a second": len(given) / spent, "words a second": total / spent}


class Clock:
    """Seconds by room. A room that is called from another stops the other's clock."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._open: list[str] = []
        self._since = time.perf_counter()

    def turn(self, room: str | None) -> None:
        """Enter a room, or leave the last one."""
        now = time.perf_counter()
        if self._open:
            self.seconds[self._open[-1]] += now - self._since
        self._since = now
        if room is None:
            self._open.pop()
        else:
            self._open.append(room)

    def watch(self, room: str, where: str) -> None:
        """Time a public callable, named ``module:name``, in the module that calls it."""
        module, _, name = where.partition(":")
        *owner, last = name.split(".")
        holder: Any = importlib.import_module(module)
        for part in owner:
            holder = getattr(holder, part)
        setattr(holder, last, self._timed(room, getattr(holder, last)))

    def _timed(self, room: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            self.turn(room)
            try:
                found = call(*given, **named)
            finally:
                self.turn(None)
            return self._steps(room, found) if isinstance(found, Iterator) else found

        return timed

    def _steps(self, room: str, found: Iterator[Any]) -> Iterator[Any]:
        while True:
            self.turn(room)
            try:
                value = next(found)
            except StopIteration:
                return
            finally:
                self.turn(None)
            yield value


def rooms(options: argparse.Namespace) -> Figures:
    """Return each room's share of the time from files to a store, on one core."""
    clock = Clock()
    for room, places in ROOMS.items():
        for place in places:
            clock.watch(room, place)
    from legation.coder import Coder
    from legation.store import open_store

    coder = Coder()
    coder.read("Ecuador expelled the ambassador on Friday.", date="2020-01-11")
    clock.seconds.clear()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "store") as store:
        store.add(list(coder.read_many(articles(options))))
    spent = time.perf_counter() - began
    found = {room: clock.seconds[room] / spent for room in ROOMS}
    return found | {"the rest": 1 - sum(found.values())}


def memory(options: argparse.Namespace) -> Figures:
    """Return the resident memory in MB after a tenth, a half and all of the articles, given again and again."""
    from legation.coder import Coder

    coder, given = Coder(), files(options.folder, options.limit)
    marks = {round(options.limit * mark) for mark in MARKS}
    names = itertools.islice(itertools.cycle(map(str, given)), options.limit)
    found = (one for name in names for one in open_sources([name], Options()) if isinstance(one, Article))
    figures = {}
    for number, _ in enumerate(coder.read_many(found), 1):
        if number in marks:
            gc.collect()
            figures[f"after {number}"] = resident()
    return figures


def resident() -> float:
    """Return the resident memory of this process in MB."""
    status = Path("/proc/self/status")
    if not status.exists():  # the peak, where the system tells no more
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


JOBS = {job.__name__: job for job in (start, words, rates, rooms, memory)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("job", choices=JOBS)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--limit", type=int, default=200)
    parser.add_argument("--cores", type=int, default=1)
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: options.cores])
    json.dump(JOBS[options.job](options), sys.stdout)


if __name__ == "__main__":
    main()
