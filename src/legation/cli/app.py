"""The program `legation`: which commands there are, and how errors end a run.

Commands are named here and loaded when they are asked for, so that
``legation --help`` does not wait for what only one of them needs.
"""

from __future__ import annotations

import importlib
import logging
import os
import signal
import sys
from contextlib import suppress
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from legation.cli import INTERRUPTED, interrupt
from legation.errors import DataFileError, LegationError, UsageError
from legation.version import __version__

# command: the module of this package whose `app` holds it
COMMANDS = {
    "read": "read",
    "show": "show",
    "explain": "explain",
    "export": "export",
    "import": "imports",
    "codebook": "codebook",
    "adapt": "adapt",
}
_COMPLETION = ("install_completion", "show_completion")  # of a command that is an app of its own


def say(line: str) -> None:
    """Write one line for people to standard error; if nobody listens any more, so be it."""
    with suppress(OSError):
        sys.stderr.write(f"legation: {line}\n")
        sys.stderr.flush()


class Commands(TyperGroup):
    """The commands of the table above, each imported when it is first needed."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """Name the commands, in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """Import a command; None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"legation.cli.{COMMANDS[cmd_name]}")
        command = typer.main.get_command(module.app)
        command.name = cmd_name
        command.params = [option for option in command.params if option.name not in _COMPLETION]
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command named first; all names count for *did you mean*."""
        self.commands = dict.fromkeys(COMMANDS)  # type: ignore[assignment]
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; an error of ours ends it with one line and a status."""
        try:
            signal.signal(signal.SIGINT, interrupt)
            return super().invoke(ctx)
        except LegationError as error:
            say(str(error))
            raise typer.Exit(2 if isinstance(error, UsageError | DataFileError) else 1) from None
        except KeyboardInterrupt:
            say("interrupted")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            silence_output()
            raise typer.Exit(0) from None
        except OSError as error:  # a full disk under standard output
            silence_output()
            say(f"writing failed: {(error.strerror or str(error)).lower()}")
            raise typer.Exit(1) from None


def silence_output() -> None:
    """Point standard output at nothing, once its reader has gone away."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"legation {__version__}")
        raise typer.Exit


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(
    epilog="Start with: [bold]legation read report.txt --date 2020-01-11[/bold]",
)
def _program(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Who did what to whom, when, where and according to whom: events coded from news, offline."""


def run() -> None:
    """Run the program."""
    logging.getLogger().addHandler(logging.NullHandler())  # libraries' warnings are not for the reader
    app(prog_name="legation")
