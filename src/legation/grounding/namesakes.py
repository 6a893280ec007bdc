"""Plurals of a state's name that mean several states: *both Koreas, the two Sudans*."""

from __future__ import annotations

from functools import cache

from legation.tables import rows, shipped


def full_names(word: str) -> list[list[str]]:
    """Return the words of the name of each state that a plural means; none for any other word."""
    return [name.split() for name in _table().get(word, ())]


@cache
def _table() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for _, row in rows(shipped("actors", "namesakes.csv"), ("word", "name")):
        found.setdefault(row["word"], []).append(row["name"])
    return found
