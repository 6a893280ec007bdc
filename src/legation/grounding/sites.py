"""Where an act took place: the place that its clause names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import msgspec

from legation.coding.cues import speech
from legation.coding.links import modifiers, objects
from legation.coding.phrases import phrase
from legation.coding.tree import Tree
from legation.grounding.places import Gazetteer
from legation.grounding.timing import sharing
from legation.language.model import Floats
from legation.records import Article, Party, Place, Span

_PLACE = re.compile(r"[A-Z][A-Z.'’-]{2,}(?: [A-Z.'’-]{2,}){0,3}(?=[ ,(/:–—-])")
STATIC = frozenset(
    {"in", "at", "near", "outside", "inside", "around", "across", "throughout", "within", "along", "off",
     "over", "on"}
)  # fmt: skip
INSIDE = (["in"], ["at"], ["near"], ["outside"], ["inside"], ["around"], ["across"], ["throughout"])
DATELINE_WEIGHT = 3
LIKELY, THINKABLE = 0.4, 0.03
LABELS = frozenset({"GPE", "LOC", "FAC"})


class Sites:
    """The places of one article, told apart once, together."""

    def __init__(
        self, gazetteer: Gazetteer, article: Article, trees: Sequence[Tree], texts: dict[str, str],
        spoken: Collection[tuple[int, int]] = (),
    ) -> None:  # fmt: skip
        self._trees = trees
        self._texts = texts
        self._spoken = spoken
        self._names: dict[tuple[int, int], Span] = {}
        for n, tree in enumerate(trees):
            for entity in tree.sentence.entities:
                if entity.label in LABELS:
                    text = texts[tree.sentence.field][entity.start : entity.end]
                    self._names[n, entity.start] = Span(text=text, start=entity.start, end=entity.end)
        opening = _dateline(article)
        found = gazetteer.resolve(list(self._names.values()), home=opening)
        self._places = dict(zip(self._names, found, strict=True))
        self._dateline = gazetteer.country_of(opening) if opening else None
        counted = Counter(p.country for p in found if p is not None and p.country)
        self._told: dict[int, list[Place]] | None = None
        self.countries: tuple[str, ...] = tuple(country for country, _ in counted.most_common())

    def home(self, named: Mapping[str, int]) -> str | None:
        """Return the country that the report is about.

        It is the one named most, by parties and places; those told to be the
        scene count more, and the dateline counts on top.
        """
        counted = Counter(named)
        counted.update(p.country for p in self._places.values() if p is not None and p.country)
        counted.update(p.country for places in self._scenes().values() for p in places if p.country)
        if self._dateline is not None:
            counted[self._dateline] += DATELINE_WEIGHT
        return counted.most_common(1)[0][0] if counted else None

    def scene(self, n: int) -> str | None:
        """Return the country in which a sentence tells something to take place, if it names one only."""
        countries = {place.country for place in self._scenes().get(n, ()) if place.country}
        return countries.pop() if len(countries) == 1 else None

    def _scenes(self) -> dict[int, list[Place]]:
        """Return the places that stand after *in*, *at* and the like, by sentence."""
        if self._told is None:
            self._told = {}
            for n, start in self._names:
                place, tree = self._places[n, start], self._trees[n]
                word = next((i for i, w in enumerate(tree.words) if w.start == start), None)
                if place is None or word is None or tree.case(word).split()[:1] not in INSIDE:
                    continue
                if not self._is_venue(n, tree, word):
                    self._told.setdefault(n, []).append(place)
        return self._told

    def _is_venue(self, n: int, tree: Tree, word: int) -> bool:
        """Say whether a place is only where people speak or meet (*signed in Geneva*)."""
        head = tree.words[word].head
        return (n, head) in self._spoken or tree.lemma(head) in speech()

    def placed(self, n: int, word: int, party: Party) -> Party:
        """Give a town or region that no table of actors knows the country in which it lies."""
        place = self._places.get((n, self._trees[n].words[word].start))
        if party.country or place is None or not place.country:
            return party
        return msgspec.structs.replace(party, name=party.name or place.name, country=place.country)

    def of_act(self, n: int, word: int, shares: Floats) -> Place | None:
        """Return the place of an act: what it strikes, what the model takes for it, what hangs on its clause.

        ``shares`` are the model's probabilities that each word names the place.
        """
        tree = self._trees[n]
        struck = self._struck(n, word)
        if struck is not None:
            return struck
        likely = sorted((i for i in range(len(tree)) if shares[i] >= LIKELY), key=lambda i: -shares[i])
        hung = [
            c for node in self._carriers(tree, word) for c in self._hangers(tree, node) if _is_static(tree, c)
        ]
        near = [c for c in hung if tree.words[c].head == word or shares[c] >= THINKABLE]
        for phrase_head in (*likely, *near):
            place = self._in_phrase(n, phrase_head)
            if place is not None:
                return place
        return None

    def unnamed(self, n: int, shares: Floats) -> int | None:
        """Return the noun that the model takes for the place of an act, if it is likely one."""
        tree = self._trees[n]
        head = int(shares.argmax()) if len(tree) else 0
        likely = len(tree) > 0 and shares[head] >= LIKELY and tree.words[head].upos in {"NOUN", "PROPN"}
        return head if likely else None

    def described(self, n: int, head: int, country: str | None) -> Place:
        """Return a place that the text only describes: *the square, the Malawian capital*."""
        tree = self._trees[n]
        start, end = tree.slice(*phrase(tree, head))
        text = self._texts[tree.sentence.field][start:end]
        return Place(
            text=text, start=start, end=end, country=country, precision="country" if country else "unknown"
        )

    def _hangers(self, tree: Tree, node: int) -> list[int]:
        """Return the phrases that hang on a word, or on an adverb beside it (*back in Addis Ababa*)."""
        found = tree.deps(node, "obl", "nmod")
        for adverb in tree.deps(node, "advmod"):
            found.extend(tree.deps(adverb, "obl", "nmod"))
        return found

    def _struck(self, n: int, word: int) -> Place | None:
        """Return the town or site that is itself the object of an act (*shelled Mosul*)."""
        tree = self._trees[n]
        for target in objects(tree, word) if tree.is_verb(word) else modifiers(tree, word):
            place = self._places.get((n, tree.words[target].start))
            if place is not None and place.precision in {"point", "city", "admin2", "admin1"}:
                return place
        return None

    def _carriers(self, tree: Tree, word: int) -> list[int]:
        carriers = [word]
        carriers.extend(tree.exact(word, "obj", "nsubj:pass"))
        head = tree.words[word].head
        if head >= 0 and (
            tree.rel(word) in {"xcomp", "obj", "nsubj"} or (tree.rel(word) == "conj" and tree.is_verb(head))
        ):
            carriers.append(head)
        clause = tree.clause(word)
        return list(dict.fromkeys([*carriers, *sharing(tree, clause)]))

    def _in_phrase(self, n: int, head: int) -> Place | None:
        """Return the most precise place that a phrase names; a party's country is none (*on US troops*)."""
        tree = self._trees[n]
        first, last = phrase(tree, head)
        inside = [i for i in range(first, last + 1) if self._is_scene(n, i, head)]
        inside += tree.deps(head, "appos")
        known = [p for i in inside if (p := self._places.get((n, tree.words[i].start))) is not None]
        order = {"point": 0, "city": 1, "admin2": 2, "admin1": 3, "country": 4, "region": 5, "unknown": 6}
        return min(known, key=lambda p: order[p.precision], default=None)

    def _is_scene(self, n: int, word: int, head: int) -> bool:
        tree, place = self._trees[n], self._places.get((n, self._trees[n].words[word].start))
        if place is None:
            return False
        wide = place.precision in {"country", "region"}
        if word == head:
            return not (wide and tree.case(head).split()[:1] == ["on"])
        return not wide or tree.rel(word) not in {"compound", "amod"}


def _is_static(tree: Tree, word: int) -> bool:
    opening = tree.case(word).split()[:1]
    return bool(opening) and opening[0] in STATIC


def _dateline(article: Article) -> str | None:
    """Return the place in capitals that opens the text, as agencies write it."""
    match = _PLACE.match(article.text.lstrip()[:60])
    return match.group().strip(" ,").title() if match else None
