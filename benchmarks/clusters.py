"""How well a grouping of mentions fits the right one: MUC, B³, CEAF-e and their mean, the CoNLL score.

Groupings are sequences of sets over the same names. MUC is that of Vilain and
others (1995), B³ that of Bagga and Baldwin (1998), CEAF-e that of Luo (2005)
with the similarity of entities.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

Groups = Sequence[frozenset[str]]


class Score(NamedTuple):
    """Precision and recall as hits over totals, so that texts can be added up."""

    hit_precision: float = 0.0
    total_precision: float = 0.0
    hit_recall: float = 0.0
    total_recall: float = 0.0

    @property
    def precision(self) -> float:
        """The share of what was joined that is right."""
        return self.hit_precision / self.total_precision if self.total_precision else 0.0

    @property
    def recall(self) -> float:
        """The share of what is right that was joined."""
        return self.hit_recall / self.total_recall if self.total_recall else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def plus(self, other: Score) -> Score:
        """Add the counts of another text."""
        return Score(*(a + b for a, b in zip(self, other, strict=True)))


def groups(of: Mapping[str, Hashable]) -> list[frozenset[str]]:
    """Return the names that share a value, as sets."""
    found = defaultdict[Hashable, set[str]](set)
    for name, value in of.items():
        found[value].add(name)
    return [frozenset(names) for names in found.values()]


def muc(ours: Groups, gold: Groups) -> Score:
    """Count the links that would have to be added or cut."""
    return Score(*_links(ours, gold), *_links(gold, ours))


def _links(groups_: Groups, others: Groups) -> tuple[float, float]:
    of = {name: number for number, group in enumerate(others) for name in group}
    kept = sum(len(group) - len({of[name] for name in group}) for group in groups_)
    return kept, sum(len(group) - 1 for group in groups_)


def b_cubed(ours: Groups, gold: Groups) -> Score:
    """Average over the mentions how much of each one's group is right."""
    return Score(*_shares(ours, gold), *_shares(gold, ours))


def _shares(groups_: Groups, others: Groups) -> tuple[float, float]:
    hits = sum(len(group & other) ** 2 / len(group) for group in groups_ for other in others)
    return hits, sum(map(len, groups_))


def ceaf_e(ours: Groups, gold: Groups) -> Score:
    """Pair groups one to one as well as can be; each pair counts by its overlap."""
    gain = [[2 * len(a & b) / (len(a) + len(b)) for b in gold] for a in ours]
    best = assignment(gain)
    return Score(best, len(ours), best, len(gold))


def assignment(gain: Sequence[Sequence[float]]) -> float:
    """Return the most that a pairing of rows and columns one to one can gain (the Hungarian method)."""
    rows, columns = len(gain), len(gain[0]) if gain else 0
    if rows > columns:
        return assignment([list(column) for column in zip(*gain, strict=True)])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    holder = [0] * (columns + 1)
    for row in range(1, rows + 1):
        _augment(gain, row, holder, row_price, column_price)
    return sum(gain[row - 1][column - 1] for column, row in enumerate(holder) if row and column)


def _augment(
    gain: Sequence[Sequence[float]],
    row: int,
    holder: list[int],
    row_price: list[float],
    column_price: list[float],
) -> None:
    """Find a column for one more row, along the cheapest chain of exchanges."""
    columns = len(column_price)
    slack, came_from, done = [float("inf")] * columns, [0] * columns, [False] * columns
    column, holder[0] = 0, row
    while holder[column]:
        done[column] = True
        here = holder[column]
        for other in range(1, columns):
            if not done[other]:
                cost = -gain[here - 1][other - 1] - row_price[here] - column_price[other]
                if cost < slack[other]:
                    slack[other], came_from[other] = cost, column
        following = min((c for c in range(1, columns) if not done[c]), key=slack.__getitem__)
        step = slack[following]
        for other in range(columns):
            if done[other]:
                row_price[holder[other]] += step
                column_price[other] -= step
            else:
                slack[other] -= step
        column = following
    while column:
        holder[column] = holder[came_from[column]]
        column = came_from[column]


MEASURES = {"MUC": muc, "B³": b_cubed, "CEAF-e": ceaf_e}


def conll(scores: Mapping[str, Score]) -> float:
    """Return the mean F1 of the three measures."""
    return sum(scores[name].f1 for name in MEASURES) / len(MEASURES)
