"""Who takes part in an act: the codebook's links and the model's, weighed word by word."""

from __future__ import annotations

from dataclasses import dataclass

from legation.coding.codebook import Codebook
from legation.coding.decision import log_odds, probability, threshold
from legation.coding.links import RELATIVE
from legation.coding.matching import Matcher, parties_by_rule
from legation.coding.phrases import phrase
from legation.coding.tree import Tree
from legation.coding.triggers import Act

ACTOR, RECIPIENT, SOURCE, WHERE = 1, 2, 3, 4
MOST = 8
GLANCE = 0.02


@dataclass(frozen=True)
class Role:
    """A word that heads a party, the probability of its part, and what put it there."""

    word: int
    probability: float
    by_rule: bool
    by_model: float


@dataclass(frozen=True)
class Cast:
    """The parties of an act."""

    actors: tuple[Role, ...]
    recipients: tuple[Role, ...]
    reciprocal: bool


def cast(tree: Tree, act: Act, codebook: Codebook, matcher: Matcher) -> Cast:
    """Return the actors and recipients of an act, by the heads of their phrases."""
    scored = scores(tree, act, codebook, matcher)
    actors = [
        Role(w, a, ra, ma) for w, (a, r, ra, _, ma, _) in scored.items() if a >= threshold("actor") and a >= r
    ]
    recipients = [
        Role(w, r, rr, mr)
        for w, (a, r, _, rr, _, mr) in scored.items()
        if r >= threshold("recipient") and r > a
    ]
    actors, recipients = _outermost(tree, actors), _outermost(tree, recipients)
    reciprocal = _is_reciprocal(tree, act, actors, recipients)
    if reciprocal and not recipients and len(actors) > 1:
        actors, recipients = actors[:1], actors[1:]
    return Cast(tuple(actors[:MOST]), tuple(recipients[:MOST]), reciprocal)


Scored = dict[int, tuple[float, float, bool, bool, float, float]]


def scores(tree: Tree, act: Act, codebook: Codebook, matcher: Matcher) -> Scored:
    """Return of each nominal its probability as actor and as recipient, with what speaks for them."""
    links = tree.signals.links(act.word)
    ruled = by_rule(tree, act, codebook, matcher)
    found: Scored = {}
    for word in range(len(tree)):
        if not tree.is_nominal(word) or word in act.words or tree.lemma(word) in RELATIVE:
            continue
        ma, mr = float(links[word, ACTOR]), float(links[word, RECIPIENT])
        if ruled.any(word) or ma > GLANCE or mr > GLANCE:
            person = matcher.is_person(tree, word)
            a = probability(
                "actor",
                features(ma, word in ruled.actors, word in ruled.acting, ruled.receives(word), person),
            )
            r = probability(
                "recipient",
                features(mr, word in ruled.recipients, word in ruled.receiving, ruled.acts(word), person),
            )
            found[word] = (a, r, ruled.acts(word), ruled.receives(word), ma, mr)
    return found


def features(model: float, ruled: bool, thing: bool, other: bool, person: bool) -> dict[str, float]:
    """Return what speaks for a word as a party of one kind.

    ``ruled``: a link leads to it and it is somebody; ``thing``: a link leads to
    it and it is not; ``other``: the links of the other kind lead to it.
    """
    return {
        "model": log_odds(model), "rule": float(ruled), "rule-thing": float(thing),
        "rule-other": float(other), "person": float(person),
    }  # fmt: skip


@dataclass(frozen=True)
class Ruled:
    """Where the links lead: to somebody as actor or recipient, or to things in these places."""

    actors: list[int]
    acting: list[int]
    recipients: list[int]
    receiving: list[int]

    def acts(self, word: int) -> bool:
        """Say whether a link of the actor leads to a word."""
        return word in self.actors or word in self.acting

    def receives(self, word: int) -> bool:
        """Say whether a link of the recipient leads to a word."""
        return word in self.recipients or word in self.receiving

    def any(self, word: int) -> bool:
        """Say whether any link leads to a word."""
        return self.acts(word) or self.receives(word)


def by_rule(tree: Tree, act: Act, codebook: Codebook, matcher: Matcher) -> Ruled:
    """Return where the links lead that the entry, or else the type, names."""
    if act.sense is not None:
        actor_links, recipient_links = act.sense.actor, act.sense.recipient
    else:
        pos = "verb" if tree.is_verb(act.word) else "adj" if tree.words[act.word].upos == "ADJ" else "noun"
        actor_links, recipient_links = codebook.links_of(act.type, pos)
    actors, acting = parties_by_rule(tree, act.word, actor_links, matcher)
    recipients, receiving = parties_by_rule(tree, act.word, recipient_links, matcher)
    return Ruled(
        actors, acting, [w for w in recipients if w not in actors], [w for w in receiving if w not in acting]
    )


def _outermost(tree: Tree, roles: list[Role]) -> list[Role]:
    """Drop a word that stands inside another party's phrase, or in apposition to it."""
    spans = {role.word: phrase(tree, role.word) for role in roles}
    return [
        role for role in roles
        if not any(o.word != role.word and spans[o.word][0] <= role.word <= spans[o.word][1] for o in roles)
        and not (tree.rel(role.word) == "appos" and tree.words[role.word].head in spans)
    ]  # fmt: skip


def _is_reciprocal(tree: Tree, act: Act, actors: list[Role], recipients: list[Role]) -> bool:
    if act.entry is not None and act.entry.reciprocal:
        return len(actors) + len(recipients) > 1 or bool(actors)
    if act.type not in {"CONSULT", "AGREE", "COOPERATE"} or not tree.is_verb(act.word):
        return False
    together = len(actors) > 1 and not recipients
    return together and any(tree.rel(role.word) == "conj" for role in actors)
