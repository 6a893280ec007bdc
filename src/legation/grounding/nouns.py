"""The single words by which nameless actors go: *soldiers, ministry, villagers*."""

from __future__ import annotations

from functools import cache

from legation.tables import rows, shipped


@cache
def agent_nouns() -> frozenset[str]:
    """Return every single-word form in the table of agents, in small letters."""
    table = shipped("actors", "agents.csv")
    return frozenset(
        name
        for _, row in rows(table, ("key", "names"))
        for name in row["names"].lower().split(";")
        if " " not in name
    )
