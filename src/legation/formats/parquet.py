"""Parquet: a row for each mention or event, with typed columns and lists as lists."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import duckdb

from legation.formats import What
from legation.formats.csv import columns, row_of
from legation.formats.flat import records
from legation.records import Report
from legation.store.reading import read_files
from legation.store.schema import arrow_table

_PART = 10_000


def write(reports: Iterable[Report], what: What, stream: BinaryIO) -> int:
    """Write one file with the columns of the format ``csv``; return the number of records.

    It is gathered in parts on disk, so that memory stays flat however many there are.
    """
    kept = ", ".join(f'"{name}"' for name in columns(what))
    rows = (row_of(record, article) for record, article in records(reports, what))
    count = 0
    with TemporaryDirectory(prefix="legation-") as folder, duckdb.connect() as database:
        parts = list[str]()
        while (part := list(islice(rows, _PART))) or not parts:
            parts.append(str(Path(folder) / f"{len(parts)}.parquet"))
            database.register("part", arrow_table(what, part))
            _copy(database, f"SELECT {kept} FROM part", parts[-1])  # noqa: S608 (names of our own)
            count += len(part)
        whole = Path(folder) / "whole.parquet"
        _copy(database, f"FROM {read_files(parts)}", str(whole))
        with whole.open("rb") as made:
            shutil.copyfileobj(made, stream)
    return count


def _copy(database: duckdb.DuckDBPyConnection, query: str, path: str) -> None:
    quoted = path.replace("'", "''")
    try:
        database.execute(f"COPY ({query}) TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)")
    except duckdb.IOException as error:
        raise OSError(" ".join(str(error).split())) from error
