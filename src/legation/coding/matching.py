"""Which entries of the lexicon hold at a word of a sentence."""

from __future__ import annotations

from collections.abc import Iterable

from legation.coding.codebook import Codebook
from legation.coding.frames import Condition
from legation.coding.lexicon import Entry
from legation.coding.links import complements, is_time, modifiers, objects, possessors, prepositional, resolve
from legation.coding.tree import Tree

PERSONAL = frozenset(
    {"i", "we", "you", "he", "she", "it", "they", "him", "her", "them", "us", "who", "whom", "his", "its",
     "their", "our", "my", "your"}
)  # fmt: skip
STRUCTURAL = frozenset({"subj", "obj", "iobj", "poss"})


class Matcher:
    """Looks up entries by lemma and tests their frames."""

    def __init__(self, codebook: Codebook, people: frozenset[str]) -> None:
        self._codebook = codebook
        self._people = people

    def entry(self, tree: Tree, word: int) -> Entry | None:
        """Return the most specific entry that holds at a word; a blocking one has no type."""
        for lemma, pos in self._keys(tree, word):
            for entry in self._codebook.entries_for(lemma, pos):
                if self._words_hold(tree, word, entry) and all(
                    self._holds(tree, word, c) for c in entry.frame
                ):
                    return entry
        return self._ending_here(tree, word)

    def senses(self, tree: Tree, word: int) -> dict[str, Entry]:
        """Return the first entry of each type that is listed for a word, whatever stands around it."""
        found: dict[str, Entry] = {}
        for lemma, pos in self._keys(tree, word):
            for entry in self._codebook.entries_for(lemma, pos):
                if entry.type and entry.type not in found and self._words_hold(tree, word, entry):
                    found[entry.type] = entry
        return found

    def _keys(self, tree: Tree, word: int) -> list[tuple[str, str]]:
        lemma, upos, xpos = tree.lemma(word), tree.words[word].upos, tree.signals.xpos[word]
        whole = tree.words[word].text.lower()
        gerund = [(whole, "noun")] if whole.endswith("ing") and whole != lemma else []
        if upos in {"VERB", "AUX"}:
            return [*(gerund if possessors(tree, word) else []), (lemma, "verb")]
        if upos in {"NOUN", "PROPN"}:
            keys = [*gerund, (lemma, "noun")]
            return keys if xpos != "VBG" else [*keys, (lemma, "verb")]
        if upos == "ADJ":
            keys = [(lemma, "adj")]
            return [*keys, (lemma, "verb")] if xpos in {"VBN", "VBG"} else keys
        return []

    def _ending_here(self, tree: Tree, word: int) -> Entry | None:
        """Find a noun or adjective of several words whose last word stands here."""
        if tree.words[word].upos not in {"NOUN", "PROPN", "ADJ"}:
            return None
        for start in range(max(0, word - 3), word):
            for pos in ("noun", "adj"):
                for entry in self._codebook.entries_for(tree.lemma(start), pos):
                    size = len(entry.words)
                    run = tuple(tree.lemma(i) for i in range(start, word + 1))
                    if (
                        size == len(run) > 1
                        and run == entry.words
                        and all(self._holds(tree, word, c) for c in entry.frame)
                    ):
                        return entry
        return None

    def _words_hold(self, tree: Tree, word: int, entry: Entry) -> bool:
        if len(entry.words) == 1:
            return True
        if entry.pos != "verb":
            return False
        parts = tree.remembered(("parts", word), lambda: _parts(tree, word))
        return all(part in parts for part in entry.words[1:])

    def _holds(self, tree: Tree, word: int, condition: Condition) -> bool:
        if condition.flag == "passive":
            return tree.is_passive(word) != condition.negated
        found = self._at(tree, word, condition.link)
        if condition.flag == "person":
            return any(self.is_person(tree, w) for w in found) != condition.negated
        if condition.lemmas is None:
            return bool(found) != condition.negated
        return any(self._lemma_in(tree, w, condition.lemmas) for w in found) != condition.negated

    def _lemma_in(self, tree: Tree, word: int, lemmas: frozenset[str]) -> bool:
        return tree.lemma(word) in lemmas or tree.words[word].text.lower() in lemmas

    def _at(self, tree: Tree, word: int, link: str) -> list[int]:
        if link.startswith("obj."):
            return [w for o in objects(tree, word) for w in self._at(tree, o, link[4:])]
        match link:
            case "mod":
                return tree.deps(word, "amod", "compound", "nmod", "advmod", "det")
            case "comp":
                return tree.deps(word, "ccomp", "xcomp", "acl", "csubj")
            case "inf":
                return [c for c in complements(tree, word) if tree.has(c, "mark", "to")]
            case "sent":
                return list(range(len(tree)))
            case _ if link in STRUCTURAL:
                found = resolve(tree, word, link)
                return found or (modifiers(tree, word) if link == "poss" else found)
            case _:
                return prepositional(tree, word, link)

    def is_person(self, tree: Tree, word: int) -> bool:
        """Say whether a word stands for somebody: a name, a pronoun, or a word for people and bodies."""
        if tree.lemma(word) in PERSONAL or tree.words[word].upos == "PROPN":
            return True
        start = tree.words[word].start
        if any(e.start <= start < e.end for e in tree.sentence.entities):
            return True
        return tree.lemma(word) in self._people


def _parts(tree: Tree, word: int) -> frozenset[str]:
    """Return what may make an entry of several words of a verb: particles, prepositions, objects."""
    parts = {tree.lemma(c) for c in tree.deps(word, "compound:prt", "advmod", "obj", "xcomp", "iobj", "nmod")}
    for child in tree.children[word]:
        if child > word and not is_time(tree, child):
            parts.update(tree.case(child).split())
            parts.update(tree.lemma(m) for m in tree.deps(child, "mark", "case", "advmod"))
            if tree.rel(child) in {"obl", "advmod"}:
                parts.add(tree.lemma(child))
    return frozenset(parts)


def parties_by_rule(
    tree: Tree, act: int, links: Iterable[str], matcher: Matcher
) -> tuple[list[int], list[int]]:
    """Return the parties at the first link that leads to somebody, and else the things that links lead to.

    The things are those at the first link that leads anywhere.
    *Rejected an Iraqi request*: the object is a thing, and its modifier is the party.
    """
    return tree.remembered(("parties", act, *links), lambda: _parties(tree, act, links, matcher))


def _parties(tree: Tree, act: int, links: Iterable[str], matcher: Matcher) -> tuple[list[int], list[int]]:
    things: list[int] = []
    for link in links:
        found = [w for w in follow(tree, act, link) if tree.is_nominal(w)]
        people = [w for w in found if matcher.is_person(tree, w)]
        if people:
            return people, []
        things = things or found
    return [], things


def follow(tree: Tree, act: int, link: str) -> list[int]:
    """Return the words at which a link to a party ends."""
    if link == "comp.subj":
        return [
            w
            for c in complements(tree, act)
            for w in resolve(tree, c, "subj")
            if tree.words[w].head == c or tree.rel(c) == "ccomp"
        ]
    if link == "comp.recipient":
        return [
            w
            for c in complements(tree, act)
            for k in ("obj", "prep:with", "prep:to", "prep:on", "prep:against")
            for w in resolve(tree, c, k)
        ]
    if link == "comp.obj":
        return [w for c in complements(tree, act) for w in resolve(tree, c, "obj")]
    if link == "poss":
        return resolve(tree, act, "poss") if possessors(tree, act) else []
    if link == "mod":
        return resolve(tree, act, "compound")
    return resolve(tree, act, link)
