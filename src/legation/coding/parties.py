"""Who takes part in an act: the codebook's links and the model's, weighed word by word."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from legation.coding import reciprocity
from legation.coding.codebook import Codebook
from legation.coding.cues import orders
from legation.coding.decision import log_odds, probability, threshold
from legation.coding.links import RELATIVE, objects, subjects
from legation.coding.matching import Matcher, parties_by_rule
from legation.coding.phrases import phrase
from legation.coding.tree import Tree
from legation.coding.triggers import Act
from legation.language.model import Floats, Place

ACTOR, RECIPIENT, SOURCE, WHERE = 1, 2, 3, 4
MOST = 8
MEANS = ("prep:by", "poss", "compound")
PHYSICAL = frozenset({"ASSAULT", "COERCE"})
SAID = frozenset({"AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
GLANCE = 0.02


@dataclass(frozen=True)
class Role:
    """A word that heads a party, the probability of its part, and what put it there.

    ``sectors`` are its likely sectors, ``alike`` whose country it shares, None for nobody's.
    """

    word: int
    probability: float
    by_rule: bool
    by_model: float
    sectors: Mapping[str, float]
    alike: Mapping[Place | None, float]


@dataclass(frozen=True)
class Cast:
    """The parties of an act; ``givers`` are those of its actors who ordered the others to do it."""

    actors: tuple[Role, ...]
    recipients: tuple[Role, ...]
    reciprocal: bool
    givers: frozenset[int] = frozenset()


def cast(tree: Tree, act: Act, codebook: Codebook, matcher: Matcher) -> Cast:
    """Return the actors and recipients of an act, by the heads of their phrases."""
    actors, recipients, givers = sides(tree, act, codebook, matcher)
    reciprocal = reciprocity.holds(tree, act, _words(actors), _words(recipients))
    if not reciprocal:
        actors, recipients = _on_one_side(tree, act, actors, recipients)
    recipients = [r for r in recipients if not any(_modifies(tree, r.word, a.word) for a in actors)]
    actors = [a for a in actors if not any(_modifies(tree, a.word, r.word) for r in recipients)]
    if reciprocal:
        recipients = [r for r in recipients if not reciprocity.is_each_other(tree, r.word)]
        if not recipients and len(actors) > 1:
            actors, recipients = actors[:1], actors[1:]
        elif not recipients and reciprocity.is_plural(tree, _words(actors)):
            recipients = actors
    return Cast(
        tuple(actors[:MOST]), tuple(recipients[:MOST]), reciprocal and bool(actors), frozenset(givers)
    )


def sides(
    tree: Tree, act: Act, codebook: Codebook, matcher: Matcher
) -> tuple[list[Role], list[Role], list[int]]:
    """Return the actors, the recipients and who gave orders, before it is asked whether the act is mutual."""
    scored = scores(tree, act, codebook, matcher)
    givers = _givers(tree, act.word)
    told_of = partial(_told_of, tree, act.word)
    actors = [
        Role(w, a, ra, ma, *told_of(w))
        for w, (a, r, ra, _, ma, _) in scored.items()
        if (a >= threshold("actor") and a >= r) or (w in givers and ra)
    ]
    recipients = [
        Role(w, r, rr, mr, *told_of(w))
        for w, (a, r, _, rr, _, mr) in scored.items()
        if r >= threshold("recipient") and r > a and w not in givers
    ]
    told = [] if recipients else _told_by_user(tree, act, codebook, matcher)
    recipients.extend(
        Role(w, r, True, mr, *told_of(w)) for w, (_, r, _, _, _, mr) in scored.items() if w in told
    )
    return _outermost(tree, actors), _outermost(tree, recipients), givers


def _told_of(tree: Tree, act: int, word: int) -> tuple[dict[str, float], dict[Place | None, float]]:
    """Return the sectors that the model thinks likely of a party, and whose country."""
    shares, names = tree.parts(act).sectors[word], tree.signals.model.labels["sectors"]
    sectors = {name: float(share) for name, share in zip(names, shares, strict=True) if share > GLANCE}
    return sectors, tree.alike(act, word, GLANCE)


def _words(roles: Sequence[Role]) -> list[int]:
    return [role.word for role in roles]


def _told_by_user(tree: Tree, act: Act, codebook: Codebook, matcher: Matcher) -> list[int]:
    """Return to whom a row of the user's leads by links of its own: believed where nobody else is found."""
    entry = act.entry
    if entry is None or not entry.own or entry.recipient == codebook.links_of(act.type, entry.pos)[1]:
        return []
    found = parties_by_rule(tree, act.word, entry.recipient, matcher)[0]
    return [tree.words[w].head if tree.rel(w) in {"compound", "amod"} else w for w in found]


