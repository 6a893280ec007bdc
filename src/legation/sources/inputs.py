"""Files and streams as sequences of bytes, unpacked on the way and never without a limit."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from legation.errors import InputError
from legation.sources.encodings import guess_encoding
from legation.sources.items import MEGABYTE, printable

HEAD = MEGABYTE
_GZIP = b"\x1f\x8b"
_RATIO = 200  # text packs 3 to 10 times, seldom 50 times
_FREE = 50 * MEGABYTE  # unpacked bytes below which the ratio does not matter


class Input:
    """One file or stream. ``name`` is what a person is told; ``path`` is None for a stream."""

    def __init__(self, name: str, opener: Callable[[], BinaryIO], path: Path | None = None) -> None:
        self.name = printable(name)
        self.path = path
        self._opener = opener
        self._stream: io.BufferedReader[Any] | None = None

    @classmethod
    def file(cls, path: Path) -> Input:
        """Take a file; it is opened when it is read. A pipe with a name is a stream."""
        return cls(str(path), lambda: path.open("rb"), path if path.is_file() else None)

    @classmethod
    def standard(cls) -> Input:
        """Take standard input; `InputError` if the caller has closed it."""
        if sys.stdin is None:
            raise InputError("standard input", "this is closed", "give it a file or a pipe")
        return cls("standard input", lambda: sys.stdin.buffer)

    @contextmanager
    def open(self) -> Iterator[io.BufferedReader[Any]]:
        """Open for reading, unpacked if it is gzipped; problems of the file are `InputError`.

        A stream opens once: who opens it again goes on where the last one stopped.
        """
        try:
            if self.path is None:
                self._stream = self._stream or self._unpacked(self._opener())
                yield self._stream
            else:
                with self._opener() as raw:
                    yield self._unpacked(raw)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise InputError(self.name, "this gzip file is damaged or cut short", "get it again") from None
        except OSError as error:
            raise InputError(self.name, (error.strerror or str(error)).lower()) from None

    def _unpacked(self, raw: BinaryIO) -> io.BufferedReader[Any]:
        counted = _Counted(raw)
        buffered = io.BufferedReader(counted, HEAD)
        packed = buffered.peek(len(_GZIP)).startswith(_GZIP)
        return io.BufferedReader(_Unpacked(buffered, counted, self.name), HEAD) if packed else buffered

    def read(self, limit: int, mend: str) -> bytes:
        """Return all bytes; more than the limit is `InputError`."""
        with self.open() as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise InputError(self.name, f"this is larger than {limit // MEGABYTE} MB", mend)
        return data


@contextmanager
def as_text(stream: io.BufferedReader[Any]) -> Iterator[io.TextIOWrapper]:
    """Decode a stream on the way, line ends untouched; broken bytes become U+FFFD."""
    encoding = guess_encoding(peek(stream), whole=False)
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    try:
        yield text
    finally:
        text.detach()


def peek(stream: io.BufferedReader[Any]) -> bytes:
    """Return the first bytes of a stream without taking them."""
    return stream.peek(HEAD)[:HEAD]


class _Counted(io.RawIOBase):
    """A raw stream that knows how many bytes it has given."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._raw.read(len(buffer))
        buffer[: len(data)] = data
        self.given += len(data)
        return len(data)


class _Unpacked(io.RawIOBase):
    """A gzip stream that stops when it grows beyond all proportion."""

    def __init__(self, packed: io.BufferedReader[Any], counted: _Counted, name: str) -> None:
        self._stream = gzip.GzipFile(fileobj=packed)
        self._counted = counted
        self._name = name
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._given += len(data)
        if self._given > _FREE and self._given > _RATIO * max(1, self._counted.given):
            raise InputError(
                self._name,
                f"this unpacks to more than {_RATIO} times its size",
                "unpack it and look what it is",
            )
        return len(data)
