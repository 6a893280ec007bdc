"""Fit how much each kind of evidence says for one act in two reports: ``merging/weights.tsv``.

    python training/fit_merging.py [--cache FOLDER]

A logistic regression over pairs of tellings whose words have one sense and
that do not contradict each other, from topics 1 to 20 of ECB+ (CC BY 3.0);
``benchmarks/merging.py --topics 21-35`` measures on the others. Right pairs
share a labelled event; wrong ones share none, or lie in different topics.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

import msgspec  # noqa: E402

import ecbplus  # noqa: E402
import merging as measured  # noqa: E402
from legation.merging import Telling, merge_article, tellings_of  # noqa: E402
from legation.merging.compare import parties_fit, place_fits, status_fits  # noqa: E402
from legation.merging.evidence import evidence  # noqa: E402
from legation.merging.reports import block  # noqa: E402
from legation.records import Report  # noqa: E402

WEIGHTS = ROOT / "src" / "legation" / "merging" / "weights.tsv"
FITTED = 20
RIDGE = 10.0


def told(document: ecbplus.Document, report: Report) -> Iterator[tuple[Telling, set[str], str]]:
    """Yield each telling of a report with the labelled events it speaks of, and its topic."""
    mentions, events = merge_article(report.mentions, report.article)
    report = msgspec.structs.replace(report, mentions=mentions, events=events)
    event = {m.mention.id: m.gold.event for m in measured.mapped(document, report)}
    for telling in tellings_of(report):
        yield telling, {event[m] for m in telling.event.mentions if m in event}, document.topic


def pairs(
    documents: list[ecbplus.Document], reports: Mapping[str, Report]
) -> Iterator[tuple[dict[str, float], bool]]:
    """Yield the evidence of each comparable pair and whether it is of one event."""
    tellings = [one for d in documents for one in told(d, reports[d.name])]
    inside, outside = list[tuple[dict[str, float], bool]](), list[tuple[Telling, Telling]]()
    for (a, mine, here), (b, yours, there) in combinations(tellings, 2):
        if a.article == b.article or block(a) != block(b):
            continue
        if here != there:
            outside.append((a, b))
        elif mine and yours and fits(a, b):
            inside.append((evidence(a, b), bool(mine & yours)))
    random.Random(0).shuffle(outside)
    apart = ((evidence(a, b), False) for a, b in outside if fits(a, b))
    yield from inside
    yield from (pair for pair, _ in zip(apart, inside, strict=False))


def fits(a: Telling, b: Telling) -> bool:
    one, other = a.event, b.event
    return (
        status_fits(one, other) and place_fits(one.where, other.where) and parties_fit(one, other)
        and not (one.mode and other.mode and one.mode != other.mode)
    )  # fmt: skip


def fit(rows: list[dict[str, float]], answers: list[bool], expected: dict[str, float]) -> dict[str, float]:
    """Return the weights of a logistic regression that a ridge holds near the expected ones (Newton's method)."""
    names, near = list(expected), np.array(list(expected.values()))
    x = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    y = np.array(answers, dtype=float)
    ridge = RIDGE * np.diag([0.0 if name == "base" else 1.0 for name in names])
    weights = near.copy()
    for _ in range(30):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - chance) - ridge @ (weights - near)
        weights += np.linalg.solve((x.T * (chance * (1 - chance))) @ x + ridge, slope)
    guess = x @ weights > 0
    print(f"{len(y)} pairs, {int(y.sum())} right; {100 * (guess == y).mean():.1f}% told apart")
    return dict(zip(names, weights.tolist(), strict=True))


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    ask.add_argument("--cache", type=Path)
    given = ask.parse_args()
    documents = [d for topic, found in ecbplus.read_topics().items() if int(topic) <= FITTED for d in found]
    found = list(pairs(documents, measured.code(documents, given.cache)))
    lines = WEIGHTS.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith(("#", "evidence\t"))]
    weights = fit(
        [row for row, _ in found], [right for _, right in found], {row[0]: float(row[2]) for row in rows}
    )
    head = [line for line in lines if line.startswith(("#", "evidence\t"))]
    body = [f"{name}\t{weights[name]:.2f}\t{near}\t{meaning}" for name, _, near, meaning in rows]
    WEIGHTS.write_text("\n".join([*head, *body]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
