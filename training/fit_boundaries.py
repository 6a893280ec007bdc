"""Fit the weights that end sentences where rules do not suffice, on EWT, GUM and the labelled sentences.

    python training/fit_boundaries.py --out src/legation/data/language/boundaries.tsv

The text is that of the corpora's training files, a blank between sentences, a blank line between
paragraphs; of the labelled sentences, the training part. A logistic regression with an L1 penalty
(scikit-learn) keeps few weights. Half a minute on one core.
"""

from __future__ import annotations

import argparse
import os
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from legation.labels import read_labels
from legation.language.boundaries import ASK, Paragraph
from legation.language.paragraphs import paragraphs
from legation.language.sentences import cut
from legation.language.tokens import words as tokenize
from splits import split_of

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))
from language import raw_text  # noqa: E402

Text = tuple[str, list[int]]
Gap = tuple[Paragraph, int, int, bool, bool]
PENALTY = 2.0  # the inverse strength of L1; 1 to 3 do alike on the development files
LEAN = 0.5  # a little more than the likelihood says: each right split mends two sentences
TRUST = 1.0  # rules are seldom wrong in news, of which the corpora hold little
RARE = 3  # a feature or a pair seen less often teaches nothing
WORTH_ASKING = 0.015  # the least share of sentence ends among the gaps of a pair of kinds
LEAST = 0.02  # weights below this are left out
HEAD = """\
# Where sentences end. Columns: feature, weight; the sum of the weights of the features that hold decides.
# src/legation/language/boundaries.py names the features; ? opens a pair of kinds between which to ask.
# Fitted by training/fit_boundaries.py on Universal Dependencies' EWT and on GUM (CC BY-SA 4.0, CC BY 4.0),
# and on Legation's labelled sentences.
"""


def corpus(path: Path) -> Text:
    """Return the raw text of a file of trees, and where its sentences end."""
    text, _, sentences = raw_text(path)
    return text, sorted(end for _, end in sentences)


def labelled(folder: Path) -> Text:
    """Return the labelled sentences, four a paragraph; one without a stop stands alone."""
    text, ends, filled = "", list[int](), 0
    for path in sorted(folder.glob("*.txt")):
        for number, sentence in enumerate(read_labels(path)):
            if split_of(number) != "train":
                continue
            stopped = sentence.text.rstrip()[-1] in ".!?"
            text += ("\n\n" if filled in {0, 4} or not stopped else " ") + sentence.text.strip()
            ends.append(len(text))
            filled = 0 if not stopped else filled % 4 + 1
    return text, ends


def gaps(source: Text) -> Iterator[Gap]:
    """Yield (paragraph, gap, start, ruled, ends) of each gap that a reader of the true sentences comes by."""
    text, ends = source
    for first, last in paragraphs(text):
        words = tokenize(text, first, last)
        paragraph, met = Paragraph(words), list[Gap]()

        def answer(gap: int, start: int, *, ruled: bool) -> bool:
            at = bisect_left(ends, words[gap][2])  # noqa: B023 - called within the round
            true = at < len(ends) and ends[at] <= words[gap + 1][1]  # noqa: B023
            met.append((paragraph, gap, start, ruled, true))  # noqa: B023
            return true

        cut(words, text, answer)
        yield from met


def pairs(sources: list[Text]) -> list[str]:
    """Return the pairs of kinds between which sentences end often enough without a rule."""
    seen, ended = Counter[str](), Counter[str]()
    for paragraph, gap, _, ruled, true in chain.from_iterable(map(gaps, sources)):
        if not ruled:
            seen[paragraph.pair(gap)] += 1
            ended[paragraph.pair(gap)] += true
    return sorted(p for p, count in ended.items() if count >= max(RARE, WORTH_ASKING * seen[p]))


def fit(sources: list[Text], asked: list[str]) -> dict[str, float]:
    """Return the weights, the bias shared out to both answers of the rules."""
    rows, answers = [], []
    for paragraph, gap, start, ruled, true in chain.from_iterable(map(gaps, sources)):
        if ruled or paragraph.pair(gap) in asked:
            rows.append(paragraph.features(gap, start, ruled=ruled))
            answers.append(true)
    counts = Counter(chain.from_iterable(rows))
    columns = {name: i for i, name in enumerate(n for n, count in counts.items() if count >= RARE)}
    kept = [[columns[name] for name in row if name in columns] for row in rows]
    shape = (len(rows), len(columns))
    steps = np.cumsum([0, *map(len, kept)])
    flat = list(chain.from_iterable(kept))
    table = csr_matrix((np.ones(len(flat), dtype=np.float32), flat, steps), shape=shape)
    model = LogisticRegression(C=PENALTY, l1_ratio=1, solver="liblinear", random_state=0).fit(table, answers)
    found = {name: float(model.coef_[0][i]) for name, i in columns.items()}
    for name, trust in (("r0", 0.0), ("r1", TRUST)):
        found[name] = found.get(name, 0.0) + float(model.intercept_[0]) + LEAN + trust
    print(f"{len(rows)} gaps, {sum(answers)} ends, {len(columns)} features")
    return {name: weight for name, weight in sorted(found.items()) if abs(weight) >= LEAST}


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument(
        "--data", type=Path, default=os.environ.get("LEGATION_DATA", ROOT / "../shared/data")
    )
    options.add_argument("--out", type=Path, required=True)
    chosen = options.parse_args()
    language = Path(chosen.data) / "language"
    sources = [corpus(language / name / "train.conllu") for name in ("ud_ewt", "gum_permissive")]
    sources.append(labelled(ROOT / "training" / "sentences"))
    asked = pairs(sources)
    weights = fit(sources, asked)
    lines = [f"{ASK}{pair}\t0" for pair in asked] + [
        f"{name}\t{weight:.3f}" for name, weight in weights.items()
    ]
    chosen.out.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(asked)} pairs, {len(weights)} weights in {chosen.out}")


if __name__ == "__main__":
    main()
