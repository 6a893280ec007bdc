"""Reading the tables of a codebook, each kind checked against those that it builds on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from legation.coding.cameo import type_and_mode
from legation.coding.covers import Covers, read_covers
from legation.coding.examples import Example, read_examples
from legation.coding.frames import FrameError, Notation, hint
from legation.coding.lexicon import NOT_AN_ACT, POSITIONS, Entry, Links, Schema, read_entries
from legation.coding.tables import Table, number, resolve_sets, whole
from legation.coding.verb_dictionaries import lexicon_of
from legation.errors import DataFileError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

QUADS = (1, 2, 3, 4)
NEAR = ("clause", "act", "subj", "obj")
KINDS = (
    "sets",
    "types",
    "modes",
    "contexts",
    "links",
    "cues",
    "covers",
    "examples",
    "codes",
    "lexicon",
    "verbs",
)
Cue = tuple[str, str, frozenset[str]]


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


class Content(msgspec.Struct, frozen=True):
    """What the tables of a codebook hold, checked."""

    types: dict[str, EventType]
    modes: dict[tuple[str, str], Mode]
    contexts: dict[str, Context]
    links: dict[tuple[str, str], Links]
    cues: dict[str, tuple[Cue, ...]]
    sets: dict[str, frozenset[str]]
    covers: Covers
    examples: tuple[Example, ...]
    entries: tuple[Entry, ...]


class Builder:
    """Reads the tables of each kind in turn, since later kinds are checked against earlier ones."""

    def __init__(self, packaged: Sequence[Table], own: Sequence[Table]) -> None:
        self._own = own
        self._tables = sorted([*packaged, *own], key=lambda table: KINDS.index(table.kind))
        self._types: dict[str, EventType] = {}
        self._modes: dict[tuple[str, str], Mode] = {}
        self._contexts: dict[str, Context] = {}

    def build(self) -> Content:
        """Return what the tables hold; `DataFileError` names the first row that breaks the schema."""
        sets = resolve_sets(self._of("sets"))
        notation = Notation(sets)
        self._read_types()
        self._read_modes()
        self._read_contexts()
        links, cues = self._read_links(notation), self._read_cues()
        covers, examples, codes = self._read_covers(), self._read_examples(), self._read_codes()
        schema = Schema(self._modes_by_type(), links, notation)
        entries: dict[tuple[str, str, str], Entry] = {}
        for table in self._of("lexicon"):
            entries.update(read_entries(table.file, table.rows(), schema, own=table in self._own))
        for table in self._of("verbs"):
            made = lexicon_of(table.file, table.text, codes, notation.prepositions)
            entries.update(read_entries(made.file, made.rows(), schema, own=True))
        return Content(
            self._types, self._modes, self._contexts, links, cues, sets, covers, tuple(examples),
            tuple(entries.values()),
        )  # fmt: skip

    def _of(self, kind: str) -> list[Table]:
        return [table for table in self._tables if table.kind == kind]

    def _read_codes(self) -> Callable[[str], str | None]:
        """Return what gives the type of a code: the user's tables, or CAMEO where there are none."""
        own: dict[str, str] = {}
        for table in self._of("codes"):
            for line, row in table.keyed_rows("code"):
                if row["type"] != NOT_AN_ACT:
                    self._check_type(table, line, row["type"])
                own[row["code"]] = row["type"]
        return (lambda code: _longest(code, own)) if own else _of_cameo

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

    def _read_cues(self) -> dict[str, tuple[Cue, ...]]:
        """Return each type's cues, the user's before the package's: the first that fits wins."""
        cues: dict[str, tuple[Cue, ...]] = {}
        for table in sorted(self._of("cues"), key=lambda table: table not in self._own):
            for line, row in table.rows():
                self._check_mode(table, line, row["type"], row["mode"])
                if row["near"] not in NEAR:
                    reason = f"{row['near']!r} is no place to look; one of {', '.join(NEAR)}"
                    raise DataFileError(table.file, line, reason)
                lemmas = frozenset(x.strip() for x in row["lemmas"].split(";") if x.strip())
                cues[row["type"]] = (*cues.get(row["type"], ()), (row["mode"], row["near"], lemmas))
        return cues

    def _read_covers(self) -> Covers:
        own = {row["type"] for t in self._own if t.kind == "types" for _, row in t.rows()}
        rows = read_covers(self._of("covers"), self._types, self._modes)
        return Covers(rows, self._types.keys() - own, self._modes)

    def _read_examples(self) -> list[Example]:
        found = []
        for table in self._of("examples"):
            for example in read_examples(table):
                self._check_mode(table, example.line, example.type, example.mode)
                found.append(example)
        return found

    def _check_mode(self, table: Table, line: int, kind: str, mode: str | None) -> None:
        self._check_type(table, line, kind)
        if mode and (kind, mode) not in self._modes:
            near = hint(mode, self._modes_by_type()[kind])
            raise DataFileError(table.file, line, f"{mode!r} is no mode of {kind}{near}")

    def _check_type(self, table: Table, line: int, name: str) -> None:
        if name not in self._types:
            raise DataFileError(table.file, line, f"{name!r} is no type; add it to a table of types first")

    def _modes_by_type(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(mode for kind, mode in self._modes if kind == name) for name in self._types}


def _longest(code: str, known: dict[str, str]) -> str | None:
    """Return the type of the longest listed beginning of a code, None where it stands for no act."""
    found = next((known[code[:n]] for n in range(len(code), 0, -1) if code[:n] in known), NOT_AN_ACT)
    return None if found == NOT_AN_ACT else found


def _of_cameo(code: str) -> str | None:
    try:
        found = type_and_mode(code)
    except ValueError:
        return None
    return found[0] if found else None
