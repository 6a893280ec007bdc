"""What a query gives back."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

import duckdb

from legation.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

_CHUNK = 1024


class Rows:
    """The rows of a query: read as they come, once, as tuples or dicts, or all as an Arrow table.

    >>> for country, count in store.query("select actor_country, count(*) from events group by 1"): ...
    """

    def __init__(self, cursor: duckdb.DuckDBPyConnection, relation: Callable[[], Any]) -> None:
        self._cursor = cursor
        self._relation = relation
        self.columns: list[str] = [column[0] for column in cursor.description or ()]

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """Yield tuples in the order of `columns`."""
        try:
            while rows := self._cursor.fetchmany(_CHUNK):
                yield from rows
        except duckdb.Error as error:
            raise StoreError(f"the query failed: {' '.join(str(error).split())}") from error

    def dicts(self) -> Iterator[dict[str, Any]]:
        """Yield rows as dicts."""
        for row in self:
            yield dict(zip(self.columns, row, strict=True))

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return all rows that have not been read yet."""
        return list(self)

    def arrow(self) -> Any:
        """Return the whole result as a `pyarrow.Table`; needs pyarrow, which Legation itself does not."""
        try:
            pa = import_module("pyarrow")
        except ImportError as error:
            raise StoreError("arrow() needs pyarrow: pip install pyarrow") from error
        return pa.table(self)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give the result to any library that speaks Arrow's PyCapsule interface."""
        return self._relation().__arrow_c_stream__(requested_schema)
