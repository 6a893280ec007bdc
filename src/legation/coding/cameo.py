"""CAMEO codes as event types."""

from __future__ import annotations

from functools import cache

from legation.errors import DataFileError
from legation.labels import TYPES
from legation.tables import shipped

_FILE = ("codebook", "cameo.tsv")
_COLUMNS = 3


def type_and_mode(code: str) -> tuple[str, str | None] | None:
    """Return the type and mode that a CAMEO code stands for, or None for a plain statement.

    `ValueError` for what is no code of CAMEO.
    """
    table = _table()
    for length in range(len(code), 0, -1):
        if code[:length] in table:
            kind, mode = table[code[:length]]
            return None if kind == "-" else (kind, mode or None)
    raise ValueError(f"{code!r} is no CAMEO code")


@cache
def _table() -> dict[str, tuple[str, str]]:
    table, found = shipped(*_FILE), dict[str, tuple[str, str]]()
    for number, line in enumerate(table.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith(("#", "code\t")):
            continue
        cells = line.split("\t")
        if len(cells) != _COLUMNS or not cells[0].isdigit():
            raise DataFileError(table, number, "a line is a CAMEO code, a type and a mode, between tabs")
        if cells[1] not in (*TYPES, "-"):
            raise DataFileError(table, number, f"{cells[1]!r} is no event type")
        found[cells[0]] = (cells[1], cells[2])
    return found
