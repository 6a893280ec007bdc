"""Named bodies of another state than the table's: Russia's Security Council, Malaysia's Special Branch."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from legation.grounding.entries import AGENT, NAMED, SUFFIX, Entry
from legation.grounding.roles import STATE_ORGANS, Item
from legation.grounding.tables import STATELESS

SHARED = STATE_ORGANS | {"PTY"}


class Owner(Protocol):
    """What is known of the owner of a body."""

    kind: str
    countries: tuple[str, ...]


def stated(states: Sequence[tuple[int, Entry]], owners: Mapping[str, Owner]) -> list[str]:
    """Return the countries that the words around a name say it belongs to, the nearest tie first."""
    named = [owners[link] for link in ("'s", "of") if link in owners]
    codes = [entry.countries for _, entry in states]
    codes += [owner.countries for owner in named if owner.kind == "state"]
    return [countries[0] for countries in codes if countries]


def is_elsewhere(item: Item, countries: Collection[str]) -> bool:
    """Whether a phrase that states ``countries`` means a body that no row of the name is about.

    Names of common words (``Security Council``) and of a state's organs (``Special
    Branch``) are borne in many states; others (``Reuters``) are the same anywhere.
    """
    bearers = item.having(NAMED)
    if not countries or any(not set(e.countries).isdisjoint(countries) or not e.countries for e in bearers):
        return False
    return item.has(AGENT) or item.has(SUFFIX) or any(_is_common(entry) for entry in bearers)


def is_foreign(bearers: Sequence[Entry], near: Collection[str]) -> bool:
    """Whether a name of common words stands in an article about the state of none that bears it.

    A report from Taiwan that names a ``Ministry of Transportation`` does not mean Manila's. American
    bodies, other than parties, are named everywhere without their country.
    """
    if not near or any(e.given or not e.countries or e.countries[0] in near for e in bearers):
        return False
    if any(e.countries[0] == "USA" and e.sectors[:1] != ("PTY",) for e in bearers):
        return False
    return any(e.sectors[:1] in (("GOV",), ("LEG",), ("PTY",)) and _is_common(e) for e in bearers)


def _is_common(entry: Entry) -> bool:
    """Whether a body is of a kind whose names many states share."""
    return entry.countries[0] not in STATELESS and not SHARED.isdisjoint(entry.sectors)
