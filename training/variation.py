"""Variations of the labelled sentences, drawn anew each time one is read.

There are few of them and each is read many times, so a network learns them by
heart. Other countries' names and hidden words keep it to what they have in common.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from batches import Item, encode, recase
from legation.language.wordpiece import WordPiece
from legation.tables import rows, shipped

KINDS = ("names", "adjectives", "people", "capital")
RENAMED = 0.5
HIDDEN = 0.08
HIDDEN_PIECE = 103
"""MiniLM's piece for a word that is hidden."""


@cache
def _alike() -> dict[str, tuple[str, ...]]:
    """Return, for each name of one word of a state, its people or its capital, all others of that kind."""
    found: dict[str, tuple[str, ...]] = {}
    for kind in KINDS:
        listed = [
            name.lstrip("~")
            for _, row in rows(shipped("actors", "states.csv"), KINDS)
            for name in row[kind].split(";")[:1]
        ]
        single = tuple(sorted({name for name in listed if name.isalpha() and len(name) > len("Iran") - 1}))
        found |= dict.fromkeys(single, single)
    return found


def others_in(words: Sequence[str], rng: random.Random) -> dict[str, str]:
    """Return another state, people or capital for each one among words; none where they stay as they are."""
    known = sorted({word for word in words if word in _alike()})
    if not known or rng.random() >= RENAMED:
        return {}
    return {name: rng.choice(_alike()[name]) for name in known}


def renamed(words: Sequence[str], rng: random.Random) -> list[str] | None:
    """Return a sentence about other states, one for each that it names; None where it stays as it is."""
    others = others_in(words, rng)
    return [others.get(word, word) for word in words] if others else None


def hidden(item: Item, rng: random.Random) -> Item:
    """Return an item with some of its words hidden; their shapes are kept."""
    pieces = list(item.pieces)
    for first, last in zip(item.first, item.last, strict=True):
        if rng.random() < HIDDEN:
            pieces[first : last + 1] = [HIDDEN_PIECE] * (last - first + 1)
    return replace(item, pieces=pieces)


def varied(item: Item, wordpiece: WordPiece, rng: random.Random) -> Item:
    """Return a sentence with other capitals; a labelled one also with other states, and with words hidden."""
    words = recase(item.example.words, rng)
    if item.example.acts is None:
        return (words and encode(item.example, wordpiece, words)) or item
    words = words or renamed(item.example.words, rng)
    return hidden((words and encode(item.example, wordpiece, words)) or item, rng)
