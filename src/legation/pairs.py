"""Labelled pairs: a text, two parties marked in it, and the type of act by the first towards the second.

One JSON object a line::

    {"text": "Peru expelled the envoy.", "actor": [0, 4], "recipient": [14, 23], "type": "SANCTION"}

Offsets count characters. A party that the text does not name is null.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from legation.errors import DataFileError, UsageError

Mark = tuple[int, int] | None
_ENDS = 2


class LabelledPair(msgspec.Struct, frozen=True):
    """A marked text and its label; ``line`` is where it stands in its file."""

    text: str
    actor: Mark
    recipient: Mark
    type: str
    line: int = 0


def read_pairs(path: Path) -> list[LabelledPair]:
    """Return the labelled pairs of a file; `DataFileError` names the line that cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
    found = list(_pairs(path, data.removeprefix(b"\xef\xbb\xbf")))
    if not found:
        raise DataFileError(path, 1, "no labelled pair stands here; write one JSON object a line")
    return found


def _pairs(path: Path, data: bytes) -> Iterator[LabelledPair]:
    for line, row in enumerate(data.split(b"\n"), 1):
        if row.strip():
            try:
                value = msgspec.json.decode(row)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise DataFileError(path, line, f"this is no JSON object ({error})") from error
            try:
                yield _pair(value, line)
            except ValueError as error:
                raise DataFileError(path, line, str(error)) from error


def _pair(value: Any, line: int) -> LabelledPair:
    if not isinstance(value, dict):
        raise ValueError("this is no JSON object with text, actor, recipient and type")  # noqa: TRY004
    missing = [name for name in ("text", "actor", "recipient", "type") if name not in value]
    if missing:
        raise ValueError(f"{missing[0]!r} is missing; a row needs text, actor, recipient and type")
    for name in ("text", "type"):
        if not isinstance(value[name], str) or not value[name].strip():
            raise ValueError(f"{name!r} is {value[name]!r}, but must be words")
    marks = [_mark(name, value[name], value["text"]) for name in ("actor", "recipient")]
    if marks == [None, None]:
        raise ValueError("neither actor nor recipient is marked")
    return LabelledPair(value["text"], marks[0], marks[1], value["type"].strip(), line)


def _mark(name: str, value: Any, text: str) -> Mark:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != _ENDS or not all(type(end) is int for end in value):
        raise ValueError(f"{name!r} is {value!r}, but must be [start, end] or null")
    start, end = value
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{name!r} {value} lies outside the text, which has {len(text)} characters")
    if not text[start:end].strip():
        raise ValueError(f"{name!r} {value} marks nothing but spaces")
    return start, end
