"""A party's words to whom they stand for: name, kind, country and sectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import msgspec

from legation.coding.phrases import phrase
from legation.coding.tree import Tree
from legation.grounding.actors import Actors, Identity
from legation.grounding.descriptions import DEFINITE
from legation.grounding.people import People
from legation.grounding.reference_words import words_of_reference
from legation.grounding.references import Referents
from legation.grounding.short_names import full_name
from legation.records import Party

ABROAD = frozenset({"IGO", "NGO", "UNO", "EUR", "MNC", "ISM", "IMG"})
SITED = frozenset({"of", "in", "at", "near", "across", "outside", "inside"})
TITLE_WEIGHT, LEAD_WEIGHT = 4, 3
STEPS = 3
"""How many descriptions may lie between a pronoun and a name: *he* = *the president* = *Mr Saied*."""


@dataclass(frozen=True)
class Grounded:
    """A party and how it was recognised, for the evidence."""

    party: Party
    how: str | None
    antecedent: str | None


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
        self._day = day
        self._near = near
        self._known: dict[tuple[int, int], Identity | None] = {}
        self._referents = Referents(trees, self.identity)

    def identity(self, sentence: int, word: int) -> Identity | None:
        """Return whom the phrase of a head word names by itself, or with what stands in apposition to it."""
        key = (sentence, word)
        if key not in self._known:
            own = self._named(sentence, word)
            self._known[key] = own
            if own is None or not own.country:
                own = self._by_apposition(sentence, word, own)
                self._known[key] = (
                    own if own is not None and own.country else self._by_owner(sentence, word, own)
                )
        return self._known[key]

    def _named(self, sentence: int, word: int) -> Identity | None:
        tree = self._trees[sentence]
        first, last = phrase(tree, word)
        words = tree.words[first : last + 1]
        alone = last == first and tree.rel(word) == "compound"
        if alone or (tree.has(word, "det", *DEFINITE) and last - first == 1):
            full = full_name(tree.words[word].text, self.countries)
            if full:
                return self._actors.identify(full, len(full) - 1, day=self._day)
        found = self._actors.identify(
            [w.text for w in words],
            word - first,
            upos=[w.upos for w in words],
            day=self._day,
            near=self._near,
        )
        if found is None:
            return None
        if found.kind == "people" and found.country and _is_side(tree, word, last - first):
            return msgspec.structs.replace(found, sectors=("GOV",))
        if "others" in words_of_reference().get(tree.words[word].text.lower(), ()):
            return msgspec.structs.replace(found, country=None)
        return found

    def _by_apposition(self, sentence: int, word: int, own: Identity | None) -> Identity | None:
        """Join a phrase with what stands beside it: one with a country, else one with a public office."""
        tree = self._trees[sentence]
        beside = tree.exact(word, "appos")
        if tree.rel(word) == "appos":
            beside.append(tree.words[word].head)
        found = [one for other in beside if (one := self._named(sentence, other)) is not None]
        placed = [one for one in found if one.country]
        proper = tree.words[word].upos == "PROPN"
        if placed:
            return _joined(own, placed[0], self._proper_name(sentence, word) if proper else None)
        if proper and own is None:
            held = [one for one in found if one.sectors and one.name is None]
            return _joined(None, held[0], self._proper_name(sentence, word)) if held else None
        return own

    def _by_owner(self, sentence: int, word: int, own: Identity | None) -> Identity | None:
        """Give a thing the country of its owner or place: *a **Syrian** depot, an island of **Japan***."""
        tree = self._trees[sentence]
        if tree.words[word].upos != "NOUN" or _is_elsewhere(tree, word):
            return own
        owners = [
            w for w in tree.deps(word, "amod", "compound", "nmod:poss")
            if w < word and tree.words[w].text[:1].isupper()
        ]  # fmt: skip
        owners += [w for w in tree.exact(word, "nmod") if own is None and tree.case(w) in SITED]
        for one in owners:
            owner = self._named(sentence, one)
            if owner is not None and owner.kind in {"state", "organization"} and owner.country:
                return _owned(own, owner)
        return own

    def _proper_name(self, sentence: int, word: int) -> str:
        tree = self._trees[sentence]
        first, last = phrase(tree, word)
        return " ".join(w.text for w in tree.words[first : last + 1] if w.upos == "PROPN")

    @cached_property
    def _people(self) -> People:
        return People(self._trees, self.identity)

    @cached_property
    def countries(self) -> dict[str, int]:
        """Return how often each country is named, by itself or its people; bodies may be of any country."""
        counted: dict[str, int] = {}
        for name, times in self._names().items():
            found = self._actors.identify(list(name), len(name) - 1)
            if found is None or found.kind == "organization" or found.country in ABROAD:
                continue
            if found.country:
                counted[found.country] = counted.get(found.country, 0) + times
        return counted

    def _names(self) -> Counter[tuple[str, ...]]:
        """Return the names of the article and how often each stands, more in the title or the lead."""
        names: Counter[tuple[str, ...]] = Counter()
        lead = next((n for n, tree in enumerate(self._trees) if tree.sentence.field == "text"), None)
        for n, tree in enumerate(self._trees):
            weight = TITLE_WEIGHT if tree.sentence.field == "title" else LEAD_WEIGHT if n == lead else 1
            inside: set[int] = set()
            for entity in tree.sentence.entities:
                if entity.label in {"GPE", "LOC"}:
                    run = [i for i, w in enumerate(tree.words) if entity.start <= w.start < entity.end]
                    if len(run) > 1:
                        names[tuple(tree.words[i].text for i in run)] += weight
                        inside.update(run)
            for i, word in enumerate(tree.words):
                if i not in inside and word.upos in {"PROPN", "NOUN", "ADJ"} and word.text[:1].isupper():
                    names[word.text,] += weight
        return names

    def told_in(self, sentence: int) -> str | None:
        """Return the country that an adjective gives the scene of a sentence (*in Iraqi cities*)."""
        tree = self._trees[sentence]
        for word in range(len(tree)):
            if tree.rel(word) == "obl" and tree.case(word) in {"in", "across", "throughout"}:
                for adjective in tree.deps(word, "amod"):
                    found = self._actors.identify([tree.words[adjective].text], 0)
                    if found is not None and found.country and tree.words[adjective].text[:1].isupper():
                        return found.country
        return None

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
            return [Grounded(_party(text, start, end, one), one.how, None) for one in several]
        if own is not None and own.country and not pronoun:
            return [Grounded(_party(text, start, end, own), own.how, None)]
        if tree.words[word].upos == "PROPN" and not tree.has(word, "det", *DEFINITE):
            person = self._people.called([w.text for w in tree.words[first : last + 1] if w.upos == "PROPN"])
            if person is not None:
                return [Grounded(_party(text, start, end, person), person.how, person.name)]
            return [Grounded(_party(text, start, end, own), own.how if own else None, None)]
        found = []
        for there, identity in self._meant(sentence, word, own):
            grounded = _party(text, start, end, identity)
            found.append(Grounded(grounded, identity.how, self._phrase(*there)))
        return found or [Grounded(_party(text, start, end, own), own.how if own else None, None)]

    def _of_several(self, sentence: int, word: int, own: Identity | None) -> list[Identity]:
        """Return a party for each owner of a plural: *the US and Iraqi governments*."""
        tree = self._trees[sentence]
        if tree.signals.xpos[word] not in {"NNS", "NNPS"}:
            return []
        for first in tree.deps(word, "amod", "compound", "nmod:poss", "nmod"):
            if tree.exact(first, "conj") and (tree.words[first].deprel != "nmod" or tree.case(first) == "of"):
                owners = [self._actors.identify([tree.words[w].text], 0) for w in tree.conjuncts(first)]
                found = {o.country: o for o in owners if o is not None and o.country}
                if len(found) > 1:
                    return [_owned(own, owner) if own is not None else owner for owner in found.values()]
        return []

    def _meant(
        self, sentence: int, word: int, own: Identity | None
    ) -> list[tuple[tuple[int, int], Identity]]:
        """Return the antecedents of a reference, or of its owning pronoun, and who the party then is."""
        tree = self._trees[sentence]
        for owner in tree.exact(word, "nmod:poss", "det:poss"):
            if tree.words[owner].upos in {"PRON", "DET"}:
                if _is_elsewhere(tree, word):
                    return []
                return [
                    (there, _owned(own, identity))
                    for there in self._referents.antecedents(sentence, owner)
                    if (identity := self._reached(*there)) is not None and identity.country
                ][:1]
        return [
            (there, _with(own, identity))
            for there in self._referents.antecedents(sentence, word)
            if (identity := self._reached(*there)) is not None
        ]

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
        for there in self._referents.antecedents(sentence, word) if steps else ():
            further = self._reached(*there, steps - 1)
            if further is not None and further.country:
                return _with(identity, further)
        return identity

    def _phrase(self, sentence: int, word: int) -> str:
        tree = self._trees[sentence]
        start, end = tree.slice(*phrase(tree, word))
        return self._texts[tree.sentence.field][start:end]


def _is_side(tree: Tree, word: int, before: int) -> bool:
    """Say whether a people is named as one side, with an article and no more: ***the Libyans** agreed*."""
    return before == 1 and tree.has(word, "det", "the") and tree.signals.xpos[word] in {"NNS", "NNPS"}


def _is_elsewhere(tree: Tree, word: int) -> bool:
    """Say whether a noun means others than those whose it is: *its neighbours, his counterpart*."""
    return "elsewhere" in words_of_reference().get(tree.words[word].text.lower(), ())


def _joined(own: Identity | None, other: Identity, proper: str | None) -> Identity:
    """Give a name the country and sectors of its apposition; a description takes all."""
    if own is None and proper is None:
        return other
    kind = own.kind if own is not None and own.kind != "unnamed" else ("person" if proper else other.kind)
    called = proper if proper is not None and other.kind != kind else other.name
    return msgspec.structs.replace(
        other, kind=kind, name=own.name if own is not None and own.name else called,
        sectors=own.sectors if own is not None and own.sectors else other.sectors,
    )  # fmt: skip


def _with(own: Identity | None, other: Identity) -> Identity:
    """Keep the sectors that a description gives by itself; take the rest from its antecedent."""
    if own is None or not own.sectors:
        return other
    return msgspec.structs.replace(other, sectors=own.sectors, words=own.words, how=f"{own.how}; {other.how}")


def _owned(own: Identity | None, owner: Identity) -> Identity:
    """Give what somebody owns the owner's country, and no more: *its ambassador, our village*."""
    if own is None:
        return msgspec.structs.replace(owner, kind="unnamed", name=None, sectors=())
    return msgspec.structs.replace(own, country=owner.country, how=f"{own.how}; {owner.how}")


def _party(text: str, start: int, end: int, identity: Identity | None) -> Party:
    if identity is None:
        return Party(text=text, start=start, end=end)
    return Party(
        text=text, start=start, end=end, name=identity.name, kind=identity.kind,
        country=identity.country, sectors=identity.sectors,
    )  # fmt: skip
