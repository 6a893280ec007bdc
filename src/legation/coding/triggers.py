"""Which words of a sentence carry an act, and of which type."""

from __future__ import annotations

from dataclasses import dataclass, field

from legation.coding.decision import log_odds, probability, threshold, weights
from legation.coding.hyphens import is_hyphened
from legation.coding.lexicon import Entry
from legation.coding.links import RELATIVE
from legation.coding.matching import Matcher, parties_by_rule
from legation.coding.tolls import hurts
from legation.coding.tree import Tree

CARRIERS = frozenset({"VERB", "NOUN", "ADJ", "PROPN", "AUX"})
GLANCE = 0.02
GLIMPSE = 0.25
"""From which probability a word is read again as an act."""
OWN = 0.9
UNTAUGHT = 0.05
"""What the model is taken to say of a user's type, which it was never taught."""

DECISIVE = 5


@dataclass
class Act:
    """A word that carries an act: its type, the entry that speaks for it, and its probability.

    ``entry`` is the one whose frame holds; ``sense`` is one of the type whose frame may not.
    ``outcomes`` are verbs that only tell what the act did (*the strike **killed** five*), ``means``
    are nouns that only tell how (*killed in a drone **strike***).
    """

    word: int
    type: str
    probability: float
    entry: Entry | None
    sense: Entry | None
    model: float
    words: list[int] = field(default_factory=list)
    outcomes: list[int] = field(default_factory=list)
    means: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Proposal:
    """What codebook and model propose at a word: the entry that holds, the senses listed, the types."""

    entry: Entry | None
    senses: dict[str, Entry]
    types: frozenset[str]


def may_carry(tree: Tree, word: int) -> bool:
    """Say whether a word can carry an act at all; the second half of *US-led* and *rebel-held* cannot."""
    return tree.words[word].upos in CARRIERS and not (tree.rel(word) == "amod" and is_hyphened(tree, word))


def propose(tree: Tree, word: int, matcher: Matcher) -> Proposal:
    """Return the types that the codebook lists for a word or the model takes notice of."""
    entry, senses = matcher.entry(tree, word), matcher.senses(tree, word)
    labels, shares = tree.signals.model.labels["types"], tree.signals.types[word]
    types = {labels[i] for i in range(1, len(labels)) if shares[i] > GLANCE} | set(senses)
    if entry is not None and entry.type:
        types.add(entry.type)
    return Proposal(entry, senses, frozenset(types))


def features(tree: Tree, word: int, kind: str, proposal: Proposal, matcher: Matcher) -> dict[str, float]:
    """Return what speaks for and against an act of a type at a word."""
    entry = proposal.entry
    sense = entry if entry is not None and entry.type == kind else proposal.senses.get(kind)
    acts = sense is not None and bool(parties_by_rule(tree, word, sense.actor, matcher)[0])
    receives = sense is not None and bool(parties_by_rule(tree, word, sense.recipient, matcher)[0])
    held = entry is not None and entry.type == kind
    noun = tree.words[word].upos in {"NOUN", "PROPN"}
    labels = tree.signals.model.labels["types"]
    shares = tree.signals.types[word]
    return {
        "model": log_odds(float(shares[labels.index(kind)])) if kind in labels else log_odds(UNTAUGHT),
        "model-none": log_odds(float(shares[0])),
        "entry": float(held),
        "entry-other": float(entry is not None and entry.type not in {kind, None}),
        "entry-blocks": float(entry is not None and entry.type is None),
        "entry-framed": float(held and entry is not None and bool(entry.frame)),
        "somebody-acts": float(acts),
        "somebody-receives": float(receives),
        "held-between": float(held and acts and receives),
        "held-by": float(held and acts),
        "listed": float(kind in proposal.senses),
        "listed-alone": float(set(proposal.senses) == {kind}),
        "listed-other": float(bool(proposal.senses) and kind not in proposal.senses),
        "noun": float(noun),
        "noun-entry": float(noun and held),
        "adjective": float(tree.words[word].upos == "ADJ"),
    }


