"""Event data made by others: GDELT, ICEWS and POLECAT, benchmarks made of ICEWS, and mentions of our own."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TextIO

import msgspec

from legation.errors import InputError, UsageError
from legation.formats import icews, read_polecat, read_tuples
from legation.formats.rows import Refuse, Row, coded, party, report
from legation.formats.states import code_of, country_of_fips
from legation.records import Article, Mention, Party, Place, Report

_GDELT = (58, 61)
_WITH_PROVINCE = 3
_PRECISIONS = {1: "country", 2: "admin1", 3: "city", 4: "city", 5: "admin1"}


def read(
    stream: TextIO, name: str, source: str, refuse: Refuse, pass_over: Callable[[], None] = lambda: None
) -> Iterator[Report]:
    """Yield the acts of a file in the format ``name``: gdelt (1.0 or 2.0), icews, polecat, tuples or jsonl.

    ``source`` is the file's name for messages; ``refuse`` is told of each row
    that cannot be read, by name and reason; ``pass_over`` is called for each
    plain statement, which is no act.
    """
    readers: dict[str, Callable[[TextIO, str, Refuse], Iterator[Report | None]]] = {
        "gdelt": _gdelt,
        "icews": _icews,
        "polecat": read_polecat.read,
        "tuples": read_tuples.read,
        "jsonl": _jsonl,
    }
    if name not in readers:
        raise UsageError(f"no format {name!r} to read; one of {', '.join(readers)}")
    for made in readers[name](stream, source, refuse):
        if made is None:
            pass_over()
        else:
            yield made


def _gdelt(stream: TextIO, source: str, refuse: Refuse) -> Iterator[Report | None]:
    for number, line in enumerate(stream, 1):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) not in _GDELT:
            refuse(f"{source}, line {number}", f"{len(cells)} columns; GDELT has {_GDELT[0]} or {_GDELT[1]}")
            continue
        try:
            yield report(_gdelt_row(cells))
        except ValueError as error:
            refuse(f"{source}, line {number}", str(error))


def _day(digits: str) -> date:
    if len(digits) != len("20200110"):
        raise ValueError(f"{digits!r} is no day; GDELT writes 20200110")
    return date.fromisoformat(digits)


def _gdelt_row(cells: list[str]) -> Row:
    wide = len(cells) == _GDELT[1]
    place = cells[-10:-2] if wide else cells[-9:-2]
    return Row(
        id=f"gdelt {cells[0]}",
        day=_day(cells[1]),
        code=cells[26],
        words=cells[26],
        intensity=float(cells[30] or 0),
        actors=_gdelt_party(cells[5:15]),
        recipients=_gdelt_party(cells[15:25]),
        place=_gdelt_place(place),
        url=cells[-1] or None,
        published=_day(cells[-2][:8]),
        coder="GDELT 2.0" if wide else "GDELT 1.0",
    )


def _gdelt_party(cells: list[str]) -> tuple[Party, ...]:
    code, name, country = cells[0], cells[1], cells[2]
    if not code:
        return ()
    sectors = tuple(dict.fromkeys(sector for sector in cells[7:10] if sector))
    return (party(name.title() or code, country or None, sectors),)


def _gdelt_place(cells: list[str]) -> Place | None:
    if cells[0] in ("", "0"):
        return None
    latitude, longitude = cells[-3:-1]
    parts = [part.strip() for part in cells[1].split(",")]
    precision = _PRECISIONS.get(int(cells[0]), "unknown")
    return Place(
        text=cells[1],
        start=0,
        end=0,
        name=parts[0],
        country=country_of_fips(cells[2]),
        admin1=parts[1] if precision == "city" and len(parts) >= _WITH_PROVINCE else None,
        lat=float(latitude) if latitude else None,
        lon=float(longitude) if longitude else None,
        precision=precision,  # type: ignore[arg-type]
    )


def _icews(stream: TextIO, source: str, refuse: Refuse) -> Iterator[Report | None]:
    first = stream.readline()
    between = "\t" if "\t" in first else ","
    names = [
        name.strip().lower().replace("_", " ") for name in next(csv.reader([first], delimiter=between), [])
    ]
    missing = [name for name in icews.HEADER if name.lower() not in names]
    if missing:
        raise InputError(source, f"no column {missing[0]!r}", "ICEWS files have a header with 20 columns")
    rows = (
        csv.reader(stream, delimiter=between, quoting=csv.QUOTE_NONE)
        if between == "\t"
        else csv.reader(stream, delimiter=between)
    )
    for number, cells in enumerate(rows, 2):
        row = {name: "" if cell == "NA" else cell for name, cell in zip(names, cells, strict=False)}
        try:
            yield report(_icews_row(row))
        except (ValueError, KeyError) as error:
            refuse(f"{source}, line {number}", str(error))


def _icews_row(row: Mapping[str, str]) -> Row:
    day = date.fromisoformat(row["event date"])
    city, district, province = row["city"], row["district"], row["province"]
    name = city or district or province or row["country"]
    precision = "city" if city else "admin2" if district else "admin1" if province else "country"
    place = Place(
        text=name,
        start=0,
        end=0,
        name=name,
        admin1=province or None,
        country=code_of(row["country"]),
        lat=float(row["latitude"]) if row["latitude"] else None,
        lon=float(row["longitude"]) if row["longitude"] else None,
        precision=precision,  # type: ignore[arg-type]
    )
    return Row(
        id=f"icews {row['event id']}",
        day=day,
        code=row["cameo code"],
        words=row["event text"],
        intensity=float(row["intensity"] or 0),
        actors=_icews_party(row, "source"),
        recipients=_icews_party(row, "target"),
        place=place if name else None,
        publisher=row["publisher"] or None,
        published=day,
        coder="ICEWS",
    )


def _icews_party(row: Mapping[str, str], role: str) -> tuple[Party, ...]:
    name = row[f"{role} name"]
    return (party(name, code_of(row[f"{role} country"])),) if name else ()


def _jsonl(stream: TextIO, source: str, refuse: Refuse) -> Iterator[Report]:
    """Read mentions; those of one article that stand together make one report."""
    article, mentions = "", list[Mention]()
    for number, line in enumerate(stream, 1):
        try:
            mention = msgspec.json.decode(line, type=Mention)
        except msgspec.DecodeError as error:
            refuse(f"{source}, line {number}", f"no mention ({error})")
            continue
        if mentions and mention.article != article:
            yield coded(Article(text="", id=article), mentions)
            mentions = []
        article = mention.article
        mentions.append(mention)
    if mentions:
        yield coded(Article(text="", id=article), mentions)
