"""Speech that runs over several sentences: who tells an act whose own sentence does not say.

*"We were shelled all night," she said. "They burned the market."* The second
sentence is hers too, until the quotation or the paragraph ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from legation.coding.attribution import Attribution, speaker
from legation.coding.cues import speech
from legation.coding.tree import Tree

OPENING, CLOSING, EITHER = frozenset({"“", "``", "«"}), frozenset({"”", "''", "»"}), '"'


@dataclass(frozen=True)
class Quoted:
    """The sentence in which the speaker of a quotation is named, and the words that name and report."""

    sentence: int
    attribution: Attribution


class Quotations:
    """The quotations of one article; ``paragraphs`` numbers the paragraph of each sentence."""

    def __init__(self, trees: Sequence[Tree], paragraphs: Sequence[int]) -> None:
        self._trees = trees
        self._paragraphs = paragraphs
        self._inside = self._marked()
        self._said = [_saying(tree, inside) for tree, inside in zip(trees, self._inside, strict=True)]

    def _marked(self) -> list[list[bool]]:
        """Say of each word whether it stands in a quotation; one that stays open ends with its paragraph."""
        found, opened = [], False
        for n, tree in enumerate(self._trees):
            if n and self._paragraphs[n] != self._paragraphs[n - 1]:
                opened = False
            marks = []
            for word in tree.words:
                if word.text in OPENING:
                    opened = True
                elif word.text in CLOSING:
                    opened = False
                elif word.text == EITHER:
                    opened = not opened
                marks.append(opened)
            found.append(marks)
        return found

    def of(self, n: int, word: int) -> Quoted | None:
        """Return who speaks a quoted word of a sentence: named before in the paragraph, or just after."""
        if not self._inside[n][word]:
            return None
        for other in self._beside(n):
            said = self._said[other]
            if said is not None:
                return Quoted(other, said)
        return None

    def _beside(self, n: int) -> Iterator[int]:
        """Yield the sentences before ``n`` in its paragraph, then those that end its quotation."""
        before, after = n - 1, n + 1
        while before >= 0 and self._paragraphs[before] == self._paragraphs[n]:
            yield before
            before -= 1
        while after < len(self._trees) and self._paragraphs[after] == self._paragraphs[n]:
            yield after
            if not self._inside[after][0]:
                return
            after += 1


def _saying(tree: Tree, inside: Sequence[bool]) -> Attribution | None:
    """Return the verb of saying that stands outside the quotation of a sentence, and its subject."""
    if not any(inside):
        return None
    for verb in range(len(tree)):
        kind = speech().get(tree.lemma(verb))
        if kind in {"verb", "claim"} and tree.is_verb(verb) and not inside[verb]:
            found = speaker(tree, verb)
            if found is not None and not inside[found]:
                return Attribution(found, verb, quoted=True)
    return None
