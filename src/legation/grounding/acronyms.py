"""Acronyms that a report introduces: *the Azawad Liberation Movement (ALM)*, later *the ALM*."""

from __future__ import annotations

import re
from collections.abc import Sequence

from legation.coding.tree import Tree
from legation.records import Word

Place = tuple[int, int]
FORM = re.compile(r"[A-Z][A-Za-z&.]*[A-Z][A-Za-z.]*")
LONGEST, SPARE = 12, 2
BRACKETS = {"(": ")", "[": "]"}


def introduced(trees: Sequence[Tree]) -> dict[str, Place]:
    """Return by acronym the sentence and head word of the name that it stands for, by its first naming.

    A name whose head is an acronym of the report too settles nothing.
    """
    found: dict[str, Place] = {}
    for n, tree in enumerate(trees):
        words = tree.words
        for at in range(2, len(words) - 1):
            short = words[at].text
            enclosed = BRACKETS.get(words[at - 1].text) == words[at + 1].text
            if not enclosed or short in found or not FORM.fullmatch(short):
                continue
            first = _beginning(words, at - 2, short)
            if first is not None:
                found[short] = (n, _head(words, first, at - 2))
    return {short: (n, head) for short, (n, head) in found.items() if trees[n].words[head].text not in found}


def _beginning(words: Sequence[Word], last: int, short: str) -> int | None:
    """Return the first word of the shortest name, ending at ``last``, whose initials make an acronym."""
    letters = [c.lower() for c in short if c.isalpha()]
    for first in range(last, max(-1, last - LONGEST), -1):
        initials = [w.text[0].lower() for w in words[first : last + 1] if w.text[:1].isalpha()]
        capital = words[first].text[:1].isupper() and words[first].text[:1].lower() == letters[0]
        if capital and len(initials) <= len(letters) + SPARE and _follow(letters, initials):
            return first
    return None


def _follow(letters: Sequence[str], initials: Sequence[str]) -> bool:
    """Say whether the letters stand among the initials in their order: *UNHCR* skips *for*."""
    rest = iter(initials)
    return all(any(letter == initial for initial in rest) for letter in letters)


def _head(words: Sequence[Word], first: int, last: int) -> int:
    """Return the word of a name whose own head lies outside it, the last of several."""
    tops = [i for i in range(first, last + 1) if not first <= words[i].head <= last]
    return max(tops, default=last)