Scored = dict[int, tuple[float, float, bool, bool, float, float]]


def scores(tree: Tree, act: Act, codebook: Codebook, matcher: Matcher) -> Scored:
    """Return of each nominal its probability as actor and as recipient, with what speaks for them."""
    links = tree.parts(act.word).links
    ruled = by_rule(tree, act, codebook, matcher)
    found: Scored = {}
    for word in candidates(tree, act, ruled, links):
        actor, recipient = features(tree, act, word, ruled, links, matcher)
        found[word] = (
            probability("actor", actor), probability("recipient", recipient), ruled.acts(word),
            ruled.receives(word), _share(links, word, ACTOR), _share(links, word, RECIPIENT),
        )  # fmt: skip
    return found


def _share(links: Floats, word: int, link: int) -> float:
    """Return how likely a link to a word is to the model, its two readings taken together."""
    return float(links[:, word, link].mean())


def candidates(tree: Tree, act: Act, ruled: Ruled, links: Floats) -> list[int]:
    """Return the nominals that a link leads to or that the model takes notice of."""
    return [
        word for word in range(len(tree))
        if tree.is_nominal(word) and word not in act.words and tree.lemma(word) not in RELATIVE
        and tree.rel(word) != "flat" and not _is_year(tree, word)
        and (ruled.any(word) or links[:, word, [ACTOR, RECIPIENT]].max() > GLANCE)
    ]  # fmt: skip


def features(
    tree: Tree, act: Act, word: int, ruled: Ruled, links: Floats, matcher: Matcher
) -> tuple[dict[str, float], dict[str, float]]:
    """Return what speaks for a word as an actor, and as a recipient.

    ``rule``: a link leads to it and it is somebody; ``rule-thing``: a link
    leads to it and it is not; ``rule-other``: the links of the other kind do.
    """
    named = tree.words[word].upos == "PROPN"
    first, second = links[:, word]
    shared = {
        "person": float(matcher.is_person(tree, word)), "name": float(named),
        "owner": float(tree.signals.xpos[word] == "PRP$"),
        "where": log_odds(float(first[WHERE])), "source": log_odds(float(first[SOURCE])),
        "where-again": log_odds(float(second[WHERE])), "source-again": log_odds(float(second[SOURCE])),
        "distance": math.log1p(abs(word - act.word)), "before": float(word < act.word),
        "noun-act": float(not tree.is_verb(act.word)), f"path-{_path(tree, act.word, word)}": 1.0,
    }  # fmt: skip
    actor = {
        "model": log_odds(float(first[ACTOR])), "model-other": log_odds(float(first[RECIPIENT])),
        "again": log_odds(float(second[ACTOR])), "again-other": log_odds(float(second[RECIPIENT])),
        "rule": float(word in ruled.actors), "rule-thing": float(word in ruled.acting),
        "rule-other": float(ruled.receives(word)), "rule-name": float(named and word in ruled.actors),
    }  # fmt: skip
    recipient = {
        "model": log_odds(float(first[RECIPIENT])), "model-other": log_odds(float(first[ACTOR])),
        "again": log_odds(float(second[RECIPIENT])), "again-other": log_odds(float(second[ACTOR])),
        "rule": float(word in ruled.recipients), "rule-thing": float(word in ruled.receiving),
        "topic": float(_is_topic(tree, act, word)),
        "target": float(act.type in PHYSICAL and word in ruled.receiving),
        "thing-struck": float(act.type in PHYSICAL and not shared["person"]),
        "thing-said": float(act.type in SAID and not shared["person"]),
        "rule-other": float(ruled.acts(word)), "rule-name": float(named and word in ruled.recipients),
    }  # fmt: skip
    return shared | actor, shared | recipient


