"""Entries of the lexicon learned from example sentences: the act's words, and where its parties stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from legation.coding.examples import Example
from legation.coding.lexicon import Entry, Links, Pos
from legation.coding.matching import follow
from legation.coding.relate import head_at
from legation.coding.tree import Tree
from legation.errors import DataFileError

_PLAIN = ("subj", "obj", "iobj", "poss", "compound")
_DISTANT = ("obj.poss", "obj.compound", "comp.subj", "comp.obj", "comp.recipient")
_SMALL = frozenset({"DET", "PUNCT", "PRON"})


def learn(
    examples: Iterable[Example], parse: Callable[[str], Tree], links_of: Callable[[str, str], Links]
) -> list[Entry]:
    """Return an entry for the marked words of each example, examples of one word and type joined."""
    found: dict[tuple[tuple[str, ...], str, str], Entry] = {}
    for example in examples:
        made = _entry(example, parse(example.text), links_of)
        key = (made.words, made.pos, example.type)
        before = found.get(key, made)
        found[key] = msgspec.structs.replace(
            before,
            actor=tuple(dict.fromkeys((*before.actor, *made.actor))),
            recipient=tuple(dict.fromkeys((*before.recipient, *made.recipient))),
        )
    return list(found.values())


def _entry(example: Example, tree: Tree, links_of: Callable[[str, str], Links]) -> Entry:
    start, end = example.spans["act"]
    head = head_at(tree, (start, end)) or 0
    pos = _pos(tree, head)
    inside = [w for w, word in enumerate(tree.words) if word.start < end and word.end > start]
    rest = [tree.lemma(w) for w in inside if w != head and tree.words[w].upos not in _SMALL]
    words = (tree.lemma(head), *rest) if pos == "verb" else (*rest, tree.lemma(head))
    actors, recipients = links_of(example.type, pos)
    return Entry(
        words, pos, example.type, example.mode, (), (*_link(example, tree, head, "who"), *actors),
        (*_link(example, tree, head, "to whom"), *recipients), file=example.file, line=example.line,
    )  # fmt: skip


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
