"""A light scorer fitted to a user's own labels of marked pairs; the shipped model stays as it is.

It begins from the shipped model's answer, where the labels are its types, and
learns what to correct from the views of the encoder, the codebook's entries,
and the words around the two parties.
"""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from legation.coding.pair_features import Features, Numbers, Words
from legation.coding.regression import Fitted, Matrix, fit, softmax
from legation.errors import UsageError

PENALTY = 0.2
SEEN = 2  # in how many sentences a word must stand to be weighed
FLOOR = 1e-3
ABOUT, WEIGHTS = "adapted.json", "weights.npz"


class Scale:
    """Puts blocks of numbers and bags of words on one scale: each block of a row about one long."""

    def __init__(
        self, means: Mapping[str, Numbers], lengths: Mapping[str, float], words: Mapping[str, Words]
    ) -> None:
        self.means, self.lengths, self.words = means, lengths, words
        self._places = {
            name: {word: place for place, word in enumerate(rare)} for name, rare in words.items()
        }

    @classmethod
    def of(cls, rows: Sequence[Features]) -> Scale:
        """Return the scale of a set of rows: their means and lengths, and how rare each word is in them."""
        means, lengths, words = {}, {}, {}
        for name in rows[0].blocks:
            block = np.stack([row.blocks[name] for row in rows])
            means[name] = block.mean(0)
            lengths[name] = max(float(np.sqrt(((block - means[name]) ** 2).sum(1).mean())), FLOOR)
        for name in rows[0].bags:
            seen = Counter(word for row in rows for word in row.bags[name])
            words[name] = {
                word: float(np.log((1 + len(rows)) / (1 + number)) + 1)
                for word, number in sorted(seen.items()) if number >= SEEN
            }  # fmt: skip
        return cls(means, lengths, words)

    def matrix(self, rows: Sequence[Features]) -> Matrix:
        """Return a row of numbers for each marked sentence."""
        return np.stack([np.concatenate(list(self._parts(row))) for row in rows]).astype(np.float64)

    def _parts(self, row: Features) -> Iterator[Numbers]:
        for name, mean in self.means.items():
            yield (row.blocks[name] - mean) / self.lengths[name]
        for name, rare in self.words.items():
            bag = np.zeros(len(rare), np.float32)
            for word, weight in row.bags[name].items():
                if word in rare:
                    bag[self._places[name][word]] = weight * rare[word]
            yield bag / max(float(np.linalg.norm(bag)), FLOOR)


