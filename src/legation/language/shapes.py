"""What an uncased encoder cannot see: how a word is written."""

from __future__ import annotations

from functools import lru_cache

SHAPES = (
    "lower", "title", "upper", "mixed", "initial", "digits", "digits-letters", "punct", "dotted",
    "title-first", "upper-first", "mixed-first", "initial-first", "other",
)  # fmt: skip
_IDS = {shape: index for index, shape in enumerate(SHAPES)}


@lru_cache(maxsize=50_000)
def shape(word: str, *, first: bool) -> int:
    """Return the index in `SHAPES` of a word; ``first`` marks the first word of its sentence."""
    name = _name(word)
    return _IDS[f"{name}-first"] if first and f"{name}-first" in _IDS else _IDS[name]


def _name(word: str) -> str:
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return "digits" if any(c.isdigit() for c in word) else "punct"
    if any(c.isdigit() for c in word):
        return "digits-letters"
    uppers = sum(c.isupper() for c in letters)
    if "." in word[:-1] and uppers:
        return "dotted"
    if uppers == 0:
        return "lower"
    if uppers == len(letters):
        return "upper" if uppers > 1 else "initial"
    if letters[0].isupper() and uppers == 1:
        return "title"
    return "mixed"