def _scored(tree: Tree, word: int, proposal: Proposal, matcher: Matcher) -> list[tuple[float, str]]:
    """Return the types with their probabilities; where a user's own row holds, only what it says.

    What is likely enough is read again, once the weights of that are fitted.
    Nothing is an act where a row of no act holds that has the priority to decide.
    """
    entry, own = proposal.entry, proposal.entry is not None and proposal.entry.own
    if entry is not None and entry.type is None and entry.priority >= DECISIVE:
        return []
    if own and entry is not None:
        if entry.type is None:
            return []
        held = probability("act", features(tree, word, entry.type, proposal, matcher))
        return [(max(held, OWN), entry.type)]
    found = [
        (probability("act", features(tree, word, kind, proposal, matcher)), kind) for kind in proposal.types
    ]
    if max(found, default=(0.0, ""))[0] < GLIMPSE or "act-again" not in weights():
        return found
    return [(probability("act-again", again(tree, word, kind, p)), kind) for p, kind in found]


def again(tree: Tree, word: int, kind: str, first: float) -> dict[str, float]:
    """Return what speaks for an act of a type once the sentence was read again for it."""
    labels, shares = tree.signals.model.labels["types"], tree.parts(word).types
    share = float(shares[labels.index(kind)]) if kind in labels else UNTAUGHT
    return {
        "first": log_odds(first), "again": log_odds(share), "again-none": log_odds(float(shares[0])),
        "noun": float(tree.words[word].upos in {"NOUN", "PROPN"}),
    }  # fmt: skip


def candidates(tree: Tree, matcher: Matcher, *, likely: bool = False) -> list[Act]:
    """Return the likeliest type at each word that the codebook or the model takes notice of.

    ``likely`` leaves out the words of which only a row speaks whose frame does not hold: they never are acts.
    """
    found: list[Act] = []
    labels = tree.signals.model.labels["types"]
    for word in range(len(tree)):
        if not may_carry(tree, word):
            continue
        proposal = propose(tree, word, matcher)
        if likely and proposal.entry is None and float(tree.signals.types[word][1:].max()) <= GLANCE:
            continue
        scored = _scored(tree, word, proposal, matcher)
        if scored:
            p, kind = max(scored)
            model = float(tree.signals.types[word][labels.index(kind)]) if kind in labels else 0.0
            entry = proposal.entry if proposal.entry and proposal.entry.type == kind else None
            found.append(Act(word, kind, p, entry, entry or proposal.senses.get(kind), model, [word]))
    return found


def acts(tree: Tree, matcher: Matcher) -> list[Act]:
    """Return the acts of a sentence, each once, in the order of their words."""
    everything = candidates(tree, matcher, likely=True)
    least = threshold("act-again" if "act-again" in weights() else "act")
    taken = [act for act in everything if act.probability >= least]
    taken += _light(tree, [act for act in everything if act.probability < least], taken)
    taken.sort(key=lambda act: act.word)
    return _without_repeats(tree, [act for act in taken if not _is_part(tree, act, taken)])


def _light(tree: Tree, rest: list[Act], taken: list[Act]) -> list[Act]:
    """Return the verbs whose entry says that they carry a noun's act (*launched an attack*)."""
    found = []
    for verb in rest:
        if verb.entry is not None and tree.is_verb(verb.word):
            nouns = set(tree.deps(verb.word, "obj", "obl", "nsubj:pass"))
            carried = [
                act for act in taken
                if act.word in nouns and act.type == verb.type and (act.entry or verb.entry.frame)
            ]  # fmt: skip
            if carried:
                verb.probability = carried[0].probability
                found.append(verb)
    return found


