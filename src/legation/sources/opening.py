"""The way in: names → articles, one at a time."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence

from legation.errors import InputError
from legation.records import Article
from legation.sources.feeds import read_url
from legation.sources.fetching import Fetcher
from legation.sources.finishing import finish
from legation.sources.inputs import Input
from legation.sources.items import Draft, Found, Options, Refusal, printable
from legation.sources.naming import find_files
from legation.sources.readers import read_input

_LOG = logging.getLogger("legation")
STANDARD_INPUT = "-"
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)


def open_sources(names: Sequence[str], options: Options | None = None) -> Iterator[Article | Refusal]:
    """Yield the articles of files, folders, patterns, ``-`` and http(s) addresses, in the order given.

    What cannot be read comes as a `Refusal` in its place, and the rest goes on.
    Articles come one at a time, and no more than one input is held in memory.
    """
    run = _Run(options or Options())
    try:
        for name in names:
            yield from run.articles(name)
    finally:
        run.close()


class _Run:
    """One call of `open_sources`: its options, and the connections that it shares."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._fetcher: Fetcher | None = None

    def articles(self, name: str) -> Iterator[Article | Refusal]:
        """Yield what one name stands for."""
        for found in _guarded(name, self._open(name)):
            yield finish(found, self._options) if isinstance(found, Draft) else found

    def close(self) -> None:
        if self._fetcher:
            self._fetcher.close()

    def _open(self, name: str) -> Found:
        scheme = _SCHEME.match(name)
        if name == STANDARD_INPUT:
            yield from read_input(Input.standard(), self._options)
        elif scheme and scheme[1].lower() in ("http", "https"):
            self._fetcher = self._fetcher or Fetcher(self._options)
            yield from read_url(name, self._fetcher, self._options)
        elif scheme:
            raise InputError(
                name, f"{scheme[1]} addresses are not read", "give an http or https address, or a file"
            )
        else:
            yield from self._files(name)

    def _files(self, name: str) -> Found:
        """Read file by file, so that one that fails does not end the others."""
        for file in find_files(name):
            if isinstance(file, Refusal):
                yield file
            else:
                yield from _guarded(str(file), read_input(Input.file(file), self._options))


def _guarded(name: str, found: Found) -> Found:
    """Turn whatever ends the reading of an input into a refusal, a library's surprises included."""
    try:
        yield from found
    except InputError as error:
        yield Refusal.of(error)
    except OSError as error:  # a name too long, a folder that cannot be entered
        yield Refusal(name=printable(name), reason=(error.strerror or str(error)).lower())
    except Exception as error:  # noqa: BLE001 - it must not cost the other inputs
        _LOG.debug("%s could not be read", name, exc_info=True)
        yield Refusal(
            name=printable(name), reason=printable(f"it cannot be read ({type(error).__name__}: {error})")
        )
