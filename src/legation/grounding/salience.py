"""How well a candidate suits a pronoun: what they must agree in, and what is weighed beyond that.

A log-linear ranking of the candidates and of nobody, after Denis and Baldridge
(2008). The weights are rows of ``data/language/salience.csv``, which
``training/fit_references.py`` fits.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from legation.coding.cues import speech
from legation.coding.tree import Tree
from legation.errors import DataFileError
from legation.grounding.candidates import Candidate, role
from legation.grounding.natures import words_of
from legation.tables import rows, shipped

NOBODY = "nobody"
FARTHEST, MOST = 3, 3


@dataclass(frozen=True)
class Pronoun:
    """A third-person pronoun: ``kind`` is person, thing or several, ``above`` the words that govern it."""

    sentence: int
    word: int
    kind: str
    gender: str
    role: str
    reflexive: bool
    quoted: bool
    above: tuple[int, ...]


@cache
def weights() -> dict[str, float]:
    """Return the weight of each feature."""
    table, found = shipped("language", "salience.csv"), dict[str, float]()
    for line, row in rows(table, ("feature", "weight")):
        try:
            found[row["feature"]] = float(row["weight"])
        except ValueError:
            raise DataFileError(table, line, f"{row['weight']!r} is no number") from None
    return found


def pronoun(tree: Tree, sentence: int, word: int, kind: str) -> Pronoun:
    """Return what is asked of a pronoun."""
    text = tree.words[word].text.lower()
    return Pronoun(
        sentence, word, kind, words_of("pronoun").get(text, ""), role(tree, word),
        text.endswith(("self", "selves")), tree.quoted[word], tuple(tree.ancestors(word)),
    )  # fmt: skip


def agrees(p: Pronoun, c: Candidate, gender: str) -> bool:
    """Say whether sort, number and gender allow a candidate; ``gender`` is what is known of it."""
    sort, plural = c.nature.sort, c.nature.plural
    if p.kind == "person":
        clash = bool(p.gender and gender and p.gender != gender)
        return not clash and not plural and not c.joined and sort in {"person", "maybe", "name"}
    if p.kind == "thing":
        return not plural and not c.joined and sort not in {"person", "people"}
    if c.joined or plural or sort in {"people", "body", "name"}:
        return not gender or plural
    return sort == "maybe"


def features(p: Pronoun, c: Candidate, tree: Tree, gender: str, skipped: int, times: int) -> list[str]:
    """Return what is weighed of a candidate that agrees; ``tree`` is that of the candidate's sentence."""
    distance = min(p.sentence - c.sentence, FARTHEST)
    sort = "joined" if c.joined else "many" if c.nature.plural else c.nature.sort
    found = [
        f"{p.kind} {sort} {'pronoun' if c.pronoun else c.definite}", f"{p.kind} distance {distance}",
        f"{'here' if distance == 0 else 'before'} {c.role}", f"{p.kind} skips {min(skipped, MOST)}",
        f"{p.kind} told {_about(times)}",
        f"{'owner' if p.role == 'owner' else 'other'} after {c.role} {distance == 0}",
    ]  # fmt: skip
    if p.kind == "person" and p.gender and gender == p.gender:
        found.append("gender known")
    if c.first:
        found.append(f"first {distance}")
    if p.role == c.role:
        found.append(f"parallel {p.role}")
    if p.quoted and c.sentence == p.sentence and not tree.quoted[c.word]:
        found.append("out of quotation")
    if c.sentence == p.sentence:
        found.extend(_within(p, c, tree))
    return found


def _about(times: int) -> int:
    """Return the power of two below a count."""
    return 1 << min(times.bit_length() - 1, FARTHEST) if times else 0


def _within(p: Pronoun, c: Candidate, tree: Tree) -> Iterable[str]:
    """Yield what the tree says of two words of one sentence."""
    head = tree.words[tree.first_conjunct(c.word)].head
    if c.word > p.word:
        yield "after it"
    if head in p.above and c.role == "subject":
        yield "subject above"
        if head != p.above[0] and speech().get(tree.lemma(head)):
            yield f"speaker {p.quoted}"
        if p.role == "owner":
            yield f"subject of its owner {p.kind}"
    if c.word in p.above:
        yield "over it"


def nobody(p: Pronoun, agreeing: int) -> list[str]:
    """Return what speaks for no candidate at all."""
    return [
        f"{NOBODY} {p.kind}",
        f"{NOBODY} {p.kind} {p.role}",
        f"{NOBODY} {p.kind} of {min(agreeing, MOST)}",
    ]


def shares(scores: Sequence[float]) -> list[float]:
    """Return the probability that each score stands for."""
    top = max(scores)
    raised = [math.exp(s - top) for s in scores]
    return [r / sum(raised) for r in raised]


def total(found: Iterable[str], table: dict[str, float]) -> float:
    """Return the sum of the weights of features."""
    return sum(table.get(one, 0.0) for one in found)
