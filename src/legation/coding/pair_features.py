"""What bears on the type of act between two marked parties, as numbers that a light scorer can weigh."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from legation.coding.codebook import Codebook
from legation.coding.matching import Matcher
from legation.coding.relate import Marked, Shares, head_at, weigh, weighted_acts
from legation.coding.tree import Tree

Numbers = NDArray[np.float32]
Words = dict[str, float]

PARTIES = ("ACTOR", "RECIPIENT")
FLOOR = 1e-3
FAR = 0.2  # how fast the weight of a word falls with its distance from the nearer party
CARRIED = 0.05  # from which share of the weight a word counts as a trigger


@dataclass
class Features:
    """One marked sentence: blocks of numbers, bags of weighted words, and the shipped model's own answer."""

    blocks: dict[str, Numbers]
    bags: dict[str, Words]
    shares: Shares


class Describer:
    """Turns marked sentences into features, by one codebook."""

    def __init__(self, codebook: Codebook, matcher: Matcher) -> None:
        self.codebook, self.matcher = codebook, matcher
        self.nothing = np.zeros(len(codebook.types) + 1, np.float32)
        self._listed: dict[str, Numbers] = {}
        places = {name: place for place, name in enumerate(codebook.types)}
        for entry in codebook.entries:
            lemma = entry.words[0] if entry.pos == "verb" else entry.words[-1]
            row = self._listed.setdefault(lemma, self.nothing.copy())
            row[places.get(entry.type or "", len(places))] += 1 / (1 + len(entry.frame) / 2)

    def listed(self, lemmas: Iterable[str]) -> Numbers:
        """Return the mean share of each type, and of none, among what the lexicon lists for lemmas."""
        rows = [self._listed[lemma] for lemma in lemmas if lemma in self._listed]
        return np.mean([row / row.sum() for row in rows], 0) if rows else self.nothing

    def describe(self, tree: Tree, actor: Marked, recipient: Marked) -> Features:
        """Return the features of two marked parties; one that the text does not name is None."""
        return _Pair(self, tree, actor, recipient).features()


