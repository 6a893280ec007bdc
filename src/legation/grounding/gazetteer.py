"""The table of places: GeoNames' towns and divisions, our countries and regions, looked up by name."""

from __future__ import annotations

import math
import zipfile
import zlib
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from legation.errors import DataFileError
from legation.grounding.place_names import fold, hashed
from legation.records import PlacePrecision
from legation.tables import rows

Array = npt.NDArray[Any]
FOLDER: Final = Path(__file__).parent.parent / "data" / "places"
ACTORS: Final = FOLDER.parent / "actors"

REGION, COUNTRY, ADMIN1, ADMIN2, CAPITAL, SEAT1, SEAT2, SEAT3, TOWN, QUARTER, POINT = range(11)
PRECISIONS: Final[tuple[PlacePrecision, ...]] = (
    "region", "country", "admin1", "admin2", "city", "city", "city", "city", "city", "city", "point",
)  # fmt: skip
KIND_OF: Final = {
    "region": REGION, "country": COUNTRY, "admin1": ADMIN1, "admin2": ADMIN2, "city": TOWN, "point": POINT,
}  # fmt: skip
BLOCK: Final = 64  # names to a compressed block
ALTERNATE: Final = 1 << 30  # set on a place that the key is another name of
KM_PER_DEGREE: Final = 111.2
MOST_LATITUDE: Final = 90
MOST_LONGITUDE: Final = 180
SIZE_STEPS: Final = 20  # steps of `size` to a factor of ten in people
BIG_SIZE: Final = 5 * SIZE_STEPS  # a hundred thousand people
_REGION_SIZE = 6.5 * SIZE_STEPS
_POINT_SIZE = 5 * SIZE_STEPS
_ARRAYS = (
    "lat", "lon", "geonames", "division", "kind", "size", "high", "low", "places", "countries",
    "division_country", "division_code", "division_place", "names", "blocks",
)  # fmt: skip


