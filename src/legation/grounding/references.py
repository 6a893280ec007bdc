"""Whom a pronoun or a description stands for, within the article.

A small salience method in the manner of Lappin and Leass (1994): candidates
are the names and described bodies before the reference; nearness, being a
subject and being named often count, and number and kind must agree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from legation.coding.attribution import attribution
from legation.coding.tree import Tree
from legation.errors import DataFileError
from legation.grounding.actors import Identity
from legation.tables import rows, shipped

Place = tuple[int, int]
KINDS = frozenset({"person", "thing", "several", "speaker", "pair", "elsewhere"})
BODIES = frozenset({"state", "organization", "group"})
BOTH = frozenset({"both", "two", "2"})
LOOK_BACK = 3
NEAREST, SUBJECT, REPEATED, SAME_SENTENCE = 1.0, 0.6, 0.15, 0.5


@cache
def words_of_reference() -> dict[str, frozenset[str]]:
    """Return the kinds of reference of each word."""
    table, found = shipped("codebook", "references.csv"), dict[str, frozenset[str]]()
    for line, row in rows(table, ("word", "kind")):
        if row["kind"] not in KINDS:
            raise DataFileError(
                table, line, f"{row['kind']!r} is no kind of reference: {', '.join(sorted(KINDS))}"
            )
        found[row["word"]] = found.get(row["word"], frozenset()) | {row["kind"]}
    return found


@dataclass(frozen=True)
class Candidate:
    """Somebody named or described at a place of the article."""

    sentence: int
    word: int
    identity: Identity
    subject: bool
    plural: bool


class Referents:
    """Looks back for the antecedents of a phrase that names nobody by itself."""

    def __init__(self, trees: Sequence[Tree], identity: Callable[[int, int], Identity | None]) -> None:
        self._trees = trees
        self._identity = identity
        self._candidates: list[list[Candidate]] | None = None

    def antecedents(self, sentence: int, word: int) -> list[Place]:
        """Return (sentence, head word) of each antecedent; none where the text does not settle it."""
        tree = self._trees[sentence]
        kinds = words_of_reference().get(tree.words[word].text.lower()) or frozenset()
        if tree.words[word].upos == "PRON":
            if "speaker" in kinds:
                return self._speaker(sentence, word)
            if "person" in kinds:
                return self._best(sentence, word, lambda c: c.identity.kind == "person" and not c.plural)
            if "thing" in kinds:
                return self._best(sentence, word, lambda c: c.identity.kind in BODIES and not c.plural)
            if "several" in kinds:
                return self._several(sentence, word)
            return []
        lemma_kinds = words_of_reference().get(tree.lemma(word)) or frozenset()
        if "pair" in lemma_kinds and self._names_two(tree, word):
            return self._pair(sentence, word)
        return self._described(sentence, word)

    def _names_two(self, tree: Tree, word: int) -> bool:
        return any(tree.lemma(c) in BOTH for c in tree.deps(word, "det", "nummod"))

    def _before(self, sentence: int, word: int, reach: int = LOOK_BACK) -> list[Candidate]:
        """Return the candidates before a word, the nearest last."""
        everything = self._all()
        field = self._trees[sentence].sentence.field
        found = list[Candidate]()
        for n in range(max(0, sentence - reach), sentence + 1):
            if self._trees[n].sentence.field == field:
                found.extend(c for c in everything[n] if n < sentence or c.word < word)
        return found

    def _all(self) -> list[list[Candidate]]:
        if self._candidates is None:
            self._candidates = [self._of_sentence(n) for n in range(len(self._trees))]
        return self._candidates

    def _of_sentence(self, n: int) -> list[Candidate]:
        tree = self._trees[n]
        found = []
        for word, w in enumerate(tree.words):
            if w.upos not in {"NOUN", "PROPN", "ADJ"}:
                continue
            if w.deprel in {"flat", "compound", "amod"} and w.upos != "PROPN":
                continue
            if w.deprel.startswith(("flat", "appos")):
                continue
            identity = self._identity(n, word)
            if identity is None or not (identity.country or identity.name):
                continue
            subject = tree.rel(word) == "nsubj" or (
                tree.rel(word) == "conj" and tree.rel(tree.first_conjunct(word)) == "nsubj"
            )
            plural = tree.signals.xpos[word] in {"NNS", "NNPS"} and identity.kind not in {
                "state",
                "organization",
            }
            found.append(Candidate(n, word, identity, subject, plural))
        return found

    def _best(self, sentence: int, word: int, fits: Callable[[Candidate], bool]) -> list[Place]:
        tree = self._trees[sentence]
        candidates = [
            c for c in self._before(sentence, word) if fits(c) and not self._clashes(tree, sentence, word, c)
        ]
        if not candidates:
            return []
        names = [c.identity.key for c in candidates]
        best = max(candidates, key=lambda c: self._salience(c, sentence, names.count(c.identity.key)))
        return [(best.sentence, best.word)]

    def _salience(self, c: Candidate, sentence: int, times: int) -> float:
        distance = sentence - c.sentence
        near = -NEAREST * distance + (SAME_SENTENCE if distance == 0 else 0.0)
        place = c.word / 1000 if distance == 0 else -c.word / 1000
        return near + SUBJECT * c.subject + REPEATED * min(times, 4) + place

    def _clashes(self, tree: Tree, sentence: int, word: int, c: Candidate) -> bool:
        """Say whether subject and object of one verb would be the same (*Iran attacked it*)."""
        if c.sentence != sentence:
            return False
        own, other = tree.words[word], tree.words[c.word]
        return (
            own.head == other.head and own.deprel != "nmod:poss" and tree.is_verb(own.head)
            if own.head >= 0
            else False
        )

    def _several(self, sentence: int, word: int) -> list[Place]:
        candidates = self._before(sentence, word)
        for c in sorted(candidates, key=lambda c: -self._salience(c, sentence, 1)):
            tree = self._trees[c.sentence]
            joined = [w for w in tree.conjuncts(tree.first_conjunct(c.word)) if self._identity(c.sentence, w)]
            if len(joined) > 1 and tree.rel(tree.first_conjunct(c.word)) == "nsubj":
                return [(c.sentence, w) for w in joined]
            if c.plural or c.identity.kind in {"people", "group"}:
                return [(c.sentence, c.word)]
        return self._best(sentence, word, lambda c: c.identity.kind in BODIES)

    def _pair(self, sentence: int, word: int) -> list[Place]:
        """Return the two sides that were named last, one place each."""
        found: dict[str, Place] = {}
        for c in reversed(self._before(sentence, word, reach=LOOK_BACK + 1)):
            side = c.identity.country or c.identity.key
            if c.identity.kind in {*BODIES, "person"} and side not in found:
                found[side] = (c.sentence, c.word)
            if len(found) == len(("one", "other")):
                return sorted(found.values())
        return []

    def _described(self, sentence: int, word: int) -> list[Place]:
        """Return an earlier, fuller naming of a thing: *the ministry* after *Iraq's Foreign Ministry*."""
        tree = self._trees[sentence]
        lemma = tree.lemma(word)
        if tree.words[word].upos != "NOUN" or not tree.has(word, "det", "the", "this", "that"):
            return []
        for c in reversed(self._before(sentence, word, reach=12)):
            there = self._trees[c.sentence]
            names = {w.text.lower() for w in there.words[max(0, c.word - 4) : c.word + 3]}
            if c.identity.country and (
                there.lemma(c.word) == lemma or (lemma in names and c.identity.kind != "person")
            ):
                return [(c.sentence, c.word)]
        return []

    def _speaker(self, sentence: int, word: int) -> list[Place]:
        """Return the source of the words around *I* and *we*, which must stand in quotation marks."""
        tree = self._trees[sentence]
        if not tree.quoted[word]:
            return []
        found = attribution(tree, tree.clause(word), {})
        return [(sentence, found.source)] if found is not None else []
