"""Checking a user's tables: every row that breaks the schema, not only the first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from legation.coding.building import KINDS
from legation.coding.codebook import Codebook
from legation.coding.tables import Table, packaged_tables, table_files, users_table
from legation.errors import DataFileError

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 200


class Checked(msgspec.Struct):
    """The tables that could be read, what is wrong, and the codebook if nothing is."""

    tables: list[Table]
    problems: list[DataFileError]
    codebook: Codebook | None = None


def check(paths: Sequence[Path]) -> Checked:
    """Return what is wrong with files and folders of tables.

    A row that is wrong is set aside and the rest is read again, so that all
    rows of one kind of table are named. Tables that build on that kind are
    read only once it is in order: a type that is missing would make every row
    that names it look wrong.
    """
    found = Checked([], [])
    for path in table_files(paths):
        try:
            found.tables.append(users_table(path))
        except DataFileError as error:
            found.problems.append(error)
    if found.problems:
        return found
    packaged, own = packaged_tables(), list(found.tables)
    wrong: str | None = None
    while len(found.problems) < MOST:
        try:
            codebook = Codebook.build(packaged, own)
        except DataFileError as error:
            place = next((i for i, table in enumerate(own) if table.file == error.file), None)
            kind = own[place].kind if place is not None else KINDS[-1]
            if wrong not in (None, kind):
                break
            found.problems.append(error)
            if place is None or error.line <= own[place].header:
                break
            wrong, own[place] = kind, _without(own[place], error.line)
        else:
            found.codebook = None if found.problems else codebook
            break
    return found


def _without(table: Table, line: int) -> Table:
    """Return a table with one row blanked, so that the numbers of the others stay."""
    lines = table.text.split("\n")
    lines[line - 1] = ""
    return msgspec.structs.replace(table, text="\n".join(lines))
