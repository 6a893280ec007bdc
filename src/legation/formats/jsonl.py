"""JSON Lines: a record a line, exactly as in the contract."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

import msgspec

from legation.formats import What
from legation.formats.flat import records
from legation.records import Report


def write(reports: Iterable[Report], what: What, stream: TextIO) -> int:
    """Write mentions or events, one JSON object a line; return how many."""
    count = 0
    encoder = msgspec.json.Encoder()
    for record, _ in records(reports, what):
        stream.write(encoder.encode(record).decode() + "\n")
        count += 1
    return count
