"""The countries that an article names, and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from legation.coding.tree import Tree
from legation.grounding.actors import Actors

ABROAD = frozenset({"IGO", "NGO", "UNO", "EUR", "MNC", "ISM", "IMG"})
TITLE_WEIGHT, LEAD_WEIGHT = 4, 3


class NamedCountries:
    """Reads the names of one article."""

    def __init__(self, actors: Actors, trees: Sequence[Tree]) -> None:
        self._actors = actors
        self._trees = trees

    def counted(self) -> dict[str, int]:
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
