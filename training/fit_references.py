"""Fit the weights by which pronouns are given their antecedents, from GUM's training documents.

    python training/fit_references.py      # writes src/legation/data/language/salience.csv

The development documents choose the least probability of an answer. Test is not read.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

import legation  # noqa: E402
import references as gum  # noqa: E402
from legation.coding.tree import Tree  # noqa: E402
from legation.grounding import salience  # noqa: E402
from legation.grounding.actors import Actors  # noqa: E402
from legation.grounding.parties import PartyGrounder  # noqa: E402
from legation.grounding.references import Referents  # noqa: E402

TABLE = ROOT / "src" / "legation" / "data" / "language" / "salience.csv"
HEAD = """\
# How much each thing that is seen of a candidate speaks for it as what a pronoun stands for. A feature begins with the
# kind of pronoun (person: he, she; thing: it; several: they) or tells of all three. The weights of a candidate are
# added up; the candidates and "nobody" share the probability. "least ..." is the probability of an answer below which
# there is none. Fitted by training/fit_references.py to GUM's training documents (CC BY, CC BY-SA).
feature,weight
"""
ROUNDS, STEPS, DECAY, RATE = 3, 400, 0.6, 0.1
LEAST = {"least person": 0.55, "least thing": 0.5, "least several": 0.6}
SOMEBODY = {"nobody several": -0.8, "nobody thing": -0.8}
"""Added to what was fitted: GUM's *they* is often people at large and its *it* a thing, a party seldom is."""
WRITTEN = frozenset({"news", "bio", "interview", "court", "speech", "academic", "textbook", "voyage"})

OTHERS = 0.25
"""The weight of a pronoun that stands for no person, body or place: parties mostly do."""
PARTIES = frozenset({"person", "organization", "place"})

Choice = tuple[list[list[str]], list[bool], float]


def choices(document: gum.Document, trees: list[Tree], actors: Actors) -> list[Choice]:
    """Return for each pronoun the features of its candidates and which of them are right; nobody stands last."""
    referents = Referents(trees, PartyGrounder(actors, trees, {}, None).identity)
    heads = {(m.sentence, w): m.cluster for m in document.mentions for w in {*m.core, m.head}}
    kinds = {m.cluster: m.kind for m in document.mentions}
    whole = {(m.sentence, m.head): m for m in document.mentions}
    referents.pronouns.settle()
    found = []
    for p, fit, described in referents.pronouns.decisions:
        gold = heads.get((p.sentence, p.word))
        right = []
        for c in fit:
            mention = whole.get((c.sentence, c.places[0][1])) if c.joined else None
            cluster = mention.cluster if mention else heads.get((c.sentence, c.word))
            right.append(gold is not None and cluster == gold)
        found.append(
            (described, [*right, not any(right)], 1.0 if kinds.get(gold or "") in PARTIES else OTHERS)
        )
    return found


def fit(all_choices: list[Choice]) -> dict[str, float]:
    """Return the weights of greatest likelihood under a Gaussian prior, by gradient steps with Adam."""
    seen = Counter(f for described, _, _ in all_choices for one in described for f in set(one))
    names = {f: i for i, (f, times) in enumerate(sorted(seen.items())) if times >= 5}
    names = {f: i for i, f in enumerate(names)}
    rows = [[names[f] for f in one if f in names] for described, _, _ in all_choices for one in described]
    table = np.zeros((len(rows), len(names)))
    for i, row in enumerate(rows):
        table[i, row] = 1.0
    starts = np.cumsum([0, *(len(right) for _, right, _ in all_choices)])[:-1]
    group = np.repeat(np.arange(len(starts)), [len(right) for _, right, _ in all_choices])
    right = np.array([r for _, many, _ in all_choices for r in many])
    weight = np.array([weight for _, _, weight in all_choices])[group]
    w, m, v = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        scores = table @ w
        raised = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        share = raised / np.add.reduceat(raised, starts)[group]
        good = share * right
        wanted = good / np.add.reduceat(good, starts)[group]
        slope = table.T @ (weight * (share - wanted)) + DECAY * w
        m, v = 0.9 * m + 0.1 * slope, 0.999 * v + 0.001 * slope**2
        w -= RATE * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-9)
    return {f: round(float(w[i]), 2) for f, i in names.items()}


def write(weights: dict[str, float]) -> None:
    weights |= {f: round(weights.get(f, 0.0) + more, 2) for f, more in SOMEBODY.items()}
    rows = sorted((weights | LEAST).items())
    TABLE.write_text(HEAD + "".join(f"{f},{w}\n" for f, w in rows), encoding="utf-8")
    salience.weights.cache_clear()


def parsed(document: gum.Document) -> list[Tree]:
    return [Tree(s) for s in legation.read_tokens([[r[1] for r in rows] for rows in document.rows])]


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    actors = Actors.load()
    documents = [(d, parsed(d)) for d in gum.documents("train") if d.genre in WRITTEN]
    write({})
    for _ in range(ROUNDS):
        write(fit([c for d, trees in documents for c in choices(d, trees, actors)]))


if __name__ == "__main__":
    main()
