"""Files that others read: one format a module, each with ``write(reports, what, stream) -> int``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.resources import files
from typing import IO, Any, Literal

from legation.errors import UsageError
from legation.records import Report

What = Literal["mentions", "events"]
Writer = Callable[[Iterable[Report], What, IO[Any]], int]

FORMATS: dict[str, tuple[str, str]] = {
    "jsonl": ("jsonl", "write"),
    "csv": ("csv", "write"),
    "parquet": ("parquet", "write"),
    "gdelt": ("gdelt", "write"),
    "gdelt-mentions": ("gdelt_mentions", "write"),
    "icews": ("icews", "write"),
    "polecat": ("polecat", "write"),
    "plover": ("plover", "write"),
    "geojson": ("geojson", "write"),
    "graphml": ("graph", "write_graphml"),
    "gexf": ("graph", "write_gexf"),
    "dyad-day": ("panels", "write_dyad_day"),
    "dyad-month": ("panels", "write_dyad_month"),
    "country-month": ("panels", "write_country_month"),
}
BINARY = frozenset({"parquet"})
"""The formats that are written to a stream of bytes."""


def writer(name: str) -> Writer:
    """Return the function that writes a format; `UsageError` names the formats there are."""
    if name not in FORMATS:
        raise UsageError(f"no format {name!r}; one of {', '.join(FORMATS)}")
    module, function = FORMATS[name]
    write: Writer = getattr(import_module(f"{__name__}.{module}"), function)
    return write


def codebook(name: str) -> str:
    """Return what the columns of a format mean, in plain words."""
    writer(name)
    return (files(__name__) / "codebooks" / f"{FORMATS[name][0]}.txt").read_text(encoding="utf-8")


__all__ = ["BINARY", "FORMATS", "What", "Writer", "codebook", "writer"]
