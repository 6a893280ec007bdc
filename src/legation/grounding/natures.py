"""What sort of actor a noun is, its gender and its number: what a pronoun must agree with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from legation.coding.tree import Tree
from legation.errors import DataFileError
from legation.grounding.actors import Identity
from legation.tables import rows, shipped

Sort = Literal["person", "maybe", "body", "people", "name", "thing", "time"]
NATURES = frozenset({"title", "name", "person", "body", "people", "thing", "time", "ending", "pronoun"})
NOUNS = ("thing", "time", "people", "body", "person")
"""The natures of common nouns; of a word with several, the last stands."""
LABELS: dict[str, Sort] = {"PER": "person", "ORG": "body", "GPE": "body", "NORP": "people"}
KINDS: dict[str, Sort] = {"person": "person", "state": "body", "organization": "body", "group": "body"}
SHORTEST_STEM = 3


@dataclass(frozen=True)
class Nature:
    """What an actor is: ``gender`` is m, f or empty where the words do not tell it."""

    sort: Sort
    gender: str
    plural: bool
    named: bool


@cache
def words_of(nature: str) -> dict[str, str]:
    """Return the words of one nature, each with its gender."""
    return {word: gender for kind, gender, words in _table() if kind == nature for word in words}


@cache
def _table() -> list[tuple[str, str, list[str]]]:
    table, found = shipped("language", "natures.csv"), []
    for line, row in rows(table, ("nature", "gender", "words")):
        if row["nature"] not in NATURES or row["gender"] not in {"m", "f", ""}:
            raise DataFileError(
                table, line,
                f"{row['nature']},{row['gender']}: a nature is one of {', '.join(sorted(NATURES))}; "
                "a gender is m, f or nothing",
            )  # fmt: skip
        found.append((row["nature"], row["gender"], row["words"].split(";")))
    return found


@cache
def _nouns() -> dict[str, tuple[Sort, str]]:
    return {word: (cast("Sort", kind), sex) for kind in NOUNS for word, sex in words_of(kind).items()}


def nature(tree: Tree, word: int, identify: Callable[[], Identity | None]) -> Nature:
    """Return the nature of a noun or name. ``identify`` is asked where the word alone does not tell."""
    plural = tree.signals.xpos[word] in {"NNS", "NNPS"}
    if tree.words[word].upos != "PROPN":
        return _of_noun(tree.lemma(word), tree.words[word].text.lower(), plural, identify)
    gender = _gender_of_name(tree, word)
    sort = _of_name(tree, word, gender, identify)
    if sort == "body" and plural:
        plural = False
    if sort == "people" and not plural:
        sort = "person"
    if sort not in {"person", "name"}:
        gender = ""
    return Nature("person" if gender and sort == "name" else sort, gender, plural, True)


def is_thing(tree: Tree, word: int) -> bool:
    """Say whether a common noun is for nobody: *the plan*, not *the crowd, hundreds, him*."""
    if tree.words[word].upos != "NOUN":
        return False
    return nature(tree, word, lambda: None).sort in {"thing", "time"}


def _of_noun(lemma: str, text: str, plural: bool, identify: Callable[[], Identity | None]) -> Nature:
    listed = _nouns().get(lemma) or _nouns().get(text)
    if listed is not None:
        return Nature(listed[0], listed[1], plural or listed[0] == "people", False)
    identity = identify()
    if identity is not None:
        return Nature(KINDS.get(identity.kind, "person"), "", plural, False)
    ends = any(lemma.endswith(e) and len(lemma) >= len(e) + SHORTEST_STEM for e in words_of("ending"))
    return Nature("maybe" if ends else "thing", "", plural, False)


def _of_name(tree: Tree, word: int, gender: str, identify: Callable[[], Identity | None]) -> Sort:
    """Read the tables first: a model takes *Cuba* for a person more easily than they do."""
    identity = identify()
    if identity is not None and identity.country and identity.kind in KINDS and not gender:
        return KINDS[identity.kind]
    for entity in tree.sentence.entities:
        if entity.start <= tree.words[word].start < entity.end:
            return LABELS.get(entity.label, "thing")
    if tree.lemma(word) in _nouns():
        return _nouns()[tree.lemma(word)][0]
    return KINDS.get(identity.kind, "name") if identity is not None else "name"


def _gender_of_name(tree: Tree, word: int) -> str:
    """Read the title and the first name, which hang on a name or stand before it."""
    around = [word, *tree.deps(word, "flat", "compound"), *tree.exact(word, "nmod:desc", "appos")]
    words = [tree.words[i].text.lower() for i in sorted(around)]
    for kind in ("title", "person"):
        for text in words:
            if gender := words_of(kind).get(text, ""):
                return gender
    return next((sex for text in words if (sex := words_of("name").get(text, ""))), "")
