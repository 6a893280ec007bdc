"""The codebook: what the types and modes mean, and which words speak of them.

Everything that a political scientist may want to change lies in tables
(``data/codebook/``); a user's own tables, read after them, add rows and
replace rows that have the same key.
"""

from __future__ import annotations

import hashlib
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from legation.coding.building import Builder, Content, Context, Cue, EventType, Mode
from legation.coding.tables import Table, packaged_tables, table_files, users_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from legation.coding.lexicon import Entry, Links

__all__ = ["Codebook", "Context", "EventType", "Mode"]


class Codebook:
    """Types, modes, contexts and entries, ready to be looked up by lemma.

    ``types`` and ``modes`` are those that records may have. A user's types may
    cover packaged ones, which are then coded first and renamed by `recode`.
    """

    def __init__(self, content: Content, digest: str) -> None:
        self._content, self.digest = content, digest
        self.recode = content.covers.recode
        self.types = {name: kind for name, kind in content.types.items() if content.covers.keeps(name)}
        self.modes = {key: mode for key, mode in content.modes.items() if self.recode(*key) == key}
        self.contexts, self.sets, self.examples = content.contexts, content.sets, content.examples
        self.entries = content.entries
        self._by_word = _index_entries(content.entries)
        self._by_cue = _index_cues(content.contexts)

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> Codebook:
        """Read the packaged tables, then the user's files or folders of files.

        A row of a later file replaces one with the same key; `DataFileError`
        names the file and line of a row that breaks the schema.
        """
        return cls.build(packaged_tables(), [users_table(path) for path in table_files(extra)])

    @classmethod
    def build(cls, packaged: Sequence[Table], own: Sequence[Table]) -> Codebook:
        """Return the codebook of the package's tables and a user's."""
        return cls(Builder(packaged, own).build(), _digest([*packaged, *own]))

    def with_entries(self, learned: Sequence[Entry]) -> Codebook:
        """Return a codebook with more entries, which replace those of the same words without a frame."""
        keys = {(entry.words, entry.pos) for entry in learned}
        kept = [e for e in self.entries if e.frame or (e.words, e.pos) not in keys]
        return Codebook(msgspec.structs.replace(self._content, entries=(*kept, *learned)), self.digest)

    def entries_for(self, lemma: str, pos: str) -> tuple[Entry, ...]:
        """Return the entries whose first word is ``lemma``, in the order in which to try them.

        ``pos`` is verb, noun or adj, in either case. Higher priority comes
        first, then more words, then more conditions, then the order of the files.
        """
        return self._by_word.get((lemma.lower(), pos.lower()), ())

    def quad(self, name: str) -> int:
        """Return the quad class of a type, 1 to 4."""
        return self.types[name].quad

    def intensity(self, name: str, mode: str | None = None) -> float:
        """Return the intensity of a mode, or of the type where there is none; -10 to 10."""
        return self._content.modes[name, mode].intensity if mode else self.types[name].intensity

    def cameo(self, name: str, mode: str | None = None) -> str:
        """Return the nearest CAMEO code: the mode's, or the root of the type."""
        return (self._content.modes[name, mode].cameo if mode else None) or self.types[name].cameo

    def modes_of(self, name: str) -> tuple[Mode, ...]:
        """Return the modes of a type, in the order of the table."""
        return tuple(mode for mode in self.modes.values() if mode.type == name)

    def links_of(self, name: str, pos: str) -> Links:
        """Return where the actors and the recipients of a type stand by default, for verb, noun or adj."""
        return self._content.links.get((name, pos.lower()), ((), ()))

    def cues_of(self, name: str) -> tuple[Cue, ...]:
        """Return the words near an act of a type that tell its mode, as (mode, where to look, lemmas)."""
        return self._content.cues.get(name, ())

    def contexts_of(self, lemmas: Sequence[str]) -> tuple[str, ...]:
        """Return the contexts that the lemmas of a passage tell of, in the order of the table."""
        words = [lemma.lower() for lemma in lemmas]
        found = {
            name
            for place, word in enumerate(words)
            for cue, name in self._by_cue.get(word, ())
            if tuple(words[place : place + len(cue)]) == cue
        }
        return tuple(name for name in self.contexts if name in found)


def _digest(tables: Sequence[Table]) -> str:
    total = hashlib.blake2b(digest_size=4)
    for table in tables:
        total.update(table.text.encode("utf-8") + b"\x1f")
    return f"plover-{total.hexdigest()}"


def _index_entries(entries: Sequence[Entry]) -> dict[tuple[str, str], tuple[Entry, ...]]:
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        found.setdefault((entry.words[0], entry.pos), []).append(entry)
    for group in found.values():
        if len(group) > 1:
            group.sort(key=attrgetter("rank"))
    return {key: tuple(group) for key, group in found.items()}


def _index_cues(contexts: Mapping[str, Context]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for context in contexts.values():
        for cue in context.cues:
            found.setdefault(cue[0], []).append((cue, context.name))
    return found