class PlaceTable:
    """Places by number, with parallel arrays of their values; names lead to numbers.

    ``lat``, ``lon`` in degrees; ``geonames`` 0 where there is no id; ``country``
    indexes ``codes``; ``division`` indexes the first-level divisions, the last
    of which stands for none; ``size`` is the number of people, as steps of
    its logarithm.
    """

    def __init__(self, folder: Path, states: Path) -> None:
        held = _arrays(folder / "gazetteer.npz")
        self._high, self._low, self._places = held["high"], held["low"], held["places"]
        self._names, self._blocks = held["names"].tobytes(), held["blocks"]
        self._base = len(held["lat"])
        self.codes: list[str] = [*(code.decode() for code in held["countries"].tolist()), ""]
        self._number = {code: n for n, code in enumerate(self.codes)}
        self._division_place = held["division_place"]
        self.divisions = {code.decode(): n for n, code in enumerate(held["division_code"].tolist())}
        self.no_division = len(held["division_code"])
        self._extra_names: list[str] = []
        self._extra_keys: dict[str, list[int]] = defaultdict(list)
        self._extra: list[tuple[float, float, int, int, int, float]] = []
        self._read_states(folder / "countries.csv", states)
        self._read_regions(folder / "regions.csv")
        extra = np.array(self._extra)
        self.lat = np.concatenate([held["lat"], extra[:, 0].astype(np.float32)])
        self.lon = np.concatenate([held["lon"], extra[:, 1].astype(np.float32)])
        self.geonames = np.concatenate([held["geonames"], extra[:, 2].astype(np.int32)])
        self.country = np.concatenate(
            [held["division_country"][held["division"]], extra[:, 3].astype(np.uint16)]
        )
        none = np.full(len(extra), self.no_division, np.uint16)
        self.division = np.concatenate([held["division"], none])
        self.kind = np.concatenate([held["kind"], extra[:, 4].astype(np.uint8)])
        self.size = np.concatenate([held["size"], extra[:, 5].astype(np.uint8)])
        self._read_names(folder / "names.csv")
        self.name = lru_cache(maxsize=4096)(self._name)

    def __len__(self) -> int:
        return len(self.lat)

    def find(self, key: str) -> list[int]:
        """Return the places of a name's key, ours first, then the most peopled.

        `ALTERNATE` is set on places that the key is another name of.
        """
        high, low = hashed(key)
        wanted = np.uint32(high)
        first = int(self._high.searchsorted(wanted))
        last = first
        while last < len(self._high) and self._high[last] == wanted:
            last += 1
        found: list[int] = self._places[first:last][self._low[first:last] == low].tolist()
        extra = self._extra_keys.get(key)
        return (
            found if extra is None else extra + [place for place in found if place & ~ALTERNATE not in extra]
        )

    def is_well_known(self, key: str) -> bool:
        """Tell whether a key is the own name of a country, region, first-level division or big town."""
        for place in self.find(key):
            if not place & ALTERNATE and (self.kind[place] <= ADMIN1 or self.size[place] >= BIG_SIZE):
                return True
        return False

    def division_of(self, place: int) -> str | None:
        """Return the English name of the first-level division that holds a place, or None."""
        return self.division_name(int(self.division[place]))

    def division_name(self, division: int) -> str | None:
        """Return the English name of a first-level division by its number, or None."""
        holder = int(self._division_place[division]) if division < self.no_division else -1
        return None if holder < 0 else self.name(holder)

    def division_place(self, code: str) -> int | None:
        """Return the place that is a first-level division by GeoNames' code, such as ``US.TX``."""
        number = self.divisions.get(code)
        holder = -1 if number is None else int(self._division_place[number])
        return None if holder < 0 else holder

    def divisions_in(self, country: int) -> Array:
        """Return the first-level divisions of a country, as places."""
        held = self._division_place[self._division_place >= 0]
        inside: Array = held[self.country[held] == country]
        return inside

    def countries(self) -> list[int]:
        """Return the countries, as places."""
        return np.flatnonzero(self.kind == COUNTRY).tolist()

    def nearest_town(self, lat: float, lon: float, within_km: float) -> int | None:
        """Return the town nearest to a point, or None where none lies within a number of kilometres."""
        north = (self.lat - lat) * KM_PER_DEGREE
        east = ((self.lon - lon + 180) % 360 - 180) * KM_PER_DEGREE * math.cos(math.radians(lat))
        away = np.where((self.kind >= CAPITAL) & (self.kind <= QUARTER), np.hypot(north, east), np.inf)
        place = int(away.argmin())
        return place if away[place] <= within_km else None

    def number_of(self, code: str) -> int | None:
        """Return the index of a country code in ``codes``, or None."""
        return self._number.get(code)

    def _name(self, place: int) -> str:
        if place >= self._base:
            return self._extra_names[place - self._base]
        block = place // BLOCK
        packed = self._names[self._blocks[block] : self._blocks[block + 1]]
        return zlib.decompress(packed).decode().split("\n")[place % BLOCK]

    def _add(
        self, names: list[str], at: tuple[float, float], geonames: int, country: str, kind: int, size: float
    ) -> None:
        place = self._base + len(self._extra)
        self._extra.append((*at, geonames, self._number[country], kind, size))
        self._extra_names.append(names[0])
        for key in dict.fromkeys(fold(name) for name in names):
            self._extra_keys[key].append(place)

    def _read_states(self, countries: Path, states: Path) -> None:
        at: dict[str, tuple[float, float, int, float]] = {}
        for line, row in rows(countries, ("iso3", "lat", "lon", "geonames", "people")):
            lat, lon = _point(countries, line, row)
            at[row["iso3"]] = (lat, lon, int(row["geonames"]), float(row["people"]))
            self._code(row["iso3"])
        for _, row in rows(states, ("key", "names")):
            if row["key"] in at:
                lat, lon, geonames, people = at[row["key"]]
                names = [name.strip() for name in row["names"].split(";")]
                self._add(
                    names, (lat, lon), geonames, row["key"], COUNTRY, SIZE_STEPS * math.log10(people + 1)
                )

    def _read_names(self, table: Path) -> None:
        wanted = [
            (fold(row["name"]), line, int(row["geonames"])) for line, row in rows(table, ("name", "geonames"))
        ]
        ids = np.array([number for _, _, number in wanted])
        at = np.flatnonzero(np.isin(self.geonames, ids))
        places = dict(zip(self.geonames[at].tolist(), at.tolist(), strict=True))
        for key, line, number in wanted:
            if number not in places:
                raise DataFileError(table, line, f"{number} is no GeoNames id of the table of places")
            self._extra_keys[key].append(places[number])

    def _read_regions(self, table: Path) -> None:
        for line, row in rows(table, ("names", "precision", "country", "lat", "lon", "geonames")):
            at = _point(table, line, row)
            kind = KIND_OF.get(row["precision"])
            if kind is None:
                known = ", ".join(KIND_OF)
                raise DataFileError(table, line, f"{row['precision']!r} is no precision; one of {known}")
            if row["country"] and row["country"] not in self._number:
                raise DataFileError(table, line, f"{row['country']!r} is no country of countries.csv")
            names = [name.strip() for name in row["names"].split(";") if name.strip()]
            if not names:
                raise DataFileError(table, line, "a place needs a name")
            size = _POINT_SIZE if kind == POINT else _REGION_SIZE
            self._add(names, at, int(row["geonames"] or 0), row["country"], kind, size)

    def _code(self, code: str) -> None:
        if code not in self._number:
            self._number[code] = len(self.codes)
            self.codes.append(code)


def _arrays(path: Path) -> dict[str, Array]:
    try:
        with np.load(path, allow_pickle=False) as file:
            return {name: file[name] for name in _ARRAYS}
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise DataFileError(
            path, 1, f"not a table of places: {error}; training/make_gazetteer.py makes it"
        ) from error


def _point(table: Path, line: int, row: dict[str, str]) -> tuple[float, float]:
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
    except ValueError:
        raise DataFileError(table, line, f"{row['lat']}, {row['lon']} are no degrees") from None
    if not (abs(lat) <= MOST_LATITUDE and abs(lon) <= MOST_LONGITUDE):
        raise DataFileError(table, line, f"{lat}, {lon} lie off the Earth")
    return lat, lon
