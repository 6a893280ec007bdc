"""A party's words to whom they stand for: name, kind, country and sectors."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from legation.coding.phrases import phrase
from legation.coding.tree import Tree
from legation.grounding.actors import Actors, Identity
from legation.grounding.references import Referents
from legation.records import Party

LOCAL = frozenset({"COP", "MIL", "GOV", "JUD", "LEG", "CVL", "REF", "JRN", "EDU", "MED", "LAB", "REL", "OPP", "AGR", "UAF", "CRM"})


@dataclass(frozen=True)
class Grounded:
    """A party and how it was recognised, for the evidence."""

    party: Party
    how: str | None
    antecedent: str | None


class PartyGrounder:
    """Grounds the parties of one article."""

    def __init__(
        self, actors: Actors, trees: Sequence[Tree], texts: dict[str, str], day: date | None, near: Collection[str] = ()
    ) -> None:
        self._actors = actors
        self._trees = trees
        self._texts = texts
        self._day = day
        self._near = near
        self._known: dict[tuple[int, int], Identity | None] = {}
        self._referents = Referents(trees, self.identity)

    def identity(self, sentence: int, word: int) -> Identity | None:
        """Return whom the phrase of a head word names by itself."""
        key = (sentence, word)
        if key not in self._known:
            tree = self._trees[sentence]
            first, last = phrase(tree, word)
            words = tree.words[first : last + 1]
            self._known[key] = self._actors.identify(
                [w.text for w in words], word - first, upos=[w.upos for w in words], day=self._day, near=self._near
            )
        return self._known[key]

    def parties(self, sentence: int, word: int) -> list[Grounded]:
        """Return the party at a head word; a reference to several gives one for each."""
        tree = self._trees[sentence]
        first, last = phrase(tree, word)
        start, end = tree.slice(first, last)
        text = self._texts[tree.sentence.field][start:end]
        own = self.identity(sentence, word)
        if own is not None and (own.country or own.kind in {"organization", "group", "state"}) and tree.words[word].upos != "PRON":
            return [Grounded(_party(text, start, end, own), own.how, None)]
        antecedents = self._referents.antecedents(sentence, word)
        found = []
        for there in antecedents:
            identity = self.identity(*there)
            if identity is not None:
                found.append(Grounded(_party(text, start, end, _with(own, identity)), identity.how, self._phrase(*there)))
        if found:
            return found
        return [Grounded(_party(text, start, end, own), own.how if own else None, None)]

    def _phrase(self, sentence: int, word: int) -> str:
        tree = self._trees[sentence]
        start, end = tree.slice(*phrase(tree, word))
        return self._texts[tree.sentence.field][start:end]


def _with(own: Identity | None, other: Identity) -> Identity:
    """Keep the sectors that a description gives by itself; take the rest from its antecedent."""
    if own is None or not own.sectors:
        return other
    return Identity(
        key=other.key, name=other.name, kind=other.kind, country=other.country, sectors=own.sectors,
        words=own.words, how=f"{own.how}; {other.how}",
    )  # fmt: skip


def _party(text: str, start: int, end: int, identity: Identity | None) -> Party:
    if identity is None:
        return Party(text=text, start=start, end=end)
    return Party(
        text=text, start=start, end=end, name=identity.name, kind=identity.kind,
        country=identity.country, sectors=identity.sectors,
    )  # fmt: skip


def located(party: Party, country: str | None) -> Party:
    """Give a nameless local party the country of the place of the act, marked as inferred."""
    if party.country or not country or (party.sectors and party.sectors[0] not in LOCAL):
        return party
    return Party(
        text=party.text, start=party.start, end=party.end, name=party.name, kind=party.kind,
        country=country, sectors=party.sectors, inferred=True,
    )  # fmt: skip
