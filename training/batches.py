"""Examples to batches of tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from corpora import Example
from legation.language.lemmas import edit
from legation.language.shapes import SHAPES, shape
from legation.language.wordpiece import WordPiece

MOST_PIECES = 250
IGNORE = -100


@dataclass
class Item:
    """An example with its pieces and label numbers."""

    example: Example
    pieces: list[int]
    piece_shapes: list[int]
    first: list[int]
    last: list[int]
    shapes: list[int]


def encode(example: Example, wordpiece: WordPiece, words: Sequence[str] | None = None) -> Item | None:
    """Return an item, or None for a sentence longer than the encoder's window."""
    pieces, piece_shapes = [wordpiece.start], [len(SHAPES)]
    first, last, shapes = [], [], []
    for index, word in enumerate(words or example.words):
        ids = wordpiece.pieces(word)
        form = shape(word, first=index == 0)
        first.append(len(pieces))
        pieces.extend(ids)
        piece_shapes.extend([form] * len(ids))
        last.append(len(pieces) - 1)
        shapes.append(form)
    pieces.append(wordpiece.end)
    piece_shapes.append(len(SHAPES))
    if len(pieces) > MOST_PIECES:
        return None
    return Item(example, pieces, piece_shapes, first, last, shapes)


def recase(words: list[str], rng: random.Random) -> list[str] | None:
    """Write a sentence now and then as a headline, in capitals or in small letters."""
    draw = rng.random()
    if draw < 0.03:
        return [w.capitalize() if w.isalpha() and w.islower() and len(w) > 3 else w for w in words]
    if draw < 0.04:
        return [w.upper() for w in words]
    if draw < 0.05:
        return [w.lower() for w in words]
    return None


def batches(items: Sequence[Item], size: int, rng: random.Random) -> Iterator[list[Item]]:
    """Yield shuffled batches of sentences of like length, about ``size`` pieces each."""
    order = sorted(items, key=lambda item: len(item.pieces) * rng.uniform(0.9, 1.1))
    made: list[list[Item]] = []
    batch: list[Item] = []
    for item in order:
        if batch and (len(batch) + 1) * max(len(item.pieces), len(batch[-1].pieces)) > size:
            made.append(batch)
            batch = []
        batch.append(item)
    if batch:
        made.append(batch)
    rng.shuffle(made)
    yield from made


def pad(rows: Sequence[Sequence[int]], value: int) -> Tensor:
    """Return a matrix of rows filled up with a value."""
    width = max(len(row) for row in rows)
    return torch.tensor([list(row) + [value] * (width - len(row)) for row in rows])


def inputs(batch: Sequence[Item]) -> tuple[Tensor, ...]:
    """Return pieces, shapes of pieces, first and last piece of each word, shapes of words."""
    blank = len(SHAPES)
    return (
        pad([i.pieces for i in batch], 0), pad([i.piece_shapes for i in batch], blank),
        pad([i.first for i in batch], 0), pad([i.last for i in batch], 0), pad([i.shapes for i in batch], blank),
    )  # fmt: skip


@dataclass
class Numbers:
    """Label to number, for each head."""

    tables: dict[str, dict[str, int]]

    def row(self, table: str, labels: Sequence[str]) -> list[int]:
        known = self.tables[table]
        return [known.get(label, IGNORE) for label in labels]


def tagging(batch: Sequence[Item], numbers: Numbers) -> dict[str, Tensor]:
    """Return the targets of the heads that label single words."""
    targets: dict[str, list[list[int]]] = {k: [] for k in ("heads", "deprels", "upos", "xpos", "lemmas")}
    for item in batch:
        e = item.example
        if e.heads is None:
            for rows in targets.values():
                rows.append([IGNORE] * len(e.words))
            continue
        targets["heads"].append([h + 1 for h in e.heads])
        targets["deprels"].append(numbers.row("deprels", e.deprels or ()))
        targets["upos"].append(numbers.row("upos", e.upos or ()))
        targets["xpos"].append(numbers.row("xpos", e.xpos or ()))
        edits = [edit(w, m) for w, m in zip(e.words, e.lemmas or (), strict=True)]
        targets["lemmas"].append(numbers.row("lemmas", edits))
    return {name: pad(rows, IGNORE) for name, rows in targets.items()}