def _is_part(tree: Tree, act: Act, taken: list[Act]) -> bool:
    """Say whether a word only completes a user's entry of several words (*lay **claim***)."""
    head = next((one.entry for one in taken if one.word == tree.words[act.word].head), None)
    return head is not None and head.own and tree.lemma(act.word) in head.words[1:]


def _without_repeats(tree: Tree, found: list[Act]) -> list[Act]:
    """Fold a light verb and its noun, or a verb and its particle, into one act."""
    by_word = {act.word: act for act in found}
    dropped: set[int] = set()
    for act in found:
        act.outcomes = [
            verb
            for verb in _outcomes(tree, act.word)
            if verb in by_word and by_word[verb].type == act.type == "ASSAULT"
        ]
        act.means = [
            noun
            for noun in _means(tree, act.word)
            if noun in by_word and by_word[noun].type == act.type == "ASSAULT"
        ]
        hurt = _hurt_by(tree, act.word) if act.type == "ASSAULT" else []
        told = [verb for verb in hurt if verb in by_word and by_word[verb].type == act.type]
        dropped.update(act.outcomes, act.means, told)
    for act in found:
        head = by_word.get(tree.words[act.word].head)
        if head is None or head.word in dropped or act.type != head.type:
            continue
        relation = tree.rel(act.word)
        if _is_carried(tree, act, head, relation):
            dropped.add(act.word)
            head.words.append(act.word)
            head.probability = max(head.probability, act.probability)
    for act in found:
        act.words = sorted({*act.words, *(c for c in tree.exact(act.word, "compound:prt"))})
    return [act for act in found if act.word not in dropped]


def _hurt_by(tree: Tree, verb: int) -> list[int]:
    """Return the verbs that only tell whom another verb hurt: *shelled the town, **killing** two*."""
    if not tree.is_verb(verb) or hurts(tree, verb):
        return []
    hung = [c for c in tree.children[verb] if tree.rel(c) in {"advcl", "parataxis"}]
    joined = [c for v in (verb, *hung) for c in tree.exact(v, "conj") if tree.signals.xpos[c] == "VBG"]
    hung += [c for c in joined if hung and c > hung[0]]
    return [
        v for v in hung
        if tree.is_verb(v) and hurts(tree, v) and not tree.is_passive(v) and not tree.deps(v, "nsubj", "mark")
    ]  # fmt: skip


def _outcomes(tree: Tree, noun: int) -> list[int]:
    """Return the verbs whose subject a noun is, by a relative pronoun too, and those joined to them."""
    if tree.is_verb(noun):
        return []
    verbs = [tree.words[noun].head] if tree.words[noun].deprel == "nsubj" else []
    verbs += [
        c
        for c in tree.exact(noun, "acl:relcl")
        if any(tree.lemma(s) in RELATIVE for s in tree.exact(c, "nsubj"))
    ]
    joined = [c for v in verbs for c in tree.exact(v, "conj") if not tree.deps(c, "nsubj")]
    return [v for v in (*verbs, *joined) if v >= 0 and tree.is_verb(v) and not tree.is_passive(v)]


def _means(tree: Tree, act: int) -> list[int]:
    """Return the nouns by which an act is done: *killed in a strike, the killing of two by shelling*."""
    joined = tree.exact(act, "conj") if tree.is_verb(act) else []
    hung = [c for v in (act, *joined) for c in tree.deps(v, "obl", "nmod")]
    return [c for c in hung if tree.case(c) in {"in", "by", "with", "during"} and not tree.is_verb(c)]


def _is_carried(tree: Tree, act: Act, head: Act, relation: str) -> bool:
    """Say whether a noun is what its verb does (*held talks*), or a verb only completes another."""
    if relation in {"obj", "obl", "nsubj"} and tree.is_verb(head.word) and not tree.is_verb(act.word):
        return relation == "obj" or tree.words[act.word].deprel == "nsubj:pass" or head.entry is None
    return relation == "xcomp" and tree.is_verb(act.word)
