"""Trees mended where a parser cuts one name in two, or hangs a noun of a list on the verb.

Heads are chosen word by word, so *by Ali Hassan Mwinyi* can get two agents, and in *urged Berlin,
Paris and Warsaw* the second city can be joined to the verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from legation.records import Word

CORE = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod"})
LISTING = frozenset({",", "and", "or"})
NAMING = frozenset({"flat", "compound", "nmod:desc", "amod"})


def mended(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words with names made whole and lists of nouns joined; most sentences stay as they are."""
    found = list(words)
    for first, second in pairwise(range(len(found))):
        if _is_cut_name(found, first, second):
            _hang(found, second, first, "flat")
        elif _is_title(found, first, second):
            _hang(found, first, second, "nmod:desc")
    for index, word in enumerate(found):
        if word.deprel == "conj" and word.upos in {"NOUN", "PROPN"}:
            noun = _listed_with(found, index)
            if noun is not None:
                _hang(found, index, noun, "conj")
    return tuple(found)


def _hang(words: list[Word], index: int, head: int, relation: str) -> None:
    words[index] = msgspec.structs.replace(words[index], head=head, deprel=relation)


def _is_cut_name(words: Sequence[Word], first: int, second: int) -> bool:
    """Say whether two words of a name hang on one verb in the same way (*by **Juan Luis** Cipriani*)."""
    one, other = words[first], words[second]
    return one.upos == other.upos == "PROPN" and _are_twins(words, first, second)


def _is_title(words: Sequence[Word], first: int, second: int) -> bool:
    """Say whether a noun and the name that follows hang on one verb (*negotiator **Humberto***)."""
    return words[first].upos == "NOUN" and words[second].upos == "PROPN" and _are_twins(words, first, second)


def _are_twins(words: Sequence[Word], first: int, second: int) -> bool:
    one, other = words[first], words[second]
    if one.deprel not in CORE or one.deprel != other.deprel or one.head != other.head:
        return False
    return not any(w.head == second and w.deprel in {"case", "det", "cc"} for w in words)


def _listed_with(words: Sequence[Word], index: int) -> int | None:
    """Return the noun of the list that a noun ends, where it was joined to the verb before the list."""
    verb = words[index].head
    if verb < 0 or verb > index or words[verb].upos != "VERB":
        return None
    if any(w.head == index and w.deprel.partition(":")[0] in {"nsubj", "cop", "aux", "obj"} for w in words):
        return None
    start = index
    while start > 0 and words[start - 1].head == index:
        start -= 1
    marks = [n for n in range(start, index) if words[n].text.lower() in LISTING]
    if not marks and (start == 0 or words[start - 1].text != ","):
        return None
    before = (marks[0] if marks else start - 1) - 1
    while before > verb and words[before].deprel in NAMING and words[before].head > verb:
        before = words[before].head
    fits = before > verb and words[before].head == verb and words[before].deprel in CORE
    return before if fits and words[before].upos in {"NOUN", "PROPN"} else None
