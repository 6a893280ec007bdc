"""CSV and TSV: one article a row, the first row names the columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from legation.errors import InputError
from legation.sources.columns import Layout, find_layout, has_text_column
from legation.sources.encodings import decode, guess_encoding
from legation.sources.inputs import HEAD, Input, as_text, peek
from legation.sources.items import TEXT_LIMIT, Draft, Found, Options, Refusal
from legation.sources.kinds import refuse_binary

_SEPARATORS = (",", "\t", ";", "|")


def read_delimited(source: Input, options: Options) -> Found:
    """Yield an article for each row; rows that do not fit the head are refused, each by its line."""
    with source.open() as stream:
        head = peek(stream)
        if not head.strip():
            raise InputError(source.name, "this file is empty")
        refuse_binary(head[:HEAD], source.name)
        with as_text(stream) as lines:
            yield from _rows(lines, _separator(head), source.name, options)


def is_delimited(head: bytes, options: Options) -> bool:
    """Say whether a stream without a name begins like a table of articles."""
    first = _first_line(head)
    cells = next(csv.reader([first], delimiter=_separator(head)), []) if first else []
    named = options.columns.text
    return has_text_column(cells, options.columns) and (len(cells) > 1 or bool(named))


def _rows(lines: io.TextIOWrapper, separator: str, name: str, options: Options) -> Found:
    csv.field_size_limit(TEXT_LIMIT)
    table = csv.reader(lines, delimiter=separator)
    head = [cell.lstrip("\ufeff").strip() for cell in next(table, [])]
    layout = find_layout(head, options.columns, name)
    for line, cells in _numbered(table, name):
        if isinstance(cells, Refusal):
            yield cells
        elif cells:
            yield _row(f"{name}, line {line}", head, cells, layout)


def _numbered(
    table: Any,
    name: str,
) -> Iterator[tuple[int, list[str] | Refusal]]:
    """Give each row the number of the line on which they begin; a row that cannot be parsed is a refusal."""
    while True:
        line = table.line_num + 1
        try:
            cells = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            reason = "a cell is larger than 20 MB" if "field larger" in str(error) else str(error)
            yield (
                line,
                Refusal(
                    name=f"{name}, line {line}", reason=reason, mend="look for a quotation mark left open"
                ),
            )
        else:
            yield line, cells


def _row(name: str, head: Sequence[str], cells: list[str], layout: Layout) -> Draft | Refusal:
    while len(cells) > len(head) and not cells[-1].strip():
        cells.pop()
    if len(cells) != len(head):
        plural = "cell stands" if len(cells) == 1 else "cells stand"
        return Refusal(
            name=name,
            reason=f"{len(cells)} {plural} where the head names {len(head)}",
            mend="put cells that hold the separator in quotation marks",
        )
    return layout.draft(name, dict(zip(head, cells, strict=True)))


def _separator(head: bytes) -> str:
    first = _first_line(head)
    return max(_SEPARATORS, key=first.count)


def _first_line(head: bytes) -> str:
    text = decode(head, guess_encoding(head, whole=False)).lstrip("\ufeff\r\n")
    return text.splitlines()[0] if text else ""
