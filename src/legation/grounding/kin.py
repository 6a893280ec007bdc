"""Whose country a party shares, where its own words do not say: the rules weighed against the model."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from legation.coding.decision import log_odds, probability, threshold, weights
from legation.grounding.descriptions import DEFINITE
from legation.grounding.local import tells_of_elsewhere
from legation.grounding.parties import Grounded, PartyGrounder
from legation.language.model import Place
from legation.records import Party

Alike = Mapping[Place | None, float]
NOBODY = ""
SURE = 0.7
"""How likely it must be that the rules took a reference for the wrong one."""
PAIRED, BESIDE = 0.6, 0.3
"""The least that two countries of a pair have together, and the least that the second has of the first's."""
SINGLE, HARDLY = 0.97, 0.02
"""How likely one country is for both of a pair, and how little the other that the rules gave it is then."""
OWNED = frozenset({*DEFINITE, "its", "his", "her", "their", "our", "my", "both", "each"})
READ = "country by the model"


@dataclass(frozen=True)
class Head:
    """The head word of a party, its part of speech, and whether it means two (*both governments*)."""

    place: Place
    form: str
    is_pair: bool = False


@dataclass(frozen=True)
class Case:
    """A party as the rules have it and what the model makes of its country.

    ``referring`` says that the rules found whom it stands for; ``shares`` are the
    model's, by country, and ``named`` says how often the report names each.
    """

    party: Party
    head: Head
    shares: Mapping[str, float]
    named: Mapping[str, int]
    referring: bool

    @property
    def told(self) -> str:
        """The country by the rules."""
        return self.party.country or NOBODY

    @property
    def likeliest(self) -> str:
        """The country that the model thinks likeliest."""
        return max(self.shares, key=lambda name: self.shares[name], default=NOBODY)

    @property
    def is_settled(self) -> bool:
        """Say whether there is nothing to weigh.

        That a party is nobody's takes a report to tell, and is no answer to a reference.
        """
        alone = self.head.place[0] == 0
        return self.likeliest == self.told or (self.likeliest == NOBODY and (self.referring or alone))

    def decided(self) -> tuple[Party, bool]:
        """Return the party with the likelier country, and whether that is the model's.

        Where the rules found whom a reference stands for, the model has to be surer,
        and their name is dropped.
        """
        if self.is_settled or "country" not in weights():
            return self.party, False
        least = max(threshold("country"), SURE if self.referring else 0.0)
        if probability("country", self.features()) < least:
            return self.party, False
        name = None if self.referring else self.party.name
        country, inferred = self.likeliest or None, bool(self.likeliest)
        return msgspec.structs.replace(self.party, country=country, name=name, inferred=inferred), True

    def features(self) -> dict[str, float]:
        """Return what speaks for the model's country against that of the rules."""
        party, told, form = self.party, self.told, self.head.form
        way = "referring" if self.referring else "inferred" if party.inferred else "told" if told else "none"
        return {
            "model": log_odds(self.shares.get(self.likeliest, 0.0)),
            "rules": log_odds(self.shares.get(told, 0.0)),
            "often": math.log1p(self.named.get(self.likeliest, 0)),
            "often-rules": math.log1p(self.named.get(told, 0)),
            "nobody": float(self.likeliest == NOBODY), "pair": float(self.head.is_pair),
            "named": float(party.name is not None),
            f"way-{way}": 1.0, f"form-{form}": 1.0, f"{way}-{form}": 1.0, f"kind-{party.kind}": 1.0,
            f"sector-{party.sectors[0] if party.sectors else 'none'}": 1.0,
        }  # fmt: skip


