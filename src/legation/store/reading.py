"""One committed state of a store, as SQL views over the files of its tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from legation.errors import StoreError
from legation.store.manifest import Manifest
from legation.store.rows import Rows
from legation.store.schema import KEYS, TABLES, Kind
from legation.store.tables import files

_SQL: dict[Kind, str] = {
    "text": "VARCHAR", "int": "BIGINT", "float": "DOUBLE", "bool": "BOOLEAN", "day": "DATE",
    "moment": "TIMESTAMPTZ", "texts": "VARCHAR[]", "ints": "BIGINT[]",
}  # fmt: skip
_READS = {"SELECT", "EXPLAIN"}


class Snapshot:
    """A state of a store that does not change while others write.

    A view has the name of its table and holds the current rows; `all_…` holds
    every row written, also those superseded since. ``threads`` limits the cores
    of its queries; all that there are if it is None.
    """

    def __init__(self, folder: Path, manifest: Manifest, threads: int | None = None) -> None:
        self.manifest = manifest
        self.files = {name: files(folder, name, version) for name, version in manifest.tables.items()}
        self._database = duckdb.connect(config={"threads": threads} if threads else {})
        self._database.execute("SET TimeZone = 'UTC'")
        for name in TABLES:
            self._database.execute(f"CREATE VIEW all_{name} AS {self._source(name)}")
        self._database.execute(
            "CREATE TABLE gone AS SELECT table_name, key, max(batch) AS batch "
            "FROM all_superseded GROUP BY ALL"
        )
        stale = {name for (name,) in self.rows("SELECT DISTINCT table_name FROM gone")}
        for name in TABLES:
            self._database.execute(f"CREATE VIEW {name} AS {_current(name, stale=name in stale)}")
        self._database.execute(
            "CREATE VIEW removed_events AS SELECT key AS id, max_by(replaced_by, batch) AS replaced_by, "
            "max(noted_at) AS noted_at FROM all_superseded "
            "WHERE removed AND key NOT IN (SELECT id FROM events) GROUP BY key"
        )
        self._fence(folder)

    def _source(self, name: str) -> str:
        if self.files[name]:
            return f"SELECT * FROM {read_files(self.files[name])}"  # noqa: S608 (paths of our own, quoted)
        columns = ", ".join(f"NULL::{_SQL[kind]} AS {column}" for column, kind in TABLES[name].items())
        return f"SELECT {columns} WHERE false"

    def _fence(self, folder: Path) -> None:
        """Let queries reach no file but the store's, and write nothing."""
        path = str(folder.resolve()).replace("'", "''")
        self._database.execute(f"SET allowed_directories = ['{path}']")
        self._database.execute("SET enable_external_access = false")
        self._database.execute("SET lock_configuration = true")

    def query(self, sql: str, parameters: Sequence[Any] | None = None) -> Rows:
        """Run one SELECT; `StoreError` for anything else and for SQL that does not work."""
        cursor = self._database.cursor()
        try:
            statements = cursor.extract_statements(sql)
            if len(statements) != 1 or statements[0].type.name not in _READS:
                raise StoreError("a query is one SELECT; add() is what changes a store")
            cursor.execute(sql, parameters)
        except duckdb.Error as error:
            raise StoreError(f"the query failed: {' '.join(str(error).split())}") from error
        return Rows(cursor, lambda: self._database.cursor().sql(sql, params=parameters))

    def rows(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Return all rows of a query of our own."""
        return self._database.cursor().execute(sql, parameters).fetchall()

    def relation(self, sql: str) -> Any:
        """Return a query as a stream of Arrow data."""
        return self._database.cursor().sql(sql)


def read_files(paths: Sequence[str]) -> str:
    """Return the rows of Parquet files as a table of SQL."""
    quoted = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    return f"read_parquet([{quoted}])"


def _current(name: str, *, stale: bool) -> str:
    """Return the query for the rows of a table that are not superseded."""
    if not stale:
        return f"SELECT * EXCLUDE (batch) FROM all_{name}"  # noqa: S608 (names of our own)
    return (
        f"SELECT t.* EXCLUDE (batch) FROM all_{name} t WHERE NOT EXISTS (SELECT 1 FROM gone g "  # noqa: S608
        f"WHERE g.table_name = '{name}' AND g.key = t.{KEYS[name]} AND t.batch < g.batch)"
    )
