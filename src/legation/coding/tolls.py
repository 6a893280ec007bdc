"""People killed and hurt in an act, as a low and a high."""

from __future__ import annotations

from collections.abc import Sequence

from legation.coding.cues import numbers, tolls
from legation.coding.links import objects, prepositional, subjects
from legation.coding.phrases import phrase
from legation.coding.tree import Tree
from legation.records import Toll

INTRANSITIVE = frozenset({"die", "perish"})
MULTIPLIER = 100
LONGEST_NUMBER = 8
JOINED = frozenset({"conj", "advcl", "xcomp", "acl", "parataxis"})


def count(tree: Tree, act: int, outcomes: Sequence[int] = ()) -> dict[str, Toll]:
    """Return the deaths and injuries that an act's clause and the verbs of its outcome state for it."""
    found: dict[str, Toll] = {}
    for word in (act, *outcomes, *_joined(tree, act)):
        counted = hurts(tree, word)
        if counted and counted not in found:
            toll = _stated(tree, word)
            if toll:
                found[counted] = toll
    return found


def hurts(tree: Tree, word: int) -> str | None:
    """Return what a word counts, deaths or injuries, or None."""
    pos = {"VERB": "verb", "NOUN": "noun", "ADJ": "adj"}.get(tree.words[word].upos, "")
    return tolls().get((tree.lemma(word), pos))


def _joined(tree: Tree, act: int) -> list[int]:
    """Return the words that tell the outcome of an act: *..., killing three and wounding five*."""
    found = [c for c in tree.children[act] if _tells_outcome(tree, c) and hurts(tree, c)]
    head = tree.words[act].head
    if tree.rel(act) in {"conj", "nsubj", "obl", "nmod", "advcl"} and head >= 0 and hurts(tree, head):
        found.append(head)
        found.extend(
            c for c in tree.children[head] if c != act and _tells_outcome(tree, c) and hurts(tree, c)
        )
    return [*found, *(c for f in found for c in tree.exact(f, "conj") if hurts(tree, c))]


def _tells_outcome(tree: Tree, word: int) -> bool:
    """Say whether a clause beside an act goes on about it; *after rebels killed a judge* tells another."""
    apart = tree.rel(word) == "advcl" or bool(tree.deps(word, "mark"))
    return tree.rel(word) in JOINED and not (apart and tree.exact(word, "nsubj"))


def _stated(tree: Tree, word: int) -> Toll | None:
    if tree.is_verb(word):
        people = subjects(tree, word) if tree.lemma(word) in INTRANSITIVE else objects(tree, word)
    else:
        people = prepositional(tree, word, "of") or [word]
    total: Toll | None = None
    for head in people:
        for person in tree.conjuncts(head):
            number = _number(tree, person)
            if number:
                total = (
                    number
                    if total is None
                    else Toll(low=total.low + number.low, high=total.high + number.high)
                )
    return total


def _number(tree: Tree, noun: int) -> Toll | None:
    """Read the number before a noun, or the noun itself where it is one."""
    between = _range(tree, noun)
    if between is not None:
        return between
    digits = tree.deps(noun, "nummod") or ([noun] if tree.words[noun].upos == "NUM" else [])
    if digits:
        return _read(tree, digits[0])
    word = tree.words[noun].text.lower()
    if word in {"dozens", "scores", "hundreds", "thousands"}:
        low, high = numbers()[word]
        return Toll(low=low, high=high)
    if tree.signals.xpos[noun] in {"NN", "NNP"} and not tree.sentence.words[noun].text.endswith("s"):
        single = tree.has(noun, "det", "a", "an", "one") or tree.words[noun].upos == "PROPN"
        return Toll(low=1, high=1) if single else None
    return None


def _range(tree: Tree, noun: int) -> Toll | None:
    """Read *three to five soldiers* and *between 10 and 15 people*, however they were parsed."""
    words = [tree.words[i].text.lower() for i in range(max(0, min(phrase(tree, noun)[0], noun - 4)), noun)]
    for place in range(1, len(words) - 1):
        joined = words[place] in {"to", "or"} or (words[place] == "and" and "between" in words[:place])
        low, high = _value(words[place - 1])[0], _value(words[place + 1])[1]
        if joined and low is not None and high is not None and low < high:
            return Toll(low=low, high=high)
    return None


def _read(tree: Tree, index: int) -> Toll | None:
    low, high = _value(tree.words[index].text)
    if low is None or high is None:
        return None
    for child in [*tree.deps(index, "compound", "nummod", "flat"), *tree.exact(index, "conj")]:
        more_low, more_high = _value(tree.words[child].text)
        if more_low is None or more_high is None:
            continue
        if tree.rel(child) == "conj":
            high = max(high, more_high)
        elif max(low, more_low) >= MULTIPLIER > min(low, more_low):
            low, high = low * more_low, high * more_high
        else:
            low, high = low + more_low, high + more_high
    return Toll(low=min(low, high), high=max(low, high))


def _value(text: str) -> tuple[int | None, int | None]:
    plain = text.replace(",", "").lower()
    if plain.isdigit() and len(plain) <= LONGEST_NUMBER:
        return int(plain), int(plain)
    return numbers().get(plain, (None, None))
