"""Entries of the lexicon learned from example sentences: the act's words, and where its parties stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from legation.coding.examples import Example
from legation.coding.lexicon import Entry, Links, Pos
from legation.coding.matching import follow
from legation.coding.relate import head_at
from legation.coding.tree import Tree
from legation.errors import DataFileError
from legation.language.lemmas import verbs

_PLAIN = ("subj", "obj", "iobj", "poss", "compound")
_DISTANT = ("obj.poss", "obj.compound", "comp.subj", "comp.obj", "comp.recipient")
_SMALL = frozenset({"DET", "PUNCT", "PRON"})


def learn(
    examples: Iterable[Example], parse: Callable[[str], Tree], links_of: Callable[[str, str], Links]
) -> list[Entry]:
    """Return an entry for the marked words of each example, examples of one word and type joined."""
    found: dict[tuple[tuple[str, ...], str, str | None], Entry] = {}
    shown = (made for one in examples for made in _entries(one, parse(one.text), links_of))
    for made in shown:
        key = (made.words, made.pos, made.type)
        before = found.get(key, made)
        found[key] = msgspec.structs.replace(
            before,
            actor=tuple(dict.fromkeys((*before.actor, *made.actor))),
            recipient=tuple(dict.fromkeys((*before.recipient, *made.recipient))),
        )
    return list(found.values())


def _entries(example: Example, tree: Tree, links_of: Callable[[str, str], Links]) -> Iterator[Entry]:
    start, end = example.spans["act"]
    head = head_at(tree, (start, end)) or 0
    pos = _pos(tree, head)
    inside = [w for w, word in enumerate(tree.words) if word.start < end and word.end > start]
    rest = [tree.lemma(w) for w in inside if w != head and tree.words[w].upos not in _SMALL]
    actors, recipients = links_of(example.type, pos)
    sides = (
        (*_link(example, tree, head, "who"), *actors),
        (*_link(example, tree, head, "to whom"), *recipients),
    )
    for lemma in _lemmas(tree, head):
        words = (lemma, *rest) if pos == "verb" else (*rest, lemma)
        yield Entry(
            words, pos, example.type, example.mode, (), *sides, file=example.file, line=example.line, own=True
        )


def _lemmas(tree: Tree, word: int) -> list[str]:
    """Return a word's lemma; of a verb that no list knows, the one without the *e* that it may lack, too."""
    lemma = tree.lemma(word)
    unsure = tree.is_verb(word) and lemma not in verbs() and lemma.endswith("e")
    return [lemma, lemma.removesuffix("e")] if unsure else [lemma]


def _pos(tree: Tree, word: int) -> Pos:
    if tree.is_verb(word):
        return "verb"
    return "adj" if tree.words[word].upos == "ADJ" else "noun"


def _link(example: Example, tree: Tree, act: int, part: str) -> tuple[str, ...]:
    """Return the link that leads from the act to a marked party, if it is marked."""
    if part not in example.spans:
        return ()
    word = head_at(tree, example.spans[part]) or 0
    preposition = tree.case(word).partition(" ")[0]
    near = [f"prep:{preposition}", f"obj.prep:{preposition}"] if preposition else []
    for link in (*_PLAIN, *near, *_DISTANT):
        if word in follow(tree, act, link):
            return (link,)
    start, end = example.spans[part]
    reason = f"no link leads from the act to {example.text[start:end]!r}; write a row of the lexicon instead"
    raise DataFileError(example.file, example.line, reason)
