"""What one marked party does to another: probabilities of the types."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from legation.coding.codebook import Codebook
from legation.coding.cues import orders, stances
from legation.coding.drafts import ENDING
from legation.coding.matching import Matcher
from legation.coding.parties import scores
from legation.coding.status import chances, cues
from legation.coding.tree import Tree
from legation.coding.triggers import Act, candidates
from legation.errors import UsageError
from legation.language.parser import Parser
from legation.language.tokens import words as tokenize
from legation.records import STATUSES, Status

PAIR_SHARE = 0.35
SLACK = 0.02
"""Chosen on the tuning tenth of the labelled sentences: the share of the direct reading, and the chance of
being a party that a word keeps which was not taken for one."""
FLOOR = 1e-4

Marked = tuple[int, int] | None
Shares = NDArray[np.float64]
Chances = dict[Status, float]


def relate(
    parser: Parser, codebook: Codebook, matcher: Matcher, text: str, actor: Marked, recipient: Marked
) -> dict[str, float]:
    """Return the probability of each type, adding up to 1; a party that the text does not name is None."""
    tree = read_pair(parser, text, actor, recipient)
    return dict(zip(codebook.types, weigh(tree, codebook, matcher, actor, recipient).tolist(), strict=True))


def read_pair(parser: Parser, text: str, actor: Marked, recipient: Marked) -> Tree:
    """Return the tree of a text whose parties are marked; `UsageError` where the marks do not fit it."""
    for name, mark in (("actor", actor), ("recipient", recipient)):
        if mark is not None and not 0 <= mark[0] < mark[1] <= len(text):
            raise UsageError(
                f"{name} ({mark[0]}, {mark[1]}) lies outside the text, which has {len(text)} characters"
            )
    words = tokenize(text, 0, len(text))
    if not words:
        raise UsageError("the text holds no words, so nobody in it does anything")
    return Tree(parser.sentence(words))


def weigh(tree: Tree, codebook: Codebook, matcher: Matcher, actor: Marked, recipient: Marked) -> Shares:
    """Return the probability of each type of the codebook, in its order, by weighing two readings.

    One scores the pair of head words directly; the other adds up the acts of
    the sentence, each by how likely the two are its actor and its recipient.
    An act that has not happened counts as what it is between the two already:
    a plan to help as agreement, a plan to harm as a threat (``stances.csv``).
    """
    acts = [
        (act, weight, _chances(tree, act))
        for act, weight in weighted_acts(tree, codebook, matcher, actor, recipient)
    ]
    by_pair = _pair(tree, codebook, head_at(tree, actor), head_at(tree, recipient))
    by_pair = by_pair @ _standing(codebook, _mean([(weight, chances) for _, weight, chances in acts]))
    by_act = _acts(codebook, acts)
    certain = by_act / by_act.sum() if by_act.sum() > FLOOR else by_pair
    mixed = PAIR_SHARE * by_pair + (1 - PAIR_SHARE) * certain + FLOOR
    shares: Shares = mixed / mixed.sum()
    return shares


def head_at(tree: Tree, mark: Marked) -> int | None:
    """Return the head word of a marked stretch of text; None where nothing is marked."""
    if mark is None:
        return None
    inside = [i for i, w in enumerate(tree.words) if w.start < mark[1] and w.end > mark[0]]
    tops = [i for i in inside if tree.words[i].head not in inside and tree.words[i].upos != "PUNCT"]
    nominal = [i for i in tops if tree.is_nominal(i)]
    return (nominal or tops or inside or [0])[0]


def _pair(tree: Tree, codebook: Codebook, actor: int | None, recipient: int | None) -> Shares:
    """Return the direct reading; a party that is not marked may be any word."""
    types, labels = list(codebook.types), tree.signals.model.labels["types"]
    actors = range(len(tree)) if actor is None else (actor,)
    by_actor = np.stack([tree.signals.pairs(a) for a in actors])
    shares = (by_actor.sum(1) if recipient is None else by_actor[:, recipient]).sum(0)
    found = np.zeros(len(types))
    for label, share in zip(labels, shares, strict=True):
        final = codebook.recode(label, None)
        if final is not None and final[0] in types:
            found[types.index(final[0])] += share
    return found / max(float(found.sum()), FLOOR)


def _chances(tree: Tree, act: Act) -> Chances:
    """Return how likely each status is; what is ordered counts as done by who may order it."""
    found = cues(tree, act.word)
    if any(tree.lemma(cue.word) in orders() for cue in found):
        return {"occurred": 1.0}
    return chances(tree, act.word, found)


def _mean(weighed: list[tuple[float, Chances]]) -> Chances:
    whole = max(sum(weight for weight, _ in weighed), FLOOR)
    return {name: sum(w * chances.get(name, 0.0) for w, chances in weighed) / whole for name in STATUSES}


def _acts(codebook: Codebook, acts: list[tuple[Act, float, Chances]]) -> Shares:
    """Return what the acts add up to, each as what it counts as by its status."""
    types = list(codebook.types)
    found = np.zeros(len(types))
    for act, weight, status in acts:
        final = codebook.recode(act.type, act.entry.mode if act.entry else None)
        if final is not None:
            found += weight * _standing(codebook, status)[types.index(final[0])]
    return found


def _standing(codebook: Codebook, status: Chances) -> Shares:
    """Return a matrix, type by type: as what an act of each counts, with these chances of its status."""
    types, table = list(codebook.types), stances()
    found = np.eye(len(types))
    for place, name in enumerate(types):
        for planned_or_denied in ("intended", "denied"):
            other = table.get(name, {}).get(planned_or_denied, name)
            if other in codebook.types:
                share = status.get(planned_or_denied, 0.0)
                found[place, place] -= share
                found[place, types.index(other)] += share
    return found


def weighted_acts(
    tree: Tree, codebook: Codebook, matcher: Matcher, actor: Marked, recipient: Marked
) -> list[tuple[Act, float]]:
    """Return each act with its weight: how likely it is one, with these two as its parties."""
    a, r = head_at(tree, actor), head_at(tree, recipient)
    found, by_word = [], {act.word: act for act in candidates(tree, matcher)}
    for act in by_word.values():
        parts = scores(tree, act, codebook, matcher)
        as_actor = 1.0 if a is None else SLACK + (parts[a][0] if a in parts else 0.0)
        as_recipient = 1.0 if r is None else SLACK + (parts[r][1] if r in parts else 0.0)
        stands = 1.0 - _ended(tree, act, by_word.get(tree.words[act.word].head))
        found.append((act, act.probability * as_actor * as_recipient * stands))
    return found


def _ended(tree: Tree, act: Act, head: Act | None) -> float:
    """Return how likely an act is only what its verb ends or refuses: *lifted the ban, refused to leave*."""
    if head is None:
        return 0.0
    ended = not tree.is_verb(act.word) and tree.rel(act.word) == "obj" and head.type in {*ENDING, "REJECT"}
    refused = tree.rel(act.word) == "xcomp" and head.type == "REJECT"
    return head.probability if ended or refused else 0.0
