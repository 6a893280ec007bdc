"""What a sentence is read beside: words of its report's headline, its lead and the sentences just before it.

Their states are those that the encoder left half-way up when it read each
sentence for itself, so that they cost nothing more.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from legation.language.model import ALONE, Beside, Floats, Halfway
from legation.records import Word

LAST, BEFORE_LAST, LEAD, HEADLINE = 1, 2, 3, 4
NAMING = frozenset({"PROPN", "PRON"})


@dataclass(frozen=True)
class _Read:
    """The words of one sentence that later ones are read beside."""

    words: tuple[int, ...]
    states: Floats


class Reading:
    """Goes through a report sentence by sentence and keeps what the later ones are read beside.

    ``nouns`` are those that may mean somebody (*soldiers, ministry*).
    """

    def __init__(self, nouns: Collection[str]) -> None:
        self._nouns = nouns
        self._kept: dict[int, _Read] = {}
        self._next = 0

    def beside(self) -> Beside:
        """Return what the next sentence is read beside."""
        number = self._next
        segments = {0: HEADLINE, 1: LEAD, number - 2: BEFORE_LAST, number - 1: LAST}
        used = [(n, segments[n]) for n in sorted(segments) if n in self._kept]
        if not used:
            return Beside(number, (), ALONE.states, ALONE.segments)
        return Beside(
            number,
            tuple((n, word) for n, _ in used for word in self._kept[n].words),
            np.concatenate([ALONE.states[0], *(self._kept[n].states for n, _ in used)])[None],
            np.array([[0, *(segment for n, segment in used for _ in self._kept[n].words)]]),
        )

    def add(self, words: Sequence[Word], halfway: Sequence[Halfway]) -> None:
        """Take in the sentence that was read last."""
        chosen = who(words, self._nouns)
        states = []
        for part in halfway:
            inside = [word - part.begin for word in chosen if part.begin <= word < part.end]
            states.append(part.inputs["middle"][0, part.inputs["first"][0, inside]])
        self._kept[self._next] = _Read(tuple(chosen), np.concatenate(states))
        self._next += 1
        for number in [n for n in self._kept if 1 < n < self._next - 2]:
            del self._kept[number]


def who(words: Sequence[Word], nouns: Collection[str]) -> list[int]:
    """Return the words of a sentence that may tell later ones who is meant: names, pronouns, such nouns."""
    return [
        number for number, word in enumerate(words)
        if word.upos in NAMING or (word.upos == "ADJ" and word.text[:1].isupper())
        or (word.upos == "NOUN" and word.text.lower() in nouns)
    ]  # fmt: skip
