"""POLECAT event rows: 40 columns between tabs, with a header (the weekly files of the POLECAT Dataverse)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from legation.formats import What
from legation.formats.flat import Act, day, happened, name, tabbed
from legation.formats.states import state
from legation.records import Article, Party, Place, Report

_SIDE = ("Name", "Country", "COW", "Primary {} Sector", "Sectors", "Title", "Name Raw", "Wikipedia {} ID")
_PLACE = (
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
)


def _names(role: str) -> list[str]:
    return [part.format(role) if "{}" in part else f"{role} {part}" for part in _SIDE]


HEADER = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    *_names("Actor"),
    *_names("Recipient"),
    *_PLACE,
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
)


def write(reports: Iterable[Report], what: What, stream: TextIO) -> int:
    """Write a header and a row for each act that occurred; return the number of rows."""
    stream.write("\t".join(HEADER) + "\n")
    count = 0
    for act, article in happened(reports, what):
        stream.write(tabbed(_row(act, article)))
        count += 1
    return count


def _row(act: Act, article: Article) -> list[object]:
    everyone = (*act.actors, *act.recipients)
    people = [name(party) for party in everyone if party.kind == "person"]
    bodies = [name(party) for party in everyone if party.kind in ("organization", "group")]
    place = (act.where.name or act.where.text) if act.where else ""
    return [
        act.id,
        day(act, article) or "",
        act.type,
        act.mode or "",
        act.intensity,
        _quad(act.quad),
        _list(act.contexts),
        *_side(act.actors),
        *_side(act.recipients),
        *_place(act.where),
        article.publisher or "",
        article.day or "",
        _list(people),
        _list(bodies),
        place,
        article.language or "",
        act.coder.version,
    ]


def _quad(quad: int) -> str:
    return ("", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT")[quad]


def _list(values: Iterable[str]) -> str:
    return ";".join(dict.fromkeys(values))


def _side(parties: Sequence[Party]) -> list[object]:
    countries = [party.country for party in parties if party.country]
    sectors = [sector for party in parties for sector in party.sectors]
    return [
        _list(map(name, parties)),
        _list(countries),
        _list(state(code).cow for code in countries if state(code).cow),
        sectors[0] if sectors else "",
        _list(sectors),
        "",
        _list(party.text for party in parties),
        "",
    ]


def _place(place: Place | None) -> list[object]:
    if place is None:
        return [""] * len(_PLACE)
    values = (
        place.name,
        place.name if place.precision in ("city", "point") else None,
        place.name if place.precision == "admin2" else None,
        place.admin1,
        place.country,
        place.lat,
        place.lon,
        place.geonames,
        place.text,
        place.precision,
    )
    return ["" if value is None else value for value in values]
