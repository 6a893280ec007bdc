"""Fetching pages politely and within limits (the extra ``feeds``: httpx).

One request at a time; robots.txt is obeyed; a host is asked no more than once
a second, or as seldom as it wishes; each address on the way is checked; an
answer has 60 seconds and 10 MB.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit

from legation.errors import InputError
from legation.sources.addresses import resolve
from legation.sources.items import MEGABYTE, PAGE_LIMIT, Options
from legation.sources.robots import AGENT, Robots

if TYPE_CHECKING:
    import httpx

_HOPS = 10
_TRIES = 3
_PATIENCE = 30.0  # seconds: the longest wait that a server can ask for
_CONNECT_SECONDS = 15.0
_WHOLE_SECONDS = 60.0
_REDIRECTS = (301, 302, 303, 307, 308)
_PASSING = (429, 500, 502, 503, 504)
_UNCHANGED, _OK, _FAILED = 304, 200, 400


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a server sent: ``kind`` is its content type, ``status`` its HTTP status."""

    url: str
    status: int
    body: bytes
    kind: str
    charset: str | None
    validators: dict[str, str]
    fetched: datetime


class Fetcher:
    """Fetches pages for one run. Made once, since it keeps connections, rules and the pace."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._client = _client()
        self._last: dict[str, float] = {}
        self._robots = Robots(lambda url: self._follow(url, {}, ruled=False))

    def get(self, url: str) -> Answer | None:
        """Return a page, or None if it has not changed since it was last read; else `InputError`."""
        conditions = self._options.visits.conditions(url) if self._options.visits else {}
        answer = self._follow(url, conditions, ruled=True)
        if answer.status == _UNCHANGED:
            return None
        if answer.status != _OK:
            raise InputError(url, f"the server answered {answer.status}")
        return answer

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _follow(self, url: str, conditions: dict[str, str], *, ruled: bool) -> Answer:
        here = url
        for _ in range(_HOPS):
            self._check(here, url)
            if ruled:
                self._heed(here, url)
            answer = self._insist(here, conditions, url)
            target = answer.validators.get("location")
            if answer.status not in _REDIRECTS or not target:
                return answer
            here = urljoin(here, target)
        raise InputError(url, f"it was redirected more than {_HOPS} times")

    def _heed(self, here: str, name: str) -> None:
        try:
            allowed = self._robots.allow(here)
        except InputError as error:
            raise InputError(name, error.reason, error.mend) from None
        if not allowed:
            raise InputError(name, f"robots.txt of {urlsplit(here).hostname} forbids reading it")

    def _check(self, here: str, name: str) -> None:
        parts = _split(here, name)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InputError(name, f"it leads to {here[:60]}, which is no http or https address")
        if parts.username or parts.password:
            raise InputError(
                name, "there is a password in the address", "addresses with passwords are not read"
            )

    def _insist(self, url: str, conditions: dict[str, str], name: str) -> Answer:
        """Ask, and ask again after a failure that may pass."""
        import httpx

        wait = self._options.pace
        for left in reversed(range(_TRIES)):
            try:
                answer = self._ask(url, conditions, name)
                if answer.status not in _PASSING or not left:
                    return answer
                wait = max(wait, _seconds(answer.validators.get("retry-after")))
            except httpx.TransportError as error:
                if not left:
                    raise InputError(name, _reason(error), "try again later") from None
            if wait > _PATIENCE:
                raise InputError(name, f"the server asks to wait {wait:.0f} seconds", "try again later")
            time.sleep(wait)
            wait *= 2
        raise InputError(name, "the server did not answer", "try again later")

    def _ask(self, url: str, conditions: dict[str, str], name: str) -> Answer:
        parts = _split(url, name)
        host = parts.hostname or ""
        self._keep_pace(host)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        addresses = resolve(host, port, name, allow_private=self._options.allow_private)
        request = self._request(url, addresses[0], conditions)
        with _within(self._client.send(request, stream=True)) as response:
            kind, _, rest = response.headers.get("content-type", "").partition(";")
            return Answer(
                url=url,
                status=response.status_code,
                body=_body(response, name) if response.status_code < _FAILED else b"",
                kind=kind.strip().lower(),
                charset=rest.partition("charset=")[2].strip(" \"'") or None,
                validators={
                    field: response.headers[field]
                    for field in ("etag", "last-modified", "location", "retry-after")
                    if field in response.headers
                },
                fetched=datetime.now(UTC).replace(microsecond=0),
            )

    def _request(self, url: str, address: str, conditions: dict[str, str]) -> httpx.Request:
        """Address a request to the machine that was checked, in the name of the host that was asked for."""
        asked = self._client.build_request("GET", url, headers=conditions)
        asked.extensions["sni_hostname"] = asked.url.host
        asked.url = asked.url.copy_with(host=address)
        return asked

    def _keep_pace(self, host: str) -> None:
        since = time.monotonic() - self._last.get(host, float("-inf"))
        wait = max(self._options.pace, self._robots.delay(host)) - since
        if wait > 0:
            time.sleep(wait)
        self._last[host] = time.monotonic()


def _client() -> httpx.Client:
    try:
        import httpx
    except ImportError:
        raise InputError("feeds and pages", "they need httpx", "pip install 'legation[feeds]'") from None
    return httpx.Client(
        headers={"User-Agent": AGENT, "Accept-Encoding": "gzip", "Accept": "*/*"},
        timeout=_CONNECT_SECONDS,
        follow_redirects=False,
        trust_env=False,  # a proxy would look names up by itself, past our check of addresses
    )


@contextmanager
def _within(response: httpx.Response) -> Iterator[httpx.Response]:
    try:
        yield response
    finally:
        response.close()


def _body(response: httpx.Response, name: str) -> bytes:
    """Read an answer as it comes and unpack it, within the limits of size and time."""
    packing = response.headers.get("content-encoding", "identity").lower()
    if packing not in ("identity", "gzip", "x-gzip", ""):
        raise InputError(name, f"the server packs its answer as {packing}")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if "gzip" in packing else None
    deadline = time.monotonic() + _WHOLE_SECONDS
    body = bytearray()
    for piece in response.iter_raw():
        try:
            body += unpack.decompress(piece, PAGE_LIMIT + 1) if unpack else piece
        except zlib.error:
            raise InputError(name, "the answer is damaged", "try again later") from None
        if len(body) > PAGE_LIMIT:
            raise InputError(name, f"the answer is larger than {PAGE_LIMIT // MEGABYTE} MB")
        if time.monotonic() > deadline:
            raise InputError(
                name, f"the answer takes longer than {_WHOLE_SECONDS:.0f} seconds", "try again later"
            )
    return bytes(body)


def _split(url: str, name: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise InputError(name, "this is no address that can be read") from None
    return parts


def _seconds(value: str | None) -> float:
    return float(value) if value and value.isdecimal() else 0.0


def _reason(error: Exception) -> str:
    kind = type(error).__name__
    return "the server took too long" if "Timeout" in kind else f"the server cannot be reached ({kind})"
