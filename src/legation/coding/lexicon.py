"""The words that speak of acts: one sense a row, checked against the rest of the codebook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import msgspec

from legation.coding.frames import Condition, FrameError, Notation, hint
from legation.errors import DataFileError
from legation.records import STATUSES, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Pos = Literal["verb", "noun", "adj"]
Row = tuple[int, dict[str, str]]
Links = tuple[tuple[str, ...], tuple[str, ...]]

POSITIONS: tuple[Pos, ...] = ("verb", "noun", "adj")
NOT_AN_ACT = "-"
_WORDS = re.compile(r"[^\s,;=|@]+(?: [^\s,;=|@]+)*(?:, ?[^\s,;=|@]+(?: [^\s,;=|@]+)*)*")


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A word or words that speak of an act, or of none, where the frame holds.

    ``words`` are lower-case lemmas; in a verb the first is the head, in a noun or
    adjective of several words the last noun is. ``type`` is None where the entry
    blocks a false friend. ``actor`` and ``recipient`` are links in order of
    preference, the type's own if the row gives none. ``line`` is the row's place
    in ``file``, for the evidence. ``own`` marks a row of a user's.
    """

    words: tuple[str, ...]
    pos: Pos
    type: str | None
    mode: str | None = None
    frame: tuple[Condition, ...] = ()
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    reciprocal: bool = False
    status: Status | None = None
    priority: int = 0
    file: str = ""
    line: int = 0
    own: bool = False

    @property
    def text(self) -> str:
        """The words of the entry, separated by spaces."""
        return " ".join(self.words)

    @property
    def rank(self) -> tuple[int, int, int, int, int]:
        """Where it stands among entries of the same first word: smaller is tried first."""
        sizes = -len(self.words), -len(self.frame)
        return (-self.priority, *sizes, int(not self.own), int(self.type is not None))


class Schema(msgspec.Struct, frozen=True):
    """What a row is checked against: types with their modes, default links, notation."""

    modes: Mapping[str, frozenset[str]]
    defaults: Mapping[tuple[str, str], Links]
    notation: Notation


def read_entries(
    file: str, rows: Iterator[Row], known: Schema, *, own: bool = False
) -> dict[tuple[str, str, str], Entry]:
    """Return the entries of one lexicon, keyed by entry, part of speech and frame."""
    entries: dict[tuple[str, str, str], Entry] = {}
    for line, row in rows:
        try:
            made = _entries(file, line, row, known, own=own)
        except FrameError as error:
            raise DataFileError(file, line, str(error)) from error
        frame = " ".join(sorted(row["frame"].split()))
        for entry in made:
            key = (entry.text, entry.pos, frame)
            if key in entries:
                place = f"stands already in line {entries[key].line}"
                raise DataFileError(file, line, f"{' | '.join(key)!r} {place}")
            entries[key] = entry
    return entries


def _entries(file: str, line: int, row: dict[str, str], known: Schema, *, own: bool) -> list[Entry]:
    pos, kind = row["pos"], row["type"]
    if pos not in POSITIONS:
        raise FrameError(f"{pos!r} is no part of speech; one of {', '.join(POSITIONS)}")
    mode = _mode(kind, row["mode"], known)
    actor, recipient = known.defaults.get((kind, pos), ((), ()))
    blocks = kind == NOT_AN_ACT
    shared = (
        pos,
        None if blocks else kind,
        mode,
        known.notation.frame(row["frame"]),
        known.notation.links(row["actor"]) if row["actor"] else actor,
        known.notation.links(row["recipient"]) if row["recipient"] else recipient,
        _yes(row["reciprocal"]),
        _status(row["status"]),
        _whole(row["priority"]),
        file,
        line,
        own,
    )
    return [Entry(words, *shared) for words in _alternatives(row["entry"])]


def _alternatives(text: str) -> list[tuple[str, ...]]:
    if not _WORDS.fullmatch(text) or text != text.lower():
        raise FrameError(f"{text!r} is no entry; write lower-case lemmas, alternatives with commas")
    return [tuple(words.split()) for words in text.split(",")]


def _mode(kind: str, mode: str, known: Schema) -> str | None:
    if kind == NOT_AN_ACT:
        if mode:
            raise FrameError(f"an entry that is no act has no mode, not {mode!r}")
        return None
    if kind not in known.modes:
        raise FrameError(f"{kind!r} is no type{hint(kind, known.modes)}")
    if mode and mode not in known.modes[kind]:
        raise FrameError(f"{mode!r} is no mode of {kind}{hint(mode, known.modes[kind])}")
    return mode or None


def _yes(text: str) -> bool:
    if text not in ("", "yes"):
        raise FrameError(f"reciprocal is 'yes' or empty, not {text!r}")
    return bool(text)


def _status(text: str) -> Status | None:
    if text and text not in STATUSES:
        raise FrameError(f"{text!r} is no status; one of {', '.join(STATUSES)}")
    return text or None


def _whole(text: str) -> int:
    if not text:
        return 0
    try:
        return int(text)
    except ValueError:
        raise FrameError(f"priority {text!r} is no whole number") from None
