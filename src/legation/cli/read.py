"""`legation read SOURCE...`: the main job."""

from __future__ import annotations

import logging
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legation.errors import UsageError

if TYPE_CHECKING:
    from datetime import date, datetime

    from legation.coder import Coder

EXAMPLES = """[bold]Examples[/bold]

legation read report.txt --date 2020-01-11

legation read news/ archive.jsonl --into crisis/

legation read dump.csv --text-column story --format csv > mentions.csv

legation read https://example.org/feed.xml --into crisis/
"""


class Shape(StrEnum):
    """How records are written."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


class What(StrEnum):
    """What is written."""

    mentions = "mentions"
    events = "events"


app = typer.Typer(rich_markup_mode="rich")
MOST_THREADS = 8
_COLUMNS = "Columns of tables"
_TROUBLE = "Trouble"


@app.command(epilog=EXAMPLES)
def command(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE", help="Files, folders, patterns, - (standard input), page and feed addresses."
        ),
    ],
    *,
    day: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", help="Day of publication, where a source names none."),
    ] = None,
    shape: Annotated[Shape, typer.Option("--format", help="How to write the records.")] = Shape.table,
    what: Annotated[
        What, typer.Option(help="Each place that tells of an act, or the acts themselves.")
    ] = What.mentions,
    into: Annotated[
        Path | None, typer.Option(metavar="STORE", help="Keep the records in this store too.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Write no records, for use with --into.")] = False,
    threads: Annotated[int | None, typer.Option(min=1, help="Articles to code at a time.")] = None,
    actors: Annotated[
        list[Path] | None, typer.Option(exists=True, dir_okay=False, help="A table of actors of your own.")
    ] = None,
    codebook: Annotated[
        list[Path] | None,
        typer.Option(exists=True, help="A codebook of your own: a table or a folder of tables."),
    ] = None,
    text_column: Annotated[
        str | None, typer.Option(metavar="NAME", rich_help_panel=_COLUMNS, help="The text.")
    ] = None,
    title_column: Annotated[
        str | None, typer.Option(metavar="NAME", rich_help_panel=_COLUMNS, help="The title.")
    ] = None,
    date_column: Annotated[
        str | None, typer.Option(metavar="NAME", rich_help_panel=_COLUMNS, help="The date.")
    ] = None,
    url_column: Annotated[
        str | None, typer.Option(metavar="NAME", rich_help_panel=_COLUMNS, help="The address.")
    ] = None,
    id_column: Annotated[
        str | None, typer.Option(metavar="NAME", rich_help_panel=_COLUMNS, help="The id.")
    ] = None,
    publisher_column: Annotated[
        str | None, typer.Option(metavar="NAME", rich_help_panel=_COLUMNS, help="The publisher.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", rich_help_panel=_TROUBLE, help="Stop at the first bad input.")
    ] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", rich_help_panel=_TROUBLE, help="Fetch from private addresses.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", rich_help_panel=_TROUBLE, help="Show where unexpected errors arose.")
    ] = False,
) -> None:
    """Read news and code who did what to whom, when, where and according to whom.

    Text, HTML, JSONL, CSV, TSV, Parquet and WARC are read, also gzipped. What
    cannot be read is named on standard error, and the rest goes on.
    """
    from legation.cli.run import Run
    from legation.sources import Columns, Options

    if debug:
        _show_traces()
    columns = Columns(
        text=text_column,
        title=title_column,
        date=date_column,
        url=url_column,
        id=id_column,
        publisher=publisher_column,
    )
    options = Options(date=_day(day), columns=columns, allow_private=allow_private)
    run = Run(sources, options, shape=shape.value, what=what.value, into=into, quiet=quiet, strict=strict)

    def load() -> Coder:
        from legation.coder import Coder

        return Coder(
            threads=threads or min(os.cpu_count() or 1, MOST_THREADS),
            actors=actors or (),
            codebook=codebook or (),
        )

    raise typer.Exit(run.go(load))


def _day(value: str | None) -> date | datetime | None:
    from legation.sources.dates import read_date

    try:
        return read_date(value)
    except ValueError as error:
        raise UsageError(f"--date: {error} (write it as 2020-01-11)") from None


def _show_traces() -> None:
    log = logging.getLogger("legation")
    log.setLevel(logging.DEBUG)
    log.addHandler(logging.StreamHandler(sys.stderr))
