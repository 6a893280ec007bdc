"""What readers pass on: drafts of articles, refusals, and the options of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from legation.errors import InputError
from legation.records import Record
from legation.sources.visits import Visits

MEGABYTE = 1 << 20
TEXT_LIMIT = 20 * MEGABYTE  # of one text, one line of a table, one field
PAGE_LIMIT = 10 * MEGABYTE  # of one HTML page or one answer of a server


class Refusal(Record, frozen=True, kw_only=True):
    """An input that is not read: its name, why, and what can be done about it."""

    name: str
    reason: str
    mend: str | None = None

    @classmethod
    def of(cls, error: InputError, name: str | None = None) -> Refusal:
        """Make a refusal of an error."""
        return cls(name=printable(name or error.name), reason=printable(error.reason), mend=error.mend)

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}" + (f" ({self.mend})" if self.mend else "")


@dataclass(kw_only=True)
class Draft:
    """An article as a reader found it, before its date, language and characters are checked.

    ``name`` is what a person is told; ``date`` is whatever the source wrote.
    ``guessed`` says that the date was found by reading a page, so that a wild
    one is dropped and does not cost the article.
    """

    name: str
    text: str
    title: str | None = None
    date: object = None
    url: str | None = None
    id: str | None = None
    publisher: str | None = None
    language: str | None = None
    fetched: datetime | None = None
    guessed: bool = False


Found = Iterator[Draft | Refusal]


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The columns of a table of articles; None is guessed from the usual names."""

    text: str | None = None
    title: str | None = None
    date: str | None = None
    url: str | None = None
    id: str | None = None
    publisher: str | None = None
    language: str | None = None


def _ignore(name: str, remark: str) -> None:
    """Take a remark and do nothing about it."""
    del name, remark


@dataclass(frozen=True, kw_only=True)
class Options:
    """How a run reads its sources.

    ``date`` stands where a source has none. ``note`` is called with a name and
    a remark about an article that is kept all the same. ``visits`` remembers
    what servers said about pages, so that unchanged ones are not fetched again.
    ``pace`` is the least number of seconds between two requests to one host.
    """

    date: date | datetime | None = None
    columns: Columns = field(default_factory=Columns)
    allow_private: bool = False
    note: Callable[[str, str], None] = _ignore
    visits: Visits | None = None
    pace: float = 1.0


def printable(text: str, longest: int = 300) -> str:
    """Return a name or reason that is safe to show on one line of a terminal."""
    shown = "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text[:longest]
    )
    return shown + ("…" if len(text) > longest else "")
