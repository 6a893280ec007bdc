"""The abbreviations whose full stop need not end a sentence."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from legation.errors import DataFileError

KINDS = frozenset({"title", "number", "inner", "either"})


@cache
def abbreviations() -> dict[str, str]:
    """Return each abbreviation, without its last stop, with its kind."""
    file = files("legation") / "data" / "language" / "abbreviations.tsv"
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
