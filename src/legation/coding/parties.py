"""Who takes part in an act: the codebook's links and the model's, weighed word by word."""

from __future__ import annotations

import math
from dataclasses import dataclass

from legation.coding.codebook import Codebook
from legation.coding.cues import orders
from legation.coding.decision import log_odds, probability, threshold
from legation.coding.links import RELATIVE, objects, subjects
from legation.coding.matching import Matcher, parties_by_rule
from legation.coding.phrases import phrase
from legation.coding.tree import Tree
from legation.coding.triggers import Act
from legation.language.model import Floats

ACTOR, RECIPIENT, SOURCE, WHERE = 1, 2, 3, 4
MOST = 8
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
MEANS = ("prep:by", "poss", "compound")
JOINT = frozenset({"CONSULT", "COOPERATE"})
PHYSICAL = frozenset({"ASSAULT", "COERCE"})
SAID = frozenset({"AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
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
    """The parties of an act; ``givers`` are those of its actors who ordered the others to do it."""

    actors: tuple[Role, ...]
    recipients: tuple[Role, ...]
    reciprocal: bool
    givers: frozenset[int] = frozenset()


def cast(tree: Tree, act: Act, codebook: Codebook, matcher: Matcher) -> Cast:
    """Return the actors and recipients of an act, by the heads of their phrases."""
    scored = scores(tree, act, codebook, matcher)
    givers = _givers(tree, act.word)
    actors = [
        Role(w, a, ra, ma)
        for w, (a, r, ra, _, ma, _) in scored.items()
        if (a >= threshold("actor") and a >= r) or (w in givers and ra)
    ]
    recipients = [
        Role(w, r, rr, mr)
        for w, (a, r, _, rr, _, mr) in scored.items()
        if r >= threshold("recipient") and r > a and w not in givers
    ]
    told = [] if recipients else _told_by_user(tree, act, codebook, matcher)
    recipients.extend(Role(w, r, True, mr) for w, (_, r, _, _, _, mr) in scored.items() if w in told)
    actors, recipients = _outermost(tree, actors), _outermost(tree, recipients)
    if not _is_reciprocal(tree, act, actors, recipients):
        actors, recipients = _on_one_side(tree, act, actors, recipients)
    recipients = [r for r in recipients if not any(_modifies(tree, r.word, a.word) for a in actors)]
    actors = [a for a in actors if not any(_modifies(tree, a.word, r.word) for r in recipients)]
    reciprocal = _is_reciprocal(tree, act, actors, recipients)
    if reciprocal:
        recipients = [r for r in recipients if not _is_each_other(tree, r.word)]
    if reciprocal and not recipients and len(actors) > 1:
        actors, recipients = actors[:1], actors[1:]
    if reciprocal and not recipients and _is_plural(tree, actors):
        recipients = actors
    return Cast(tuple(actors[:MOST]), tuple(recipients[:MOST]), reciprocal, frozenset(givers))


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
    links = tree.signals.links(act.word)
    ruled = by_rule(tree, act, codebook, matcher)
    found: Scored = {}
    for word in candidates(tree, act, ruled, links):
        actor, recipient = features(tree, act, word, ruled, links, matcher)
        found[word] = (
            probability("actor", actor), probability("recipient", recipient), ruled.acts(word),
            ruled.receives(word), float(links[word, ACTOR]), float(links[word, RECIPIENT]),
        )  # fmt: skip
    return found


def candidates(tree: Tree, act: Act, ruled: Ruled, links: Floats) -> list[int]:
    """Return the nominals that a link leads to or that the model takes notice of."""
    return [
        word for word in range(len(tree))
        if tree.is_nominal(word) and word not in act.words and tree.lemma(word) not in RELATIVE
        and tree.rel(word) != "flat" and not _is_year(tree, word)
        and (ruled.any(word) or links[word, ACTOR] > GLANCE or links[word, RECIPIENT] > GLANCE)
    ]  # fmt: skip


def features(
    tree: Tree, act: Act, word: int, ruled: Ruled, links: Floats, matcher: Matcher
) -> tuple[dict[str, float], dict[str, float]]:
    """Return what speaks for a word as an actor, and as a recipient.

    ``rule``: a link leads to it and it is somebody; ``rule-thing``: a link
    leads to it and it is not; ``rule-other``: the links of the other kind do.
    """
    named = tree.words[word].upos == "PROPN"
    shared = {
        "person": float(matcher.is_person(tree, word)), "name": float(named),
        "owner": float(tree.signals.xpos[word] == "PRP$"),
        "where": log_odds(float(links[word, WHERE])), "source": log_odds(float(links[word, SOURCE])),
        "distance": math.log1p(abs(word - act.word)), "before": float(word < act.word),
        "noun-act": float(not tree.is_verb(act.word)), f"path-{_path(tree, act.word, word)}": 1.0,
    }  # fmt: skip
    actor = {
        "model": log_odds(float(links[word, ACTOR])), "model-other": log_odds(float(links[word, RECIPIENT])),
        "rule": float(word in ruled.actors), "rule-thing": float(word in ruled.acting),
        "rule-other": float(ruled.receives(word)), "rule-name": float(named and word in ruled.actors),
    }  # fmt: skip
    recipient = {
        "model": log_odds(float(links[word, RECIPIENT])), "model-other": log_odds(float(links[word, ACTOR])),
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


def _is_plural(tree: Tree, actors: list[Role]) -> bool:
    """Say whether one plural names both sides at once (*the two armies held a joint exercise*)."""
    words = [role.word for role in actors]
    return len(words) == 1 and (
        tree.signals.xpos[words[0]] in {"NNS", "NNPS"} or tree.lemma(words[0]) in {"they", "we", "both"}
    )


def _is_each_other(tree: Tree, word: int) -> bool:
    """Say whether a word begins *each other* or *one another*."""
    return any(tree.lemma(c) in {"other", "another"} for c in tree.deps(word, "fixed"))


def _is_reciprocal(tree: Tree, act: Act, actors: list[Role], recipients: list[Role]) -> bool:
    """Say whether both sides do the act: by its entry, by *with* or *between*, or as joint subjects."""
    if act.sense is not None and act.sense.reciprocal:
        return bool(actors)
    if actors and any(_is_each_other(tree, word) for word in tree.children[act.word]):
        return True
    if act.type not in MUTUAL or not actors:
        return False
    cases = [tree.case(role.word).split()[:1] for role in recipients]
    if ["with"] in cases or any(tree.case(role.word) == "between" for role in actors):
        return True
    sides = {tree.first_conjunct(a.word) for a in actors}
    joint = bool(recipients) and all(tree.first_conjunct(r.word) in sides for r in recipients)
    if joint or (_is_plural(tree, actors) and not recipients and act.type in JOINT):
        return True
    together = len(actors) > 1 and not recipients
    return together and tree.is_verb(act.word) and any(tree.rel(role.word) == "conj" for role in actors)
