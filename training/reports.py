"""The labelled sentences within their reports: what each is read beside, and whose country each party shares."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from acts import example_of
from batches import IGNORE, Item, encode, inputs, pad, recase
from legation.language.beside import BEFORE_LAST, HEADLINE, LAST, LEAD
from legation.language.wordpiece import WordPiece
from network import WIDTH, Network
from variation import hidden, others_in

Place = tuple[int, int]
"""The number of a sentence among all, and of a word in it."""


@dataclass
class Told:
    """A sentence, the sentences of its report that it is read beside, and how it is read now."""

    row: dict[str, Any]
    item: Item
    beside: list[tuple[int, int]]
    now: Item
    states: Tensor = field(default_factory=lambda: torch.zeros(0))

    def known(self) -> Tensor:
        """Return the states of the words that later sentences are read beside."""
        return self.states[[self.now.first[word] for word in self.row["who"]]]


@dataclass
class Marked:
    """A sentence with one of its acts, its type and what each word is to it; or with a word that is no act.

    ``alike`` holds, for each party whose words name no country, its word, its
    country (empty for none) and the words that have the same.
    """

    told: int
    act: int
    kind: int
    mutual: bool
    links: list[int]
    sectors: list[int]
    alike: list[tuple[int, str, list[Place]]] = field(default_factory=list)


def tellings(folder: Path, wordpiece: WordPiece) -> list[Told]:
    """Return all sentences with what each is read beside; one too long for the encoder has no part in it."""
    found: list[Told] = []
    rows = [json.loads(line) for line in (folder / "parsed.jsonl").read_text(encoding="utf-8").splitlines()]
    for _, group in groupby(rows, key=lambda row: row["report"]):
        numbers: list[int | None] = []
        for at, row in enumerate(group):
            segments = {0: HEADLINE, 1: LEAD, at - 2: BEFORE_LAST, at - 1: LAST}
            beside = [
                (number, segments[n]) for n in sorted(segments)
                if 0 <= n < at and (number := numbers[n]) is not None
            ]  # fmt: skip
            item = encode(example_of(row), wordpiece)
            numbers.append(None if item is None else len(found))
            if item is not None:
                found.append(Told(row, item, beside, item))
    return found


def marked(told: Sequence[Told], split: str, vocabulary: Mapping[str, Sequence[str]]) -> list[Marked]:
    """Return each act of the labelled sentences of a split."""
    links, types, sectors = (
        {name: number for number, name in enumerate(vocabulary[part])}
        for part in ("links", "types", "sectors")
    )
    found = []
    for number, one in enumerate(told):
        if one.row["split"] != split:
            continue
        example, countries = one.item.example, named(told, number, labels=split == "train")
        for act, kind in {word: kind for word, kind, _ in example.acts or ()}.items():
            if kind not in types:
                continue
            pairs = [(act, word) for word in range(len(example.words))]
            parts = [links[example.links.get(pair, "none")] for pair in pairs]
            own = [sectors.get(example.sectors.get(pair, ""), IGNORE) for pair in pairs]
            mark = Marked(number, act, types[kind], act in example.mutual, parts, own)
            for trigger, word, country in one.row["countries"]:
                if trigger == act and word not in dict(one.row["named"]):
                    same = [p for p, c in countries.items() if c == country and p != (number, word)]
                    mark.alike.append((word, country, same))
            found.append(mark)
    return found


def nearly(told: Sequence[Told], split: str) -> list[Marked]:
    """Return the words that look like acts and are none; of them nothing but that is to be learned."""
    found = []
    for number, one in enumerate(told):
        nothing = [IGNORE] * len(one.item.example.words)
        near = one.row["near"] if one.row["split"] == split else ()
        found += [Marked(number, word, 0, False, nothing, nothing) for word in near]
    return found


def named(told: Sequence[Told], number: int, *, labels: bool) -> dict[Place, str]:
    """Return the countries of words that a sentence's can share: those that they name, and those of labels."""
    found: dict[Place, str] = {}
    for n in [*(n for n, _ in told[number].beside), number]:
        row = told[n].row
        found |= {(n, word): country for word, country in row["named"]}
        if labels and row["split"] == "train":
            found |= {(n, word): country for _, word, country in row["countries"] if country}
    return found


def columns(told: Sequence[Told], mark: Marked, known: int) -> dict[Place, int]:
    """Return the column of each word whose country a party can share; ``known`` is where its own begin."""
    places = [(n, word) for n, _ in told[mark.told].beside for word in told[n].row["who"]]
    own = {(mark.told, word): known + word for word in range(len(told[mark.told].item.example.words))}
    return {place: at for at, place in enumerate(places, 1)} | own


@torch.no_grad()
def refresh(
    net: Network, told: Sequence[Told], wordpiece: WordPiece, rng: random.Random | None = None
) -> None:
    """Read all sentences half-way up anew, varied if ``rng`` is given: a report's have the same other states."""
    for _, group in groupby(told, key=lambda one: one.row["report"]):
        ones = list(group)
        others = others_in([word for one in ones for word in one.item.example.words], rng) if rng else {}
        for one in ones:
            one.now = one.item
            if rng:
                words = recase(one.item.example.words, rng)
                if words is None and others:
                    words = [others.get(word, word) for word in one.item.example.words]
                one.now = hidden((words and encode(one.item.example, wordpiece, words)) or one.item, rng)
    order = sorted(told, key=lambda one: len(one.now.pieces))
    for begin in range(0, len(order), 64):
        batch = order[begin : begin + 64]
        tensors = inputs([one.now for one in batch])
        states = net.encoder.middle(tensors[0], tensors[1], (tensors[0] != 0)[:, None, None, :])
        for one, state in zip(batch, states, strict=True):
            one.states = state[: len(one.now.pieces)].to(torch.bfloat16).clone()


@dataclass
class Batch:
    """What the network reads of a batch of acts, and which words a country can be shared with."""

    middle: Tensor
    context: Tensor
    segments: Tensor
    mask: Tensor
    words: tuple[Tensor, ...]
    act: Tensor
    asked: Tensor


def batch_of(told: Sequence[Told], marks: Sequence[Marked]) -> Batch:
    """Return the tensors of a batch of acts."""
    ones = [told[mark.told] for mark in marks]
    pieces, _, first, last, shapes = inputs([one.now for one in ones])
    segments = [[0, *(s for n, s in one.beside for _ in told[n].row["who"])] for one in ones]
    known = max(map(len, segments))
    middle = torch.zeros(len(ones), pieces.shape[1], WIDTH)
    context = torch.zeros(len(ones), known, WIDTH)
    for row, one in enumerate(ones):
        middle[row, : len(one.states)] = one.states.float()
        beside = [told[n].known().float() for n, _ in one.beside]
        if beside:
            context[row, 1 : len(segments[row])] = torch.cat(beside)
    there = torch.arange(known)[None] < torch.tensor([len(row) for row in segments])[:, None]
    own = torch.arange(first.shape[1])[None] < torch.tensor([len(one.now.first) for one in ones])[:, None]
    return Batch(
        middle, context, pad(segments, 0), torch.cat([there, pieces != 0], 1)[:, None, None, :],
        (first, last, shapes), torch.tensor([mark.act for mark in marks]), torch.cat([there, own], 1),
    )  # fmt: skip
