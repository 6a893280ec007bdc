"""`legation export STORE --format …`: writes what the field's tools read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from legation.errors import InputError, UsageError
from legation.formats import BINARY, FORMATS, codebook, writer

app = typer.Typer()


@app.command()
def command(
    store: Annotated[Path | None, typer.Argument(help="The folder of the store.")] = None,
    *,
    name: Annotated[str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")],
    what: Annotated[str, typer.Option(help="events or mentions.")] = "events",
    into: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file; standard output if absent.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--codebook", help="Print what the columns mean, and no data.")
    ] = False,
) -> None:
    """Write a store's events or mentions in a format that other programs read."""
    write = writer(name)
    if explain:
        typer.echo(codebook(name), nl=False)
        return
    if what not in ("events", "mentions"):
        raise UsageError(f"--what {what}: events or mentions")
    if store is None:
        raise UsageError("name the folder of a store")
    from legation.store import open_store

    reports = open_store(store, create=False).reports()
    if into is None:
        if name in BINARY and sys.stdout.isatty():
            raise UsageError(f"{name} is no text for a terminal; name a file with --output")
        write(reports, what, sys.stdout.buffer if name in BINARY else sys.stdout)  # type: ignore[arg-type]
        return
    draft = into.with_name(f".{into.name}.part")
    try:
        with draft.open("wb") if name in BINARY else draft.open("w", encoding="utf-8", newline="") as stream:
            write(reports, what, stream)  # type: ignore[arg-type]
        draft.replace(into)
    except OSError as error:
        raise InputError(str(into), f"cannot be written: {error.strerror or error}") from error
    finally:
        draft.unlink(missing_ok=True)
