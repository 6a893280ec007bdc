"""Arc scores to a tree: greedy where that is one, else the best spanning tree with one root."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Heads = NDArray[np.int64]


def decode(scores: Scores) -> list[int]:
    """Return each word's head, -1 for the one root.

    ``scores`` has a row a dependent and a column a head; column 0 is the root.
    """
    size = scores.shape[0]
    if size == 0:
        return []
    table = np.array(scores, dtype=np.float64)
    table[np.arange(size), np.arange(size) + 1] = -np.inf
    heads = table.argmax(1) - 1
    if not _is_tree(heads):
        heads = _best_tree(table) - 1
    return [int(head) for head in heads]


def _is_tree(heads: Heads) -> bool:
    if int((heads < 0).sum()) != 1:
        return False
    depth = heads.copy()
    for _ in range(len(heads).bit_length() + 1):
        alive = depth >= 0
        if not alive.any():
            return True
        depth[alive] = (
            heads[depth[alive]] if len(heads) == 1 else np.where(depth[alive] >= 0, depth[depth[alive]], -1)
        )
    return not (depth >= 0).any()


def _best_tree(table: NDArray[np.float64]) -> Heads:
    """Try the likeliest roots; keep the single-rooted tree with the highest score."""
    roots = np.argsort(-table[:, 0])[:3]
    best: tuple[float, Heads] | None = None
    for root in roots:
        tried = table.copy()
        tried[:, 0] = -1e9
        tried[root] = -1e9
        tried[root, 0] = table[root, 0]
        full = np.full((len(table) + 1, len(table) + 1), -np.inf)
        full[1:] = tried
        heads = _chu_liu_edmonds(full)[1:]
        score = float(table[np.arange(len(table)), heads].sum())
        if best is None or score > best[0]:
            best = (score, heads)
    assert best is not None  # noqa: S101 - a sentence has at least one word
    return best[1]


def _chu_liu_edmonds(scores: NDArray[np.float64]) -> Heads:
    """Return the maximum spanning arborescence rooted in node 0 (Chu and Liu 1965; Edmonds 1967)."""
    np.fill_diagonal(scores, -np.inf)
    heads: Heads = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(len(scores), dtype=bool)
    inside[cycle] = True
    kept = np.flatnonzero(~inside)
    gain = scores[cycle, heads[cycle]]
    into = scores[np.ix_(cycle, kept)] - gain[:, None]
    out_of = scores[np.ix_(kept, cycle)]
    size = len(kept) + 1
    smaller = np.full((size, size), -np.inf)
    smaller[:-1, :-1] = scores[np.ix_(kept, kept)]
    smaller[-1, :-1] = into.max(0)
    smaller[:-1, -1] = out_of.max(1)
    enter, leave = into.argmax(0), out_of.argmax(1)
    solved = _chu_liu_edmonds(smaller)
    for position, node in enumerate(kept):
        head = solved[position]
        heads[node] = kept[head] if head < len(kept) else cycle[leave[position]]
    entry = solved[-1]
    heads[cycle[enter[entry]]] = kept[entry]
    heads[0] = 0
    return heads


def _cycle(heads: Heads) -> Heads | None:
    colour = [0] * len(heads)
    for start in range(1, len(heads)):
        node, path = start, list[int]()
        while node != 0 and colour[node] == 0:
            colour[node] = start
            path.append(node)
            node = int(heads[node])
        if node != 0 and colour[node] == start and node in path:
            return np.array(path[path.index(node) :])
    return None
