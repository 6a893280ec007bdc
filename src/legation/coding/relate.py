"""What one marked party does to another: probabilities of the types."""

from __future__ import annotations

import numpy as np

from legation.coding.codebook import Codebook
from legation.coding.matching import Matcher
from legation.coding.parties import scores
from legation.coding.tree import Tree
from legation.coding.triggers import candidates
from legation.errors import UsageError
from legation.language.parser import Parser
from legation.language.tokens import words as tokenize

PAIR_SHARE = 0.5
FLOOR = 1e-4


def relate(
    parser: Parser,
    codebook: Codebook,
    matcher: Matcher,
    text: str,
    actor: tuple[int, int],
    recipient: tuple[int, int],
) -> dict[str, float]:
    """Return the probability of each type, adding up to 1, by weighing two readings.

    One scores the pair of head words directly; the other adds up the acts of
    the sentence, each by how likely the two are its actor and its recipient.
    """
    for name, (start, end) in (("actor", actor), ("recipient", recipient)):
        if not 0 <= start < end <= len(text):
            raise UsageError(
                f"{name} ({start}, {end}) lies outside the text, which has {len(text)} characters"
            )
    tree = Tree(parser.sentence(tokenize(text, 0, len(text))))
    types = list(codebook.types)
    by_pair, by_act = (
        _pair(tree, types, actor, recipient),
        _acts(tree, types, codebook, matcher, actor, recipient),
    )
    mixed = PAIR_SHARE * by_pair + (1 - PAIR_SHARE) * (
        by_act / by_act.sum() if by_act.sum() > FLOOR else by_pair
    )
    mixed = (mixed + FLOOR) / (mixed + FLOOR).sum()
    return dict(zip(types, mixed.tolist(), strict=True))


def head_at(tree: Tree, start: int, end: int) -> int:
    """Return the head word of a marked stretch of text."""
    inside = [i for i, w in enumerate(tree.words) if w.start < end and w.end > start]
    tops = [i for i in inside if tree.words[i].head not in inside and tree.words[i].upos != "PUNCT"]
    nominal = [i for i in tops if tree.is_nominal(i)]
    return (nominal or tops or inside or [0])[0]


def _pair(tree: Tree, types: list[str], actor: tuple[int, int], recipient: tuple[int, int]) -> np.ndarray:
    labels = tree.signals.model.labels["types"]
    shares = tree.signals.pairs(head_at(tree, *actor))[head_at(tree, *recipient)]
    found = np.array([shares[labels.index(t)] if t in labels else 0.0 for t in types])
    return found / max(float(found.sum()), FLOOR)


def _acts(
    tree: Tree, types: list[str], codebook: Codebook, matcher: Matcher, actor: tuple[int, int], recipient: tuple[int, int]
) -> np.ndarray:  # fmt: skip
    a, r = head_at(tree, *actor), head_at(tree, *recipient)
    found = np.zeros(len(types))
    for act in candidates(tree, matcher):
        parts = scores(tree, act, codebook, matcher)
        as_actor = parts[a][0] if a in parts else FLOOR
        as_recipient = parts[r][1] if r in parts else FLOOR
        found[types.index(act.type)] += act.probability * as_actor * as_recipient
    return found
