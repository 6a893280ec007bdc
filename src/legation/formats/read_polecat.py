"""POLECAT files: their weekly tables, and what `polecat.write` makes."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TextIO

from legation.errors import InputError
from legation.formats import polecat
from legation.formats.quads import QUADS
from legation.formats.rows import Refuse, Row, party, report
from legation.formats.states import code_of
from legation.records import Party, Place, Report

NOTHING = frozenset({"", "None", "NA", "NaN", "nan"})
NEEDED = ("Event ID", "Event Date", "Event Type", "Actor Name", "Actor Country", "Recipient Name")
WHERE = ("Placename", "City", "District", "Province", "Country")
_CODE = len("USA")


def read(stream: TextIO, source: str, refuse: Refuse) -> Iterator[Report | None]:
    """Yield a report a row; ``refuse`` is told of those that cannot be read."""
    first = stream.readline()
    between = "\t" if "\t" in first else ","
    names = [name.strip() for name in next(csv.reader([first], delimiter=between), [])]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        mend = f"POLECAT files have a header with {len(polecat.HEADER)} columns"
        raise InputError(source, f"no column {missing[0]!r}", mend)
    rows = (
        csv.reader(stream, delimiter=between, quoting=csv.QUOTE_NONE)
        if between == "\t"
        else csv.reader(stream, delimiter=between)
    )
    for number, cells in enumerate(rows, 2):
        if len(cells) != len(names):
            refuse(f"{source}, line {number}", f"{len(cells)} cells where the header names {len(names)}")
            continue
        known = ("" if cell.strip() in NOTHING else cell.strip() for cell in cells)
        row = dict(zip(names, known, strict=True))
        try:
            made = report(_row(row))
        except ValueError as error:
            refuse(f"{source}, line {number}", str(error))
            continue
        yield made


def _row(row: Mapping[str, str]) -> Row:
    kind = row["Event Type"].upper()
    if kind not in QUADS:
        raise ValueError(f"{row['Event Type']!r} is no event type of PLOVER")
    if not row["Event ID"]:
        raise ValueError("the row has no Event ID")
    day = _day(row["Event Date"])
    return Row(
        id=f"polecat {row['Event ID']}",
        day=day,
        code="",
        words=row["Event Type"],
        coded=(kind, row.get("Event Mode", "").lower() or None),
        contexts=tuple(_several(row.get("Contexts", ""))),
        intensity=float(row.get("Intensity") or 0),
        actors=_parties(row, "Actor"),
        recipients=_parties(row, "Recipient"),
        place=_place(row),
        publisher=row.get("Source") or None,
        published=_day(row["Publication Date"]) if row.get("Publication Date") else day,
        language=row.get("Language") or None,
        coder="POLECAT",
    )


def _day(text: str) -> date:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise ValueError(f"{text!r} is no day; POLECAT writes 2020-01-10") from None


def _several(cell: str) -> list[str]:
    return [part for part in (part.strip() for part in cell.split(";")) if part not in NOTHING]


def _parties(row: Mapping[str, str], role: str) -> tuple[Party, ...]:
    """Return a party for each name; countries stand in the same order, or one for all."""
    names = _several(row[f"{role} Name"])
    countries = [_country(text) for text in _several(row.get(f"{role} Country", ""))]
    sectors = tuple(_several(row.get(f"{role} Sectors", "") or row.get(f"Primary {role} Sector", "")))
    if len(countries) != len(names):
        countries = countries[:1] * len(names) if len(set(countries)) == 1 else [None] * len(names)
    alone = sectors if len(names) == 1 else ()
    return tuple(party(name, country, alone) for name, country in zip(names, countries, strict=True))


def _country(text: str) -> str | None:
    return text if len(text) == _CODE and text.isupper() else code_of(text)


def _place(row: Mapping[str, str]) -> Place | None:
    name = next((row[column] for column in WHERE if row.get(column)), None)
    if name is None:
        return None
    precision = (
        "city" if row.get("City") else "admin2" if row.get("District")
        else "admin1" if row.get("Province") else "country"
    )  # fmt: skip
    return Place(
        text=row.get("Raw Placename") or name, start=0, end=0, name=name,
        country=_country(row.get("Country", "")), admin1=row.get("Province") or None,
        lat=float(row["Latitude"]) if row.get("Latitude") else None,
        lon=float(row["Longitude"]) if row.get("Longitude") else None,
        precision=precision,  # type: ignore[arg-type]
    )  # fmt: skip
