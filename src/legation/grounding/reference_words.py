"""The words that stand for somebody named elsewhere in the report, and how each does."""

from __future__ import annotations

from functools import cache

from legation.errors import DataFileError
from legation.tables import rows, shipped

KINDS = frozenset(
    ["person", "thing", "several", "speaker", "pair", "relative", "everybody", "elsewhere", "others",
     "league", "movement", "homeland", "posted", "abroad", "office", "part"]
)  # fmt: skip


@cache
def words_of_reference() -> dict[str, frozenset[str]]:
    """Return the kinds of reference of each word."""
    table, found = shipped("codebook", "references.csv"), dict[str, frozenset[str]]()
    for line, row in rows(table, ("word", "kind")):
        if row["kind"] not in KINDS:
            raise DataFileError(
                table, line, f"{row['kind']!r} is no kind of reference: {', '.join(sorted(KINDS))}"
            )
        found[row["word"]] = found.get(row["word"], frozenset()) | {row["kind"]}
    return found
