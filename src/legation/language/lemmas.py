"""Lemmas as edits of the word: how many letters to drop at its end, and what to add."""

from __future__ import annotations

from functools import lru_cache
from os.path import commonprefix


def edit(word: str, lemma: str) -> str:
    """Return the edit that turns a word into its lemma, as ``case:drop:add``."""
    lowered = word.lower()
    case = "keep" if lemma[:1].isupper() and word[:1].isupper() else "lower"
    base = word if case == "keep" else lowered
    shared = len(commonprefix([base, lemma]))
    return f"{case}:{len(base) - shared}:{lemma[shared:]}"


@lru_cache(maxsize=50_000)
def apply(word: str, change: str) -> str:
    """Return the lemma that an edit makes; an edit that does not fit leaves the word."""
    case, drop, add = change.split(":", 2)
    base = word if case == "keep" else word.lower()
    cut = int(drop)
    if cut > len(base):
        return base
    return (base[: len(base) - cut] + add) or base