class Adaptation:
    """A fitted scorer: its labels, its scale and its weights.

    ``types`` are the codebook's, in the order of `Features.shares`; ``made`` names the
    model and the codebook that the features came from.
    """

    def __init__(
        self, labels: Sequence[str], types: Sequence[str], scale: Scale, weights: Fitted, made: str
    ) -> None:
        self.labels, self.made = tuple(labels), made
        self._types, self._scale, self._weights = tuple(types), scale, weights

    @classmethod
    def fit(
        cls, rows: Sequence[Features], labels: Sequence[str], types: Sequence[str], made: str = ""
    ) -> Adaptation:
        """Return the scorer that explains the labels of the rows best, each kept near the shipped answer."""
        names = sorted(set(labels))
        scale = Scale.of(rows)
        at = np.array([names.index(label) for label in labels])
        weights = fit(scale.matrix(rows), at, prior(rows, names, types), PENALTY)
        return cls(names, types, scale, weights, made)

    def shares(self, rows: Sequence[Features]) -> Matrix:
        """Return the probability of each label for each row, adding up to 1."""
        weights, biases, trust = self._weights
        scores = self._scale.matrix(rows) @ weights + biases
        return softmax(scores + trust * prior(rows, self.labels, self._types))

    def relate(self, row: Features) -> dict[str, float]:
        """Return the probability of each label for one marked sentence."""
        return dict(zip(self.labels, self.shares([row])[0].tolist(), strict=True))

    def save(self, folder: Path, **about: Any) -> None:
        """Write the scorer to a folder, which is made if it is absent; ``about`` is kept beside it."""
        folder.mkdir(parents=True, exist_ok=True)
        values = {
            "labels": self.labels, "types": self._types, "made": self.made,
            "lengths": self._scale.lengths, "words": self._scale.words, **about,
        }  # fmt: skip
        weights, biases, trust = self._weights
        arrays: dict[str, Any] = {f"mean {name}": mean for name, mean in self._scale.means.items()}
        arrays |= {"weights": weights.astype(np.float32), "biases": biases, "trust": trust}
        np.savez_compressed(folder / WEIGHTS, **arrays)
        (folder / ABOUT).write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, made: str) -> Adaptation:
        """Read a scorer; `UsageError` where none is there, or it was fitted to another model or codebook."""
        mend = f"fit it with `legation adapt LABELLED.jsonl --out {folder}`"
        try:
            values = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
            with np.load(folder / WEIGHTS) as archive:
                arrays = {name: archive[name].astype(np.float64) for name in archive.files}
            if values["made"] != made:
                raise UsageError(f"{folder}: fitted to {values['made']}, but this is {made}; {mend} again")
            means = {name: arrays[f"mean {name}"].astype(np.float32) for name in values["lengths"]}
            scale = Scale(means, values["lengths"], values["words"])
            weights = (arrays["weights"], arrays["biases"], float(arrays["trust"]))
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise UsageError(f"{folder}: no adapted scorer can be read there; {mend}") from error
        return cls(values["labels"], values["types"], scale, weights, made)


def prior(rows: Sequence[Features], labels: Sequence[str], types: Sequence[str]) -> Matrix:
    """Return the shipped model's log shares of the labels; none where a label is no type of the codebook."""
    if not set(labels) <= set(types):
        return np.zeros((len(rows), len(labels)))
    places = [types.index(label) for label in labels]
    shares: Matrix = np.log(np.stack([row.shares for row in rows])[:, places] + FLOOR)
    return shares


def cross_validate(
    rows: Sequence[Features], labels: Sequence[str], groups: Sequence[str], types: Sequence[str],
    folds: int = 5, told: Callable[[int], None] = lambda _: None,
) -> list[str]:  # fmt: skip
    """Return for each row the label that a scorer gives it which was fitted to the other folds.

    Rows of one group, such as one text, stand in one fold. ``told`` is called
    with the number of each fold that is done.
    """
    found = [""] * len(rows)
    fold_of = _folds(groups, folds)
    for fold in range(folds):
        kept = [place for place, other in enumerate(fold_of) if other != fold]
        held = [place for place, other in enumerate(fold_of) if other == fold]
        if held and kept:
            made = Adaptation.fit([rows[i] for i in kept], [labels[i] for i in kept], types)
            for place, best in zip(held, made.shares([rows[i] for i in held]).argmax(1), strict=True):
                found[place] = made.labels[best]
        told(fold + 1)
    return found


def _folds(groups: Sequence[str], folds: int) -> list[int]:
    names: NDArray[np.str_] = np.array(sorted(set(groups)))
    np.random.default_rng(0).shuffle(names)
    fold_of = {str(name): place % folds for place, name in enumerate(names)}
    return [fold_of[group] for group in groups]


def accuracy(wanted: Sequence[str], found: Sequence[str]) -> float:
    """Return the share of labels that are right."""
    return sum(w == f for w, f in zip(wanted, found, strict=True)) / max(1, len(wanted))


def macro_f1(wanted: Sequence[str], found: Sequence[str]) -> float:
    """Return the mean F1 of the labels that are wanted."""
    asked, given = Counter(wanted), Counter(found)
    right = Counter(w for w, f in zip(wanted, found, strict=True) if w == f)
    return sum(2 * right[label] / (asked[label] + given[label]) for label in asked) / max(1, len(asked))
