"""Reading the comma- and tab-separated tables that ship with the package or come from a user."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from legation.errors import DataFileError

Table = Path | Traversable


def shipped(*parts: str) -> Traversable:
    """Return a file of the package's ``data`` folder."""
    return files("legation").joinpath("data", *parts)


def rows(table: Table, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, row) of a table; lines that begin with # are comments.

    A table that lacks one of the columns raises `DataFileError`.
    """
    text = table.read_text(encoding="utf-8")
    numbered = [
        (n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")
    ]
    if not numbered:
        raise DataFileError(
            table, 1, f"the table is empty; its first row names the columns {', '.join(columns)}"
        )
    tab = str(table).endswith(".tsv")
    parsed = csv.reader((line for _, line in numbered), delimiter="\t" if tab else ",")
    head = next(parsed)
    missing = [column for column in columns if column not in head]
    if missing:
        raise DataFileError(
            table, numbered[0][0], f"the column {missing[0]!r} is missing; it has {', '.join(head)}"
        )
    for (number, _), values in zip(numbered[1:], parsed, strict=True):
        if len(values) != len(head):
            raise DataFileError(table, number, f"{len(values)} cells stand where the head names {len(head)}")
        yield number, dict(zip(head, (v.strip() for v in values), strict=True))
