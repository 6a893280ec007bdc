"""Words that a hyphen joins: *rebel-held*, *sit-in*, the two names of *US-Iranian*."""

from __future__ import annotations

from legation.coding.tree import Tree

HALVES = frozenset({"ADP", "ADV", "PART", "X"})
PREFIXES = frozenset(
    {"co", "re", "de", "pre", "counter", "cease", "sit", "walk", "lock", "shoot", "break", "e"}
)


def is_hyphened(tree: Tree, word: int) -> bool:
    """Say whether a hyphen joins a word to the one before it (*rebel-**held***)."""
    words = tree.words
    return word > 1 and words[word - 1].text == "-" and words[word - 1].end == words[word].start


def hyphened(tree: Tree, word: int) -> list[int]:
    """Return a word with its other half where a hyphen joins two that are none alone (*sit-**in***)."""
    run = [word]
    if is_hyphened(tree, word) and _follows(tree, word - 1) and _are_halves(tree, word - 2, word):
        run += [word - 2, word - 1]
    after = word + 2
    if after < len(tree) and is_hyphened(tree, after) and _follows(tree, word + 1):
        run += [word + 1, after] if _are_halves(tree, word, after) else []
    return run


def _are_halves(tree: Tree, first: int, second: int) -> bool:
    return tree.words[first].text.lower() in PREFIXES or tree.words[second].upos in HALVES


def _follows(tree: Tree, word: int) -> bool:
    """Say whether no blank parts a word from the one before it."""
    return tree.words[word - 1].end == tree.words[word].start


def other_half(tree: Tree, word: int) -> list[int]:
    """Return the first of two names that a hyphen sets side by side (*the **US**-Iranian struggle*)."""
    if not is_hyphened(tree, word) or not tree.words[word].text[:1].isupper():
        return []
    first = word - 2
    start, end = tree.words[first].start, tree.words[word].end
    joined = tree.words[first].head == word and tree.words[first].text[:1].isupper()
    named = [e for e in tree.sentence.entities if e.label != "PER" and e.start < end and start < e.end]
    one_name = not named or any(e.start <= start and end <= e.end for e in named)
    return [first] if joined and not one_name else []
