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
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
BEFORE_OTHERS = frozenset({"between", "against", "with", "by", "from", "to", "into", "on", "at"})
LISTING = frozenset({",", "and", "or"})
BEFORE_NOUNS = frozenset({"det", "nummod", "amod"})
NAMING = frozenset({"flat", "compound", "nmod:desc", "amod"})
QUARTERS = frozenset({"N.", "S.", "E.", "W."})


def mended(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words with names made whole and lists of nouns joined; most sentences stay as they are."""
    found = list(words)
    for first, second in pairwise(range(len(found))):
        _join_quarter(found, first, second)
        _name_style(found, first, second)
        if _is_cut_name(found, first, second):
            _hang(found, second, first, "flat")
        elif _is_title(found, first, second):
            _hang(found, first, second, "nmod:desc")
        elif _is_described_pair(found, first, second):
            _hang(found, second, found[first].head, found[first].deprel)
            _hang(found, first, second, "nmod:desc")
    for index, word in enumerate(words):
        if word.upos == "VERB" and word.text.endswith("ing") and _has_article(found, index):
            _name(found, index)
    for index in range(len(found)):
        _hang(found, index, _noun_after(found, index), found[index].deprel)
    _mend_arguments(found)
    for index, word in enumerate(words):
        if word.deprel == "conj" and word.upos in {"NOUN", "PROPN"}:
            _hang(found, index, _listed_with(found, index), "conj")
    return tuple(found)


def _mend_arguments(words: list[Word]) -> None:
    """Give a subject or object that hangs on the wrong verb, or on none, to the one that lacks it."""
    for index, word in enumerate(words):
        if word.deprel in SUBJECTS and _has_preposition(words, index):
            _hang(words, index, word.head, "obl")
        elif word.deprel == "nsubj":
            _hang(words, index, _outside(words, index), "obj")
            if any(w.deprel == "nsubj" and w.head == word.head for w in words[:index]):
                _hang(words, index, _bereft(words, index), "nsubj")
        elif word.deprel == "dep":
            _hang(words, index, _bereft(words, index), "nsubj")
        elif word.deprel == "obj":
            _hang(words, index, _passed_over(words, index), "obj")


def _hang(words: list[Word], index: int, head: int | None, relation: str) -> None:
    if head is not None:
        words[index] = msgspec.structs.replace(words[index], head=head, deprel=relation)


def _name(words: list[Word], index: int) -> None:
    """Make a participle a noun, and the object of a verb that it was a clause of."""
    word = words[index]
    clausal = word.deprel in {"advcl", "ccomp", "xcomp"} and word.head < index
    relation = "obj" if clausal and not _governs(words, word.head, "obj") else word.deprel
    words[index] = msgspec.structs.replace(word, upos="NOUN", deprel=relation)


def _join_quarter(words: list[Word], first: int, second: int) -> None:
    """Join a quarter of the compass, taken for another word, to the name after it (***S.** Sudan*)."""
    if words[first].text not in QUARTERS or words[first].upos == "PROPN" or words[second].upos != "PROPN":
        return
    if _is_under(words, second, first):
        _hang(words, second, words[first].head, words[first].deprel)
    words[first] = msgspec.structs.replace(words[first], upos="PROPN", head=second, deprel="compound")


def _name_style(words: list[Word], first: int, second: int) -> None:
    """Make *HE* part of a name where it is a style, before an office or a name (***HE** the Adviser*)."""
    if words[first].text in {"HE", "H.E."} and (words[second].text == "the" or words[second].text.istitle()):
        words[first] = msgspec.structs.replace(words[first], upos="PROPN")


def _is_cut_name(words: Sequence[Word], first: int, second: int) -> bool:
    """Say whether two words of a name hang on one verb in the same way (*by **Juan Luis** Cipriani*)."""
    one, other = words[first], words[second]
    return one.upos == other.upos == "PROPN" and _are_twins(words, first, second)


def _is_title(words: Sequence[Word], first: int, second: int) -> bool:
    """Say whether a noun and the name that follows hang on one verb (*negotiator **Humberto***)."""
    return words[first].upos == "NOUN" and words[second].upos == "PROPN" and _are_twins(words, first, second)


def _is_described_pair(words: Sequence[Word], first: int, second: int) -> bool:
    """Say whether a noun only describes the names that follow: *old **foes** Greece and Turkey*."""
    apposed = words[second].deprel == "appos" and words[second].head == first
    joined = any(w.deprel == "conj" and w.head == second and w.upos == "PROPN" for w in words)
    return words[first].upos == "NOUN" and words[second].upos == "PROPN" and apposed and joined


def _are_twins(words: Sequence[Word], first: int, second: int) -> bool:
    one, other = words[first], words[second]
    alike = one.deprel == other.deprel or {one.deprel, other.deprel} == {"iobj", "obj"}
    if one.deprel not in CORE or not alike or one.head != other.head:
        return False
    return not any(w.head == second and w.deprel in {"case", "det", "cc"} for w in words)


def _has_article(words: Sequence[Word], index: int) -> bool:
    """Say whether a participle has an article before it, and so is a noun (***the killing** of two*)."""
    return any(w.head == index and w.deprel == "det" for w in words[max(0, index - 3) : index])


def _governs(words: Sequence[Word], head: int, relation: str) -> bool:
    return any(w.head == head and w.deprel == relation for w in words)


def _has_preposition(words: Sequence[Word], index: int) -> bool:
    """Say whether a preposition stands before a noun taken for a subject (*between **Peru** and Chile*)."""
    return any(
        w.head == index and w.deprel == "case" and w.text.lower() in BEFORE_OTHERS for w in words[:index]
    )


def _outside(words: Sequence[Word], index: int) -> int | None:
    """Return the verb before a noun that was taken for the subject of a clause which begins after it.

    *Accused **Kenya** of backing rebels*: a subject never stands before its clause's own preposition.
    """
    clause = words[index].head
    verb = words[clause].head if clause >= 0 else -1
    if not 0 <= verb < index < clause or words[clause].deprel not in {"advcl", "acl", "xcomp", "ccomp"}:
        return None
    marked = any(w.head == clause and w.deprel == "mark" for w in words[index + 1 : clause])
    fits = marked and words[verb].upos == "VERB" and not _governs(words, verb, "obj")
    return verb if fits else None


def _noun_after(words: Sequence[Word], index: int) -> int | None:
    """Return the noun that a number, article or adjective stands before, where it hangs beyond a verb.

    *Troops killed **two** farmers*: what stands before its noun belongs to nothing on the verb's other side.
    """
    head = words[index].head
    if words[index].deprel not in BEFORE_NOUNS or not 0 <= head < index:
        return None
    if not any(word.upos == "VERB" for word in words[head:index]):
        return None
    after = index + 1
    while (
        after < len(words)
        and words[after].deprel in {*BEFORE_NOUNS, "compound"}
        and words[after].head > after
    ):
        after += 1
    fits = (
        after < len(words) and words[after].upos in {"NOUN", "PROPN"} and not _is_under(words, after, index)
    )
    return after if fits else None


def _is_under(words: Sequence[Word], word: int, above: int) -> bool:
    """Say whether a word hangs on another, however far down."""
    while word >= 0 and word != above:
        word = words[word].head
    return word == above


def _passed_over(words: Sequence[Word], index: int) -> int | None:
    """Return the verb just before an object that was given to a verb further off, which has one already.

    *Shelled a village, killing **20** people*: no verb has two objects.
    """
    head = words[index].head
    if not 0 <= head < index or not any(
        w.head == head and w.deprel == "obj" and head < n < index for n, w in enumerate(words)
    ):
        return None
    nearest = next((n for n in range(index - 1, head, -1) if words[n].upos == "VERB"), None)
    free = nearest is not None and words[nearest].head == head and not _governs(words, nearest, "obj")
    return nearest if free else None


def _bereft(words: Sequence[Word], index: int) -> int | None:
    """Return the verb after a stray noun that has no subject and governs what the noun hangs on.

    *Norway expelled a diplomat, **a spokeswoman** said*.
    """
    head, verb = words[index].head, index + 1
    if words[index].upos not in {"NOUN", "PROPN", "PRON"} or verb >= len(words) or head > index:
        return None
    governs = words[verb].upos == "VERB" and words[head].head == verb
    return (
        verb if governs and not any(w.head == verb and w.deprel.startswith("nsubj") for w in words) else None
    )


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
