"""Scores of persons in and out of office: who a name stands for on the day of a report.

A pair of ``data/offices.csv`` is right if country and sectors are those expected, sectors in any order; ``none``
asks that the words name nobody. The pairs were written by hand, from general knowledge and without a look at the
tables; about half of the days lie outside the person's terms. They are scored through `Actors.identify`, as a noun
phrase without an article around it.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from legation.grounding.actors import Actors, Identity

PAIRS = Path(__file__).parent / "data" / "offices.csv"
NOBODY = "none"


class Pair(NamedTuple):
    """A name as a report gives it, the day of the report, and what is expected."""

    name: str
    day: date
    country: str
    sectors: tuple[str, ...]

    @property
    def part(self) -> str:
        """Return whether the day lies in a term: ``in``, ``after`` or ``before``; ``none`` for nobody."""
        if self.country == NOBODY:
            return NOBODY
        return "after" if self.sectors == ("ELI",) else "in" if self.sectors else "before"


def read(path: Path = PAIRS) -> list[Pair]:
    """Return the pairs of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return [
            Pair(row["name"], date.fromisoformat(row["date"]), row["country"], tuple(row["sectors"].split()))
            for row in rows
        ]


def ask(actors: Actors, pair: Pair) -> Identity | None:
    """Return whom the tables see in the name on that day."""
    words = pair.name.split()
    return actors.identify(words, len(words) - 1, day=pair.day)


def is_right(pair: Pair, found: Identity | None) -> bool:
    """Tell whether country and sectors are the expected ones."""
    if found is None or pair.country == NOBODY:
        return found is None and pair.country == NOBODY
    return found.country == pair.country and sorted(found.sectors) == sorted(pair.sectors)


def wrong(actors: Actors, pairs: list[Pair]) -> Iterator[tuple[Pair, Identity | None]]:
    """Yield the pairs that are wrong, with what was found."""
    for pair in pairs:
        found = ask(actors, pair)
        if not is_right(pair, found):
            yield pair, found


def measure(path: Path = PAIRS) -> dict[str, float]:
    """Return the share of right pairs in per cent, of all (``offices``) and of each part."""
    pairs = read(path)
    missed = [pair for pair, _ in wrong(Actors.load(), pairs)]
    result = {"offices": 100 - 100 * len(missed) / len(pairs)}
    for part in ("in", "after", "before", NOBODY):
        held = [pair for pair in pairs if pair.part == part]
        lost = [pair for pair in missed if pair.part == part]
        result[f"offices_{part}"] = 100 - 100 * len(lost) / max(1, len(held))
    return result


def main() -> None:
    """Print the scores, or with ``--errors`` what is wrong."""
    parser = argparse.ArgumentParser(description="Score persons in and out of office.")
    parser.add_argument("--pairs", type=Path, default=PAIRS)
    parser.add_argument("--errors", action="store_true", help="print every wrong pair")
    options = parser.parse_args()
    if options.errors:
        for pair, found in wrong(Actors.load(), read(options.pairs)):
            got = f"{found.country or '-'} {' '.join(found.sectors)} ({found.how})" if found else NOBODY
            print(f"{pair.name}, {pair.day}: {pair.country} {' '.join(pair.sectors)}, not {got}")
        return
    for name, share in measure(options.pairs).items():
        print(f"{name:16}{share:6.1f}")


if __name__ == "__main__":
    main()
