"""Parties whose country the text does not give: that of the place, or of the state it is about."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import msgspec

from legation.grounding.descriptions import DEFINITE
from legation.grounding.reference_words import words_of_reference
from legation.records import Party
from legation.tables import rows, shipped

OFFICES = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY", "REB", "OPP", "PTY"})


def located(party: Party, place: str | None, home: str | None, *, thing: bool = False) -> Party:
    """Give a party without a country that of the ``place``, marked as inferred.

    An official called by title and name, and *the country*, belong to the
    report's ``home``. Whoever is told to be of elsewhere, and a ``thing`` that is
    nobody (*the plan*), get none.
    """
    if party.country:
        return party
    words = party.text.lower().split()
    sole = sole_offices().get(" ".join(words[1:] if words[0] in DEFINITE else words))
    if sole:
        return msgspec.structs.replace(party, country=sole)
    if tells_of_elsewhere(words):
        return party
    if party.sectors[:1] == ("NGO",):
        return msgspec.structs.replace(party, country="NGO", sectors=party.sectors[1:])
    titled = party.kind == "person" and party.name is not None
    official = titled and party.sectors[:1] and party.sectors[0] in OFFICES and not _is_posted(words)
    if official or _is_homeland(words):
        place = home
    elif party.kind == "state" or (thing and not party.sectors):
        return party
    return msgspec.structs.replace(party, country=place, inferred=True) if place else party


@cache
def sole_offices() -> dict[str, str]:
    """Return the country of each office of which there is one in the world (*the pope*)."""
    table = shipped("actors", "offices.csv")
    return {row["office"]: row["country"] for _, row in rows(table, ("office", "country"))}


def tells_of_elsewhere(words: Sequence[str]) -> bool:
    """Say whether somebody is of another place: *foreign journalists*, not the *foreign minister*."""
    return any(
        "elsewhere" in words_of_reference().get(word, ())
        and "office" not in words_of_reference().get(after, ())
        for word, after in zip(words, (*words[1:], ""), strict=True)
    )


def _is_homeland(words: Sequence[str]) -> bool:
    """Say whether words are *the country* and the like, and no more."""
    return (
        len(words) == len(("the", "country"))
        and words[0] in DEFINITE
        and "homeland" in words_of_reference().get(words[1], ())
    )


def _is_posted(words: Sequence[str]) -> bool:
    """Say whether an office is held abroad, so that the place tells nothing of whose it is."""
    return any("posted" in words_of_reference().get(word, ()) for word in words)
