"""Keeping the tables small: rows that are superseded go, small files are joined, old files are deleted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from legation.store.manifest import Manifest, write_manifest
from legation.store.reading import Snapshot, read_files
from legation.store.schema import KEYS, TABLES
from legation.store.tables import MANY_FILES, clean, current_versions, join_files, parts, rewrite, roll_back

_FEW_ROWS = 20_000
_SHARE = 4


def due(snapshot: Snapshot) -> bool:
    """Tell whether a table has so many files that reading slows down."""
    return any(len(files) > MANY_FILES for files in snapshot.files.values())


def tidy(folder: Path, snapshot: Snapshot, *, thorough: bool = False) -> None:
    """Rewrite the tables that need it, as one commit, then delete files that were in use hours ago.

    The lock has to be held. A table is rewritten where a quarter of its rows is
    superseded, or any row while the table is small, so that a store of some
    thousand articles is always plain Delta tables without leftovers.
    """
    stale = {name for name in KEYS if thorough or _stale(snapshot, name)}
    crowded = {name for name, files in snapshot.files.items() if len(files) > MANY_FILES or thorough}
    if not stale and not crowded:
        return
    roll_back(folder, snapshot.manifest.tables)
    for name in stale:
        if snapshot.files[name]:
            rewrite(
                folder, name, (snapshot.relation(_kept(name, part)) for part in parts(snapshot.files[name]))
            )
    if stale and snapshot.files["superseded"]:
        dropped = ", ".join(f"'{name}'" for name in stale)
        sql = f"SELECT * FROM all_superseded WHERE removed OR table_name NOT IN ({dropped})"  # noqa: S608
        rewrite(folder, "superseded", [snapshot.relation(sql)])
    rewritten = stale | {"superseded"} if stale else stale
    for name in crowded - rewritten:
        join_files(folder, name)
    committed = _commit(folder, snapshot.manifest)
    for name in stale | crowded:
        clean(folder, name)
    _commit(folder, committed)


def _stale(snapshot: Snapshot, name: str) -> bool:
    gone = snapshot.rows("SELECT count(*) FROM gone WHERE table_name = ?", name)[0][0]
    if not gone:
        return False
    written = snapshot.rows(f"SELECT count(*) FROM all_{name}")[0][0]  # noqa: S608 (names of our own)
    current = snapshot.rows(f"SELECT count(*) FROM {name}")[0][0]  # noqa: S608
    dead = written - current
    return bool(dead and (written <= _FEW_ROWS or dead * _SHARE >= written))


def _kept(name: str, files: Sequence[str]) -> str:
    """Return the query for the current rows of some files with all their columns."""
    columns = ", ".join(f"t.{column}" for column in TABLES[name])
    key = KEYS[name]
    return (
        f"SELECT {columns} FROM {read_files(files)} t WHERE NOT EXISTS (SELECT 1 FROM gone g "  # noqa: S608
        f"WHERE g.table_name = '{name}' AND g.key = t.{key} AND t.batch < g.batch)"
    )


def _commit(folder: Path, manifest: Manifest) -> Manifest:
    committed = msgspec.structs.replace(manifest, tables=current_versions(folder))
    write_manifest(folder, committed)
    return committed
