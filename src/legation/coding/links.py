"""Where a party stands: a link's name in the codebook to words of a tree.

``subj`` and ``obj`` are those of the act, whatever the voice: passives,
participles, relative clauses, control and coordination are undone here.
"""

from __future__ import annotations

from legation.coding.cues import subject_control
from legation.coding.hyphens import is_hyphened, other_half
from legation.coding.tree import Tree

RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})

CALENDAR = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
     "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
)  # fmt: skip


def resolve(tree: Tree, act: int, link: str) -> list[int]:
    """Return the words at which a link of an act ends, conjuncts included."""
    head, _, rest = link.partition(".")
    if rest:
        return [end for middle in _step(tree, act, head) for end in resolve(tree, middle, rest)]
    return _spread(tree, _step(tree, act, head))


def _step(tree: Tree, act: int, link: str) -> list[int]:
    name, _, preposition = link.partition(":")
    match name:
        case "subj":
            return subjects(tree, act)
        case "obj":
            return objects(tree, act)
        case "iobj":
            return [*tree.deps(act, "iobj"), *_passive_receiver(tree, act)]
        case "prep":
            return prepositional(tree, act, preposition)
        case "poss":
            return possessors(tree, act)
        case "compound":
            return modifiers(tree, act)
        case "comp":
            return complements(tree, act)
        case "after":
            return named_after(tree, act)
        case _:
            return []


def _spread(tree: Tree, words: list[int]) -> list[int]:
    spread: list[int] = []
    for word in words:
        spread.extend(w for w in tree.conjuncts(word) if w not in spread and tree.is_nominal(w))
    return spread


def subjects(tree: Tree, act: int) -> list[int]:
    """Return who does an act: the subject, or the agent of a passive."""
    if not tree.is_verb(act) and not tree.deps(act, "cop", "nsubj"):
        return []
    if tree.is_passive(act):
        return agents(tree, act)
    own = [_antecedent(tree, act, s) for s in tree.exact(act, "nsubj", "nsubj:outer")]
    return own or _inherited(tree, act)


def objects(tree: Tree, act: int) -> list[int]:
    """Return what an act is done to: the object, or the subject of a passive."""
    if tree.is_passive(act):
        found = [_antecedent(tree, act, s) for s in tree.exact(act, "nsubj:pass")]
        if found:
            return found
        if tree.rel(act) in {"acl", "amod"}:
            return [tree.words[act].head]
        return _inherited(tree, act)
    found = tree.exact(act, "obj") or tree.exact(act, "iobj")
    found = found or [c for c in tree.exact(act, "ccomp") if _is_bare_noun(tree, c)]
    if found:
        return [_antecedent(tree, act, o) for o in found]
    if (
        tree.words[act].deprel in {"acl:relcl", "acl"}
        and tree.exact(act, "nsubj")
        and not _takes_subject_gap(tree, act)
    ):
        return [tree.words[act].head]
    return []


def named_after(tree: Tree, act: int) -> list[int]:
    """Return the first name after an act, wherever it hangs: *bargained for asylum in **Peru***."""
    names = (
        w for w in range(act + 1, len(tree))
        if tree.words[w].upos == "PROPN" and tree.rel(w) != "flat" and tree.lemma(w).lower() not in CALENDAR
    )  # fmt: skip
    return list(names)[:1]


def _is_bare_noun(tree: Tree, word: int) -> bool:
    """Say whether a noun was taken for a clause that it shows no sign of being."""
    return tree.words[word].upos in {"NOUN", "PROPN"} and not tree.deps(word, "nsubj", "cop", "mark", "aux")


def _takes_subject_gap(tree: Tree, act: int) -> bool:
    return any(tree.lemma(s) in RELATIVE for s in tree.exact(act, "nsubj"))


def agents(tree: Tree, act: int) -> list[int]:
    """Return the *by* phrase of a passive."""
    found = tree.exact(act, "obl:agent")
    return found or [o for o in tree.deps(act, "obl") if tree.case(o) == "by" and not is_time(tree, o)]


def is_time(tree: Tree, word: int) -> bool:
    """Say whether a word after a preposition, or alone, tells the time: *on Friday, by 2030*."""
    return (
        tree.lemma(word) in CALENDAR
        or tree.words[word].upos == "NUM"
        or tree.words[word].deprel in {"obl:unmarked", "obl:tmod"}
    )


def _passive_receiver(tree: Tree, act: int) -> list[int]:
    """*was given aid*: the subject of a passive that keeps its object is the receiver."""
    if tree.is_passive(act) and tree.exact(act, "obj"):
        return [_antecedent(tree, act, s) for s in tree.exact(act, "nsubj:pass")]
    return []


def _antecedent(tree: Tree, act: int, word: int) -> int:
    """Return what a relative pronoun stands for."""
    if tree.lemma(word) not in RELATIVE:
        return word
    clause = tree.first_conjunct(act)
    for node in (act, clause, *tree.ancestors(act)):
        if tree.words[node].deprel in {"acl:relcl", "acl"}:
            return tree.words[node].head
    return word


