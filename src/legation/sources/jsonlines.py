"""JSON: one article a line, or a file that is one object or one list of objects."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from itertools import islice

from legation.errors import InputError
from legation.sources.columns import find_layout
from legation.sources.inputs import HEAD, Input, as_text, peek
from legation.sources.items import MEGABYTE, TEXT_LIMIT, Draft, Found, Options, Refusal
from legation.sources.kinds import refuse_binary

_LOOK_AHEAD = 20  # objects without a text column before the whole file is refused
Row = dict[str, object]


def read_jsonl(source: Input, options: Options) -> Found:
    """Yield an article for each object; lines that are no objects are refused, each by its number."""
    with source.open() as stream:
        head = peek(stream)
        if not head.strip():
            raise InputError(source.name, "this file is empty")
        refuse_binary(head[:HEAD], source.name)
        with as_text(stream) as lines:
            yield from _articles(_objects(lines, source.name), source.name, options)


def _articles(objects: Iterator[tuple[str, Row | Refusal]], name: str, options: Options) -> Found:
    first = list(islice(objects, _LOOK_AHEAD))
    drafts = [_draft(where, row, options) for where, row in first]
    told = [row for _, row in first if isinstance(row, dict)]
    if told and not any(isinstance(draft, Draft) for draft in drafts):
        find_layout(list(_flat(told[0])), options.columns, name)
    yield from drafts
    yield from (_draft(where, row, options) for where, row in objects)


def _draft(name: str, row: Row | Refusal, options: Options) -> Draft | Refusal:
    if isinstance(row, Refusal):
        return row
    flat = _flat(row)
    try:
        return find_layout(list(flat), options.columns, name).draft(name, flat)
    except InputError as error:
        return Refusal.of(error)


def _flat(row: Row) -> Row:
    """Give the parts of an object within the object dotted names: ``source.name``."""
    flat: Row = {}
    for key, value in row.items():
        if isinstance(value, dict):
            flat.update(
                {f"{key}.{inner}": deep for inner, deep in value.items() if not isinstance(deep, dict)}
            )
        else:
            flat[key] = value
    return flat


def _objects(lines: io.TextIOWrapper, name: str) -> Iterator[tuple[str, Row | Refusal]]:
    number = 0
    while line := lines.readline(TEXT_LIMIT + 1):
        number += 1
        where = f"{name}, line {number}"
        if len(line) > TEXT_LIMIT:
            _skip_line(lines)
            yield (
                where,
                Refusal(
                    name=where,
                    reason=f"this line is larger than {TEXT_LIMIT // MEGABYTE} MB",
                    mend="split it",
                ),
            )
        elif number == 1 and _is_spread(line):
            yield from _spread(line, lines, name)
            return
        elif line.strip("\ufeff \t\r\n"):
            yield where, _object(line.strip("\ufeff \t\r\n"), where)


def _object(text: str, name: str) -> Row | Refusal:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        return Refusal(name=name, reason=f"this is no JSON: {error.msg.lower()}, character {error.pos + 1}")
    except (ValueError, RecursionError):
        return Refusal(
            name=name, reason="this is no JSON that can be read: nested too deep or a number too long"
        )
    if not isinstance(value, dict):
        return Refusal(
            name=name, reason="this is no JSON object", mend='write {"text": …, "title": …, "date": …}'
        )
    return value


def _is_spread(line: str) -> bool:
    """Say whether a value begins here that goes on over several lines, or a list."""
    start = line.strip("\ufeff \t\r\n")
    return start in ("{", "[") or start.startswith("[")


def _spread(first: str, lines: io.TextIOWrapper, name: str) -> Iterator[tuple[str, Row | Refusal]]:
    text = first.lstrip("\ufeff") + lines.read(TEXT_LIMIT + 1)
    if len(text) > TEXT_LIMIT:
        raise InputError(
            name, f"this list is larger than {TEXT_LIMIT // MEGABYTE} MB", "give JSONL, one object a line"
        )
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        mend = "give JSONL, one object a line"
        raise InputError(name, f"this is no JSON: {error.msg.lower()} in line {error.lineno}", mend) from None
    except (ValueError, RecursionError):
        raise InputError(
            name, "this is no JSON that can be read: nested too deep or a number too long"
        ) from None
    for number, row in enumerate(value if isinstance(value, list) else [value], 1):
        where = f"{name}, article {number}"
        yield where, row if isinstance(row, dict) else Refusal(name=where, reason="this is no JSON object")


def _skip_line(lines: io.TextIOWrapper) -> None:
    for piece in iter(lambda: lines.readline(MEGABYTE), ""):
        if piece.endswith("\n"):
            return
