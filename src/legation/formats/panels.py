"""Panels for statistics: counts and sums of intensity by directed dyad or country, and day or month.

Only acts that occurred are counted, on their first day; the directed pair
counts for a reciprocal act both ways. Rows without any act are not written:
which countries could have acted is for the analyst to say.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from typing import TextIO

from legation.formats import What
from legation.formats.flat import Act, day, happened, pairs
from legation.formats.states import state
from legation.labels import TYPES
from legation.records import Report

_QUADS = (1, 2, 3, 4)
_MEASURES = ("acts", *(f"quad{quad}" for quad in _QUADS), *(kind.lower() for kind in TYPES), "intensity")
_SYSTEMS = ("cow", "gw", "fips")
Units = Callable[[Act, str], set[tuple[str, ...]]]


def write_dyad_day(reports: Iterable[Report], what: What, stream: TextIO) -> int:
    """Write a row for each directed pair of countries and day; return the number of rows."""
    return _write(reports, what, stream, ("actor", "recipient", "day"), _dyads)


def write_dyad_month(reports: Iterable[Report], what: What, stream: TextIO) -> int:
    """Write a row for each directed pair of countries and month; return the number of rows."""
    return _write(reports, what, stream, ("actor", "recipient", "month"), _dyads)


def write_country_month(reports: Iterable[Report], what: What, stream: TextIO) -> int:
    """Write a row for each country that took part, in either role, and month; return the number of rows."""
    return _write(reports, what, stream, ("country", "month"), _countries)


def _dyads(act: Act, when: str) -> set[tuple[str, ...]]:
    return {
        (actor.country, recipient.country, when)
        for actor, recipient in pairs(act)
        if actor and recipient and actor.country and recipient.country
    }


def _countries(act: Act, when: str) -> set[tuple[str, ...]]:
    return {(party.country, when) for party in (*act.actors, *act.recipients) if party.country}


def _write(
    reports: Iterable[Report], what: What, stream: TextIO, header: tuple[str, ...], units: Units
) -> int:
    length = len("2020-01-31" if header[-1] == "day" else "2020-01")
    cells = dict[tuple[str, ...], dict[str, float]]()
    for act, article in happened(reports, what):
        when = day(act, article)
        for unit in units(act, when.isoformat()[:length]) if when else ():
            _count(cells.setdefault(unit, dict.fromkeys(_MEASURES, 0)), act)
    table = csv.writer(stream, lineterminator="\n")
    countries = header[:-1]
    table.writerow((*header, *_MEASURES, *(f"{name}_{system}" for name in countries for system in _SYSTEMS)))
    for unit in sorted(cells):
        codes = (getattr(state(country), system) for country in unit[:-1] for system in _SYSTEMS)
        table.writerow((*unit, *(round(value, 6) for value in cells[unit].values()), *codes))
    return len(cells)


def _count(cell: dict[str, float], act: Act) -> None:
    cell["acts"] += 1
    cell[f"quad{act.quad}"] += 1
    if act.type.lower() in cell:
        cell[act.type.lower()] += 1
    cell["intensity"] += act.intensity
