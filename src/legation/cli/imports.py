"""`legation import FILE --format …`: reads event data made by others into a store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from legation.errors import InputError

app = typer.Typer()


@app.command()
def command(
    files: Annotated[list[Path], typer.Argument(help="Files of event data.")],
    *,
    name: Annotated[
        str, typer.Option("--format", help="gdelt (1.0 or 2.0), icews, polecat, tuples (ICEWS18) or jsonl.")
    ],
    into: Annotated[Path, typer.Option(help="The store that keeps them; created if absent.")],
) -> None:
    """Read event data made by others into a store."""
    from legation.formats.imported import read
    from legation.store import open_store

    refused = statements = 0
    with open_store(into) as store:

        def refuse(where: str, reason: str) -> None:
            nonlocal refused
            refused += 1
            typer.echo(f"legation: {where}: {reason}", err=True)
            store.skip(where, reason)

        def pass_over() -> None:
            nonlocal statements
            statements += 1

        for file in files:
            statements = 0
            try:
                with file.open(encoding="utf-8-sig", newline="") as stream:
                    counts = store.add(read(stream, name, str(file), refuse, pass_over), batch=5000)
            except (OSError, UnicodeDecodeError) as error:
                refuse(str(file), InputError(str(file), f"cannot be read: {error}").reason)
                continue
            told = f"{counts.added:,} new, {counts.replaced:,} changed, {counts.unchanged:,} known"
            passed = f", {statements:,} plain statements left out" if statements else ""
            typer.echo(f"legation: {file}: {told}{passed}", err=True)
    if refused:
        raise typer.Exit(1)
