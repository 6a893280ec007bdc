"""Whom a phrase names by its own words, with what stands in apposition to it or owns it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import msgspec

from legation.coding.phrases import phrase
from legation.coding.tree import Tree
from legation.grounding.acronyms import introduced
from legation.grounding.actors import Actors, Identity
from legation.grounding.descriptions import DEFINITE
from legation.grounding.reference_words import words_of_reference
from legation.grounding.short_names import full_name
from legation.grounding.state_kinds import state_meant

SITED = frozenset({"of", "in", "at", "near", "across", "outside", "inside"})


class Identities:
    """The identities of the phrases of one article; ``countries`` are those that it names."""

    def __init__(
        self,
        actors: Actors,
        trees: Sequence[Tree],
        day: date | None,
        near: Collection[str],
        countries: Mapping[str, int],
    ) -> None:
        self._actors = actors
        self._trees = trees
        self._day = day
        self._near = near
        self._countries = countries
        self._acronyms = introduced(trees)
        self._known: dict[tuple[int, int], Identity | None] = {}

    def of(self, sentence: int, word: int) -> Identity | None:
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
            full = full_name(tree.words[word].text, self._countries)
            if full:
                return self._actors.identify(full, len(full) - 1, day=self._day)
        in_full = self._acronyms.get(tree.words[word].text, (sentence, word))
        if in_full != (sentence, word) and not any(w.upos == "PROPN" for w in words[: word - first]):
            return self._named(*in_full)
        meant = self._described(tree, first, word)
        if meant is not None:
            return meant
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

    def _described(self, tree: Tree, first: int, word: int) -> Identity | None:
        """Return the state of the report that a description means: ***the West African nation***."""
        if not tree.has(word, "det", *DEFINITE):
            return None
        before = [w.text.lower() for w in tree.words[first:word]]
        country = state_meant(before, tree.words[word].text.lower(), self._countries)
        name = (self._actors.country_name(country) or "").split() if country else []
        return self._actors.identify(name, len(name) - 1) if name else None

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
        if tree.words[word].upos != "NOUN" or is_elsewhere(tree, word):
            return own
        owners = [
            w for w in tree.deps(word, "amod", "compound", "nmod:poss")
            if w < word and tree.words[w].text[:1].isupper()
        ]  # fmt: skip
        owners += [
            w for w in tree.exact(word, "nmod")
            if own is None and tree.case(w) in SITED
            and "abroad" not in words_of_reference().get(tree.lemma(w), ())
        ]  # fmt: skip
        for one in owners:
            owner = self._named(sentence, one)
            if owner is not None and owner.kind in {"state", "organization", "group"} and owner.country:
                return owned(own, owner)
        return own

    def _proper_name(self, sentence: int, word: int) -> str:
        tree = self._trees[sentence]
        first, last = phrase(tree, word)
        return " ".join(w.text for w in tree.words[first : last + 1] if w.upos == "PROPN")


def _is_side(tree: Tree, word: int, before: int) -> bool:
    """Say whether a people is named as one side, with an article and no more: ***the Libyans** agreed*."""
    return before == 1 and tree.has(word, "det", "the") and tree.signals.xpos[word] in {"NNS", "NNPS"}


def is_elsewhere(tree: Tree, word: int) -> bool:
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


def owned(own: Identity | None, owner: Identity) -> Identity:
    """Give what somebody owns the owner's country, and no more: *its ambassador, our village*."""
    if own is None:
        return msgspec.structs.replace(owner, kind="unnamed", name=None, sectors=())
    return msgspec.structs.replace(own, country=owner.country, how=f"{own.how}; {owner.how}")
