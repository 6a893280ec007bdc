"""Who may be meant by a pronoun: the nouns and names of a sentence, and those that are joined by *and*."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from legation.coding.tree import Tree
from legation.grounding.actors import Identity
from legation.grounding.natures import Nature, nature
from legation.grounding.nouns import agent_nouns

Place = tuple[int, int]
ROLES = {"nsubj": "subject", "obj": "object", "iobj": "object", "obl": "oblique", "nmod": "nested"}
PARTS = frozenset({"flat", "compound", "amod", "appos", "goeswith", "fixed"})
INDEFINITE = frozenset({"a", "an", "some", "any", "no", "every", "each", "another"})


@dataclass(frozen=True)
class Candidate:
    """Somebody named or described, or an earlier pronoun, at a place of the article.

    ``places`` are the nouns that an answer names: several where they are joined,
    those of its antecedent for a pronoun. ``key`` is the same for mentions of
    one actor; ``first`` says that nobody stands before it in its sentence;
    ``sure`` is the probability that a pronoun was given the right one.
    """

    sentence: int
    word: int
    places: tuple[Place, ...]
    key: str
    nature: Nature
    role: str
    first: bool
    definite: str
    pronoun: str = ""
    sure: float = 1.0

    @property
    def joined(self) -> bool:
        """Say whether several actors are meant together."""
        return len(self.places) > 1


def role(tree: Tree, word: int) -> str:
    """Return the part that a nominal plays in its clause, the same for all that are joined with it."""
    head = tree.first_conjunct(word)
    relation = tree.words[head].deprel
    if relation in {"nmod:poss", "det:poss"}:
        return "owner"
    if relation == "root":
        return "root"
    return ROLES.get(tree.rel(head), "other")


def of_sentence(tree: Tree, n: int, identity: Callable[[int, int], Identity | None]) -> list[Candidate]:
    """Return the candidates of a sentence in the order of its words."""
    found: list[Candidate] = []
    for word, w in enumerate(tree.words):
        if w.upos not in {"NOUN", "PROPN"} or not _stands_alone(tree, word):
            continue

        def identify(word: int = word) -> Identity | None:
            known = tree.words[word].upos == "PROPN" or tree.lemma(word) in agent_nouns()
            return identity(n, word) if known else None

        kind = nature(tree, word, identify)
        if kind.sort == "time":
            continue
        part, first = role(tree, word), not found
        found.append(
            Candidate(n, word, ((n, word),), _key(tree, word, kind), kind, part, first, _definite(tree, word))
        )
        joined = [] if tree.rel(word) == "conj" else tree.conjuncts(word)
        joined = [c for c in joined if tree.words[c].upos in {"NOUN", "PROPN"}]
        if len(joined) > 1:
            together = Nature(kind.sort, "", True, kind.named)
            places = tuple((n, c) for c in joined)
            key = "+".join(_key(tree, c, kind) for c in joined)
            found.append(Candidate(n, joined[-1], places, key, together, part, first, "joined"))
    return sorted(found, key=lambda c: c.word)


def _stands_alone(tree: Tree, word: int) -> bool:
    if tree.deps(word, "cop"):
        return False
    head = tree.first_conjunct(word)
    return tree.rel(head) not in PARTS and tree.words[head].deprel != "nmod:desc"


def _key(tree: Tree, word: int, kind: Nature) -> str:
    """Return the last name of a person, the name of a body, the lemma of a noun."""
    if not kind.named:
        return tree.lemma(word)
    parts = [word, *(c for c in tree.deps(word, "flat") if tree.words[c].upos == "PROPN")]
    return tree.words[max(parts) if kind.sort == "person" else word].text.lower()


def _definite(tree: Tree, word: int) -> str:
    if tree.words[word].upos == "PROPN":
        return "named"
    determiners = {tree.lemma(c) for c in tree.deps(word, "det")}
    if determiners & INDEFINITE:
        return "indefinite"
    return "definite" if determiners or tree.exact(word, "nmod:poss") else "bare"