class _Pair:
    """Two marked parties, the words between them, the verbs above them, and the acts that may join them."""

    def __init__(self, by: Describer, tree: Tree, actor: Marked, recipient: Marked) -> None:
        self._by, self._tree, self._marks = by, tree, (actor, recipient)
        self._a, self._r = head_at(tree, actor), head_at(tree, recipient)
        self._views = np.concatenate(list(tree.signals.views.values()), 1)
        self._kinds = np.log(tree.signals.types + FLOOR)
        self._lemmas = [tree.lemma(word) for word in range(len(tree))]
        self._acts = weighted_acts(tree, by.codebook, by.matcher, actor, recipient)
        self._verbs = [self._verb_above(self._a), self._verb_above(self._r)]

    def features(self) -> Features:
        """Return the blocks, the bags, and the shipped model's answer."""
        shares = weigh(self._tree, self._by.codebook, self._by.matcher, *self._marks)
        return Features(self._blocks(shares), self._bags(), shares)

    def _blocks(self, shares: Shares) -> dict[str, Numbers]:
        focus, total = self._focus
        weights = dict.fromkeys(self._by.codebook.types, 0.0)
        for act, weight in self._acts:
            weights[act.type] = weights.get(act.type, 0.0) + weight
        by_type = np.array([weights[name] for name in self._by.codebook.types] + [total])
        first, second = [[v] if v is not None else [] for v in self._verbs]
        kinds = [self._kinds.T @ focus, self._mean(self._kinds, first), self._mean(self._kinds, second)]
        places = (range(len(self._tree)), self._between, self._near, first, second)
        listed = [self._by.listed(self._lemmas[word] for word in words) for words in places]
        blocks = {
            "act": self._views.T @ focus, "verb": self._mean(self._views, first),
            "between": self._mean(self._views, self._between), "path": self._mean(self._views, self._path),
            "shares": np.log(shares + FLOOR), "acts": np.log(by_type + FLOOR),
            "kinds": np.concatenate(kinds), "listed": np.concatenate(listed),
        }  # fmt: skip
        return {name: np.asarray(block, np.float32) for name, block in blocks.items()}

    def _bags(self) -> dict[str, Words]:
        focus, total = self._focus
        senses: Words = {}
        for act, weight in self._acts:
            if act.entry is not None and total > 0:
                name = f"{act.type} {act.entry.mode or ''}"
                senses[name] = senses.get(name, 0.0) + weight / total
        triggers = {self._lemmas[w]: float(share) for w, share in enumerate(focus) if share > CARRIED}
        return {
            "near": self._by_distance(), "pairs": self._neighbours(), "governors": self._governors(),
            "between": dict.fromkeys((self._lemmas[word] for word in self._between), 1.0),
            "triggers": triggers, "senses": senses,
        }  # fmt: skip

    @cached_property
    def _focus(self) -> tuple[Numbers, float]:
        """How much each word carries the act between the two, adding up to 1, and the sum before."""
        weights = np.zeros(len(self._tree), np.float32)
        for act, weight in self._acts:
            weights[act.word] += weight
        total = float(weights.sum())
        return (weights / total if total > 0 else weights), total

    @cached_property
    def _between(self) -> Sequence[int]:
        if self._a is None or self._r is None:
            return range(len(self._tree))
        return range(min(self._a, self._r) + 1, max(self._a, self._r))

    @cached_property
    def _path(self) -> list[int]:
        """The words on the way from one party to the other through the tree."""
        if self._a is None or self._r is None:
            return [word for word in (self._a, self._r) if word is not None]
        up, down = ([word, *self._tree.ancestors(word)] for word in (self._a, self._r))
        joint = next(word for word in up if word in down)
        return up[: up.index(joint) + 1] + down[: down.index(joint)]

    @cached_property
    def _near(self) -> set[int]:
        """The words on the path, the verbs above the parties, and what hangs on these."""
        around = {c for v in self._verbs if v is not None for c in (v, *self._tree.children[v])}
        return (around | set(self._path)) - {self._a, self._r}

    def _verb_above(self, word: int | None) -> int | None:
        above = () if word is None else self._tree.ancestors(word)
        return next((w for w in above if self._tree.is_verb(w)), None)

    @staticmethod
    def _mean(rows: Numbers, words: Sequence[int]) -> Numbers:
        mean: Numbers = (rows[list(words)] if words else rows).mean(0)
        return mean

    @cached_property
    def _masked(self) -> list[str]:
        """The lemmas in order, each marked party as one word in capitals."""
        found: list[str] = []
        for place, word in enumerate(self._tree.words):
            names = [
                name for name, mark in zip(("ACTOR", "RECIPIENT"), self._marks, strict=True)
                if mark is not None and word.start < mark[1] and word.end > mark[0]
            ]  # fmt: skip
            if not names:
                found.append(self._lemmas[place])
            elif found[-1:] != names[:1]:
                found.append(names[0])
        return found

    def _by_distance(self) -> Words:
        """Return the lemmas, those far from both parties with less weight."""
        words = self._masked
        marks = [place for place, word in enumerate(words) if word in PARTIES] or [0]
        found: Words = {}
        for place, word in enumerate(words):
            if word not in PARTIES:
                distance = min(abs(place - mark) for mark in marks)
                found[word] = max(found.get(word, 0.0), 1 / (1 + FAR * max(0, distance - 1)))
        return found

    def _neighbours(self) -> Words:
        """Return the lemmas, each two in a row, and each two with one between."""
        words = self._masked
        found = {f"{one} _ {other}": 0.5 for one, other in zip(words, words[2:], strict=False)}
        found |= {f"{one} {other}": 1.0 for one, other in pairwise(words)}
        return found | dict.fromkeys(words, 1.0)

    def _governors(self) -> Words:
        """Return the verbs above the parties, and what hangs on these."""
        found: Words = {}
        for side, verb in zip("ar", self._verbs, strict=True):
            if verb is None:
                continue
            found[f"{side} {self._lemmas[verb]}"] = 1.0
            for child in self._tree.children[verb]:
                if child not in (self._a, self._r):
                    found[f"{side} {self._lemmas[verb]} {self._tree.rel(child)} {self._lemmas[child]}"] = 0.5
                    found[self._lemmas[child]] = 0.5
        return found
