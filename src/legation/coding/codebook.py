"""The codebook: what the types and modes mean, and which words speak of them.

Everything that a political scientist may want to change lies in tables
(``data/codebook/``); a user's own tables, read after them, add rows and
replace rows that have the same key.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from legation.coding.frames import FrameError, Notation
from legation.coding.lexicon import POSITIONS, Entry, Links, Schema, read_entries
from legation.coding.tables import Table, number, read_table, resolve_sets, whole
from legation.errors import DataFileError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

QUADS = (1, 2, 3, 4)
_PACKAGED = ("sets.csv", "types.csv", "modes.csv", "contexts.csv", "links.csv", "lexicon.tsv")
_ORDER = ("sets", "types", "modes", "contexts", "links", "lexicon")


class EventType(msgspec.Struct, frozen=True):
    """A type of act: quad class 1 to 4, intensity from -10 to 10, CAMEO root."""

    name: str
    quad: int
    intensity: float
    definition: str
    cameo: str


class Mode(msgspec.Struct, frozen=True):
    """A way in which an act of one type is done."""

    type: str
    name: str
    intensity: float
    cameo: str | None
    definition: str


class Context(msgspec.Struct, frozen=True):
    """A field of politics that an act belongs to, with the words that tell of it."""

    name: str
    definition: str
    cues: tuple[tuple[str, ...], ...]


class Codebook:
    """Types, modes, contexts and entries, ready to be looked up by lemma."""

    def __init__(
        self,
        *,
        types: Mapping[str, EventType],
        modes: Mapping[tuple[str, str], Mode],
        contexts: Mapping[str, Context],
        entries: Sequence[Entry],
        links: Mapping[tuple[str, str], Links],
        digest: str,
    ) -> None:
        self.types = types
        self.modes = modes
        self.contexts = contexts
        self.entries = tuple(entries)
        self.digest = digest
        self._links = links
        self._by_word = _index_entries(entries)
        self._by_cue = _index_cues(contexts)

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> Codebook:
        """Read the packaged tables, then the user's files or folders of files.

        A row of a later file replaces one with the same key; `DataFileError`
        names the file and line of a row that breaks the schema.
        """
        tables = [*_packaged_tables(), *_extra_tables(extra)]
        return _Builder(tables).build(_digest(tables))

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
        return self.modes[name, mode].intensity if mode else self.types[name].intensity

    def cameo(self, name: str, mode: str | None = None) -> str:
        """Return the nearest CAMEO code: the mode's, or the root of the type."""
        return (self.modes[name, mode].cameo if mode else None) or self.types[name].cameo

    def modes_of(self, name: str) -> tuple[Mode, ...]:
        """Return the modes of a type, in the order of the table."""
        return tuple(mode for mode in self.modes.values() if mode.type == name)

    def links_of(self, name: str, pos: str) -> Links:
        """Return where the actors and the recipients of a type stand by default, for verb, noun or adj."""
        return self._links.get((name, pos.lower()), ((), ()))

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


class _Builder:
    """Reads the tables of each kind in turn, since later kinds are checked against earlier ones."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._tables = sorted(tables, key=lambda table: _ORDER.index(table.kind))
        self._types: dict[str, EventType] = {}
        self._modes: dict[tuple[str, str], Mode] = {}
        self._contexts: dict[str, Context] = {}

    def build(self, digest: str) -> Codebook:
        notation = Notation(resolve_sets(self._of("sets")))
        self._read_types()
        self._read_modes()
        self._read_contexts()
        links = self._read_links(notation)
        schema = Schema(self._modes_by_type(), links, notation)
        entries: dict[tuple[str, str, str], Entry] = {}
        for table in self._of("lexicon"):
            entries.update(read_entries(table.file, table.rows(), schema))
        return Codebook(
            types=self._types,
            modes=self._modes,
            contexts=self._contexts,
            entries=list(entries.values()),
            links=links,
            digest=digest,
        )

    def _of(self, kind: str) -> list[Table]:
        return [table for table in self._tables if table.kind == kind]

    def _read_types(self) -> None:
        for table in self._of("types"):
            for line, row in table.keyed_rows("type"):
                quad = whole(table.file, line, row["quad"])
                if quad not in QUADS:
                    raise DataFileError(table.file, line, f"quad {quad} is none of 1, 2, 3, 4")
                intensity = number(table.file, line, row["intensity"])
                name = row["type"]
                self._types[name] = EventType(name, quad, intensity, row["definition"], row["cameo"])

    def _read_modes(self) -> None:
        for table in self._of("modes"):
            for line, row in table.keyed_rows("type", "mode"):
                self._check_type(table, line, row["type"])
                key = (row["type"], row["mode"])
                intensity = number(table.file, line, row["intensity"])
                self._modes[key] = Mode(*key, intensity, row["cameo"] or None, row["definition"])

    def _read_contexts(self) -> None:
        for table in self._of("contexts"):
            for _, row in table.keyed_rows("context"):
                cues = tuple(tuple(cue.split()) for cue in row["cues"].split(";") if cue.strip())
                self._contexts[row["context"]] = Context(row["context"], row["definition"], cues)

    def _read_links(self, notation: Notation) -> dict[tuple[str, str], Links]:
        links: dict[tuple[str, str], Links] = {}
        for table in self._of("links"):
            for line, row in table.keyed_rows("type", "pos"):
                self._check_type(table, line, row["type"])
                if row["pos"] not in POSITIONS:
                    raise DataFileError(table.file, line, f"{row['pos']!r} is no part of speech")
                try:
                    pair = (notation.links(row["actor"]), notation.links(row["recipient"]))
                except FrameError as error:
                    raise DataFileError(table.file, line, str(error)) from error
                links[row["type"], row["pos"]] = pair
        return links

    def _check_type(self, table: Table, line: int, name: str) -> None:
        if name not in self._types:
            raise DataFileError(table.file, line, f"{name!r} is no type; add it to a table of types first")

    def _modes_by_type(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(mode for kind, mode in self._modes if kind == name) for name in self._types}


def _packaged_tables() -> list[Table]:
    folder = files("legation") / "data" / "codebook"
    return [read_table(name, (folder / name).read_text(encoding="utf-8")) for name in _PACKAGED]


def _extra_tables(extra: Sequence[Path]) -> list[Table]:
    paths: list[Path] = []
    for path in extra:
        if path.is_dir():
            paths += sorted(item for item in path.iterdir() if item.suffix in (".csv", ".tsv"))
        elif path.is_file():
            paths.append(path)
        else:
            raise UsageError(f"{path}: no codebook file or folder is there")
    return [read_table(str(path), path.read_text(encoding="utf-8")) for path in paths]


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
