"""Parquet: one article a row, read with DuckDB a few rows at a time."""

from __future__ import annotations

import glob

from legation.errors import InputError
from legation.sources.columns import find_layout
from legation.sources.inputs import Input
from legation.sources.items import Found, Options

_BATCH = 64
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def read_parquet(source: Input, options: Options) -> Found:
    """Yield an article for each row."""
    import duckdb

    if source.path is None:
        raise InputError(source.name, "Parquet cannot be read from a stream", "give the file's name")
    with source.open():  # names a missing or locked file as every reader does
        pass
    file = glob.escape(str(source.path))
    try:
        with duckdb.connect(config=_SETTINGS) as database:
            head = database.execute("describe select * from read_parquet(?)", [file]).fetchall()
            layout = find_layout([str(row[0]) for row in head], options.columns, source.name)
            kept = [column for column in dict.fromkeys(layout.columns.values()) if column]
            quoted = ", ".join('"' + column.replace('"', '""') + '"' for column in kept)
            table = database.execute(f"select {quoted} from read_parquet(?)", [file])  # noqa: S608 - quoted names
            number = 0
            while rows := table.fetchmany(_BATCH):
                for row in rows:
                    number += 1
                    yield layout.draft(f"{source.name}, row {number}", dict(zip(kept, row, strict=True)))
    except duckdb.Error as error:
        reason = str(error).splitlines()[0].removeprefix("Invalid Input Error: ")
        raise InputError(source.name, f"this is no Parquet file that can be read: {reason}") from None
