"""Other codes and names of countries, from the table of states that ships with the actors."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

import msgspec


class State(msgspec.Struct, frozen=True):
    """A country's name and its codes in other systems; empty where it has none."""

    name: str = ""
    names: tuple[str, ...] = ()
    cow: str = ""
    gw: str = ""
    fips: str = ""


def state(code: str | None) -> State:
    """Return what is known of a country code; for an unknown one, the code as its name."""
    if code is None:
        return State()
    return _states().get(code, State(name=code))


@cache
def _states() -> dict[str, State]:
    table = files("legation") / "data" / "actors" / "states.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {
        row["key"]: State(
            name=row["names"].split(";")[0].strip(" ~"),
            names=tuple(name.strip(" ~") for name in row["names"].split(";")),
            cow=row["cow"],
            gw=row["gw"],
            fips=row["fips"],
        )
        for row in rows
    }


def code_of(name: str | None) -> str | None:
    """Return the country code that a country's name stands for, or None."""
    return _by("name").get(name.casefold()) if name else None


def country_of_fips(code: str) -> str | None:
    """Return the country code of a FIPS 10-4 code, or None."""
    return _by("fips").get(code.casefold()) if code else None


@cache
def _by(field: str) -> dict[str, str]:
    """Return codes by another code or name; the first of the table stands."""
    found: dict[str, str] = {}
    for code, known in _states().items():
        for value in known.names if field == "name" else (getattr(known, field),):
            found.setdefault(value.casefold(), code)
    return found
