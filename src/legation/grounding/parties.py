"""A party's words to whom they stand for: name, kind, country and sectors."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import msgspec

from legation.coding.phrases import phrase
from legation.coding.tree import Tree
from legation.grounding.actors import Actors, Identity
from legation.grounding.descriptions import DEFINITE
from legation.grounding.identities import Identities, is_elsewhere, owned
from legation.grounding.named_countries import NamedCountries
from legation.grounding.namesakes import full_names
from legation.grounding.people import People
from legation.grounding.references import Referents
from legation.records import Party

STEPS = 3
"""How many descriptions may lie between a pronoun and a name: *he* = *the president* = *Mr Saied*."""
PLURAL = frozenset({"NNS", "NNPS"})
OWNING = frozenset({"of", "in", "from"})
Place = tuple[int, int]


@dataclass(frozen=True)
class Grounded:
    """A party and how it was recognised, for the evidence; ``given`` by a row of the user's."""

    party: Party
    how: str | None
    antecedent: str | None
    given: bool = False


class PartyGrounder:
    """Grounds the parties of one article."""

    def __init__(
        self,
        actors: Actors,
        trees: Sequence[Tree],
        texts: dict[str, str],
        day: date | None,
        near: Collection[str] = (),
    ) -> None:
        self._actors = actors
        self._trees = trees
        self._texts = texts
        named = NamedCountries(actors, trees)
        self.countries = named.counted()
        self.told_in = named.told_in
        self.identity = Identities(actors, trees, day, near, self.countries).of
        self._referents = Referents(trees, self.identity)

    @cached_property
    def _people(self) -> People:
        return People(self._trees, self.identity)

    def parties(self, sentence: int, word: int) -> list[Grounded]:
        """Return the party at a head word; a reference to several gives one for each."""
        tree = self._trees[sentence]
        first, last = phrase(tree, word)
        start, end = tree.slice(first, last)
        text = self._texts[tree.sentence.field][start:end]
        pronoun = tree.words[word].upos in {"PRON", "DET"}
        own = self.identity(sentence, word)
        several = self._of_several(sentence, word, own)
        if several:
            return [_grounded(text, start, end, one) for one in several]
        if own is not None and own.country and not pronoun:
            return [_grounded(text, start, end, own)]
        if tree.words[word].upos == "PROPN" and not tree.has(word, "det", *DEFINITE):
            person = self._people.called([w.text for w in tree.words[first : last + 1] if w.upos == "PROPN"])
            if person is not None:
                return [_grounded(text, start, end, person, person.name)]
            return [_grounded(text, start, end, own)]
        found = [
            _grounded(text, start, end, identity, self.words_of(*there))
            for there, identity in self._meant(sentence, word, own)
        ]
        return found or [_grounded(text, start, end, own)]

    def is_pair(self, sentence: int, word: int) -> bool:
        """Say whether a phrase may stand for two: *both sides, the two countries' envoys, their leaders*."""
        tree = self._trees[sentence]
        owners = [w for w in tree.exact(word, "nmod:poss", "nmod") if tree.case(w) in {"", *OWNING}]
        theirs = tree.signals.xpos[word] in PLURAL and tree.has(word, "nmod:poss", "their")
        return theirs or any(self._referents.means_two(sentence, w) for w in (word, *owners))

    def _of_several(self, sentence: int, word: int, own: Identity | None) -> list[Identity]:
        """Return a party for each owner of a plural: *the US and Iraqi governments, both Koreas' armies*."""
        tree = self._trees[sentence]
        if tree.signals.xpos[word] not in PLURAL:
            return []
        states = self._namesakes(tree, word)
        if states:
            return states
        for first in tree.deps(word, "amod", "compound", "nmod:poss", "nmod"):
            if tree.exact(first, "conj") and (
                tree.words[first].deprel != "nmod" or tree.case(first) in OWNING
            ):
                owners = [self.identity(sentence, w) for w in tree.conjuncts(first)]
                found = {o.country: o for o in owners if o is not None and o.country}
                if len(found) > 1:
                    return [owned(own, owner) if own is not None else owner for owner in found.values()]
            states = self._namesakes(tree, first)
            if states:
                return [owned(own, state) for state in states]
        return []

    def _namesakes(self, tree: Tree, word: int) -> list[Identity]:
        """Return the states that the plural of a state's name means: *both **Koreas***."""
        found = (self._actors.identify(name, len(name) - 1) for name in full_names(tree.words[word].text))
        return [one for one in found if one is not None]

    def _meant(
        self, sentence: int, word: int, own: Identity | None, steps: int = STEPS
    ) -> list[tuple[Place, Identity]]:
        """Return the antecedents of a reference, or of whose it is, and who the party then is."""
        tree = self._trees[sentence]
        for owner in tree.exact(word, "nmod:poss", "det:poss"):
            if tree.words[owner].upos in {"PRON", "DET"}:
                return [] if is_elsewhere(tree, word) else self._owned_by(sentence, word, owner, own, steps)
        found = [
            (there, _with(own, identity))
            for there in self._referents.antecedents(sentence, word)
            if (identity := self._reached(*there, steps)) is not None
        ]
        if any(identity.country for _, identity in found) or is_elsewhere(tree, word):
            return found
        for owner in tree.exact(word, "nmod:poss", "nmod"):
            if tree.words[owner].upos == "NOUN" and (
                tree.words[owner].deprel == "nmod:poss" or tree.case(owner) in {"of", "from"}
            ):
                return self._owned_by(sentence, word, owner, own, steps) or found
        return found

    def _owned_by(
        self, sentence: int, word: int, owner: int, own: Identity | None, steps: int
    ) -> list[tuple[Place, Identity]]:
        """Return what is somebody's, once for each owner of a plural: ***their** foreign ministers*."""
        found: dict[str | None, tuple[Place, Identity]] = {}
        for there in self._referents.antecedents(sentence, owner):
            identity = self._reached(*there, steps)
            if identity is not None and identity.country:
                found.setdefault(identity.country, (there, owned(own, identity)))
        plural = self._trees[sentence].signals.xpos[word] in PLURAL
        return list(found.values()) if plural else list(found.values())[:1]

    def _reached(self, sentence: int, word: int, steps: int = STEPS) -> Identity | None:
        """Return whom an antecedent names, or what it stands for in its turn."""
        identity = self.identity(sentence, word)
        if identity is not None and identity.country:
            return identity
        tree = self._trees[sentence]
        if tree.words[word].upos == "PROPN":
            first, last = phrase(tree, word)
            words = [w.text for w in tree.words[first : last + 1] if w.upos == "PROPN"]
            return self._people.called(words) or identity
        for _, further in self._meant(sentence, word, identity, steps - 1) if steps else ():
            if further.country:
                return further
        return identity

    def words_of(self, sentence: int, word: int) -> str:
        """Return the phrase of a head word as it stands in the text."""
        tree = self._trees[sentence]
        start, end = tree.slice(*phrase(tree, word))
        return self._texts[tree.sentence.field][start:end]


def _with(own: Identity | None, other: Identity) -> Identity:
    """Keep the sectors that a description gives by itself; take the rest from its antecedent."""
    if own is None or not own.sectors:
        return other
    return msgspec.structs.replace(other, sectors=own.sectors, words=own.words, how=f"{own.how}; {other.how}")


def _grounded(
    text: str, start: int, end: int, identity: Identity | None, antecedent: str | None = None
) -> Grounded:
    if identity is None:
        return Grounded(Party(text=text, start=start, end=end), None, antecedent)
    party = Party(
        text=text, start=start, end=end, name=identity.name, kind=identity.kind,
        country=identity.country, sectors=identity.sectors,
    )  # fmt: skip
    return Grounded(party, identity.how, antecedent, identity.given)
