"""The abbreviations whose full stop need not end a sentence, and the words that show that it does."""

from __future__ import annotations

from functools import cache

from legation.errors import DataFileError
from legation.tables import shipped

KINDS = frozenset({"title", "number", "inner", "either"})


@cache
def abbreviations() -> dict[str, str]:
    """Return each abbreviation, without its last stop, with its kind."""
    file = shipped("language", "abbreviations.tsv")
    table: dict[str, str] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        word, _, kind = line.partition("\t")
        if kind not in KINDS:
            raise DataFileError(
                file, number, f"{kind!r} is no kind of abbreviation: {', '.join(sorted(KINDS))}"
            )
        table[word] = kind
    return table


@cache
def starters() -> frozenset[str]:
    """Return the words, in small letters, that begin a sentence where they follow a stop in capitals."""
    lines = shipped("language", "starters.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
