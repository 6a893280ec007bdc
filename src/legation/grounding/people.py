"""Bare surnames to the persons whom the article names in full."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from legation.coding.tree import Tree
from legation.grounding.actors import Identity
from legation.grounding.natures import words_of
from legation.grounding.nouns import agent_nouns

SHORTEST = 3


class People:
    """The persons of an article by the words of their names, the fullest naming of each first."""

    def __init__(self, trees: Sequence[Tree], identity: Callable[[int, int], Identity | None]) -> None:
        self._named: dict[str, tuple[int, Identity]] = {}
        for n, tree in enumerate(trees):
            for first, last in _names(tree):
                inside = [i for w in range(first, last + 1) if (i := identity(n, w))]
                placed = [i for i in inside if i.country]
                found = next((i for i in placed if i.kind != "state"), _citizen(placed))
                found = found or next((i for i in inside if i.kind == "person" and i.sectors), None)
                if found is not None:
                    self._enter(tree, first, last, found)

    def _enter(self, tree: Tree, first: int, last: int, identity: Identity) -> None:
        size = last - first + 1
        for n, word in enumerate(tree.words[first : last + 1]):
            key = word.text.lower()
            if (len(key) >= SHORTEST or n == 0) and size > self._named.get(key, (0, identity))[0]:
                self._named[key] = (size, identity)

    def called(self, words: Sequence[str]) -> Identity | None:
        """Return the person whom the article calls by all of these words, titles left out (*Mr. Saied*)."""
        said = [word.lower() for word in words if len(word) >= SHORTEST or len(words) == 1]
        found = [self._named.get(w) for w in said if w in self._named or not _is_title(w)]
        if not found or any(one is None for one in found):
            return None
        keys = {one[1].key for one in found if one is not None}
        return found[0][1] if len(keys) == 1 and found[0] is not None else None


def _citizen(states: Sequence[Identity]) -> Identity | None:
    """Return somebody of the first state: *Iraqi Prime Minister* before a name is not Iraq itself."""
    return msgspec.structs.replace(states[0], kind="person", name=None) if states else None


def _is_title(word: str) -> bool:
    return word in words_of("title") or word in agent_nouns()


def _names(tree: Tree) -> list[tuple[int, int]]:
    """Return the first and last word of each person's name in a sentence."""
    spans = []
    for entity in tree.sentence.entities:
        if entity.label == "PER":
            inside = [i for i, w in enumerate(tree.words) if entity.start <= w.start < entity.end]
            if inside:
                spans.append((inside[0], inside[-1]))
    return spans
