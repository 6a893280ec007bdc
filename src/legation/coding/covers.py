"""A user's types that take over the packaged ones: which type a coded act has in the end."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from legation.coding.frames import hint
from legation.coding.lexicon import NOT_AN_ACT
from legation.coding.tables import Table
from legation.errors import DataFileError

THE_REST = "*"
Covered = tuple[str, str | None]


class Covers:
    """What covers what: (type, mode or None) to a type of the user's, or to None for no act at all.

    ``packaged`` are the types that `*` stands for: those that no table of the user's defines.
    """

    def __init__(
        self,
        rows: Mapping[Covered, str | None],
        packaged: Collection[str],
        modes: Collection[tuple[str, str]],
    ) -> None:
        self._rows, self._packaged, self._modes = rows, frozenset(packaged), frozenset(modes)

    def recode(self, kind: str, mode: str | None) -> tuple[str, str | None] | None:
        """Return the type and mode that an act has in the end; None if it is not coded."""
        if not self._rows:
            return kind, mode
        for key in ((kind, mode), (kind, None), (THE_REST, None)):
            if key in self._rows and (key[0] != THE_REST or kind in self._packaged):
                own = self._rows[key]
                if own is None:
                    return None
                return own, mode if mode and (own, mode) in self._modes else None
        return kind, mode

    def keeps(self, kind: str) -> bool:
        """Say whether acts may have this type in the end."""
        final = self.recode(kind, None)
        return kind in self._rows.values() or (final is not None and final[0] == kind)


def read_covers(
    tables: Collection[Table], types: Collection[str], modes: Collection[tuple[str, str]]
) -> dict[Covered, str | None]:
    """Return the rows of the tables of covers, each part checked."""
    found: dict[Covered, str | None] = {}
    for table in tables:
        for line, row in table.keyed_rows("type"):
            own = row["type"]
            if own != NOT_AN_ACT and own not in types:
                raise DataFileError(table.file, line, f"{own!r} is no type{hint(own, types)}")
            for part in filter(None, (part.strip() for part in row["covers"].split(";"))):
                kind, _, mode = part.partition(" ")
                _check(table, line, kind, mode.strip(), types, modes)
                key = (kind, mode.strip() or None)
                if key in found:
                    raise DataFileError(table.file, line, f"{part!r} is covered twice")
                found[key] = None if own == NOT_AN_ACT else own
    return found


def _check(
    table: Table, line: int, kind: str, mode: str, types: Collection[str], modes: Collection[tuple[str, str]]
) -> None:
    if kind == THE_REST and not mode:
        return
    if kind not in types:
        raise DataFileError(table.file, line, f"{kind!r} is no type{hint(kind, types)}")
    if mode and (kind, mode) not in modes:
        near = hint(mode, [name for one, name in modes if one == kind])
        raise DataFileError(table.file, line, f"{mode!r} is no mode of {kind}{near}")
