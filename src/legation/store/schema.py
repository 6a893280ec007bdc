"""The tables of a store and their columns.

``record`` holds the record as JSON, to be read back without loss; the columns
before it are for queries. ``batch`` numbers the commit that wrote the row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import accumulate
from typing import Any, Literal

import numpy as np
from arro3.core import Array, DataType, Field, Schema, Table, list_array

SCHEMA_VERSION = 1
Kind = Literal["text", "int", "float", "bool", "day", "moment", "texts", "ints"]

_SIDE: dict[str, dict[str, Kind]] = {
    role: {
        role: "text",
        f"{role}_country": "text",
        f"{role}_names": "texts",
        f"{role}_countries": "texts",
        f"{role}_sectors": "texts",
    }
    for role in ("actor", "recipient")
}
_ACT: dict[str, Kind] = {
    "type": "text", "mode": "text", "contexts": "texts", "quad": "int", "intensity": "float", "cameo": "text",
    "reciprocal": "bool", "status": "text", **_SIDE["actor"], **_SIDE["recipient"],
    "source_text": "text", "source_name": "text", "source_cue": "text", "source_quoted": "bool",
    "when_text": "text", "day_from": "day", "day_to": "day", "when_precision": "text", "when_assumed": "bool",
    "place_text": "text", "place_name": "text", "place_admin1": "text", "place_country": "text",
    "place_lat": "float", "place_lon": "float", "place_geonames": "int", "place_precision": "text",
    "deaths_low": "int", "deaths_high": "int", "injuries_low": "int", "injuries_high": "int",
    "confidence": "float", "coder_version": "text", "coder_model": "text", "coder_codebook": "text",
}  # fmt: skip
_END: dict[str, Kind] = {"batch": "int", "record": "text"}

TABLES: Mapping[str, Mapping[str, Kind]] = {
    "articles": {
        "id": "text", "url": "text", "title": "text", "publisher": "text", "language": "text",
        "published": "text", "published_day": "day", "fetched": "text", "mentions": "int",
        "coder_version": "text", "digest": "text", "copy_of": "text", "bands": "ints", "signature": "ints",
        "sentences": "text", **_END,
    },
    "mentions": {
        "id": "text", "event": "text", "article": "text", "published_day": "day", "field": "text",
        "sentence": "int", "trigger": "text", "trigger_start": "int", "trigger_end": "int", **_ACT,
        "why_kinds": "texts", **_END,
    },
    "events": {
        "id": "text", **_ACT, "mentions": "texts", "reports": "int", "publishers": "int",
        "first_seen": "day", "revised_at": "moment", **_END,
    },
    "parties": {
        "mention": "text", "article": "text", "role": "text", "position": "int", "text": "text",
        "start_offset": "int", "end_offset": "int", "name": "text", "kind": "text", "country": "text",
        "sectors": "texts", "inferred": "bool", "batch": "int",
    },
    "tellings": {
        "id": "text", "event": "text", "article": "text", "block": "text", "day_from": "day",
        "day_to": "day", "words": "texts", **_END,
    },
    "skipped": {"name": "text", "reason": "text", "noted_at": "moment", "batch": "int"},
    "superseded": {
        "table_name": "text", "key": "text", "removed": "bool", "replaced_by": "text", "noted_at": "moment",
        "batch": "int",
    },
}  # fmt: skip

KEYS: Mapping[str, str] = {
    "articles": "id", "mentions": "article", "events": "id", "parties": "article", "tellings": "id",
}  # fmt: skip
"""The column by which the rows of a table are superseded."""

_ARROW: Mapping[str, DataType] = {
    "text": DataType.utf8(),
    "int": DataType.int64(),
    "float": DataType.float64(),
    "bool": DataType.bool(),
    "day": DataType.date32(),
    "moment": DataType.timestamp("us", tz="UTC"),
    "texts": DataType.list(Field("element", DataType.utf8())),
    "ints": DataType.list(Field("element", DataType.int64())),
}
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def arrow_schema(table: str) -> Schema:
    """Return the Arrow schema of a table."""
    return Schema([Field(name, _ARROW[kind]) for name, kind in TABLES[table].items()])


def arrow_table(table: str, rows: Sequence[Mapping[str, Any]]) -> Table:
    """Return rows as an Arrow table; a row without a column holds null there."""
    columns = [_column(kind, [row.get(name) for row in rows]) for name, kind in TABLES[table].items()]
    return Table.from_arrays(columns, schema=arrow_schema(table))


def _column(kind: Kind, values: Sequence[Any]) -> Array:
    match kind:
        case "day":
            ordinals = [None if value is None else value.toordinal() - _EPOCH_DAY for value in values]
            return Array(ordinals, DataType.int32()).cast(_ARROW[kind])
        case "moment":
            micros = [None if value is None else _micros(value) for value in values]
            return Array(micros, DataType.int64()).cast(_ARROW[kind])
        case "texts" | "ints":
            return _lists(kind, values)
        case _:
            return Array(values, _ARROW[kind])


def _micros(moment: datetime) -> int:
    passed = moment - _EPOCH
    return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds


def _lists(kind: Kind, values: Sequence[Sequence[Any] | None]) -> Array:
    lists = [value or () for value in values]
    flat = [item for value in lists for item in value]
    ends = np.array([0, *accumulate(len(value) for value in lists)], dtype=np.int32)
    inner = Array(flat, DataType.utf8() if kind == "texts" else DataType.int64())
    return list_array(Array(ends), inner, type=_ARROW[kind])
