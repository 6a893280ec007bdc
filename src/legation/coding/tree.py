"""A sentence as a tree that can be asked for its parts."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, TypeVar

import msgspec
import numpy as np

from legation.language.mending import mended
from legation.language.model import ALONE, Beside, Place
from legation.language.parser import Parts, Signals, signals
from legation.records import Sentence, Word

T = TypeVar("T")
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X"})
CLAUSAL = frozenset(
    {"acl", "acl:relcl", "advcl", "advcl:relcl", "ccomp", "parataxis", "csubj", "csubj:pass", "root"}
)


class Tree:
    """Questions about the words of one sentence; words are named by their index."""

    def __init__(self, sentence: Sentence, beside: Beside = ALONE) -> None:
        self.sentence = sentence
        self.beside = beside
        self.words: tuple[Word, ...] = mended(sentence.words)
        self.signals: Signals = signals(sentence)
        self._rels = [word.deprel.partition(":")[0] for word in self.words]
        self._lemmas = [word.lemma.lower() for word in self.words]
        self._cases: dict[int, str] = {}
        self._passives: dict[int, bool] = {}
        self._answers: dict[tuple[Any, ...], Any] = {}
        self.children: list[list[int]] = [[] for _ in self.words]
        for index, word in enumerate(self.words):
            if word.head >= 0:
                self.children[word.head].append(index)

    def forget_views(self) -> None:
        """Let go of what only the search for acts needs; a long article would else fill the memory."""
        self.signals = dataclasses.replace(self.signals, views={}, halfway=())
        self.beside = ALONE
        self.sentence = msgspec.structs.replace(self.sentence, signals=None)

    def __len__(self) -> int:
        return len(self.words)

    def remembered(self, question: tuple[Any, ...], answer: Callable[[], T]) -> T:
        """Return the answer to a question that is asked of a sentence many times, worked out once."""
        if question not in self._answers:
            self._answers[question] = answer()
        found: T = self._answers[question]
        return found

    def parts(self, act: int) -> Parts:
        """Return what the model says that each word is to an act."""
        return self.remembered(("parts of", act), lambda: self.signals.parts(act, self.beside))

    def alike(self, act: int, word: int, least: float) -> dict[Place | None, float]:
        """Return whose country a party of an act shares, by the model, and how likely: None is nobody's."""
        shares = self.parts(act).alike[word]
        places = (None, *self.beside.places, *((self.beside.number, w) for w in range(len(self))))
        return {places[at]: float(shares[at]) for at in np.flatnonzero(shares >= least)}

    def rel(self, index: int) -> str:
        """Return the relation of a word to its head, without the subtype."""
        return self._rels[index]

    def deps(self, index: int, *relations: str) -> list[int]:
        """Return the dependents with one of the relations; ``nsubj`` takes in ``nsubj:pass``."""
        words, rels = self.words, self._rels
        return [c for c in self.children[index] if rels[c] in relations or words[c].deprel in relations]

    def exact(self, index: int, *relations: str) -> list[int]:
        """Return the dependents whose relation, subtype included, is one of these."""
        return [c for c in self.children[index] if self.words[c].deprel in relations]

    def lemma(self, index: int) -> str:
        """Return the lemma in small letters."""
        return self._lemmas[index]

    @property
    def lemmas(self) -> frozenset[str]:
        """The lemmas of the sentence, in small letters."""
        return frozenset(self._lemmas)

    def has(self, index: int, relation: str, *lemmas: str) -> bool:
        """Say whether a dependent with the relation has one of the lemmas."""
        return any(self.lemma(c) in lemmas for c in self.deps(index, relation))

    def case(self, index: int) -> str:
        """Return a nominal's preposition, fixed parts joined (*according to*); empty if there is none."""
        if index not in self._cases:
            found = [c for c in self.deps(index, "case") if self.words[c].upos != "PART"][:1]
            fixed = [c for child in found for c in self.deps(child, "fixed")]
            self._cases[index] = " ".join(self._lemmas[c] for c in (*found, *fixed))
        return self._cases[index]

    def subtree(self, index: int) -> Iterator[int]:
        """Yield a word and everything below it."""
        stack = [index]
        while stack:
            word = stack.pop()
            yield word
            stack.extend(self.children[word])

    def ancestors(self, index: int) -> Iterator[int]:
        """Yield the head of a word, its head, and so on to the root."""
        head = self.words[index].head
        while head >= 0:
            yield head
            head = self.words[head].head

    def conjuncts(self, index: int) -> list[int]:
        """Return a word and the words coordinated with it."""
        found = [index]
        for child in self.exact(index, "conj"):
            found.extend(self.conjuncts(child))
        return found

    def first_conjunct(self, index: int) -> int:
        """Return the first word of the coordination that a word stands in."""
        while self.rel(index) == "conj":
            index = self.words[index].head
        return index

    def is_passive(self, index: int) -> bool:
        """Say whether a verb is passive: a passive auxiliary or subject, or a bare participle on a noun."""
        if index not in self._passives:
            self._passives[index] = self._is_passive(index)
        return self._passives[index]

    def _is_passive(self, index: int) -> bool:
        if self.exact(index, "aux:pass", "nsubj:pass", "csubj:pass"):
            return True
        if self.deps(index, "nsubj", "aux", "obj"):
            return False
        if self.rel(index) == "conj":
            head = self.words[index].head
            return self.is_verb(head) and self.signals.xpos[index] == "VBN" and self.is_passive(head)
        return self.signals.xpos[index] == "VBN" and self.rel(index) in {"acl", "amod", "advcl", "xcomp"}

    def is_verb(self, index: int) -> bool:
        """Say whether a word is used as a verb."""
        return self.words[index].upos in {"VERB", "AUX"}

    def is_nominal(self, index: int) -> bool:
        """Say whether a word can head a noun phrase."""
        return self.words[index].upos in NOMINAL

    def clause(self, index: int) -> int:
        """Return the head of the clause that a word stands in."""
        while self.rel(index) not in CLAUSAL and self.words[index].head >= 0:
            if self.rel(index) == "conj" and self.is_verb(index) and self.is_verb(self.words[index].head):
                return index
            if self.rel(index) == "xcomp" and self.is_verb(index):
                return index
            index = self.words[index].head
        return index

    @cached_property
    def quoted(self) -> list[bool]:
        """Say of each word whether it stands between quotation marks of this sentence."""
        inside, marks = False, []
        for word in self.words:
            if word.text in {"“", "``", "«"}:
                inside = True
            elif word.text in {"”", "''", "»"}:
                inside = False
            elif word.text == '"':
                inside = not inside
            marks.append(inside)
        return marks

    def slice(self, first: int, last: int) -> tuple[int, int]:
        """Return the character offsets of a run of words, both ends included."""
        return self.words[first].start, self.words[last].end
