"""Dated tuples of actor, relation and recipient: the forecasting benchmarks ICEWS14 and ICEWS18."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TextIO

from legation.coding.cameo import type_and_mode
from legation.errors import InputError
from legation.formats.rows import Refuse, Row, party, report
from legation.formats.states import code_of
from legation.records import Party, Report, digest
from legation.tables import rows, shipped

HEADER = ("date", "source", "relation", "target")
_OWNER = re.compile(r"\(([^()]+)\)\s*$")
_OTHER = re.compile(r"[^a-z]+")


def read(stream: TextIO, source: str, refuse: Refuse) -> Iterator[Report | None]:
    """Yield a report a row; a row that stands twice is one report."""
    lines = csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
    names = next(lines, [])
    missing = [name for name in HEADER if name not in names]
    if missing:
        raise InputError(
            source, f"no column {missing[0]!r}", f"the header names {', '.join(HEADER)}, between tabs"
        )
    places = [names.index(name) for name in HEADER]
    for number, cells in enumerate(lines, 2):
        try:
            made = report(_row(*(cells[place].strip() for place in places)))
        except IndexError:
            refuse(f"{source}, line {number}", f"{len(cells)} cells where the header names {len(names)}")
            continue
        except ValueError as error:
            refuse(f"{source}, line {number}", str(error))
            continue
        yield made


def _row(day: str, source: str, relation: str, target: str) -> Row:
    words = _OTHER.sub(" ", relation.lower()).strip()
    code = _codes().get(words)
    if code is None:
        raise ValueError(f"{relation!r} is no relation of ICEWS")
    try:
        when = date.fromisoformat(day)
    except ValueError:
        raise ValueError(f"{day!r} is no day; the benchmarks write 2018-01-02") from None
    return Row(
        id=digest("", "tuple", day, source, relation, target), day=when, code=code,
        words=relation.replace("_", " "),
        intensity=_intensity(code), actors=_party(source), recipients=_party(target), published=when,
        coder="ICEWS tuples",
    )  # fmt: skip


def _party(text: str) -> tuple[Party, ...]:
    """Return a party; its country is its own name, or stands in brackets (*Police (Kenya)*)."""
    name = text.replace("_", " ")
    owner = _OWNER.search(name)
    return (party(name, code_of(owner[1] if owner else name)),) if name else ()


@cache
def _intensity(code: str) -> float:
    """Return the intensity of the type that a code stands for; the tuples have none."""
    found = type_and_mode(code)
    columns = ("type", "intensity")
    table = {
        row["type"]: float(row["intensity"]) for _, row in rows(shipped("codebook", "types.csv"), columns)
    }
    return table[found[0]] if found else 0.0


@cache
def _codes() -> dict[str, str]:
    """Return the CAMEO code of each relation, by its words in small letters."""
    table = files("legation.formats") / "relations.tsv"
    return {row["words"]: row["code"] for _, row in rows(table, ("words", "code"))}
