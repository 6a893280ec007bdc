"""Whether each side does an act to the other: *the two ministers signed*, *fought with*, *talks between*."""

from __future__ import annotations

from collections.abc import Sequence

from legation.coding.cues import pairs
from legation.coding.decision import log_odds, probability, threshold
from legation.coding.phrases import phrase
from legation.coding.tree import Tree
from legation.coding.triggers import Act

BETWEEN = frozenset({"between", "among"})
PLURAL = frozenset({"they", "we", "both", "them"})
Words = Sequence[int]


def holds(tree: Tree, act: Act, actors: Words, recipients: Words) -> bool:
    """Say whether an act is done by each side to the other, given the heads of its parties."""
    if not actors:
        return False
    if act.sense is not None and act.sense.own and act.sense.reciprocal:
        return True
    if any(is_each_other(tree, word) for word in (*tree.children[act.word], *recipients)):
        return True
    return probability("reciprocal", features(tree, act, actors, recipients)) >= threshold("reciprocal")


def is_each_other(tree: Tree, word: int) -> bool:
    """Say whether a word begins *each other* or *one another*."""
    return any(tree.lemma(c) in {"other", "another"} for c in tree.deps(word, "fixed"))


def is_plural(tree: Tree, actors: Words) -> bool:
    """Say whether one plural may name both sides at once (*the two armies held a joint exercise*)."""
    return len(actors) == 1 and (
        tree.signals.xpos[actors[0]] in {"NNS", "NNPS"} or tree.lemma(actors[0]) in PLURAL
    )


def features(tree: Tree, act: Act, actors: Words, recipients: Words) -> dict[str, float]:
    """Return what bears on it: the type, the entry, how the parties stand to the act and to each other."""
    cases = {tree.case(tree.first_conjunct(word)).partition(" ")[0] for word in (*actors, *recipients)}
    sides = {tree.first_conjunct(word) for word in actors}
    shape = _shape(tree, actors, recipients, sides)
    listed = act.sense is not None and act.sense.reciprocal
    pair = any(tree.lemma(w) in pairs() for word in actors for w in _phrase(tree, word))
    return {
        "model": log_odds(tree.parts(act.word).mutual),
        "listed": float(listed), f"listed-{shape}": float(listed),
        f"type-{act.type}": 1.0, f"shape-{shape}": 1.0,
        f"{act.type}-{shape}": 1.0, "pair": float(pair), f"pair-{shape}": float(pair),
        f"pair-{act.type}": float(pair), "with": float("with" in cases),
        f"with-{act.type}": float("with" in cases), "between": float(bool(cases & BETWEEN)),
        "verb": float(tree.is_verb(act.word)), f"verb-{shape}": float(tree.is_verb(act.word)),
        "joint": float(tree.has(act.word, "amod", "joint", "mutual")),
    }  # fmt: skip


def _phrase(tree: Tree, word: int) -> range:
    first, last = phrase(tree, word)
    return range(first, last + 1)


def _shape(tree: Tree, actors: Words, recipients: Words, sides: set[int]) -> str:
    """Name how the parties stand: apart, joined over both sides or on one, several, a plural, one alone."""
    if recipients:
        return "split" if all(tree.first_conjunct(word) in sides for word in recipients) else "apart"
    if len(actors) > 1:
        return "joint" if len(sides) == 1 else "several"
    return "plural" if is_plural(tree, actors) else "alone"
