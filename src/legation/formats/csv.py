"""CSV: a row for each mention or event, with the columns that the store's tables have."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TextIO

from legation.formats import What
from legation.formats.flat import Act, records
from legation.records import Article, Event, Report
from legation.store.flatten import event_row, mention_row
from legation.store.schema import TABLES

_LEFT_OUT = {"batch", "record"}
_FORMULA = ("=", "+", "-", "@", "\t")


def columns(what: What) -> list[str]:
    """Return the header."""
    return [name for name in TABLES[what] if name not in _LEFT_OUT]


def write(reports: Iterable[Report], what: What, stream: TextIO) -> int:
    """Write a header and a row for each record; return the number of records."""
    header = columns(what)
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(header)
    count = 0
    for record, article in records(reports, what):
        row = row_of(record, article)
        table.writerow([cell(row.get(name)) for name in header])
        count += 1
    return count


def row_of(record: Act, article: Article) -> dict[str, Any]:
    """Return a record's columns, as the store keeps them."""
    return event_row(record) if isinstance(record, Event) else mention_row(record, article)


def cell(value: Any) -> str:
    """Return a value as text: lists joined by semicolons, dates ISO 8601, nothing for missing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return defused(value)
    if isinstance(value, Sequence):
        return defused(";".join(map(str, value)))
    return str(value)


def defused(text: str) -> str:
    """Keep a spreadsheet from running words as a formula, and a bare return from ending a row."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text.startswith(_FORMULA) else text
