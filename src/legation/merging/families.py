"""Which event types may tell of the same act."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from legation.errors import DataFileError

_COLUMNS = 2
_FILE = Path(__file__).with_name("families.tsv")


def family(kind: str) -> str:
    """Return the family of an event type; a type without one is its own."""
    return _families().get(kind, kind)


@cache
def _families() -> dict[str, str]:
    found: dict[str, str] = {}
    for number, line in enumerate(_FILE.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or line == "type\tfamily":
            continue
        cells = line.split("\t")
        if len(cells) != _COLUMNS or not all(cells):
            raise DataFileError(_FILE, number, "a line is an event type, a tab and its family")
        if cells[0] in found:
            raise DataFileError(_FILE, number, f"{cells[0]} stands twice")
        found[cells[0]] = cells[1]
    return found
