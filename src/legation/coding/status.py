"""Whether an act happened: what the words at the mention say."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from legation.coding.cues import denials, statuses
from legation.coding.decision import log_odds, total
from legation.coding.tree import Tree
from legation.records import STATUSES, Status

STRENGTH = {"denied": 3, "possible": 2, "intended": 1, "occurred": 0}
UNSAID = 0.02
"""What is left of a denial of which no word of the sentence speaks."""
HEDGED = 0.95
"""How sure an adverb or auxiliary of doubt is: in the labelled sentences it is right 24 times of 24."""
COMPLEMENTS = frozenset({"xcomp", "ccomp", "acl", "csubj", "obj", "obl", "nmod", "advcl"})
CLAUSE_COMPLEMENTS = frozenset({"xcomp", "ccomp", "acl", "csubj"})
BARRIERS = frozenset({"acl:relcl", "advcl", "parataxis", "appos"})


@dataclass(frozen=True)
class Cue:
    """A word that bears on an act's status, and how it stands to it."""

    word: int
    place: str
    status: Status


def cues(tree: Tree, act: int) -> list[Cue]:
    """Return the words that take an act out of what has happened, the nearest first."""
    table = statuses()
    found: list[Cue] = []
    for word, place in _near(tree, act):
        status = table.get((tree.lemma(word), place)) or table.get((tree.words[word].text.lower(), place))
        if status:
            found.append(Cue(word, place, status))
    found.extend(_governors(tree, act))
    return found


def _near(tree: Tree, act: int) -> Iterator[tuple[int, str]]:
    """Yield the modifiers of an act, and of the light verb or copula that carries it."""
    carriers = [act]
    head = tree.words[act].head
    if not tree.is_verb(act) and head >= 0 and tree.rel(act) in {"obj", "nsubj"} and tree.is_verb(head):
        carriers.append(head)
    if tree.rel(act) == "conj" and tree.is_verb(act) and not tree.deps(act, "aux", "nsubj"):
        carriers.append(tree.first_conjunct(act))
    for carrier in carriers:
        for child in tree.children[carrier]:
            relation = tree.rel(child)
            if relation in {"aux", "advmod"}:
                yield child, "beside"
            elif relation in {"amod", "det", "case"}:
                yield child, "before"
            elif relation == "mark":
                yield child, "mark"


def _governors(tree: Tree, act: int) -> Iterator[Cue]:
    """Yield the words above an act whose content it is, up to the next independent clause."""
    table = statuses()
    node = act
    for head in tree.ancestors(act):
        relation = tree.words[node].deprel
        if relation in BARRIERS or (tree.rel(node) == "conj" and not _shares_governor(tree, node)):
            mark = next((c for c in tree.deps(node, "mark") if (tree.lemma(c), "mark") in table), None)
            if mark is not None and node != act:
                yield Cue(mark, "mark", table[tree.lemma(mark), "mark"])
            return
        complement = tree.rel(node) in CLAUSE_COMPLEMENTS or (
            tree.rel(node) in {"obj", "obl", "nmod"} and not tree.is_verb(node)
        )
        status = table.get((tree.lemma(head), "governor"))
        if status is None and tree.rel(node) in CLAUSE_COMPLEMENTS:
            status = table.get((tree.lemma(head), "clause"))
        if complement and status and not _is_reported(tree, head, node):
            yield Cue(head, "governor", status)
        if head != act and tree.rel(node) in CLAUSE_COMPLEMENTS and status is None:
            for child in tree.deps(head, "aux", "advmod"):
                near = table.get((tree.lemma(child), "beside"))
                if near and tree.rel(node) == "xcomp":
                    yield Cue(child, "beside", near)
        node = head


def _shares_governor(tree: Tree, node: int) -> bool:
    return not tree.deps(node, "nsubj", "aux", "mark")


def _is_reported(tree: Tree, head: int, node: int) -> bool:
    """Say whether a finite clause reports a fact under a word that else governs plans.

    So does *agreed that it attacked*.
    """
    return (
        tree.rel(node) == "ccomp"
        and tree.signals.xpos[node] == "VBD"
        and tree.lemma(head) in {"promise", "agree", "vow", "order"}
    )


def by_rule(found: list[Cue]) -> Status:
    """Return the status that the cues say; denial outweighs doubt, doubt outweighs plans."""
    strongest: Status = "occurred"
    for cue in found:
        if STRENGTH[cue.status] > STRENGTH[strongest]:
            strongest = cue.status
    return strongest


FORMS = {
    "VBD": "past",
    "VBN": "participle",
    "VBG": "gerund",
    "VB": "base",
    "VBP": "present",
    "VBZ": "present",
}


def features(tree: Tree, act: int, found: list[Cue]) -> dict[str, float]:
    """Return what bears on an act's status: the model's scores, the strongest cue, the form of the word."""
    ruled = by_rule(found)
    shares = tree.signals.statuses[act]
    happened = float(tree.signals.happened[act])
    form = FORMS.get(tree.signals.xpos[act], "other") if tree.is_verb(act) else "noun"
    made = {f"model-{name}": log_odds(float(shares[i])) for i, name in enumerate(STATUSES)}
    return made | {f"rule-{ruled}": 1.0, f"form-{form}": 1.0, "happened": log_odds(happened)}


def decide(tree: Tree, act: int) -> tuple[Status, float, list[Cue]]:
    """Return the status of an act, its probability, and the words that speak for it."""
    found = cues(tree, act)
    shares = chances(tree, act, found)
    if by_rule(found) == "possible" and any(c.place == "beside" and c.status == "possible" for c in found):
        return "possible", max(shares["possible"], HEDGED), found
    best = max(STATUSES, key=shares.__getitem__)
    return best, shares[best], found


def chances(tree: Tree, act: int, found: list[Cue]) -> dict[Status, float]:
    """Return how likely each status is, given the words that speak for it."""
    known = features(tree, act, found)
    totals = {name: math.exp(total(f"status-{name}", known)) for name in STATUSES}
    if not tree.lemmas & denials():
        totals["denied"] *= UNSAID
    return {name: value / sum(totals.values()) for name, value in totals.items()}
