"""Choosing among the places of an article's names, together.

Each name spreads its weight over its candidates. A candidate gains from its
own size and kind, from other names in its country and division, and from
other names nearby; three rounds let the names settle one another.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from legation.grounding.gazetteer import (
    ADMIN1,
    ADMIN2,
    ALTERNATE,
    CAPITAL,
    COUNTRY,
    POINT,
    QUARTER,
    REGION,
    SIZE_STEPS,
    TOWN,
    Array,
    PlaceTable,
)

ROUNDS = 3
SPREAD = 0.6  # softmax temperature, in orders of magnitude of people
KIND_BONUS = np.array([1.5, 3.0, -0.3, -1.5, 1.0, 0.5, 0.3, 0.0, 0.0, -1.0, 1.5])
OTHER_NAME = 1.2
IN_COUNTRY, IN_DIVISION, NEARBY = 4.0, 4.0, 3.0
REACH_KM = 90.0
SURE = 0.15  # weight from which a candidate draws others near
SAME_KM = 80.0  # a second-level division reaches this far
HOME_NEAR, HOME_KM, HOME_DIVISION, HOME_COUNTRY = 2.0, 60.0, 1.0, 0.3
PEOPLE = 1.0
NESTED = 0.6
INSIDE, HOLDS = 4.0, 3.0
ASKED = 4.0
HINTED = 1.0  # weight of a country that the caller names
EARTH_KM = 6371.0
ASKS = {
    "division": {ADMIN1: 1.0, ADMIN2: 0.6, REGION: 0.3},
    "district": {ADMIN2: 1.0, ADMIN1: 0.6},
    "city": dict.fromkeys(range(CAPITAL, QUARTER + 1), 1.0) | {POINT: 0.3},
}


@dataclass(eq=False)
class Name:
    """A name of the article: its candidates, what its words ask for, and how often it stands there."""

    candidates: list[int]
    asks: str = ""
    weight: float = 1.0
    distant: float = 0.0
    inside: Name | None = None


def choose(
    table: PlaceTable, names: Sequence[Name], hinted: dict[int, float], home: int | None = None
) -> list[tuple[int, float]]:
    """Return for each name its place and the place's share of belief.

    ``hinted`` weighs countries by number; ``home`` is the place that the report comes from.
    """
    flat = _Flat(table, names)
    if home is not None:
        flat.favour(table, home)
    flat.hold_together(names)
    belief = flat.share(flat.prior)
    scores = flat.prior
    for _ in range(ROUNDS):
        scores = flat.prior + flat.support(belief, hinted)
        belief = flat.share(scores)
    best = []
    for first, last in zip(flat.starts[:-1], flat.starts[1:], strict=True):
        at = first + int(np.argmax(scores[first:last]))
        best.append((int(flat.places[at]), float(belief[at])))
    return best


class _Flat:
    """All candidates of all names, one after another."""

    def __init__(self, table: PlaceTable, names: Sequence[Name]) -> None:
        counts = [len(name.candidates) for name in names]
        self.starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.intp)
        self.owner = np.repeat(np.arange(len(names)), counts)
        raw = np.fromiter((place for name in names for place in name.candidates), np.int64, sum(counts))
        self.places = raw & ~ALTERNATE
        self.kind = table.kind[self.places]
        self.country = table.country[self.places].astype(np.intp)
        self.division = table.division[self.places].astype(np.intp)
        self.no_division = table.no_division
        self.weight = np.array([name.weight for name in names])
        lat, lon = np.radians(table.lat[self.places]), np.radians(table.lon[self.places])
        self.xyz = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
        other = (raw & ALTERNATE) != 0
        self.prior = (
            PEOPLE * table.size[self.places] / SIZE_STEPS + KIND_BONUS[self.kind] - OTHER_NAME * other
        )
        for number, name in enumerate(names):
            span = slice(self.starts[number], self.starts[number + 1])
            self.prior[span] -= name.distant
            if name.asks in ASKS:
                wanted = np.zeros(11)
                for kind, much in ASKS[name.asks].items():
                    wanted[kind] = ASKED * much
                self.prior[span] += wanted[self.kind[span]]
        self._nested_penalty(~other)

    def _nested_penalty(self, own: Array) -> None:
        """Let a division give way to the town of its own name within it."""
        towns = own & (self.kind >= CAPITAL) & (self.kind <= TOWN)
        for at in np.flatnonzero((self.kind == ADMIN1) | (self.kind == ADMIN2)):
            mine = slice(self.starts[self.owner[at]], self.starts[self.owner[at] + 1])
            same = towns[mine] & (self.division[mine] == self.division[at])
            if same.any():
                near = self.xyz[mine][same] @ self.xyz[at]
                if self.kind[at] == ADMIN1 or float(near.max()) > np.cos(SAME_KM / EARTH_KM):
                    self.prior[at] -= NESTED

    def favour(self, table: PlaceTable, home: int) -> None:
        """Favour what lies near the home of the report."""
        lat, lon = math.radians(table.lat[home]), math.radians(table.lon[home])
        at = np.array([math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)])
        away = EARTH_KM * np.arccos(np.clip(self.xyz @ at, -1.0, 1.0))
        division = (self.division == table.division[home]) & (self.division != self.no_division)
        local = HOME_NEAR * np.exp(-away / HOME_KM) * (self.kind > COUNTRY)
        self.prior += local + HOME_DIVISION * division + HOME_COUNTRY * (self.country == table.country[home])

    def hold_together(self, names: Sequence[Name]) -> None:
        """Favour candidates that lie in a candidate of the name that follows after a comma."""
        number = {id(name): n for n, name in enumerate(names)}
        for n, name in enumerate(names):
            if name.inside is None or id(name.inside) not in number:
                continue
            m = number[id(name.inside)]
            inner, outer = self._range(n), self._range(m)
            holds = self._contains(outer, inner)
            self.prior[inner] += INSIDE * holds.any(axis=0)
            self.prior[outer] += HOLDS * holds.any(axis=1)

    def share(self, scores: Array) -> Array:
        """Return each candidate's share of its name's belief."""
        top = np.maximum.reduceat(scores, self.starts[:-1])
        grown = np.exp((scores - top[self.owner]) / SPREAD)
        total = np.add.reduceat(grown, self.starts[:-1])
        share: Array = grown / total[self.owner]
        return share

    def support(self, belief: Array, hinted: dict[int, float]) -> Array:
        """Return what the other names add to each candidate."""
        mass = belief * self.weight[self.owner]
        others = self.weight.sum() - self.weight[self.owner] + 1.0
        hints = sum(hinted.values())
        country = self._agreement(self.country, mass, hinted)
        division = self._agreement(self.division, mass, {})
        division[self.division == self.no_division] = 0.0
        support: Array = (
            IN_COUNTRY * country / (others + hints)
            + IN_DIVISION * division / others
            + NEARBY * self._nearness(mass)
        )
        return support

    def _agreement(self, label: Array, mass: Array, given: dict[int, float]) -> Array:
        """Return how much of the other names' weight lies under each candidate's label."""
        kinds, compact = np.unique(label, return_inverse=True)
        table = np.zeros((len(self.weight), len(kinds)))
        np.add.at(table, (self.owner, compact), mass)
        total = table.sum(axis=0)
        for value, much in given.items():
            total[kinds == value] += much
        agreed: Array = total[compact] - table[self.owner, compact]
        return agreed

    def _nearness(self, mass: Array) -> Array:
        """Return, from 0 to 1, how much of the other names lies near each candidate."""
        anchors = np.flatnonzero((mass > SURE) & (self.kind != COUNTRY) & (self.kind != REGION))
        if not len(anchors):
            return np.zeros(len(self.places))
        chord = np.clip(self.xyz @ self.xyz[anchors].T, -1.0, 1.0)
        pull = np.exp(-EARTH_KM * np.arccos(chord) / REACH_KM) * mass[anchors]
        pull[self.owner[:, None] == self.owner[anchors][None, :]] = 0.0
        near: Array = 1.0 - np.exp(-pull.sum(axis=1))
        return near

    def _contains(self, outer: slice, inner: slice) -> Array:
        country = self.country[outer][:, None] == self.country[inner][None, :]
        division = self.division[outer][:, None] == self.division[inner][None, :]
        kind = self.kind[outer][:, None]
        close = self.xyz[outer] @ self.xyz[inner].T > np.cos(SAME_KM / EARTH_KM)
        holds = (
            ((kind == COUNTRY) & country)
            | ((kind == ADMIN1) & division)
            | ((kind == ADMIN2) & division & close)
        )
        smaller = self.kind[inner][None, :] > kind
        held: Array = holds & smaller
        return held

    def _range(self, number: int) -> slice:
        return slice(int(self.starts[number]), int(self.starts[number + 1]))