def _is_topic(tree: Tree, act: Act, word: int) -> bool:
    """Say whether a word is the object of a verb whose recipient stands elsewhere (*discussed Iran*)."""
    return (
        act.entry is not None and bool(act.entry.recipient) and "obj" not in act.entry.recipient
        and tree.words[word].deprel == "obj" and tree.words[word].head == act.word
    )  # fmt: skip


def _is_year(tree: Tree, word: int) -> bool:
    text = tree.words[word].text
    return tree.words[word].upos == "NUM" and len(text) == len("2003") and text.isdigit()


def _path(tree: Tree, act: int, word: int) -> str:
    """Say how a word hangs on an act: directly, under one of its parts, above it, or elsewhere."""
    head = tree.words[word].head
    if head == act:
        return tree.rel(word)
    if tree.words[act].head == word:
        return "above"
    if head >= 0 and tree.words[head].head == act:
        return f"under-{tree.rel(word)}"
    return "elsewhere"


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
    if act.type in PHYSICAL and tree.is_verb(act.word):
        recipients = [_site(tree, act.word, word) for word in recipients]
    actors = [*actors, *(w for w in _givers(tree, act.word) if matcher.is_person(tree, w))]
    for noun in act.means:
        people, things = parties_by_rule(tree, noun, MEANS, matcher)
        actors, acting = [*actors, *people], [*acting, *things]
    for verb in act.outcomes:
        people, things = parties_by_rule(tree, verb, ("obj",), matcher)
        recipients, receiving = [*recipients, *people], [*receiving, *things]
    return Ruled(
        actors, acting, [w for w in recipients if w not in actors], [w for w in receiving if w not in acting]
    )


def _givers(tree: Tree, act: int) -> list[int]:
    """Return who gave the order for an act (***the king** ordered the army to attack*)."""
    head = tree.words[act].head
    ordered = head >= 0 and tree.rel(act) == "xcomp" and tree.lemma(head) in orders()
    return [w for s in subjects(tree, head) for w in tree.conjuncts(s)] if ordered else []


def _site(tree: Tree, verb: int, word: int) -> int:
    """Return what is struck, where a link led to its owner (*attacked a Malian army **base***)."""
    head = tree.words[word].head
    struck = objects(tree, verb)
    return head if head in struck and word not in struck and tree.rel(word) in {"amod", "compound"} else word


def _outermost(tree: Tree, roles: list[Role]) -> list[Role]:
    """Drop a word that stands inside another party's phrase, or in apposition to it."""
    spans = {role.word: phrase(tree, role.word) for role in roles}
    holders = [
        o for o in roles if o.by_rule or not any(i.by_rule and _within(i, spans[o.word]) for i in roles)
    ]
    return [
        role for role in holders
        if not any(o.word != role.word and _within(role, spans[o.word]) for o in holders)
        and not (tree.rel(role.word) == "appos" and tree.words[role.word].head in spans)
        and not any(o.word != role.word and _modifies(tree, role.word, o.word) for o in holders)
    ]  # fmt: skip


def _on_one_side(
    tree: Tree, act: Act, actors: list[Role], recipients: list[Role]
) -> tuple[list[Role], list[Role]]:
    """Keep coordinated subjects of a verb together: whoever is joined to its actor acts too."""
    if not tree.is_verb(act.word):
        return actors, recipients
    acting = {tree.first_conjunct(role.word) for role in actors if role.by_rule}
    joined = [role for role in recipients if tree.first_conjunct(role.word) in acting]
    kept = [role for role in recipients if role not in joined]
    return sorted([*actors, *joined], key=lambda role: role.word), kept


def _within(role: Role, span: tuple[int, int]) -> bool:
    return span[0] <= role.word <= span[1]


def _modifies(tree: Tree, word: int, head: int) -> bool:
    """Say whether a word stands before a head as one of its owners (*the US and **Iraqi** governments*)."""
    owner = tree.first_conjunct(word)
    return tree.words[owner].head == head and tree.rel(owner) in {"amod", "compound"}
