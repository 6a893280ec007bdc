"""`legation show STORE`: lists and counts what a store holds."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.table import Table

    from legation.records import Event, Mention, Party, Report
    from legation.store import Store

app = typer.Typer()


class What(StrEnum):
    """What is listed."""

    events = "events"
    mentions = "mentions"


class Shape(StrEnum):
    """How it is written."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


@app.command()
def command(
    store: Annotated[Path, typer.Argument(help="The folder of the store.")],
    *,
    actor: Annotated[
        str | None, typer.Option(help="Who acts: a country code (IRN) or part of a name.")
    ] = None,
    recipient: Annotated[str | None, typer.Option(help="Towards whom: a code or part of a name.")] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--type", help="Type of act, like ASSAULT; may be repeated.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="First day, like 2020-01-10.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day.")] = None,
    place: Annotated[
        str | None, typer.Option(help="Where: a country code or part of a place's name.")
    ] = None,
    status: Annotated[str | None, typer.Option(help="occurred, intended, possible or denied.")] = None,
    what: Annotated[
        What, typer.Option(help="Acts, or the places in reports that tell of them.")
    ] = What.events,
    shape: Annotated[Shape, typer.Option("--format", help="How to write them.")] = Shape.table,
    by: Annotated[
        str | None, typer.Option(help="Count by a column instead: type, month, actor_countries, …")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=0, help="How many at most; 100 for tables.")] = None,
) -> None:
    """List what a store holds, or count it."""
    from legation.store import open_store

    filters: dict[str, Any] = {
        "actor": actor, "recipient": recipient, "type": [name.upper() for name in kind] if kind else None,
        "since": since, "until": until, "place": place, "status": status,
    }  # fmt: skip
    opened = open_store(store, create=False)
    if by:
        _write_counts(opened, what, by, filters, limit)
    elif shape is Shape.table:
        _write_table(opened, what, filters, 100 if limit is None else limit)
    else:
        from legation.formats import writer

        writer(shape.value)(_reports(opened, what, filters, limit), what.value, sys.stdout)


def _reports(store: Store, what: What, filters: dict[str, Any], limit: int | None) -> Iterator[Report]:
    """Wrap each record that is found as a report of its own."""
    from legation.records import Article, Report

    if what is What.events:
        nowhere = Article(text="", id="a_")
        for event in store.events(limit=limit, **filters):
            yield Report(article=nowhere, events=(event,))
    else:
        article = None
        for mention in store.mentions(limit=limit, **filters):
            if article is None or article.id != mention.article:
                article = store.article(mention.article)
            yield Report(article=article or Article(text="", id=mention.article), mentions=(mention,))


def _write_counts(store: Store, what: What, by: str, filters: dict[str, Any], limit: int | None) -> None:
    for value, number in store.counts(what.value, by, **filters)[:limit]:
        typer.echo(f"{number}\t{'-' if value is None else value}")


def _write_table(store: Store, what: What, filters: dict[str, Any], limit: int) -> None:
    from rich.console import Console

    found = store.events if what is What.events else store.mentions
    table = _table(found(limit=limit, **filters), what)
    total = store.counts(what.value, **filters)
    number = total[0][1] if total else 0
    if table.row_count:
        Console(highlight=False, width=None if sys.stdout.isatty() else 160).print(table)
    shown = "" if table.row_count == number else f", {table.row_count} shown (--limit shows more)"
    typer.echo(f"legation: {number} {what.value}{shown}", err=True)


def _table(records: Iterator[Event] | Iterator[Mention], what: What) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for name in (
        "day",
        "who",
        "act",
        "to whom",
        "where",
        "status",
        "reports" if what is What.events else "words",
        "id",
    ):
        table.add_column(name, overflow="fold", no_wrap=name in ("day", "status", "reports", "id"))
    for record in records:
        table.add_row(*(Text(cell) for cell in _cells(record)))
    return table


def _cells(record: Event | Mention) -> list[str]:
    first = record.when and (record.when.from_ or record.when.to)
    act = record.type + (f" {record.mode}" if record.mode else "")
    place = (record.where.name or record.where.text) if record.where else ""
    last = str(record.reports) if hasattr(record, "reports") else record.trigger.text
    return [
        str(first or ""),
        _names(record.actors),
        act,
        _names(record.recipients),
        place,
        record.status,
        last,
        record.id,
    ]


def _names(parties: tuple[Party, ...]) -> str:
    return ", ".join(
        (party.name or party.text) + (f" ({party.country})" if party.country else "") for party in parties
    )
