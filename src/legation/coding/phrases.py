"""Noun phrases: the words of a party, without the clauses that hang on it."""

from __future__ import annotations

from legation.coding.hyphens import other_half
from legation.coding.tree import Tree

LEFT_OUT = frozenset(
    {"acl", "acl:relcl", "advcl", "advcl:relcl", "appos", "parataxis", "conj", "cc", "case", "punct", "dep",
     "ccomp", "nsubj", "cop", "advmod:emph", "orphan", "discourse", "list", "aux", "mark", "cc:preconj"}
)  # fmt: skip
STYLES = frozenset({"HH", "HE", "HRH", "HM", "H.H.", "H.E.", "Highness", "Excellency", "Majesty", "Holiness"})
BRACKETS = {"(": ")", "[": "]"}
KEPT_PARTICIPLE = frozenset(
    {"back", "lead", "own", "run", "base", "control", "hold", "occupy", "arm", "align"}
)


def phrase(tree: Tree, head: int) -> tuple[int, int]:
    """Return the first and last word of the noun phrase of a head, as one unbroken run."""
    members = {head}
    stack = [head]
    while stack:
        word = stack.pop()
        for child in tree.children[word]:
            if _belongs(tree, word, child, head):
                members.add(child)
                stack.append(child)
    first = last = head
    while first - 1 in members or _bridges(tree, first - 1, members, -1):
        first -= 1
    while last + 1 in members or _bridges(tree, last + 1, members, 1):
        last += 1
    return _trim(tree, first, last, head)


def _belongs(tree: Tree, word: int, child: int, head: int) -> bool:
    relation = tree.words[child].deprel
    if child in other_half(tree, word):
        return False
    if word != head:
        return not (
            relation.startswith(("acl:relcl", "appos", "parataxis")) or (relation == "acl" and child > word)
        )
    if relation == "punct":
        return tree.words[child].text in {"-", "'", "’"}
    if relation == "nmod" and child > head:
        return _is_defining(tree, child)
    if relation == "appos":
        return child > head and _is_close(tree, head, child)
    return relation not in LEFT_OUT and tree.rel(child) not in LEFT_OUT


def _is_close(tree: Tree, head: int, child: int) -> bool:
    """Say whether a name follows its noun, or an office its style, at once (*the broadcaster **NHK***)."""
    between = range(head + 1, child)
    if tree.words[head].text in STYLES:
        return all(tree.words[i].head == child for i in between)
    return (
        tree.words[head].upos == "NOUN"
        and tree.words[child].upos == "PROPN"
        and all(tree.words[i].head == child for i in between)
        and not any(tree.words[i].upos == "PUNCT" for i in between)
    )


def _is_defining(tree: Tree, child: int) -> bool:
    """Say whether a following nominal is part of the name or description (*of*, *for*, *in*)."""
    return tree.case(child) in {
        "of",
        "for",
        "in",
        "from",
        "at",
        "to",
        "on",
        "with",
        "against",
        "near",
        "under",
        "between",
        "",
    }


def _bridges(tree: Tree, word: int, members: set[int], step: int) -> bool:
    """Say whether a hyphen or quotation mark stands between members."""
    beyond = word + step
    return (
        0 <= word < len(tree)
        and 0 <= beyond < len(tree)
        and beyond in members
        and tree.words[word].text in {"-", "“", "”", '"', "'", "’", "/", "."}
    )


def _is_edge(tree: Tree, word: int, last: int, head: int) -> bool:
    """Say whether a word only leads up to a phrase; one before an inner word is part: ***at** least 50*."""
    if tree.rel(word) == "punct":
        return tree.words[word].head in {-1, *range(word, last + 1)}
    return tree.rel(word) in {"case", "cc", "mark"} and tree.words[word].head in {-1, head}


def _trim(tree: Tree, first: int, last: int, head: int) -> tuple[int, int]:
    while first < head and _is_edge(tree, first, last, head):
        first += 1
    while last > head and tree.words[last].deprel in {"punct", "cc"}:
        last -= 1
    last = _before_open(tree, head, last)
    while last > head and tree.words[last].text in {"'s", "’s", "'", "’"} and tree.words[last].head == head:
        last -= 1
    return first, last


def _before_open(tree: Tree, head: int, last: int) -> int:
    """Return the last word before a bracket that the phrase does not close."""
    for at in range(head + 1, last + 1):
        closing = BRACKETS.get(tree.words[at].text)
        if closing and not any(tree.words[w].text == closing for w in range(at, last + 1)):
            return at - 1
    return last
