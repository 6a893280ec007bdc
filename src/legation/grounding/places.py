"""Names to places: coordinates, country and first-level division, told apart within their article."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Self

import numpy as np

from legation.grounding.gazetteer import (
    ACTORS,
    ALTERNATE,
    COUNTRY,
    FOLDER,
    PRECISIONS,
    SIZE_STEPS,
    Array,
    PlaceTable,
)
from legation.grounding.place_names import Qualifiers, variants
from legation.grounding.place_ranking import HINTED, choose
from legation.grounding.place_reading import MOST, Reader
from legation.grounding.place_words import PlaceWords
from legation.records import Place, Span

DOMINANT = 0.8  # share of people that one country must hold for a name to be its own
KNOWN_PEOPLE = 50_000  # a town smaller than this is no place that a bare word means
HOME_SHARE = 0.2  # of a newspaper's towns that must lie in its home's division
FEW = 3  # divisions that a country needs for its parts to be told apart
RENOWN = np.array([100.0, 5.0, 1.0, 0.1, 5.0, 1.5, 1.0, 1.0, 1.0, 0.5, 100.0])  # what a kind adds to people
_AWAY = {"north": (1, 0), "south": (-1, 0), "east": (0, 1), "west": (0, -1)}


class Gazetteer:
    """Places of the world by name."""

    def __init__(self, table: PlaceTable, qualifiers: Qualifiers, words: PlaceWords) -> None:
        self.table = table
        self._words = words
        self._reader = Reader(table, qualifiers, words)

    @classmethod
    def load(cls, folder: Path = FOLDER, actors: Path = ACTORS) -> Self:
        """Return the gazetteer that ships with the package, or the one in folders of the same files."""
        table = PlaceTable(folder, actors / "states.csv")
        return cls(table, Qualifiers(folder / "qualifiers.csv"), PlaceWords(folder, actors, table))

    def __len__(self) -> int:
        return len(self.table)

    def resolve(
        self,
        names: Sequence[Span],
        *,
        near: Collection[str] = (),
        home: str | None = None,
        demonyms: bool = False,
    ) -> list[Place | None]:
        """Return the place that each name of one article means, or None.

        ``names`` stand in the order of the article; two that only a comma parts
        are read as *Paris, Texas*. ``near`` are the country codes of the
        article's parties. ``home`` is where the report or its newspaper comes
        from: a country code or a place's name. ``demonyms`` reads *Iraqi* as
        Iraq, for data that counts such words as places.
        """
        read = self._reader.read_all(names, demonyms=demonyms)
        wanted = list({id(f.name): f.name for f in read if f is not None}.values())
        wanted += [name.inside for name in wanted if name.inside is not None and name.inside.weight == 0.0]
        if not wanted:
            return [None] * len(names)
        hints = {number: HINTED for code in near if (number := self.table.number_of(code)) is not None}
        chosen = choose(self.table, wanted, hints, self._home(home, hints))
        best = dict(zip(map(id, wanted), chosen, strict=True))
        return [
            None if found is None else self._place(span, found.side, best[id(found.name)][0])
            for span, found in zip(names, read, strict=True)
        ]

    def country_of(self, name: str) -> str | None:
        """Return the country of a name that means a place there and hardly anything else.

        None for demonyms, for words and persons' names that places also bear,
        and where places of several countries share the name.
        """
        if not any(c.isupper() for c in name):
            return None
        for reading in self._reader.qualifiers.readings(name)[:3]:
            if reading.key in self._words.barred or reading.key in self._words.demonyms:
                return None
            if reading.within:
                continue
            if reading.key in self._words.doubtful and not reading.asks:
                return None
            found = [place for spelled in variants(reading.key) for place in self.table.find(spelled)[:MOST]]
            if found:
                meant = self._reader.spelled(name, found)
                return self._dominant(np.array(meant)) if meant else None
        return None

    def _dominant(self, found: Array) -> str | None:
        places = found & ~ALTERNATE
        kind, people = self.table.kind[places], 10.0 ** (self.table.size[places] / SIZE_STEPS)
        if people.max() < KNOWN_PEOPLE:
            return None
        own = (found & ALTERNATE) == 0
        people = people * np.where(own, 1.0, 0.1) * RENOWN[kind]
        held: dict[int, float] = {}
        for country, much in zip(self.table.country[places].tolist(), people.tolist(), strict=True):
            held[country] = max(held.get(country, 0.0), much)
        country, most = max(held.items(), key=lambda item: item[1])
        return (self.table.codes[country] or None) if most >= DOMINANT * sum(held.values()) else None

    def _home(self, home: str | None, hints: dict[int, float]) -> int | None:
        """Return the place that the report comes from; a country becomes a hint instead."""
        if not home:
            return None
        number = self.table.number_of(home)
        if number is None:
            [found] = self._reader.read_all([Span(text=home, start=0, end=0)], demonyms=False)
            if found is None:
                return None
            names = [found.name] if found.name.inside is None else [found.name, found.name.inside]
            place = choose(self.table, names, hints)[0][0]
            if self.table.kind[place] != COUNTRY:
                return place
            number = int(self.table.country[place])
        hints[number] = hints.get(number, 0.0) + HINTED
        return None

    def _place(self, span: Span, side: str, place: int) -> Place:
        table = self.table
        lat, lon = float(table.lat[place]), float(table.lon[place])
        precision, name = PRECISIONS[table.kind[place]], table.name(place)
        geonames = int(table.geonames[place]) or None
        if side and precision == "country":
            lat, lon = self._part(place, side)
            precision, name, geonames = "region", span.text, None
        return Place(
            text=span.text,
            start=span.start,
            end=span.end,
            name=name,
            admin1=table.division_of(place),
            country=table.codes[table.country[place]] or None,
            lat=round(lat, 4),
            lon=round(lon, 4),
            geonames=geonames,
            precision=precision,
        )

    def _part(self, country: int, side: str) -> tuple[float, float]:
        """Return a point in a part of a country: the mean of the third of its divisions farthest that way."""
        table = self.table
        held = table.divisions_in(int(table.country[country]))
        away = [_AWAY[word] for word in side.split() if word in _AWAY]
        if len(held) < FEW or not away:
            return float(table.lat[country]), float(table.lon[country])
        lat, lon = table.lat[held].astype(float), table.lon[held].astype(float)
        up, right = sum(step[0] for step in away), sum(step[1] for step in away)
        along = up * (lat - lat.mean()) / (lat.std() + 1e-9) + right * (lon - lon.mean()) / (lon.std() + 1e-9)
        most = np.argsort(along)[-max(1, len(held) // 3) :]
        return float(lat[most].mean()), float(lon[most].mean())


def home_of(places: Iterable[Place]) -> str | None:
    """Return a newspaper's home, as `Gazetteer.resolve` takes it, from the places of many of its articles.

    It is the town named most in the first-level division that most of its towns lie in; None if no division
    holds a fifth of them.
    """
    towns = Counter(
        (place.name, place.admin1, place.country)
        for place in places
        if place.precision in {"city", "admin2", "point"} and place.admin1 and place.name
    )
    divisions: defaultdict[str, float] = defaultdict(float)
    for (_, admin1, _), count in towns.items():
        divisions[f"{admin1}"] += 1 + math.log(count)
    if not divisions:
        return None
    chosen, most = max(divisions.items(), key=lambda item: item[1])
    if most < HOME_SHARE * sum(divisions.values()):
        return None
    inside = [name for (name, admin1, _), _ in towns.most_common() if admin1 == chosen]
    return f"{inside[0]}, {chosen}"
