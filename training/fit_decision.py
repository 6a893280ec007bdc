"""Fit the weights that join the codebook and the model, on the tuning tenth of the labelled sentences.

    python training/fit_decision.py --out src/legation/data/model/decision.json

Logistic regressions (scikit-learn) for: is it an act of the type, and is it once
it was read again; is the word an actor, a recipient; does each side do it to the
other; is a country the model's or the rules', a sector the model's or the tables'. Confidence is fitted last, on whole
mentions. Each rests on those before it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict, cross_val_score

from decision_rows import (
    Row,
    act_rows,
    act_rows_again,
    confidence_rows,
    country_rows,
    mutual_rows,
    party_rows,
    read_sentences,
    sector_rows,
    status_rows,
    traced,
)
from legation.coding import decision
from legation.coding.codebook import Codebook
from legation.coding.matching import Matcher
from legation.coding.tree import Tree
from legation.grounding.nouns import agent_nouns
from legation.language.model import Model
from legation.language.parser import Parser

EVEN = 0.003
"""F1 that does not tell thresholds apart; of such the highest is taken, for a wrong record is worse than none."""
NEAR = 0.003
"""The same for parties, of which the nearest to even odds is taken: one too many is as wrong as one too few."""
LIKELIER = 0.5
"""How sure the model's country must be: where only one of the two is right, the likelier is taken."""
SURE = 0.7
"""How sure the model's sector must be to stand in for that of the tables."""


def fit(rows: Sequence[Row], even: float = 0.0) -> dict[str, float]:
    """Return the weights and the threshold with the best F1.

    It is the highest of those ``even`` to the best, or without that the nearest to a half.
    """
    names = sorted({name for features, _ in rows for name in features})
    x = np.array([[features.get(name, 0.0) for name in names] for features, _ in rows])
    y = np.array([label for _, label in rows])
    model = LogisticRegression(C=0.5, max_iter=5000).fit(x, y)
    p = cross_val_predict(LogisticRegression(C=0.5, max_iter=5000), x, y, cv=10, method="predict_proba")[:, 1]
    tried = np.linspace(0.2, 0.7, 51)
    scores = [2 * ((p >= t) & (y == 1)).sum() / max(1, (p >= t).sum() + y.sum()) for t in tried]
    good = [(t, f) for t, f in zip(tried, scores, strict=True) if f >= max(scores) - (even or NEAR)]
    best, f1 = good[-1] if even else min(good, key=lambda one: abs(one[0] - 0.5))
    print(len(rows), "rows", int(y.sum()), "true", f"F1 {f1:.3f} at {best:.2f}")
    weights = dict(zip(names, (round(float(w), 4) for w in model.coef_[0]), strict=True))
    return weights | {"bias": round(float(model.intercept_[0]), 4), "threshold": round(float(best), 2)}


def fit_status(rows: Sequence[tuple[dict[str, float], str]]) -> dict[str, dict[str, float]]:
    """Return the weights of each status."""
    names = sorted({name for features, _ in rows for name in features})
    x = np.array([[features.get(name, 0.0) for name in names] for features, _ in rows])
    y = [label for _, label in rows]
    model = LogisticRegression(C=0.3, max_iter=5000).fit(x, y)
    folds = cross_val_score(LogisticRegression(C=0.3, max_iter=5000), x, y, cv=5)
    print(len(rows), "statuses, cross-validated accuracy", round(float(folds.mean()), 3))
    return {
        f"status-{kind}": dict(zip(names, (round(float(w), 4) for w in row), strict=True))
        | {"bias": round(float(b), 4)}
        for kind, row, b in zip(model.classes_, model.coef_, model.intercept_, strict=True)
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=Path, default=Path(__file__).parent / "sentences")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    reader, codebook = Parser(Model()), Codebook.load()
    matcher = Matcher(codebook, agent_nouns())
    acts: list[tuple[Tree, int, str, Row]] = []
    actors: list[Row] = []
    recipients: list[Row] = []
    statuses: list[tuple[dict[str, float], str]] = []
    trees = list(read_sentences(options.sentences, "tune", reader))
    for labelled, tree in trees:
        acts += act_rows(tree, labelled, matcher)
        a, r = party_rows(tree, labelled, codebook, matcher)
        actors += a
        recipients += r
        statuses += status_rows(tree, labelled)
    known: dict[str, dict[str, float]] = {}

    def settle(**weights: dict[str, float]) -> None:
        """Write weights, for what is fitted next rests on them."""
        known.update(weights)
        options.out.write_text(json.dumps(known, indent=1) + "\n")
        decision.weights.cache_clear()

    settle(**fit_status(statuses))
    settle(act=fit([row for *_, row in acts], EVEN), actor=fit(actors), recipient=fit(recipients))
    mutual = [row for labelled, tree in trees for row in mutual_rows(tree, labelled, codebook, matcher)]
    settle(**{"act-again": fit(act_rows_again(acts), EVEN), "reciprocal": fit(mutual)})
    settle(confidence={"bias": 0.0})
    undecided = traced(options.sentences)
    settle(
        country=fit(country_rows(undecided)) | {"threshold": LIKELIER},
        sector=fit(sector_rows(undecided)) | {"threshold": SURE},
    )
    settle(confidence=fit(confidence_rows(traced(options.sentences))))


if __name__ == "__main__":
    main()
