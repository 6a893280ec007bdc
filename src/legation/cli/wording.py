"""Rows of the codebook in plain words: what must hold, who acts, to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from legation.coding.codebook import Codebook
    from legation.coding.frames import Condition
    from legation.coding.lexicon import Entry

POSITIONS = {"verb": "verb", "noun": "noun", "adj": "adjective"}
PLACES = {
    "subj": "the subject",
    "obj": "the object",
    "iobj": "the indirect object",
    "poss": "the possessor (“Iraq’s …”)",
    "compound": "the name before it (“US …”)",
    "mod": "a word that describes it",
    "comp": "the verb of the clause that follows",
    "inf": "the verb of the infinitive that follows",
    "sent": "any word of the sentence",
    "comp.subj": "the subject of the clause that follows",
    "comp.obj": "the object of the clause that follows",
    "comp.recipient": "whoever the clause that follows is directed at",
}
ON_OBJECT = {
    "poss": "the object’s possessor (“Iraq’s plan”)",
    "compound": "the name before the object (“US plan”)",
    "mod": "a word that describes the object",
    "inf": "the verb of the infinitive after the object",
    "comp": "the verb of the clause after the object",
}
THERE = {
    "subj": "a subject",
    "obj": "an object",
    "iobj": "an indirect object",
    "poss": "a possessor",
    "mod": "a word that describes it",
    "comp": "a clause that follows",
    "inf": "an infinitive that follows",
}
STATUSES = {
    "occurred": "it counts as having happened",
    "intended": "it counts as planned, not as done",
    "possible": "it counts as possible, not as certain",
    "denied": "it counts as denied",
}
SHOWN = 8  # words of a long list
NAMED = 5  # from how many words on a list is known by its set's name


def place(link: str) -> str:
    """Return where a link leads, in words."""
    if link.startswith("obj."):
        name = link.removeprefix("obj.")
        return ON_OBJECT.get(name) or f"what follows the object after “{name.removeprefix('prep:')}”"
    return PLACES.get(link) or f"what follows after “{link.removeprefix('prep:')}”"


def party(links: Sequence[str]) -> str:
    """Return where a party stands, alternatives in the order in which they are tried."""
    if not links:
        return "nobody"
    first = "the first of these that names somebody: " if len(links) > 1 else ""
    return first + "; ".join(place(link) for link in links)


def condition(test: Condition, sets: Mapping[str, frozenset[str]]) -> str:
    """Return what a condition asks for."""
    if test.flag == "passive":
        return f"the word is {'not ' if test.negated else ''}in the passive"
    where = place(test.link)
    if test.flag == "person":
        isnt = "is not" if test.negated else "is"
        return f"{where} {isnt} a person, group, country or organisation"
    if test.lemmas is None:
        there = THERE.get(test.link) or f"something {where.removeprefix('what ')}"
        return f"there is not {there}" if test.negated else f"there is {there}"
    words = one_of(test.lemmas, sets)
    return f"{where} is none of: {words}" if test.negated else f"{where} is one of: {words}"


def one_of(lemmas: Iterable[str], sets: Mapping[str, frozenset[str]]) -> str:
    """Return a list of words; what the codebook has a name for goes by it, and a long list is cut."""
    left, named = set(lemmas), list[str]()
    for name, members in sorted(sets.items(), key=lambda item: -len(item[1])):
        if len(members) >= NAMED and members <= left:
            named.append(f"@{name} ({', '.join(sorted(members)[:3])} and {len(members) - 3} more)")
            left -= members
    words = sorted(left)
    rest = [f"and {len(words) - SHOWN} more"] if len(words) > SHOWN else []
    return ", ".join([*named, *words[:SHOWN], *rest])


def explain(entry: Entry, codebook: Codebook) -> Iterator[tuple[str, str]]:
    """Yield (label, words) that explain an entry of the lexicon."""
    yield "word", f"{entry.text} ({POSITIONS[entry.pos]})"
    final = codebook.recode(entry.type, entry.mode) if entry.type else None
    if final is None:
        yield "means", "no political act"
    else:
        kind = codebook.types[final[0]]
        yield "means", f"{kind.name}: {kind.definition}"
        if final[1]:
            mode = codebook.modes[final[0], final[1]]
            yield "mode", f"{mode.name}: {mode.definition}"
    tests = [condition(test, codebook.sets) for test in entry.frame]
    yield "must hold", "; ".join(tests) if tests else "nothing more: the word is enough"
    if final is not None:
        yield "who acts", party(entry.actor)
        yield "to whom", party(entry.recipient)
        if entry.reciprocal:
            yield "both ways", "each does it to the other"
        if entry.status:
            yield "status", STATUSES[entry.status]
    if entry.priority:
        yield "priority", f"{entry.priority}: tried before rows of lower priority"
    yield "row", f"{entry.file}, line {entry.line}"
