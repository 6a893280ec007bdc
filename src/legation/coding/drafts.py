"""A sentence to its acts, before anybody in it is known by name."""

from __future__ import annotations

from dataclasses import dataclass

from legation.coding.attribution import Attribution, attribution
from legation.coding.codebook import Codebook
from legation.coding.links import objects
from legation.coding.matching import Matcher
from legation.coding.modes import mode
from legation.coding.parties import WHERE, Cast, Role, cast
from legation.coding.status import Cue, decide
from legation.coding.tolls import count
from legation.coding.tree import Tree
from legation.coding.triggers import Act, acts
from legation.language.model import Floats
from legation.records import Status, Toll

ENDING = frozenset({"SANCTION", "CONCEDE", "RETREAT"})
ENDED_BY_OTHERS = frozenset({"ASSAULT", "PROTEST"})
PLAIN_ALONE = 0.75
"""From which probability an act is told though nobody is named: *after a month of **protests***."""
KNOWN = ("the", "this", "that", "these", "those")
VIOLENT = frozenset({"ASSAULT", "COERCE", "PROTEST"})


@dataclass
class Draft:
    """An act of a sentence: who, whether, and according to whom, as words of its tree.

    ``where`` holds, for each word, the model's probability that it names the place.
    """

    tree: Tree
    act: Act
    mode: str | None
    mode_cue: str | None
    cast: Cast
    status: Status
    status_share: float
    status_cues: list[Cue]
    attribution: Attribution | None
    tolls: dict[str, Toll]
    where: Floats

    @property
    def is_told(self) -> bool:
        """Say whether anybody takes part; an act by nobody to nobody is none unless it is plain and new."""
        if self.cast.actors or self.cast.recipients:
            return True
        return self.act.probability >= PLAIN_ALONE and not _is_repeated(self.tree, self.act.word)


def draft(tree: Tree, codebook: Codebook, matcher: Matcher) -> list[Draft]:
    """Return the acts of one sentence, coordinated tellings of one act folded together."""
    found = []
    for act in acts(tree, matcher):
        status, share, cues = decide(tree, act.word)
        name, cue = mode(tree, act, codebook)
        if act.entry is not None and act.entry.status and not cues:
            status = act.entry.status
        found.append(
            Draft(tree, act, name, cue, cast(tree, act, codebook, matcher), status, share, cues, None,
                  count(tree, act.word, act.outcomes) if act.type in VIOLENT else {},
                  tree.parts(act.word).links[:, :, WHERE].mean(0))
        )  # fmt: skip
    kept = _recoded(
        _folded(
            tree,
            [one for one in found if not _is_undone(tree, one, found) and not _is_refused(tree, one, found)],
        ),
        codebook,
    )
    speakers = {d.act.word: d.cast.actors[0].word for d in kept if d.cast.actors}
    for one in kept:
        one.attribution = attribution(tree, one.act.word, speakers)
    return kept


def _recoded(found: list[Draft], codebook: Codebook) -> list[Draft]:
    """Give each act the type that covers its own in a user's codebook; drop those that it does not code."""
    kept = []
    for one in found:
        final = codebook.recode(one.act.type, one.mode)
        if final is not None:
            one.act.type, one.mode = final
            kept.append(one)
    return kept


def _folded(tree: Tree, found: list[Draft]) -> list[Draft]:
    """Keep the first of coordinated verbs with the same parties, type and status.

    *Denounced and criticised* tell one act.
    """
    kept: list[Draft] = []
    for one in found:
        twin = next((k for k in kept if _elaborates(tree, one, k)), None)
        if twin is None:
            kept.append(one)
        else:
            twin.tolls = one.tolls | twin.tolls
    return kept


def _is_repeated(tree: Tree, word: int) -> bool:
    """Say whether a word only names again what was told before: *after **the protest**, striking workers*."""
    known = tree.has(word, "det", *KNOWN) or bool(tree.deps(word, "nmod:poss"))
    return known or tree.rel(word) in {"amod", "compound"}


def _is_undone(tree: Tree, noun: Draft, found: list[Draft]) -> bool:
    """Say whether a noun only names what its verb ends or eases: *lifted its **ban**, suspended **aid***.

    It stands if somebody else did it, and violence and protest are acts whoever ends them.
    """
    if tree.is_verb(noun.act.word) or tree.rel(noun.act.word) != "obj" or noun.act.type in ENDED_BY_OTHERS:
        return False
    verb = next((one for one in found if one.act.word == tree.words[noun.act.word].head), None)
    return (
        verb is not None and verb.act.type in ENDING and _words(noun.cast.actors) <= _words(verb.cast.actors)
    )


def _is_refused(tree: Tree, act: Draft, found: list[Draft]) -> bool:
    """Say whether an act is what its verb refuses to do: the refusal tells it (*refused to **leave***)."""
    return tree.rel(act.act.word) == "xcomp" and any(
        one.act.type == "REJECT" and one.act.word == tree.words[act.act.word].head for one in found
    )


def _elaborates(tree: Tree, later: Draft, first: Draft) -> bool:
    joined = tree.words[later.act.word].head == first.act.word and tree.rel(later.act.word) in {
        "conj",
        "advcl",
        "xcomp",
    }
    joined = joined or (
        tree.words[first.act.word].head == later.act.word and tree.words[first.act.word].deprel == "nsubj"
    )
    if not joined or later.act.type != first.act.type or later.status != first.status:
        return False
    if set(objects(tree, later.act.word)) - set(
        objects(tree, first.act.word) or objects(tree, later.act.word)
    ):
        return False
    return _words(later.cast.actors) <= _words(first.cast.actors) and (
        _words(later.cast.recipients) <= _words(first.cast.recipients)
    )


def _words(roles: tuple[Role, ...]) -> set[int]:
    return {role.word for role in roles}