def _inherited(tree: Tree, act: int) -> list[int]:
    """Return the subject that an act takes from a verb above it."""
    relation, head = tree.words[act].deprel, tree.words[act].head
    if head < 0:
        return []
    base = relation.partition(":")[0]
    if base == "conj" and tree.is_verb(head):
        return objects(tree, head) if tree.is_passive(head) and tree.is_passive(act) else _surface(tree, head)
    if base == "xcomp":
        return _controller(tree, head)
    if base == "ccomp":
        return _spare(tree, act, head)
    if relation == "acl:relcl":
        return [tree.words[act].head]
    if base in {"acl", "amod"} and tree.signals.xpos[act] == "VBG":
        return [head]
    if base == "acl":
        return (
            possessors(tree, head)
            or modifiers(tree, head)
            or prepositional(tree, head, "by")
            or _holder(tree, head)
        )
    if base == "advcl" and not tree.deps(act, "nsubj"):
        return _surface(tree, head)
    return []


def _spare(tree: Tree, act: int, head: int) -> list[int]:
    """Return the first of two subjects hung on one verb: the clause between is its (*A asked B, he said*)."""
    found = tree.exact(head, "nsubj")
    return found[:1] if len(found) > 1 and found[0] < act < head else []


def _holder(tree: Tree, noun: int) -> list[int]:
    """*announced a plan to attack*: the subject of the verb that a bare noun of intent is the object of."""
    head = tree.words[noun].head
    if head >= 0 and tree.is_verb(head) and tree.rel(noun) in {"obj", "obl"}:
        return _surface(tree, head)
    return []


def _surface(tree: Tree, verb: int) -> list[int]:
    """Return the grammatical subject of a verb in either voice."""
    return objects(tree, verb) if tree.is_passive(verb) else subjects(tree, verb)


def _controller(tree: Tree, head: int) -> list[int]:
    if tree.is_passive(head):
        return objects(tree, head)
    if tree.lemma(head) not in subject_control():
        found = tree.exact(head, "obj", "iobj")
        if found:
            return found
    return _surface(tree, head)


def prepositional(tree: Tree, act: int, preposition: str) -> list[int]:
    """Return the nominals that hang on a word by a preposition, days and months left out.

    *The arrest of a nurse by soldiers*: a *by* phrase that was hung on the
    patient of a noun is the noun's.
    """
    found = _hung(tree, act, preposition)
    if not found and preposition == "by" and not tree.is_verb(act):
        found = [c for patient in _hung(tree, act, "of") for c in _hung(tree, patient, "by")]
    return found


def _hung(tree: Tree, act: int, preposition: str) -> list[int]:
    return [
        c for c in tree.deps(act, "obl", "nmod", "obj", "iobj")
        if (preposition in tree.case(c).split()[:1] or tree.case(c) == preposition)
        and tree.lemma(c) not in CALENDAR
    ]  # fmt: skip


def possessors(tree: Tree, act: int) -> list[int]:
    """Return the possessors of a noun, also where its gerund was read as a verb (*Sadat's killing*)."""
    found = tree.exact(act, "nmod:poss", "det:poss")
    if found or tree.signals.xpos[act] != "VBG":
        return found
    return [
        s for s in tree.exact(act, "nsubj") if any(tree.words[c].upos == "PART" for c in tree.children[s])
    ]


def modifiers(tree: Tree, act: int) -> list[int]:
    """Return the names that stand before a noun: *US sanctions*, *Iraqi request*."""
    found = [
        c
        for c in tree.children[act]
        if c < act and tree.words[c].deprel in {"compound", "amod", "nmod", "nmod:desc"}
    ]
    found += [w for c in found for w in (*other_half(tree, c), *_leader(tree, c))]
    named = _named(tree)
    return [
        c for c in found if tree.words[c].upos == "PROPN" or c in named or tree.words[c].text[:1].isupper()
    ]


def _leader(tree: Tree, participle: int) -> list[int]:
    """Return who leads an act in *US-led invasion*."""
    if tree.lemma(participle) != "lead" or not is_hyphened(tree, participle):
        return []
    return tree.deps(participle, "compound", "obl", "nsubj", "nmod")


def _named(tree: Tree) -> set[int]:
    spans = [(e.start, e.end) for e in tree.sentence.entities]
    return {i for i, w in enumerate(tree.words) if any(s <= w.start < e for s, e in spans)}


def complements(tree: Tree, act: int) -> list[int]:
    """Return the heads of the clauses that an act has as its content."""
    return [
        c
        for c in tree.deps(act, "ccomp", "xcomp", "acl", "csubj", "advcl")
        if tree.rel(c) != "advcl" or tree.is_verb(c)
    ]
