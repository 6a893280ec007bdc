"""Which column of a table is what: named by the user, or guessed from the usual names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from legation.errors import InputError
from legation.sources.items import Columns, Draft
from legation.tables import shipped

PARTS = ("text", "title", "date", "url", "id", "publisher", "language")
_MANY = 12  # columns named in an error
_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"), (int, "a number"), (float, "a number"), (bytes, "bytes"), (dict, "an object"),
)  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """The columns that a table turned out to have, by part of an article; None where it has none."""

    columns: Mapping[str, str | None]

    def draft(self, name: str, row: Mapping[str, object]) -> Draft:
        """Make a draft of one row; `InputError` if its text is something other than text."""
        value = {part: row.get(column) if column else None for part, column in self.columns.items()}
        if odd := _no_text(value["text"]):
            column = self.columns["text"]
            raise InputError(
                name, f"{column!r} must be a string, and it is {odd}", "put the text in quotation marks"
            )
        return Draft(
            name=name,
            text=_words(value["text"]) or "",
            title=_words(value["title"]),
            date=value["date"],
            url=_words(value["url"]),
            id=_words(value["id"]),
            publisher=_words(value["publisher"]),
            language=_words(value["language"]),
        )


@cache
def usual_names() -> dict[str, tuple[str, ...]]:
    """Load the usual column names that ship with the package, best guess first."""
    listed = tomllib.loads(shipped("sources", "columns.toml").read_text(encoding="utf-8"))
    return {part: tuple(listed[part]) for part in PARTS}


def find_layout(present: Sequence[str], wanted: Columns, name: str) -> Layout:
    """Find the columns among those present; `InputError` names what there is if one is missing."""
    found: dict[str, str | None] = {}
    for part in PARTS:
        named: str | None = getattr(wanted, part)
        found[part] = _named(named, present, name, part) if named else _guessed(part, present)
    if found["text"] is None:
        raise InputError(
            name, f"no column holds the text, there are {_listed(present)}", "name it with --text-column"
        )
    return Layout(found)


def has_text_column(present: Sequence[str], wanted: Columns) -> bool:
    """Say whether a row of cells looks like the head of a table of articles."""
    return wanted.text in present if wanted.text else _guessed("text", present) is not None


def _named(column: str, present: Sequence[str], name: str, part: str) -> str:
    if column in present:
        return column
    alike = {_key(other): other for other in present}
    if _key(column) in alike:
        return alike[_key(column)]
    close = get_close_matches(_key(column), alike, n=1, cutoff=0.6)
    mend = (
        f"did you mean --{part}-column {alike[close[0]]}?"
        if close
        else f"name one of them with --{part}-column"
    )
    raise InputError(name, f"there is no column {column!r}, there are {_listed(present)}", mend)


def _guessed(part: str, present: Sequence[str]) -> str | None:
    alike = {_key(column): column for column in reversed(present)}
    return next((alike[_key(usual)] for usual in usual_names()[part] if _key(usual) in alike), None)


def _key(column: str) -> str:
    return re.sub(r"[\s_\-]+", "", column).lower()


def _listed(present: Sequence[str]) -> str:
    shown = ", ".join(present[:_MANY]) or "none"
    return shown + (f" and {len(present) - _MANY} more" if len(present) > _MANY else "")


def _no_text(value: object) -> str | None:
    """Return what a value is that is no text, no list of texts and not absent; None if it is fine."""
    if isinstance(value, list | tuple):
        return next(filter(None, map(_no_text, value)), None)
    if value is None or isinstance(value, str) or value != value:  # noqa: PLR0124 - not a number
        return None
    return next((words for kind, words in _KINDS if isinstance(value, kind)), "something else")


def _words(value: object) -> str | None:
    """Return a cell as text; empty cells and a table's not-a-number are None, a list is its lines."""
    if value is None or value != value:  # noqa: PLR0124 - not a number
        return None
    if isinstance(value, list | tuple):
        return "\n\n".join(filter(None, map(_words, value)))
    return str(value) if str(value).strip() else None
