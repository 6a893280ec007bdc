"""Names that only the rest of the report tells: *the South* beside both Koreas."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from legation.tables import rows, shipped


def full_name(word: str, named: Collection[str]) -> list[str]:
    """Return the words of the name that ``word`` shortens, given the countries that the report names."""
    return next(
        (name.split() for name, beside in _table().get(word, ()) if not beside or beside in named), []
    )


@cache
def _table() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for _, row in rows(shipped("actors", "short_names.csv"), ("word", "name", "beside")):
        found.setdefault(row["word"], []).append((row["name"], row["beside"]))
    return found
