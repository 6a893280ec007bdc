"""Whom a pronoun or a description stands for, within the article.

Pronouns are ranked (`legation.grounding.pronouns`), descriptions matched word
for word (`legation.grounding.descriptions`), relative pronouns read off the
tree, and *I* and *we* given to whoever speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from legation.coding.attribution import attribution
from legation.coding.tree import Tree
from legation.grounding.actors import Identity
from legation.grounding.candidates import Place
from legation.grounding.descriptions import BOTH, Descriptions
from legation.grounding.pronouns import Pronouns
from legation.grounding.reference_words import words_of_reference

THIRD = ("person", "thing", "several")
ORDER = {"former": slice(0, 1), "latter": slice(1, 2)}


def third_person(text: str) -> str | None:
    """Return the kind of a pronoun of the third person: person, thing or several."""
    kinds = words_of_reference().get(text, frozenset())
    return next((kind for kind in THIRD if kind in kinds), None)


class Referents:
    """Looks for the antecedents of a phrase that names nobody by itself."""

    def __init__(self, trees: Sequence[Tree], identity: Callable[[int, int], Identity | None]) -> None:
        self._trees = trees
        self.pronouns = Pronouns(trees, identity, third_person)
        self._descriptions = Descriptions(trees, identity, self.pronouns)

    def antecedents(self, sentence: int, word: int) -> list[Place]:
        """Return (sentence, head word) of each antecedent; none where the text does not settle it."""
        tree = self._trees[sentence]
        kinds = words_of_reference().get(tree.words[word].text.lower(), frozenset())
        if tree.lemma(word) in ORDER and tree.has(word, "det", "the"):
            return self._descriptions.pair(sentence, word)[ORDER[tree.lemma(word)]]
        inner = _whole(tree, word)
        if inner is not None:
            return self.antecedents(sentence, inner) or [(sentence, inner)]
        if tree.lemma(word) in BOTH:
            return self._descriptions.pair(sentence, word)
        if tree.words[word].upos in {"PRON", "DET"}:
            if kinds & {*THIRD}:
                return list(self.pronouns.antecedents(sentence, word))
            if "speaker" in kinds:
                return self._speaker(sentence, word)
            return self._relative(sentence, word) if "relative" in kinds else []
        kinds = words_of_reference().get(tree.lemma(word), frozenset())
        if self._descriptions.names_two(sentence, word):
            return self._descriptions.pair(sentence, word) if "pair" in kinds else []
        if tree.words[word].upos == "NUM":
            return self._descriptions.numbered(sentence, word)
        return [] if "everybody" in kinds else self._descriptions.described(sentence, word)

    def means_two(self, sentence: int, word: int) -> bool:
        """Say whether a word stands for two that the report knows: *both, the two, the pair, both sides*."""
        tree = self._trees[sentence]
        return tree.lemma(word) in BOTH or self._descriptions.names_two(sentence, word)

    def _relative(self, sentence: int, word: int) -> list[Place]:
        """Return the noun that a relative clause hangs on."""
        tree = self._trees[sentence]
        for node in (word, *tree.ancestors(word)):
            if tree.words[node].deprel == "acl:relcl":
                return [(sentence, tree.words[node].head)]
        return []

    def _speaker(self, sentence: int, word: int) -> list[Place]:
        """Return the source of the words around *I* and *we*."""
        tree = self._trees[sentence]
        found = attribution(tree, tree.clause(word), {})
        if found is not None and found.source != word:
            return self._through(sentence, found.source)
        return []

    def _through(self, sentence: int, word: int) -> list[Place]:
        """Return a speaker, or whom the pronoun for the speaker stands for."""
        if third_person(self._trees[sentence].words[word].text.lower()) is None:
            return [(sentence, word)]
        return list(self.pronouns.antecedents(sentence, word))


def _whole(tree: Tree, word: int) -> int | None:
    """Return those of whom a number or a quantity takes a part: *three of **them***."""
    if tree.words[word].upos == "PROPN" or tree.has(word, "det", "the"):
        return None
    counts = tree.words[word].upos in {"NUM", "DET", "PRON", "ADJ"} or "part" in words_of_reference().get(
        tree.lemma(word), ()
    )
    parts = [w for w in tree.exact(word, "nmod") if tree.case(w) == "of"]
    return parts[0] if counts and parts else None
