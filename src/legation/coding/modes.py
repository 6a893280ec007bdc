"""How an act was done: the mode that its entry names, or that the words around it tell."""

from __future__ import annotations

from legation.coding.codebook import Codebook
from legation.coding.links import objects, subjects
from legation.coding.tree import CLAUSAL, Tree
from legation.coding.triggers import Act


def mode(tree: Tree, act: Act, codebook: Codebook) -> tuple[str | None, str | None]:
    """Return the mode of an act and the word that tells it; None where the text supports none."""
    if act.entry is not None and act.entry.mode:
        return act.entry.mode, None
    places = {
        "act": {tree.lemma(w) for w in (*act.words, *act.means)}, "clause": clause_lemmas(tree, act.word),
        "subj": {tree.lemma(w) for w in subjects(tree, act.word)},
        "obj": {tree.lemma(w) for w in objects(tree, act.word)},
    }  # fmt: skip
    for name, near, lemmas in codebook.cues_of(act.type):
        hit = places[near] & lemmas
        if hit:
            return name, min(hit)
    return None, None


def clause_lemmas(tree: Tree, act: int) -> set[str]:
    """Return the lemmas of an act's own clause: what hangs on it, other clauses left out."""
    found, stack = set[str](), [act]
    while stack:
        word = stack.pop()
        found.add(tree.lemma(word))
        stack.extend(
            c for c in tree.children[word]
            if tree.words[c].deprel not in CLAUSAL and not (tree.rel(c) == "conj" and tree.is_verb(c))
        )  # fmt: skip
    return found
