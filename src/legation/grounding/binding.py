"""Whom of its own sentence a pronoun may mean: *he saw him* are two persons, *he saw himself* is one."""

from __future__ import annotations

from legation.coding.attribution import attribution
from legation.coding.links import subjects
from legation.coding.tree import Tree
from legation.grounding.candidates import Candidate
from legation.grounding.salience import Pronoun


def may_stand(tree: Tree, p: Pronoun, c: Candidate) -> bool:
    """Say whether a candidate stands where the pronoun can point: before it, and not around it."""
    if c.word == p.word or (c.word > p.word and not _introduces(tree, p, c)):
        return False
    if c.word in p.above and (tree.words[p.word].head == c.word or tree.rel(p.word) != "nsubj"):
        return False
    return beside(tree, p, c) if p.reflexive else True


def beside(tree: Tree, p: Pronoun, c: Candidate) -> bool:
    """Say whether both take part in one act, so that only *himself* could make them one."""
    verb = _verb_of(tree, p)
    if verb is None:
        return False
    top = tree.first_conjunct(c.word)
    return (tree.words[top].head == verb and top != p.word) or top in subjects(tree, verb)


def _verb_of(tree: Tree, p: Pronoun) -> int | None:
    """Return the verb that a pronoun takes part in: *beat him*, *beat three of them*; an owner takes none."""
    if p.role == "owner" or not p.above:
        return None
    is_part = p.role == "nested" and tree.case(p.word) == "of" and len(p.above) > 1
    verb = p.above[1] if is_part else p.above[0]
    return verb if tree.is_verb(verb) else None


def _introduces(tree: Tree, p: Pronoun, c: Candidate) -> bool:
    """Say whether a later name is the subject of the clause that the pronoun's clause opens."""
    clause = tree.clause(p.word)
    return (
        not c.pronoun and c.role == "subject" and tree.rel(clause) == "advcl"
        and clause < c.word and tree.words[c.word].head == tree.words[clause].head
    )  # fmt: skip


def speaker(tree: Tree, p: Pronoun) -> int | None:
    """Return who says the quoted words around a pronoun: he would say *I*."""
    found = attribution(tree, tree.clause(p.word), {}) if p.quoted else None
    return found.source if found is not None else None
