"""Coding many articles so that neither one bad article nor Ctrl-C costs the others."""

from __future__ import annotations

import logging
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Protocol

from legation.cli import importing, interrupt
from legation.errors import InputError, LegationError
from legation.records import Article, Report

if TYPE_CHECKING:
    from legation.store import Store

_LOG = logging.getLogger("legation")
_BATCH = 200  # reports a commit of the store
_SECONDS = 10.0  # the longest that a finished report waits for its commit


class Reads(Protocol):
    """What codes articles."""

    def read_many(self, articles: Iterable[Article]) -> Iterator[Report]:
        """Code articles, their order kept."""


def code(coder: Reads, articles: Iterable[Article], refuse: Callable[[str], None]) -> Iterator[Report]:
    """Code articles in order; one that fails is told to ``refuse`` in one line, and the rest goes on.

    When a batch breaks, the articles that were in work are coded one by one.
    """
    handed = deque[Article]()
    source = iter(articles)

    def hand_out() -> Iterator[Article]:
        for article in source:
            handed.append(article)
            yield article

    while True:
        try:
            for report in coder.read_many(hand_out()):
                handed.popleft()
                yield report
        except (LegationError, OSError) as error:
            if not isinstance(error, InputError):
                raise
            _LOG.debug("an article could not be coded", exc_info=True)
        except Exception:  # noqa: BLE001 - whatever it is, it must not cost the other articles
            _LOG.debug("an article could not be coded", exc_info=True)
        else:
            return
        while handed:
            yield from _alone(coder, handed.popleft(), refuse)


def _alone(coder: Reads, article: Article, refuse: Callable[[str], None]) -> Iterator[Report]:
    try:
        reports = list(coder.read_many([article]))
    except InputError as error:
        refuse(str(error))
    except LegationError:
        raise
    except Exception as error:  # noqa: BLE001 - the same
        _LOG.debug("article %s could not be coded", article.id, exc_info=True)
        refuse(f"{name_of(article)}: it could not be coded ({type(error).__name__}: {error})")
    else:
        yield from reports


def name_of(article: Article) -> str:
    """Return what a person would call an article."""
    return article.title or article.url or article.id


class Keeper:
    """Adds reports to a store, a batch a commit; without a store it does nothing."""

    def __init__(self, store: Store | None) -> None:
        self._store = store
        self._waiting: list[Report] = []
        self._since = time.monotonic()

    def take(self, report: Report) -> None:
        """Keep a report, now or with the next ones."""
        if self._store is None:
            return
        self._waiting.append(report)
        if len(self._waiting) >= _BATCH or time.monotonic() - self._since > _SECONDS:
            self.commit()

    def commit(self) -> None:
        """Add what waits. What fails to be added is let go, so that the error is told once."""
        waiting, self._waiting = self._waiting, []
        if self._store is not None and waiting:
            self._store.add(waiting)
        self._since = time.monotonic()


class Interrupts:
    """Ctrl-C during reading and coding stops them; during writing it waits until that is done.

    A second Ctrl-C stops at once.
    """

    def __init__(self) -> None:
        self._open = False
        self._asked = False
        self._begun = False

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Take Ctrl-C over for the time of a run."""
        before = signal.signal(signal.SIGINT, self._handle)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    @contextmanager
    def allowed(self) -> Iterator[None]:
        """Let Ctrl-C raise `KeyboardInterrupt` here, at once if it was pressed before."""
        self._open = True
        try:
            if self._asked:
                raise KeyboardInterrupt
            yield
        finally:
            self._open = False
            self._begun = True

    def _handle(self, number: int, frame: FrameType | None) -> None:
        if self._asked or not self._begun:
            interrupt(number, frame)
        if self._open and not importing(frame):
            raise KeyboardInterrupt
        self._asked = True
