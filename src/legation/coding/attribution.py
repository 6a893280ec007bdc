"""According to whom: the source of an act, the cue word, and whether it is quoted."""

from __future__ import annotations

from dataclasses import dataclass

from legation.coding.cues import speech
from legation.coding.links import agents, objects, subjects
from legation.coding.tree import Tree

CONTENT = frozenset({"ccomp", "xcomp", "parataxis", "csubj", "obj", "acl"})


@dataclass(frozen=True)
class Attribution:
    """The head word of the source, the cue word, and whether the act stands in quotation marks."""

    source: int
    cue: int
    quoted: bool


def attribution(tree: Tree, act: int, acts: dict[int, int]) -> Attribution | None:
    """Return the innermost source of an act, or None where the report speaks for itself.

    ``acts`` maps the words of speech acts coded in this sentence to their actor's head word.
    """
    return _reported(tree, act, acts) or _beside(tree, act)


def _reported(tree: Tree, act: int, acts: dict[int, int]) -> Attribution | None:
    """Find a speech verb above the act whose content the act is part of."""
    node = act
    for head in tree.ancestors(act):
        if tree.rel(node) == "parataxis" and _speaks(tree, node):
            return None
        if tree.rel(node) in CONTENT and head != act:
            kind = speech().get(tree.lemma(head))
            if tree.is_verb(head) and kind and kind != "preposition" and tree.rel(node) != "acl":
                told = speaker(tree, head)
                if told is not None:
                    return Attribution(told, head, tree.quoted[act])
        if head in acts and head != act and _asserts(tree, head) and _is_charge(tree, head, node):
            return Attribution(acts[head], head, tree.quoted[act])
        node = head
    return None


def _is_charge(tree: Tree, head: int, node: int) -> bool:
    """Say whether a clause or noun tells what somebody is accused of; what is condemned is a fact."""
    if tree.rel(node) == "obj" and tree.lemma(head) in {"condemn", "denounce"}:
        return False
    if tree.has(node, "mark", "after", "before", "when", "while", "since", "as"):
        return False
    if tree.rel(node) in CONTENT:
        return True
    if tree.rel(node) == "advcl":
        return tree.has(node, "mark", "of", "for")
    return tree.rel(node) in {"obl", "nmod"} and tree.case(node) in {"of", "for"}


def _asserts(tree: Tree, head: int) -> bool:
    return tree.lemma(head) in {"accuse", "blame", "allege", "charge", "warn", "condemn", "denounce", "admit"}


def _beside(tree: Tree, act: int) -> Attribution | None:
    """Find *…, he said* and *according to …* beside the act or above it."""
    for node in (act, *tree.ancestors(act)):
        for child in tree.children[node]:
            relation = tree.rel(child)
            if (
                relation in {"parataxis", "advcl", "discourse", "ccomp"}
                and tree.is_verb(child)
                and act not in tree.subtree(child)
            ):
                kind = speech().get(tree.lemma(child))
                if kind and kind != "preposition" and not tree.exact(child, "obj", "ccomp"):
                    told = speaker(tree, child)
                    if told is not None and (
                        relation in {"parataxis", "discourse"} or tree.deps(child, "mark")
                    ):
                        return Attribution(told, child, tree.quoted[act])
            if relation in {"obl", "nmod"} and speech().get(tree.case(child)) == "preposition":
                return Attribution(child, tree.deps(child, "case")[0], tree.quoted[act])
    return None


def _speaks(tree: Tree, node: int) -> bool:
    kind = speech().get(tree.lemma(node))
    return tree.is_verb(node) and kind is not None and kind != "preposition"


def speaker(tree: Tree, verb: int) -> int | None:
    """Return who says what a verb of saying reports."""
    if tree.is_passive(verb):
        found = agents(tree, verb) or (
            objects(tree, verb) if tree.lemma(verb) in {"quote", "cite", "tell"} else []
        )
    else:
        found = sorted(subjects(tree, verb), key=lambda word: abs(word - verb))
    for word in found:
        if (
            tree.words[word].text.lower() not in {"it", "which", "that", "there"}
            or tree.words[word].upos == "PRON"
        ):
            return word
    return None
