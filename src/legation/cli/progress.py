"""What a run says while it goes: lines on standard error, and a bar if that is a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from legation.cli.app import say

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Voice:
    """Says lines, nothing more."""

    def say(self, line: str) -> None:
        """Say one line."""
        say(line)

    def count(self, articles: int, mentions: int) -> None:
        """Take note of how far the run is."""


class Bar(Voice):
    """Says lines above a bar that shows how far the run is."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress = progress
        self._task = task

    def say(self, line: str) -> None:
        """Say one line above the bar."""
        self._progress.console.print(f"legation: {line}", markup=False, highlight=False, soft_wrap=True)

    def count(self, articles: int, mentions: int) -> None:
        """Move the bar."""
        self._progress.update(self._task, completed=articles, mentions=mentions)


@contextmanager
def speaking(*, bar: bool) -> Iterator[Voice]:
    """Yield the voice of a run, with a bar or without."""
    if not bar:
        yield Voice()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        BarColumn(),
        TextColumn("{task.completed:,} articles, {task.fields[mentions]:,} mentions"),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)  # redirection would send the records to standard error, too
    with Progress(
        *columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False
    ) as progress:
        yield Bar(progress, progress.add_task("reading", total=None, mentions=0))
