"""The command line: `legation read`, `show`, `explain`, `export`, `import`.

A command is a module of this package that holds ``app``, a `typer.Typer` with
one command, and that imports nothing heavy until it runs; `app.py` names the
modules and loads them when they are asked for.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

INTERRUPTED = 130

__all__ = ["INTERRUPTED", "main"]


def main() -> None:
    """Run the program. Ctrl-C ends it with one line, also while it is still being loaded."""
    signal.signal(signal.SIGINT, lambda *_: leave())
    for name in ("stdout", "stderr"):  # None where the caller has closed them
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - for good
    from legation.cli.app import run

    run()


def interrupt(number: int, frame: FrameType | None) -> None:
    """Handle Ctrl-C while a command runs: raise `KeyboardInterrupt`, or leave if a module is being loaded."""
    del number
    if importing(frame):
        leave()
    raise KeyboardInterrupt


def importing(frame: FrameType | None) -> bool:
    """Tell whether a module is being loaded: compiled ones abort the process if an exception hits them."""
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def leave() -> NoReturn:
    """End at once with one line. Nothing half done is lost that killing the process would not lose."""
    os.write(2, b"legation: interrupted\n")
    os._exit(INTERRUPTED)
