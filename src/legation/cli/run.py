"""One run of `legation read`: sources → coder → output and store, and what is said about it."""

from __future__ import annotations

import io
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from legation.cli import INTERRUPTED
from legation.cli.app import silence_output
from legation.cli.batch import Interrupts, Keeper, Reads, code
from legation.cli.progress import Voice, speaking
from legation.sources import Options, Refusal, Visits, open_sources

if TYPE_CHECKING:
    from legation.records import Article, Report

VISITED = "visited.json"  # within a store: what servers said about pages, see sources/visits.py
What = Literal["mentions", "events"]


@dataclass
class Tally:
    """What happened in a run."""

    articles: int = 0
    mentions: int = 0
    events: int = 0
    undated: int = 0
    refused: int = 0
    interrupted: bool = False
    stopped: bool = False

    def count(self, report: Report) -> None:
        """Count a report."""
        self.articles += 1
        self.mentions += len(report.mentions)
        self.events += len(report.events)
        self.undated += report.article.published is None


class Run:
    """Reads the named sources once. ``go`` returns the exit status of the program."""

    def __init__(
        self,
        names: Sequence[str],
        options: Options,
        *,
        shape: str = "table",
        what: What = "mentions",
        into: Path | None = None,
        quiet: bool = False,
        strict: bool = False,
    ) -> None:
        self._names = names
        self._shape, self._what = shape, what
        self._into, self._quiet, self._strict = into, quiet, strict
        fetches = any("://" in name for name in names)
        self._visits = Visits(into / VISITED) if into and fetches else None
        self._options = replace(options, note=self._note, visits=self._visits)
        self._tally = Tally()
        self._interrupts = Interrupts()
        self._voice = Voice()
        self._keeper = Keeper(None)

    def go(self, load: Callable[[], Reads]) -> int:
        """Do the work; ``load`` makes the coder, and is called when the first article is there."""
        if self._into:
            from legation.store import open_store

            self._keeper = Keeper(open_store(self._into))
        shown = sys.stderr.isatty() and (self._quiet or not sys.stdout.isatty())
        with self._interrupts.watched(), speaking(bar=shown) as self._voice:
            try:
                self._write(self._reports(load))
            except BrokenPipeError:
                silence_output()
            finally:
                self._keeper.commit()
        if self._visits and not (self._tally.interrupted or self._tally.stopped):
            self._visits.save()
        self._sum_up()
        if self._tally.interrupted:
            return INTERRUPTED
        return 1 if self._tally.refused else 0

    def _reports(self, load: Callable[[], Reads]) -> Iterator[Report]:
        """Code the articles, keeping and counting each report on its way; Ctrl-C ends them."""
        articles = self._articles()
        reports = self._code(articles, load)
        while True:
            try:
                with self._interrupts.allowed():
                    report = next(reports, None)
            except KeyboardInterrupt:
                self._tally.interrupted = True
                return
            if report is None:
                return
            self._keeper.take(report)
            self._tally.count(report)
            self._voice.count(self._tally.articles, self._tally.mentions)
            yield report

    def _code(self, articles: Iterator[Article], load: Callable[[], Reads]) -> Iterator[Report]:
        first = next(articles, None)
        if first is not None:
            yield from code(load(), _again(first, articles), self._refuse)

    def _articles(self) -> Iterator[Article]:
        for found in open_sources(self._names, self._options):
            if isinstance(found, Refusal):
                self._refuse(str(found))
            else:
                yield found
            if self._tally.stopped:
                return

    def _write(self, reports: Iterator[Report]) -> None:
        if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        if self._quiet:
            deque(reports, maxlen=0)
        elif self._shape == "table":
            from legation.cli import console

            console.write(reports, self._what, sys.stdout)
        else:
            from legation.formats import writer

            writer(self._shape)(reports, self._what, sys.stdout)
        sys.stdout.flush()

    def _refuse(self, line: str) -> None:
        self._tally.refused += 1
        self._tally.stopped = self._strict
        self._voice.say(line)

    def _note(self, name: str, remark: str) -> None:
        self._voice.say(f"{name}: {remark}")

    def _sum_up(self) -> None:
        tally = self._tally
        if tally.undated:
            whose = "1 article has" if tally.undated == 1 else f"{tally.undated:,} articles have"
            self._voice.say(f"{whose} no date, so days like 'on Friday' stay unknown (give --date)")
        parts = [
            f"{_count(tally.articles, 'article')} read",
            _count(tally.mentions, "mention"),
            _count(tally.events, "event"),
        ]
        if tally.refused:
            parts.append(f"{_count(tally.refused, 'input')} not read")
        if self._into:
            parts.append(f"kept in {self._into}")
        start = "interrupted: " if tally.interrupted else "stopped (--strict): " if tally.stopped else ""
        self._voice.say(start + ", ".join(parts))


def _again(first: Article, rest: Iterator[Article]) -> Iterator[Article]:
    """Put back the article that was looked at."""
    yield first
    yield from rest


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
