"""WARC and WET (ISO 28500): archives of crawled pages. Each archived page is an article."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from legation.errors import InputError
from legation.sources.encodings import decode
from legation.sources.inputs import Input
from legation.sources.items import MEGABYTE, PAGE_LIMIT, Draft, Found, Options, Refusal
from legation.sources.pages import read_page
from legation.sources.text import split_text

_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_LONGEST_LINE = 64 * 1024
_MOST_LINES = 500
_WANTED = ("response", "conversion")
_DAMAGED = "this archive is damaged from byte {:,} on"


@dataclass(frozen=True)
class Record:
    """A record of an archive: its kind, its headers in lower case, and its content, None if too large."""

    kind: str
    headers: dict[str, str]
    content: bytes | None

    @property
    def name(self) -> str:
        """The address of the page, else the record's id."""
        return self.headers.get("warc-target-uri", self.headers.get("warc-record-id", "record")).strip("<>")


def read_warc(source: Input, options: Options) -> Found:
    """Yield an article for each archived page; images, redirects and the like are passed over and counted."""
    seen = passed = 0
    with source.open() as stream:
        for record in _records(stream, source.name):
            seen += 1
            item = _read(record)
            if item is None:
                passed += 1
            else:
                yield item
    if not seen:
        raise InputError(source.name, "there are no archived pages in it")
    if passed:
        options.note(source.name, f"{passed:,} of {seen:,} records are no pages and were passed over")


def _records(stream: IO[bytes], name: str) -> Iterator[Record]:
    """Yield the pages and texts of an archive one at a time; other records are skipped unread."""
    place = 0
    while line := stream.readline(_LONGEST_LINE):
        start, place = place, place + len(line)
        if not line.strip():
            continue
        if not line.startswith(b"WARC/"):
            raise InputError(name, _DAMAGED.format(start) if start else "this is no WARC archive")
        headers, size = _headers(stream)
        length = headers.get("content-length", "")
        if not (length.isascii() and length.isdecimal()):
            raise InputError(name, _DAMAGED.format(start))
        kind = headers.get("warc-type", "").lower()
        wanted = kind in _WANTED
        content = stream.read(int(length)) if wanted and int(length) <= PAGE_LIMIT else None
        given = len(content) if content is not None else _skip(stream, int(length))
        if given < int(length):
            raise InputError(name, "this archive is cut short", "get it again")
        place += size + given
        if wanted:
            yield Record(kind, headers, content)


def _headers(stream: IO[bytes]) -> tuple[dict[str, str], int]:
    """Read header lines up to the empty one; return them and how many bytes they took."""
    headers: dict[str, str] = {}
    size = 0
    for _ in range(_MOST_LINES):
        line = stream.readline(_LONGEST_LINE)
        size += len(line)
        if not line.strip():
            break
        key, _, value = line.decode("utf-8", errors="replace").partition(":")
        headers.setdefault(key.strip().lower(), value.strip())
    return headers, size


def _skip(stream: IO[bytes], length: int) -> int:
    left = length
    while left and (piece := stream.read(min(left, MEGABYTE))):
        left -= len(piece)
    return length - left


def _read(record: Record) -> Draft | Refusal | None:
    if record.content is None:
        return Refusal(name=record.name, reason=f"this page is larger than {PAGE_LIMIT // MEGABYTE} MB")
    fetched = _moment(record.headers.get("warc-date"))
    if record.kind == "conversion":
        draft = split_text(decode(record.content), record.name)
        draft.url, draft.fetched = record.name, fetched
        return draft
    status, headers, body = _http(record.content)
    kind, _, rest = headers.get("content-type", "").partition(";")
    if status != "200" or kind.strip().lower() not in _PAGE_TYPES:
        return None
    charset = rest.lower().partition("charset=")[2].strip(" \"'") or None
    try:
        return read_page(
            _unpacked(body, headers), record.name, url=record.name, charset=charset, fetched=fetched
        )
    except InputError as error:
        return Refusal.of(error)


def _http(content: bytes) -> tuple[str, dict[str, str], bytes]:
    """Take an archived answer apart: status, headers in lower case, body."""
    head, _, body = content.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    parts = first.split()
    pairs = (line.partition(":") for line in lines)
    headers = {key.strip().lower(): value.strip() for key, _, value in pairs}
    return parts[1] if len(parts) > 1 and first.startswith("HTTP/") else "", headers, body


def _unpacked(body: bytes, headers: dict[str, str]) -> bytes:
    """Undo what a server did for the way. Archives often hold bodies undone already, headers unchanged."""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _dechunked(body) or body
    if "gzip" in headers.get("content-encoding", "").lower() and body.startswith(b"\x1f\x8b"):
        try:
            return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, PAGE_LIMIT)
        except zlib.error:
            return body
    return body


def _dechunked(body: bytes) -> bytes | None:
    """Join the chunks of a body; None if it is not in chunks."""
    joined, place = bytearray(), 0
    while True:
        end = body.find(b"\r\n", place)
        try:
            size = int(body[place:end].split(b";")[0], 16)
        except ValueError:
            return bytes(joined) or None
        if end < 0 or size <= 0:
            return bytes(joined) or None
        joined += body[end + 2 : end + 2 + size]
        place = end + 2 + size + 2


def _moment(value: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if value else None
    except ValueError:
        return None
