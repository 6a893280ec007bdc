"""Which sector a party has, where the tables say one thing and the model's reading another."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from legation.coding.decision import log_odds, probability, threshold, weights
from legation.records import Party

NONE = "none"
OF_THE_STATE = frozenset({"LEG", "SPY"})
"""Sectors behind which GOV stands too."""


def weighed(party: Party, shares: Mapping[str, float], form: str) -> tuple[Party, bool]:
    """Return a party with the likelier sector, and whether that is the model's, which gives ``shares``.

    ``form`` is the part of speech of the party's head.
    """
    told, likeliest = first(party), likely(shares)
    if likeliest == told or "sector" not in weights():
        return party, False
    if probability("sector", features(party, shares, form)) < threshold("sector"):
        return party, False
    return msgspec.structs.replace(party, sectors=full(likeliest)), True


def first(party: Party) -> str:
    """Return the first sector of a party, or *none*."""
    return party.sectors[0] if party.sectors else NONE


def likely(shares: Mapping[str, float]) -> str:
    """Return the sector that the model thinks likeliest."""
    return max(shares, key=lambda name: shares[name], default=NONE)


def full(sector: str) -> tuple[str, ...]:
    """Return a sector with what stands behind it."""
    if sector == NONE:
        return ()
    return (sector, "GOV") if sector in OF_THE_STATE else (sector,)


def features(party: Party, shares: Mapping[str, float], form: str) -> dict[str, float]:
    """Return what speaks for the model's sector against that of the tables."""
    told, likeliest = first(party), likely(shares)
    return {
        "model": log_odds(shares.get(likeliest, 0.0)), "table": log_odds(shares.get(told, 0.0)),
        f"form-{form}": 1.0, f"{form}-{told}": 1.0, f"kind-{party.kind}": 1.0,
        f"table-{told}": 1.0, f"model-{likeliest}": 1.0,
        "named": float(party.name is not None), "inferred": float(party.inferred),
        "country": float(party.country is not None),
    }  # fmt: skip
