"""The Delta tables of a store: written, rolled back, rewritten and cleaned."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

# deltalake's allocator keeps what it has freed, the more the longer a run; it reads this as it is loaded.
os.environ.setdefault("_RJEM_MALLOC_CONF", "narenas:1,dirty_decay_ms:0,muzzy_decay_ms:0")

import duckdb
from deltalake import DeltaTable, WriterProperties, write_deltalake
from deltalake.exceptions import DeltaError

from legation.errors import StoreError
from legation.store.schema import TABLES, arrow_schema, arrow_table

MANY_FILES = 48
_LARGE = 32 * 1024 * 1024
_PART = 8 * 1024 * 1024  # some ten thousand articles; rows take five times the room in memory
_KEPT_HOURS = 2
_WRITER = WriterProperties(compression="ZSTD", compression_level=3)
_CAUSES = (
    (errno.ENOSPC, "the disk is full; free some space and add again"),
    (errno.EDQUOT, "the disk quota is used up; free some space and add again"),
    (errno.EROFS, "the disk is read-only"),
    (errno.EACCES, "no permission to write or read here"),
    (errno.EPERM, "no permission to write or read here"),
)  # fmt: skip


def create_tables(folder: Path) -> dict[str, int]:
    """Create the tables that are missing; return the version of each."""
    for name in TABLES:
        DeltaTable.create(folder / name, arrow_schema(name), mode="ignore", name=name)
    return current_versions(folder)


def roll_back(folder: Path, versions: Mapping[str, int]) -> None:
    """Take back what a writer that died had written without committing it."""
    for name, version in versions.items():
        table = DeltaTable(folder / name)
        if table.version() > version:
            table.restore(version)


def append(folder: Path, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Append rows to the tables that have any."""
    for name, added in rows.items():
        if added:
            write_deltalake(folder / name, arrow_table(name, added), mode="append", writer_properties=_WRITER)


def current_versions(folder: Path) -> dict[str, int]:
    """Return the latest version of every table, committed or not."""
    return {name: int(DeltaTable(folder / name).version()) for name in TABLES}


def rewrite(folder: Path, name: str, parts: Iterable[Any]) -> None:
    """Replace a table's rows by Arrow data, a part at a time; the parts are one change once committed."""
    mode: Literal["overwrite", "append"] = "overwrite"
    for part in parts:
        write_deltalake(folder / name, part, mode=mode, target_file_size=_LARGE, writer_properties=_WRITER)
        mode = "append"


def join_files(folder: Path, name: str) -> None:
    """Join a table's small files into larger ones."""
    DeltaTable(folder / name).optimize.compact(target_size=_LARGE)


def clean(folder: Path, name: str) -> None:
    """Delete files that no reader can need any more."""
    table = DeltaTable(folder / name)
    table.vacuum(retention_hours=_KEPT_HOURS, dry_run=False, enforce_retention_duration=False, full=True)


def files(folder: Path, name: str, version: int) -> list[str]:
    """Return the Parquet files of one version of a table."""
    return list(DeltaTable(folder / name, version=version).file_uris())


def parts(files: Sequence[str]) -> Iterator[list[str]]:
    """Share files out so that the rows of a part fit well into memory."""
    part, size = list[str](), 0
    for file in files:
        if part and size > _PART:
            yield part
            part, size = [], 0
        part.append(file)
        size += Path(file).stat().st_size
    if part:
        yield part


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn what can go wrong below into one line that says what to do."""
    try:
        yield
    except (OSError, DeltaError, duckdb.Error) as error:
        raise StoreError(f"{folder}: {_cause(error)}") from error


def _cause(error: Exception) -> str:
    text = str(error)
    for number, cause in _CAUSES:
        if (
            getattr(error, "errno", None) == number
            or f"os error {number})" in text
            or os.strerror(number) in text
        ):
            return cause
    return " ".join(text.split())[:300]