class Kin:
    """Settles the countries of the parties of one article, sentence after sentence."""

    def __init__(self, parties: PartyGrounder) -> None:
        self._parties = parties
        self._decided: dict[Place, str | None] = {}
        self._weighed: list[Case] = []

    def weighed(self) -> list[Case]:
        """Return what was weighed since this was asked last."""
        found, self._weighed = self._weighed, []
        return found

    def settled(self, head: Head, alike: Alike, meant: Sequence[Grounded]) -> list[Grounded]:
        """Return parties whose own words name no country with that of whoever the report has them with.

        ``meant`` are those that one phrase stands for by the rules, ``alike`` the words
        whose country it shares by the model.
        """
        identity = self._parties.identity(*head.place)
        named = identity is not None and identity.country
        owners = len(meant) > 1 and not any(g.antecedent for g in meant)
        known = named or owners or any(g.given or _is_named_before(g.party, head) for g in meant)
        if known or _is_of_elsewhere(meant[0].party):
            return list(meant)
        if head.is_pair or len(meant) > 1:
            pair = self._pair(head, alike, meant)
            if pair:
                return pair
        return [self._one(head, alike, grounded) for grounded in meant]

    def _pair(self, head: Head, alike: Alike, meant: Sequence[Grounded]) -> list[Grounded]:
        """Return a party for each country of a pair; none where it is weighed as a single party."""
        shares = self._by_country(head.place, alike)
        ranked = sorted((c for c in shares if c != NOBODY), key=lambda c: -shares[c])[:2]
        told = [g.party.country for g in meant if g.party.country]
        if len(set(told)) > 1:
            first = ranked[0] if ranked else NOBODY
            others = [shares.get(c, 0.0) for c in told if c != first]
            if first not in told or shares[first] < SINGLE or max(others) > HARDLY:
                return list(meant)
            return [g for g in meant if g.party.country == first]
        if len(ranked) < len(("one", "other")):
            return []
        one, other = (shares[c] for c in ranked)
        if not head.is_pair or one + other < PAIRED or other < BESIDE * one:
            return []
        return [self._read(meant[0], country, head.place, alike) for country in ranked]

    def _one(self, head: Head, alike: Alike, grounded: Grounded) -> Grounded:
        shares = self._by_country(head.place, alike)
        case = Case(grounded.party, head, shares, self._parties.countries, grounded.antecedent is not None)
        self._weighed.append(case)
        party, read = case.decided()
        self._decided[head.place] = party.country
        if not read:
            return grounded
        return self._read(replace(grounded, party=party), party.country, head.place, alike)

    def _read(self, grounded: Grounded, country: str | None, place: Place, alike: Alike) -> Grounded:
        """Return a party with a country by the model."""
        party = msgspec.structs.replace(grounded.party, country=country, inferred=country is not None)
        how = f"{grounded.how}; {READ}" if grounded.how else READ
        return replace(grounded, party=party, how=how, antecedent=self._nearest(place, alike, country))

    def _by_country(self, place: Place, alike: Alike) -> dict[str, float]:
        """Return how likely each country is; nobody's is an empty string."""
        found: dict[str, float] = {}
        for other, share in alike.items():
            country = NOBODY if other is None else self._country_at(other) if other != place else None
            if country is not None:
                found[country] = found.get(country, 0.0) + share
        return found

    def _country_at(self, place: Place) -> str | None:
        """Return the country of a word of the report, None where it is not known."""
        if place not in self._decided:
            identity = self._parties.identity(*place)
            told = identity.country if identity is not None else None
            self._decided[place] = told or self._parties.parties(*place)[0].party.country
        return self._decided[place]

    def _nearest(self, place: Place, alike: Alike, country: str | None) -> str | None:
        """Return the phrase with a country that a party most likely shares, None where it has none."""
        likely = [
            (share, other) for other, share in alike.items()
            if other is not None and other != place and country and self._decided.get(other) == country
        ]  # fmt: skip
        return self._parties.words_of(*max(likely)[1]) if likely else None


def _is_named_before(party: Party, head: Head) -> bool:
    """Say whether a surname is that of somebody whose country the report has told."""
    told = party.country is not None and not party.inferred
    return told and head.form == "PROPN" and party.kind == "person" and party.name is not None


def _is_of_elsewhere(party: Party) -> bool:
    """Say whether a party is told to be of other states, and of none that the report knows: *Arab states*."""
    words = party.text.lower().split()
    return OWNED.isdisjoint(words[:1]) and tells_of_elsewhere(words)
