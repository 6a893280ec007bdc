"""States spoken of by what and where they are: *the kingdom, the West African nation*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from legation.errors import DataFileError
from legation.tables import rows, shipped

PLAIN = frozenset({"country", "nation", "state", "republic", "power"})
KINDS = frozenset({"form", "region"})


def state_meant(words: Sequence[str], head: str, named: Mapping[str, int]) -> str | None:
    """Return the country that a description means, None where it describes no state or settles none.

    ``words`` stand before the ``head``, all in small letters; ``named`` says how often
    the report names each country.
    """
    table = _table()
    form, region = table["form"].get(head), _region(words, table["region"])
    if form is None and (region is None or head not in PLAIN):
        return None
    fitting = [c for c in named if (form is None or c in form) and (region is None or c in region)]
    most = max((named[c] for c in fitting), default=0)
    foremost = [c for c in fitting if named[c] == most]
    return foremost[0] if len(foremost) == 1 else None


def _region(words: Sequence[str], regions: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    """Return the states of the longest region among the words."""
    sizes = range(len(words), 0, -1)
    runs = (" ".join(words[at : at + size]) for size in sizes for at in range(len(words) - size + 1))
    return next((regions[run] for run in runs if run in regions), None)


@cache
def _table() -> dict[str, dict[str, frozenset[str]]]:
    table = shipped("actors", "state_kinds.csv")
    found: dict[str, dict[str, frozenset[str]]] = {kind: {} for kind in sorted(KINDS)}
    for line, row in rows(table, ("words", "kind", "countries")):
        if row["kind"] not in KINDS:
            raise DataFileError(table, line, f"{row['kind']!r} is no kind: {', '.join(sorted(KINDS))}")
        found[row["kind"]][row["words"]] = frozenset(row["countries"].split(";"))
    return found
