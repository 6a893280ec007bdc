"""Example sentences in which a user marked the act and its parties.

[who: Students] [act: gheraoed] [to whom: the dean] on Monday.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from legation.coding.tables import Table
from legation.errors import DataFileError

PARTS = ("act", "who", "to whom")
_MARK = re.compile(r"\[(?P<part>[a-z ]+): ?(?P<words>[^\[\]]+)\]")


class Example(msgspec.Struct, frozen=True):
    """A sentence that shows an act of a type: its plain text and where the marked parts stand."""

    type: str
    mode: str | None
    text: str
    spans: dict[str, tuple[int, int]]
    file: str
    line: int


def read_examples(table: Table) -> Iterator[Example]:
    """Yield the examples of a table; `DataFileError` names a row whose marks cannot be read."""
    for line, row in table.rows():
        text, spans, at = "", dict[str, tuple[int, int]](), 0
        for mark in _MARK.finditer(row["sentence"]):
            if mark["part"] not in PARTS:
                raise DataFileError(table.file, line, f"{mark['part']!r} is none of {', '.join(PARTS)}")
            if mark["part"] in spans:
                raise DataFileError(table.file, line, f"{mark['part']!r} is marked twice")
            text += row["sentence"][at : mark.start()]
            spans[mark["part"]] = (len(text), len(text) + len(mark["words"]))
            text, at = text + mark["words"], mark.end()
        text += row["sentence"][at:]
        if "act" not in spans:
            raise DataFileError(table.file, line, "no act is marked; write it as [act: words]")
        if "[" in text or "]" in text:
            raise DataFileError(
                table.file, line, "a bracket is no mark; write [act: …], [who: …], [to whom: …]"
            )
        yield Example(row["type"], row["mode"] or None, text, spans, table.file, line)
