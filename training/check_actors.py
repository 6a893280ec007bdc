"""Checks the tables of actors: codes, dates, keys, sources; says what is stale or shared.

    python training/check_actors.py [--today 2026-01-31] [FILE...]

Exit status 1 if a table has an error; stale rows, and names that two bodies of one
country bear at once, are listed and are none.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from legation.errors import DataFileError
from legation.grounding.actors import Actors
from legation.grounding.tables import FOLDER, STATELESS, Row, read_table
from legation.tables import rows

LONGEST_TERM = 15 * 365
"""Days after which an open term is worth a look."""
UNSOURCED = {"words", "cameo roles"}
SMALL = {
    "namesakes.csv": ("word", "name"), "offices.csv": ("office", "country"),
    "short_names.csv": ("word", "name", "beside"), "state_kinds.csv": ("words", "kind", "countries"),
}  # fmt: skip
"""Tables of another shape and their columns; the head of each names its source."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the files named, or all that ship."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--today", type=date.fromisoformat, default=date.today())  # noqa: DTZ011 - a day is meant
    options = parser.parse_args(arguments)
    files = options.files or sorted(FOLDER.glob("*.csv"))
    errors, stale = list[str](), list[str]()
    named = list[Row]()
    codes = _codes()
    for path in files:
        try:
            if path.name in SMALL:
                errors += [f"{path}, line {line}: {reason}" for line, reason in small_faults(path, codes)]
                continue
            kind, found = read_table(path)
        except DataFileError as error:
            errors.append(str(error))
            continue
        errors += [f"{path}, line {line}: {reason}" for line, reason in faults(kind, found, codes)]
        stale += [
            f"{path}, line {row.line}: {row.cells['key']} {reason}"
            for row, reason in staleness(kind, found, options.today)
        ]
        named += found if kind == "organisations" else []
        print(f"{path.name}: {len(found)} rows")
    shared = list(rivals(named))
    try:
        Actors.load(options.files)
    except DataFileError as error:
        errors.append(str(error))
    for line in errors:
        print(line, file=sys.stderr)
    print(f"{len(errors)} errors, {len(stale)} stale rows at {options.today}")
    for line in stale:
        print("stale:", line)
    for line in shared:
        print("shared:", line)
    return 1 if errors else 0


def faults(kind: str, table: Sequence[Row], codes: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield the line and the reason of each error in a table."""
    seen: dict[tuple[str, ...], int] = {}
    for row in table:
        key = _key(kind, row)
        if not key[0]:
            yield row.line, "the first column is empty"
        if key in seen:
            yield row.line, f"{' '.join(key)!r} stands already in line {seen[key]}"
        seen.setdefault(key, row.line)
        yield from _dates(row)
        if "country" in row.cells and row.cells.get("kind") != "link":
            yield from (
                (row.line, f"no state has the code {code!r}")
                for code in row.many("country")
                if code not in codes
            )
        if kind not in UNSOURCED and not row.cells["source"]:
            yield row.line, "the row names no source"


def small_faults(path: Path, codes: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield the line and the reason of each error in a table that has no keys."""
    actors, seen = Actors.load(), dict[tuple[str, ...], int]()
    for line, row in rows(path, SMALL[path.name]):
        key = tuple(row[column] for column in SMALL[path.name][:2])
        if key in seen:
            yield line, f"{' '.join(key)!r} stands already in line {seen[key]}"
        seen.setdefault(key, line)
        said = [row.get("country", ""), row.get("beside", ""), *row.get("countries", "").split(";")]
        yield from ((line, f"no state has the code {code!r}") for code in said if code and code not in codes)
        name = row.get("name", "").split()
        if name and actors.identify(name, len(name) - 1) is None:
            yield line, f"no table has the name {row['name']!r}"


def staleness(kind: str, table: Sequence[Row], today: date) -> Iterator[tuple[Row, str]]:
    """Yield the rows that time has overtaken: an open term of many years, or a date that lies ahead."""
    for row in table:
        if "from" not in row.cells:
            continue
        begin, end = row.begin(), row.end()
        if begin and begin > today:
            yield row, f"begins after today ({begin})"
        if end and end > today:
            yield row, f"ends after today ({end})"
        if kind == "people in office" and begin and not end and (today - begin).days > LONGEST_TERM:
            yield row, f"has been in office since {begin}"


def rivals(table: Sequence[Row]) -> Iterator[str]:
    """Yield the names that two bodies of one country bear at the same time, so that the first row is meant."""
    bearers: dict[tuple[str, str], list[Row]] = {}
    for row in table:
        for name in dict.fromkeys(row.many("names")):
            held = bearers.setdefault((name, row.countries()[0] if row.countries() else ""), [])
            for other in held:
                if other.cells["key"] != row.cells["key"] and _overlap(row, other):
                    yield f"{row.file}, line {row.line}: {name!r} is {other.cells['key']} too ({other.file})"
            held.append(row)


def _overlap(one: Row, other: Row) -> bool:
    begins = [row.begin() or date.min for row in (one, other)]
    ends = [row.end() or date.max for row in (one, other)]
    return max(begins) <= min(ends)


def _key(kind: str, row: Row) -> tuple[str, ...]:
    first = next(iter(row.cells.values()))
    if kind == "people in office":
        return first, row.cells["office"], row.cells["from"]
    if kind == "organisations":
        return first, row.cells["from"]
    return (first, row.cells["role"]) if kind == "words" else (first,)


def _dates(row: Row) -> Iterator[tuple[int, str]]:
    if "from" not in row.cells:
        return
    try:
        begin, end = row.begin(), row.end()
    except DataFileError as error:
        yield row.line, error.reason
        return
    if begin and end and end < begin:
        yield row.line, f"ends ({end}) before it begins ({begin})"


def _codes() -> frozenset[str]:
    _, rows = read_table(FOLDER / "states.csv")
    return frozenset(row.cells["key"] for row in rows) | STATELESS


if __name__ == "__main__":
    sys.exit(main())
