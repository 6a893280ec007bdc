"""The table that `legation read` prints: a row for each record, and below it the sentence.

On a terminal the columns take the width there is; below 130 characters, when,
where and according to whom move to a line of their own. Into a pipe goes plain
aligned text of 160 characters a line, or of COLUMNS.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Literal, NamedTuple, TextIO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from legation.records import Article, Event, Mention, Party, Period, Report

_PIPE_WIDTH = 160
_NARROWEST = 60
_WIDE = 130
_GAP = 2
_INDENT = 4
_AROUND = 150  # characters of text about a trigger that stands in no sentence
_NONE = "-"


class Column(NamedTuple):
    """A column: its head, its least width, and its share of the width that is left."""

    head: str
    least: int
    share: int


_ACT = Column("act", 18, 0)
_STATUS = Column("status", 8, 0)
_SURE = Column("sure", 4, 0)
_NARROW_COLUMNS = (_ACT, _STATUS, Column("who", 12, 1), Column("to whom", 12, 1), _SURE)
_WIDE_COLUMNS = (
    *(Column("act", 21, 0), _STATUS, Column("who", 18, 3), Column("to whom", 18, 3), Column("when", 11, 0)),
    *(Column("where", 12, 1), Column("according to", 12, 1), _SURE),
)


def write(reports: Iterable[Report], what: Literal["mentions", "events"], stream: TextIO) -> int:
    """Print the records of each report as soon as it comes; return how many there were."""
    page = _Page(stream)
    count = 0
    for report in reports:
        records: Sequence[Mention | Event] = report.mentions if what == "mentions" else report.events
        if records:
            page.head(report.article)
        for record in records:
            page.row(record, _sentence(record, report))
            count += 1
        stream.flush()
    return count


class _Page:
    """A console with fixed columns, so that rows line up though each is printed alone."""

    def __init__(self, stream: TextIO) -> None:
        terminal = stream.isatty()
        self._colour = terminal and "NO_COLOR" not in os.environ
        self._console = Console(
            file=stream,
            width=None if terminal else _pipe_width(),
            highlight=False,
            markup=False,
            emoji=False,
            color_system="auto" if terminal else None,
            force_terminal=None if terminal else False,
        )
        self._width = max(_NARROWEST, self._console.width)
        self._wide = self._width >= _WIDE
        self._columns = _WIDE_COLUMNS if self._wide else _NARROW_COLUMNS
        self._first = True

    def head(self, article: Article) -> None:
        """Print what the rows below belong to, and the heads of the columns."""
        if not self._first:
            self._print(Text())
        self._first = False
        title = article.title or " ".join(article.text[:80].split())
        about = [str(article.published or "no date"), article.publisher, article.url]
        self._print(Text(title, "bold"))
        self._print(Text(" · ".join(filter(None, about)), "dim"))
        self._grid([Text(column.head, "dim") for column in self._columns])

    def row(self, record: Mention | Event, sentence: Text | None) -> None:
        """Print one record."""
        act = Text(record.type, "cyan").append(f" {record.mode}" if record.mode else "", "default")
        cells = [act, Text(record.status), _parties(record.actors), _parties(record.recipients)]
        rest = [Text(_when(record.when)), Text(_where(record)), Text(_source(record))]
        sure = Text(f"{record.confidence:.2f}")
        self._grid([*cells, *rest, sure] if self._wide else [*cells, sure])
        if not self._wide:
            known = [
                f"{label} {cell.plain}"
                for label, cell in zip(_LABELS, rest, strict=True)
                if cell.plain != _NONE
            ]
            self._below(Text(" · ".join(known)))
        if sentence is not None:
            if not self._colour:
                sentence = _bracketed(sentence)
            self._below(sentence)

    def _below(self, text: Text) -> None:
        if text:
            self._print(Padding(text, (0, 0, 0, _INDENT), expand=False))

    def _print(self, what: RenderableType) -> None:
        """Print; into a pipe without the spaces that fill up a line, by hand, for rich exits if it breaks."""
        if self._console.is_terminal:
            self._console.print(what)
            return
        with self._console.capture() as captured:
            self._console.print(what)
        for line in captured.get().splitlines():
            self._console.file.write(line.rstrip() + "\n")

    def _grid(self, cells: Sequence[Text]) -> None:
        table = Table.grid(padding=(0, _GAP, 0, 0))
        for width in self._widths():
            table.add_column(width=width, overflow="fold")
        table.add_row(*cells)
        self._print(table)

    def _widths(self) -> Iterator[int]:
        left = self._width - sum(column.least + _GAP for column in self._columns)
        shares = sum(column.share for column in self._columns)
        for column in self._columns:
            yield column.least + max(0, left) * column.share // shares


_LABELS = ("when", "where", "according to")


def _pipe_width() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdecimal() and int(columns) else _PIPE_WIDTH


def _parties(parties: Sequence[Party]) -> Text:
    shown = Text()
    for number, party in enumerate(parties):
        shown.append("; " if number else "").append(party.name or party.text)
        codes = [f"{party.country}{'?' if party.inferred else ''}"] if party.country else []
        if codes or party.sectors:
            shown.append(f" ({' '.join(chain(codes, party.sectors))})", "green")
    return shown if parties else Text(_NONE)


def _when(period: Period | None) -> str:
    if period is None or (period.from_ is None and period.to is None):
        return _NONE
    days = dict.fromkeys(day.isoformat() if day else "?" for day in (period.from_, period.to))
    return " to ".join(days) + ("?" if period.assumed else "")


def _where(record: Mention | Event) -> str:
    place = record.where
    if place is None:
        return _NONE
    return (place.name or place.text) + (f" ({place.country})" if place.country else "")


def _source(record: Mention | Event) -> str:
    if record.source is None:
        return _NONE
    return (record.source.name or record.source.text) + (", quoted" if record.source.quoted else "")


def _sentence(record: Mention | Event, report: Report) -> Text | None:
    """Return the sentence of a mention with its trigger marked; an event has none of its own."""
    if isinstance(record, Event):
        return None
    start, end = record.trigger.start, record.trigger.end
    text = report.article.field(record.field)
    low, high = next(
        (
            (sentence.start, sentence.end)
            for sentence in report.sentences
            if sentence.field == record.field and sentence.start <= start < sentence.end
        ),
        (max(0, start - _AROUND), end + _AROUND),
    )
    before, trigger, after = text[low:start], text[start:end], text[end:high]
    shown = Text(before.lstrip(), "default").append(trigger, "bold reverse").append(after.rstrip())
    shown.plain = shown.plain.replace("\n", " ")
    return shown


def _bracketed(sentence: Text) -> Text:
    """Mark the trigger without colours."""
    span = next(span for span in sentence.spans if "bold" in str(span.style))
    plain = sentence.plain
    return Text(f"{plain[: span.start]}[{plain[span.start : span.end]}]{plain[span.end :]}")
