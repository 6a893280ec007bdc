"""CAMEO codes as event types."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from legation.errors import DataFileError
from legation.labels import TYPES

_FILE = Path(__file__).with_name("cameo.tsv")
_COLUMNS = 3
QUADS = {
    "AGREE": 1,
    "CONSULT": 1,
    "SUPPORT": 1,
    "CONCEDE": 1,
    "COOPERATE": 2,
    "AID": 2,
    "RETREAT": 2,
    "REQUEST": 3,
    "ACCUSE": 3,
    "REJECT": 3,
    "THREATEN": 3,
    "PROTEST": 4,
    "SANCTION": 4,
    "MOBILIZE": 4,
    "COERCE": 4,
    "ASSAULT": 4,
}


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
    found: dict[str, tuple[str, str]] = {}
    for number, line in enumerate(_FILE.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith(("#", "code\t")):
            continue
        cells = line.split("\t")
        if len(cells) != _COLUMNS or not cells[0].isdigit():
            raise DataFileError(_FILE, number, "a line is a CAMEO code, a type and a mode, between tabs")
        if cells[1] not in (*TYPES, "-"):
            raise DataFileError(_FILE, number, f"{cells[1]!r} is no event type")
        found[cells[0]] = (cells[1], cells[2])
    return found
