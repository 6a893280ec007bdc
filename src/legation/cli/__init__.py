"""The command line: `legation read`, `show`, `explain`, `export`, `import`.

A command is a module of this package that holds ``app``, a `typer.Typer` with
one command, and that imports nothing heavy until it runs; `app.py` names the
modules and loads them when they are asked for.
"""

from __future__ import annotations

from legation.cli.app import main

__all__ = ["main"]
