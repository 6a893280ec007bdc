"""What `legation adapt` gains on the PLV sentences, by five folds (measured only: nothing that ships is fitted).

    python benchmarks/adapt.py

Macro-F1 over 15 roots (CONCEDE and RETREAT are one), 4 quad classes, and cooperation
against conflict. A sentence stands in one fold. The peers were trained on as many
sentences of the same set, and those after adapting are measured on its other half.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

import legation
import relate
from legation.coding.adaptation import accuracy, cross_validate
from legation.coding.pair_features import Features

LEVELS = ("roots", "quads", "classes")
BEFORE = {"ZSP": (74.3, 86.7, 96.5)}
AFTER = {
    "ConfliBERT": (86.7, 96.3, 98.4), "bare MiniLM, entity markers": (80.4, 93.9, 96.2),
    "TF-IDF + LR": (68.6, 82.4, 89.3),
}  # fmt: skip


def describe(coder: legation.Coder, rows: Sequence[dict[str, str]], types: Sequence[str]) -> list[Features]:
    """Return the features of the sentences, with the shares of the types as shares of the roots."""
    merge = np.array([[relate.root(kind) == name for name in relate.QUADS] for kind in types], float)
    found = []
    for row in rows:
        features = coder.describe(*relate.marked(row))
        found.append(Features(features.blocks, features.bags, features.shares @ merge))
    return found


def scores(wanted: Sequence[str], found: Sequence[str]) -> tuple[float, ...]:
    """Return the three macro-F1 figures."""
    quads = [[relate.QUADS[kind] for kind in side] for side in (wanted, found)]
    classes = [[relate.CLASSES[quad] for quad in side] for side in quads]
    pairs = ((wanted, found), quads, classes)
    return tuple(relate.macro_f1(*pair) for pair in pairs)


def main() -> None:
    coder, rows, roots = legation.Coder(), relate.rows(), list(relate.QUADS)
    features = describe(coder, rows, list(coder.codebook.types))
    wanted = [row["root"] for row in rows]
    shipped = [roots[int(row.shares.argmax())] for row in features]
    adapted = cross_validate(features, wanted, [row["sentence"] for row in rows], roots)
    print(f"{len(rows)} sentences; {coder.made}")
    print(f"{'':32}{''.join(f'{level:>9}' for level in LEVELS)}")
    for title, found, peers in (("before", shipped, BEFORE), ("after, 5 folds", adapted, AFTER)):
        for name, figures in {f"Legation {title}": scores(wanted, found), **peers}.items():
            print(f"{name:32}" + "".join(f"{figure:9.1f}" for figure in figures))
        print(f"{'  right':32}{100 * accuracy(wanted, found):9.1f}")


if __name__ == "__main__":
    main()
