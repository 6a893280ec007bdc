"""The label sets of every head, drawn from the training data, and lemmas as edits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corpora import NAME_TAGS, ROLES, Example
from legation.labels import TYPES
from legation.language.lemmas import edit
from legation.records import STATUSES

LINKS = ("none", "actor", "recipient", "source", "where")
SEEN = {"deprels": 5, "xpos": 3, "lemmas": 3}


def vocabularies(examples: Sequence[Example]) -> dict[str, list[str]]:
    """Return the labels of each head, the rare ones left out."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("deprels", "upos", "xpos", "lemmas")}
    for example in examples:
        if example.heads is None:
            continue
        counts["deprels"].update(example.deprels or ())
        counts["upos"].update(example.upos or ())
        counts["xpos"].update(example.xpos or ())
        counts["lemmas"].update(edit(w, m) for w, m in zip(example.words, example.lemmas or (), strict=True))
    drawn = {
        name: sorted(label for label, n in counter.items() if n >= SEEN.get(name, 1))
        for name, counter in counts.items()
    }
    return drawn | {
        "names": list(NAME_TAGS), "roles": ["none", *ROLES], "types": ["none", *TYPES],
        "statuses": list(STATUSES), "links": list(LINKS),
    }  # fmt: skip
