"""Two marked parties to a type: the PLV sentences (measured only, never trained on).

    python benchmarks/relate.py

Macro-F1 over 15 roots (CONCEDE and RETREAT are one), 4 quad classes, and
cooperation against conflict, beside the peers on the same sentences.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import legation

ROOT = Path(__file__).parent.parent
PEERS = {"roots": "ZSP 74.3", "quads": "ZSP 86.7", "classes": "ZSP 96.5"}
CLASSES = {1: "cooperation", 2: "cooperation", 3: "conflict", 4: "conflict"}
QUADS = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "REQUEST": 3, "ACCUSE": 3,
    "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip


def macro_f1(gold: Sequence[object], guess: Sequence[object]) -> float:
    """Return the mean F1 of the labels that occur in the gold standard, in percent."""
    scores = []
    for label in set(gold):
        hits = sum(g == label == p for g, p in zip(gold, guess, strict=True))
        scores.append(2 * hits / (gold.count(label) + guess.count(label)))  # type: ignore[attr-defined]
    return 100 * sum(scores) / len(scores)


def root(kind: str) -> str:
    return "YIELD" if kind in {"CONCEDE", "RETREAT"} else kind


def rows() -> list[dict[str, str]]:
    folder = Path(os.environ.get("LEGATION_DATA", ROOT / "../shared/data"))
    return [
        json.loads(line)
        for line in (folder / "coding" / "plv_dev.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def marked(row: dict[str, str]) -> tuple[str, tuple[int, int] | None, tuple[int, int] | None]:
    """Return the plain sentence and the offsets of source and target; None for one that is not marked.

    Of several marks of one party the first counts.
    """
    text, places, at = "", {}, 0
    source = row["marked"]
    while at < len(source):
        for tag in ("<s>", "</s>", "<t>", "</t>"):
            if source.startswith(tag, at):
                places.setdefault(tag, len(text))
                at += len(tag)
                break
        else:
            text += source[at]
            at += 1
    spans = [(places[f"<{x}>"], places[f"</{x}>"]) if f"<{x}>" in places else None for x in "st"]
    return text, spans[0], spans[1]


def measure(coder: legation.Coder, limit: int | None = None) -> dict[str, float]:
    """Return the three macro-F1 figures."""
    gold, guess = [], []
    for row in rows()[:limit]:
        text, actor, recipient = marked(row)
        shares = coder.relate(text, actor, recipient)
        merged: dict[str, float] = {}
        for kind, share in shares.items():
            merged[root(kind)] = merged.get(root(kind), 0.0) + share
        gold.append(row["root"])
        guess.append(max(merged, key=merged.__getitem__))
    quads = [[QUADS[k] for k in side] for side in (gold, guess)]
    classes = [[CLASSES[q] for q in side] for side in quads]
    return {"roots": macro_f1(gold, guess), "quads": macro_f1(*quads), "classes": macro_f1(*classes)}


def main() -> None:
    for name, value in measure(legation.Coder()).items():
        print(f"{name:10} {value:6.1f}   {PEERS[name]}")


if __name__ == "__main__":
    main()
