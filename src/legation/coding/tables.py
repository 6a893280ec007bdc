"""Codebook tables: comma- or tab-separated text with a header row and ``#`` comments.

The header says which kind of table it is, so a user may name a file freely.
"""

from __future__ import annotations

import csv
import re
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from legation.coding.frames import hint
from legation.errors import DataFileError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

PACKAGED = ("sets.csv", "types.csv", "modes.csv", "contexts.csv", "links.csv", "lexicon.tsv", "mode_cues.csv")
SUFFIXES = (".csv", ".tsv")
COLUMNS = {
    "sets": ("set", "lemmas"),
    "types": ("type", "quad", "intensity", "definition", "cameo"),
    "modes": ("type", "mode", "intensity", "cameo", "definition"),
    "contexts": ("context", "definition", "cues"),
    "links": ("type", "pos", "actor", "recipient"),
    "lexicon": (
        "entry", "pos", "type", "mode", "frame", "actor", "recipient", "reciprocal", "status", "priority",
    ),
    "cues": ("type", "mode", "near", "lemmas"),
    "covers": ("type", "covers"),
    "examples": ("type", "mode", "sentence"),
    "codes": ("code", "type"),
}  # fmt: skip


_BLOCK = re.compile(r"^---\s*\S", re.MULTILINE)


class Table(msgspec.Struct, frozen=True):
    """One file: its name, kind, text, and the line on which the header stands."""

    file: str
    kind: str
    text: str
    header: int

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the line number and cells of each row; cells left out at the end are empty."""
        columns = COLUMNS[self.kind]
        width, blanks = len(columns), [("",) * missing for missing in range(len(columns) + 1)]
        for line, text in enumerate(self.text.split("\n"), 1):
            if line <= self.header or not text or text.isspace() or text[0] == "#":
                continue
            cells = _cells(text)
            if not cells[0] and not any(cells):
                continue
            if len(cells) > width:
                if any(cells[width:]):
                    raise DataFileError(self.file, line, f"{len(cells)} cells, but only {width} columns")
                cells = cells[:width]  # spreadsheets leave empty cells behind
            yield line, dict(zip(columns, (*cells, *blanks[width - len(cells)]), strict=True))

    @property
    def size(self) -> int:
        """How many rows there are, or blocks of a verb dictionary."""
        return len(_BLOCK.findall(self.text)) if self.kind == "verbs" else sum(1 for _ in self.rows())

    def keyed_rows(self, *keys: str) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the rows, none of which may repeat another's key or leave it empty."""
        seen: dict[tuple[str, ...], int] = {}
        for line, row in self.rows():
            key = tuple(row[name] for name in keys)
            if not all(key):
                raise DataFileError(self.file, line, f"the column {' or '.join(keys)} is empty")
            if key in seen:
                raise DataFileError(self.file, line, f"{' '.join(key)!r} stands already in line {seen[key]}")
            seen[key] = line
            yield line, row


def read_table(file: str, text: str) -> Table:
    """Return the table in ``text``; its header decides the kind."""
    for line, row in enumerate(text.split("\n"), 1):
        if row.strip() and not row.startswith("#"):
            return Table(file, _kind(file, line, tuple(_cells(row))), text, line)
    raise DataFileError(file, 1, "the table is empty; it needs a header row")


def resolve_sets(tables: Sequence[Table]) -> dict[str, frozenset[str]]:
    """Return the named sets of lemmas; a set may take in sets named before it as ``@name``."""
    sets: dict[str, frozenset[str]] = {}
    for table in tables:
        for line, row in table.keyed_rows("set"):
            lemmas: set[str] = set()
            for part in (part.strip() for part in row["lemmas"].split(";")):
                if part.startswith("@"):
                    if part[1:] not in sets:
                        reason = f"no set {part} stands above{hint(part[1:], sets)}"
                        raise DataFileError(table.file, line, reason)
                    lemmas |= sets[part[1:]]
                elif not part or part != part.lower():
                    raise DataFileError(table.file, line, f"{part!r} is no lower-case lemma")
                else:
                    lemmas.add(part)
            sets[row["set"]] = frozenset(lemmas)
    return sets


def number(file: str, line: int, text: str) -> float:
    """Return an intensity, which lies between -10 and 10."""
    try:
        value = float(text)
    except ValueError:
        raise DataFileError(file, line, f"{text!r} is no number") from None
    if not -10 <= value <= 10:  # noqa: PLR2004 - the scale's ends
        raise DataFileError(file, line, f"intensity {text} lies outside -10 to 10")
    return value


def whole(file: str, line: int, text: str) -> int:
    """Return a whole number."""
    try:
        return int(text)
    except ValueError:
        raise DataFileError(file, line, f"{text!r} is no whole number") from None


def packaged_tables() -> list[Table]:
    """Return the tables of the package."""
    folder = files("legation") / "data" / "codebook"
    return [read_table(name, (folder / name).read_text(encoding="utf-8")) for name in PACKAGED]


def table_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files named and those of folders, in the order of their names."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(item for item in path.iterdir() if item.suffix.lower() in SUFFIXES)
            if not inside:
                raise UsageError(f"{path}: no table is in this folder; a table is a .csv or .tsv file")
            found += inside
        elif path.is_file():
            found.append(path)
        else:
            raise UsageError(f"{path}: no codebook file or folder is there")
    return found


def users_table(path: Path) -> Table:
    """Return the table of a file; a ``.txt`` file is a verb dictionary of TABARI or PETRARCH."""
    if path.suffix.lower() == ".txt":
        text = _text(path)
        if not _BLOCK.search(text):
            reason = "this is no verb dictionary: no block begins, as in --- ACT [100] ---"
            raise DataFileError(path, 1, reason)
        return Table(str(path), "verbs", text, 0)
    return read_table(str(path), _text(path))


def _text(path: Path) -> str:
    """Return the text of a table; spreadsheets like to begin it with a byte order mark."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataFileError(path, line, "this is no UTF-8; save the table as UTF-8") from error


def _cells(text: str) -> list[str]:
    if "\t" in text:
        return [cell.strip() for cell in text.split("\t")]
    return [cell.strip() for cell in next(csv.reader([text], skipinitialspace=True))]


def _kind(file: str, line: int, header: tuple[str, ...]) -> str:
    while header and not header[-1]:  # spreadsheets leave empty cells behind
        header = header[:-1]
    for kind, columns in COLUMNS.items():
        if header == columns:
            return kind
    known = "; ".join(f"{kind}: {', '.join(columns)}" for kind, columns in COLUMNS.items())
    raise DataFileError(file, line, f"the header fits no table ({known})")
