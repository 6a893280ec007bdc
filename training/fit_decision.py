"""Fit the weights that join the codebook and the model, on the tuning tenth of the labelled sentences.

    python training/fit_decision.py --out src/legation/data/model/decision.json

Logistic regressions (scikit-learn) for: is it an act of the type; is the word
an actor, a recipient. Confidence is fitted last, on whole mentions.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict, cross_val_score

from legation.coder import Coder
from legation.coding import confidence, decision, parties, status, triggers
from legation.coding.codebook import Codebook
from legation.coding.drafts import Draft
from legation.coding.matching import Matcher
from legation.coding.tree import Tree
from legation.coding.triggers import Act
from legation.grounding.nouns import agent_nouns
from legation.labels import LabelledSentence, read_labels
from legation.language.model import Model
from legation.language.parser import Parser
from legation.language.tokens import words as tokenize
from legation.records import Article, Mention
from prepare import head_of
from splits import split_of

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
import scoring
from coding import coded

EVEN = 0.003
"""F1 that does not tell thresholds apart; of such the highest is taken, for a wrong record is worse than none."""
NEAR = 0.003
"""The same for parties, of which the nearest to even odds is taken: one too many is as wrong as one too few."""
Row = tuple[dict[str, float], int]


def sentences(folder: Path, split: str) -> list[LabelledSentence]:
    """Return the labelled sentences of a split, in the order of their files."""
    return [
        labelled
        for path in sorted(folder.glob("*.txt"))
        for number, labelled in enumerate(read_labels(path))
        if split_of(number) == split
    ]


def act_rows(tree: Tree, labelled: LabelledSentence, matcher: Matcher) -> list[Row]:
    """Return a row for each (word, type) that codebook or model proposes; those unsure are left out."""
    gold = {}
    for mention in labelled.mentions:
        for index, word in enumerate(tree.words):
            if word.start < mention.trigger.end and word.end > mention.trigger.start:
                gold.setdefault(index, set()).add((mention.type, mention.unsure))
    heads = {head_of(tree.sentence, m.trigger, verbs=True) for m in labelled.mentions}
    rows = []
    for word in range(len(tree)):
        if not triggers.may_carry(tree, word):
            continue
        proposal = triggers.propose(tree, word, matcher)
        for kind in proposal.types:
            marked = gold.get(word, set())
            if any(unsure for _, unsure in marked) or (marked and word not in heads):
                continue
            rows.append(
                (
                    triggers.features(tree, word, kind, proposal, matcher),
                    int(any(k == kind for k, _ in marked)),
                )
            )
    return rows


def party_rows(
    tree: Tree, labelled: LabelledSentence, codebook: Codebook, matcher: Matcher
) -> tuple[list[Row], list[Row]]:
    """Return rows for actors and for recipients of the gold acts."""
    actors: list[Row] = []
    recipients: list[Row] = []
    for mention in labelled.mentions:
        word = head_of(tree.sentence, mention.trigger, verbs=True)
        if word is None:
            continue
        proposal = triggers.propose(tree, word, matcher)
        entry = proposal.entry if proposal.entry and proposal.entry.type == mention.type else None
        sense = entry or proposal.senses.get(mention.type)
        act = Act(word, mention.type, 1.0, entry, sense, 1.0, [word])
        true_actors = {head_of(tree.sentence, p.span) for p in mention.actors}
        true_recipients = {head_of(tree.sentence, p.span) for p in mention.recipients}
        links = tree.signals.links(word)
        ruled = parties.by_rule(tree, act, codebook, matcher)
        for w in parties.candidates(tree, act, ruled, links):
            actor, recipient = parties.features(tree, act, w, ruled, links, matcher)
            actors.append((actor, int(w in true_actors)))
            recipients.append((recipient, int(w in true_recipients)))
    return actors, recipients


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


def status_rows(tree: Tree, labelled: LabelledSentence) -> list[tuple[dict[str, float], str]]:
    """Return a row for each gold act: what bears on its status, and the status."""
    found = []
    for mention in labelled.mentions:
        word = head_of(tree.sentence, mention.trigger, verbs=True)
        if word is not None and not mention.unsure:
            found.append((status.features(tree, word, status.cues(tree, word)), mention.status))
    return found


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


def confidence_rows(folder: Path) -> list[Row]:
    """Return a row for each mention coded: what bears on its being right, and whether it is."""
    coder = Coder()
    drafted: dict[str, Draft] = {}

    def read(article: Article) -> Sequence[Mention]:
        drafts, mentions = coder.trace(article)
        drafted.update((mention.id, draft) for mention, draft in zip(mentions, drafts, strict=True))
        return mentions

    rows: list[Row] = []
    for sentence, mentions, start in coded(read, "tune", folder):
        for pair in scoring.pair(mentions, sentence.mentions, start):
            if pair.coded is None or (pair.gold is not None and pair.gold.unsure):
                continue
            right = scoring.typed(pair) and scoring.countries_right(pair)
            one = drafted[pair.coded.id]
            rows.append((confidence.features(one, pair.coded.actors, pair.coded.recipients), int(right)))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=Path, default=Path(__file__).parent / "sentences")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    reader, codebook = Parser(Model()), Codebook.load()
    matcher = Matcher(codebook, agent_nouns())
    acts: list[Row] = []
    actors: list[Row] = []
    recipients: list[Row] = []
    statuses: list[tuple[dict[str, float], str]] = []
    for labelled in sentences(options.sentences, "tune"):
        tree = Tree(reader.sentence(tokenize(labelled.text, 0, len(labelled.text))))
        acts += act_rows(tree, labelled, matcher)
        a, r = party_rows(tree, labelled, codebook, matcher)
        actors += a
        recipients += r
        statuses += status_rows(tree, labelled)
    known = json.loads(options.out.read_text()) if options.out.exists() else {}
    known |= {"act": fit(acts, EVEN), "actor": fit(actors), "recipient": fit(recipients)} | fit_status(
        statuses
    )
    options.out.write_text(json.dumps(known, indent=1) + "\n")
    decision.weights.cache_clear()
    known["confidence"] = fit(confidence_rows(options.sentences))
    options.out.write_text(json.dumps(known, indent=1) + "\n")


if __name__ == "__main__":
    main()
