"""The tables of actors: CSV files with a header row and ``#`` comments, ours and the user's.

The header says which kind of table a file is, so a user may name it freely.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import msgspec

from legation.errors import DataFileError
from legation.records import Kind

FOLDER = Path(__file__).parent.parent / "data" / "actors"
_NAMED = ("key", "names", "kind", "country", "sectors", "from", "to", "source")
COLUMNS: dict[str, tuple[str, ...]] = {
    "states": (
        "key", "names", "adjectives", "people", "capital", "seats", "iso3", "iso2", "cow", "gw", "fips",
        "cameo", "from", "to", "successor", "source",
    ),
    "regions": ("key", "names", "adjectives", "people", "country", "sectors", "from", "to", "source"),
    "peoples": ("key", "names", "adjectives", "country", "sectors", "source"),
    "people in office": ("key", "names", "country", "office", "sectors", "from", "to", "source"),
    "organisations": _NAMED,
    "agents": ("key", "names", "kind", "role", "sectors", "source"),
    "titles": ("title", "sectors", "source"),
    "patterns": ("pattern", "kind", "sectors", "country", "source"),
    "words": ("word", "role", "use"),
    "cameo roles": ("cameo", "sectors"),
}  # fmt: skip
SHIPPED = (
    "organisations", "agencies", "groups", "parties", "leaders", "ministers", "states", "regions", "peoples",
    "agents", "titles", "patterns",
)  # fmt: skip
SECTORS = frozenset(
    [
        "COP",
        "GOV",
        "JUD",
        "LEG",
        "MIL",
        "PRM",
        "PTY",
        "REB",
        "SPY",
        "UAF",
        "UNK",
        "AGR",
        "BUS",
        "CRM",
        "CVL",
        "EDU",
        "ELI",
        "JRN",
        "LAB",
        "MED",
        "REF",
        "OPP",
        "PRE",
        "REL",
        "SOC",
    ]
)
STATELESS = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
KINDS = frozenset(get_args(Kind))
_CODE = re.compile(r"[A-Z]{3}")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class Row(msgspec.Struct, frozen=True):
    """One row: where it stands, and its cells by column."""

    file: str
    line: int
    cells: dict[str, str]

    def many(self, column: str) -> list[str]:
        """Return the values of a cell, which semicolons separate."""
        cell = self.cells[column]
        if ";" not in cell:
            return [cell] if cell else []
        return [value.strip() for value in cell.split(";") if value.strip()]

    def sectors(self, *also: str) -> tuple[str, ...]:
        """Return the sectors, each of which must be one of PLOVER's."""
        return sectors(self.file, self.line, self.cells["sectors"], also)

    def countries(self) -> tuple[str, ...]:
        """Return the country codes, the main one first."""
        codes = tuple(self.many("country"))
        for code in codes:
            if not _CODE.fullmatch(code):
                raise DataFileError(self.file, self.line, f"{code!r} is no country code of three capitals")
        return codes

    def begin(self) -> date | None:
        """Return the first day, or None where the row names none."""
        return self._day("from", 1, 1)

    def end(self) -> date | None:
        """Return the last day, or None where the row names none."""
        return self._day("to", 12, 31)

    def _day(self, column: str, month: int, day: int) -> date | None:
        text = self.cells[column]
        if not text:
            return None
        match = _DATE.fullmatch(text)
        try:
            if match:
                if match[2] and not match[3] and month > 1:
                    day = 28
                return date(int(match[1]), int(match[2] or month), int(match[3] or day))
        except ValueError:
            pass
        raise DataFileError(self.file, self.line, f"{text!r} is no date; write 2020, 2020-01 or 2020-01-10")


def read_table(path: Path) -> tuple[str, list[Row]]:
    """Return the kind of a table and its rows; `DataFileError` names a line that breaks the form."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DataFileError(path, 1, f"not UTF-8 at byte {error.start}") from None
    lines = _lines(text)
    header = next(lines, None)
    if header is None:
        raise DataFileError(path, 1, "the table is empty; it needs a header row")
    line, cells = header
    kind = next((name for name, columns in COLUMNS.items() if columns == tuple(cells)), None)
    if kind is None:
        known = "; ".join(f"{name}: {','.join(columns)}" for name, columns in COLUMNS.items())
        raise DataFileError(path, line, f"the header fits no table ({known})")
    columns, name = COLUMNS[kind], path.name
    rows = []
    for line, cells in lines:
        if len(cells) != len(columns):
            raise DataFileError(path, line, f"{len(cells)} cells where the header has {len(columns)}")
        rows.append(Row(name, line, dict(zip(columns, cells, strict=True))))
    return kind, rows


def sectors(file: str, line: int, cell: str, also: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the sectors in a cell, separated by spaces or semicolons."""
    found = tuple(cell.replace(";", " ").split())
    for sector in found:
        if sector not in SECTORS and sector not in also:
            raise DataFileError(file, line, f"{sector!r} is no sector; one of {' '.join(sorted(SECTORS))}")
    return found


def check_kind(row: Row, *also: str) -> str:
    """Return the kind of a row, which must be one that a party can have."""
    kind = row.cells["kind"]
    if kind not in KINDS and kind not in also:
        raise DataFileError(row.file, row.line, f"{kind!r} is no kind; one of {', '.join(sorted(KINDS))}")
    return kind


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line[0] == "#" or line.isspace():
            continue
        yield number, next(csv.reader((line,))) if '"' in line else line.split(",")
