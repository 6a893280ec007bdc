"""Name tags to spans."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Return (first word, last word + 1, label) of each name in a row of BIO tags.

    An inside tag without a fitting begin tag begins a name.
    """
    found: set[tuple[int, int, str]] = set()
    start, label = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        edge, _, kind = tag.partition("-")
        if label and (edge != "I" or kind != label):
            found.add((start, index, label))
            label = ""
        if edge in {"B", "I"} and not label:
            start, label = index, kind
    return found


def best(scores: Floats, labels: Sequence[str]) -> list[int]:
    """Return the likeliest row of tags in which every inside tag goes on a name of its kind (Viterbi)."""
    allowed = _transitions(tuple(labels))
    steps = scores - scores.max(-1, keepdims=True)
    total = np.where([label.startswith("I-") for label in labels], -np.inf, steps[0])
    back: list[NDArray[np.intp]] = []
    for step in steps[1:]:
        paths = total[:, None] + allowed
        back.append(paths.argmax(0))
        total = paths.max(0) + step
    tag = int(total.argmax())
    tags = [tag]
    for row in reversed(back):
        tag = int(row[tag])
        tags.append(tag)
    return tags[::-1]


@cache
def _transitions(labels: tuple[str, ...]) -> Floats:
    """Return 0 where a tag may follow another, minus infinity where not."""
    table = np.zeros((len(labels), len(labels)), dtype=np.float32)
    for i, before in enumerate(labels):
        for j, after in enumerate(labels):
            if after.startswith("I-") and before[2:] != after[2:]:
                table[i, j] = -np.inf
    return table
