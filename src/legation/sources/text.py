"""Plain text: one article a file.

A first line that is nothing but a URL becomes the article's ``url``. The first
line after it is the title if it is shorter than 120 characters, ends without a
full stop, and has a blank line and then more text below it. The rest is the text.
"""

from __future__ import annotations

import re

from legation.errors import InputError
from legation.sources.encodings import BROKEN, control_share, decode, plain_lines
from legation.sources.inputs import HEAD, Input
from legation.sources.items import TEXT_LIMIT, Draft, Found, Options
from legation.sources.kinds import is_html, refuse_binary
from legation.sources.pages import read_page

_TITLE_LENGTH = 120
_URL_LINE = re.compile(r"https?://\S+")
_FULL_STOP = re.compile(r"\.[\"'”’)]*$")
_MANY_BROKEN = 0.1


def read_text(source: Input, options: Options) -> Found:
    """Yield the one article of a text file; a page that only calls itself .txt is read as a page."""
    del options
    data = source.read(TEXT_LIMIT, "split it, or give JSONL with one article a line")
    if not data:
        raise InputError(source.name, "this file is empty")
    refuse_binary(data[:HEAD], source.name)
    text = decode(data)
    if is_html(text):
        yield read_page(data, source.name)
        return
    if control_share(text) > _MANY_BROKEN or text.count(BROKEN) > _MANY_BROKEN * len(text):
        raise InputError(source.name, "this is binary data, not text", "give the text of the article")
    yield split_text(text, source.name)


def split_text(text: str, name: str) -> Draft:
    """Set the URL and the title that stand above a text apart from it."""
    url, text = _take_url(plain_lines(text).lstrip("\ufeff"))
    title, text = _take_title(text)
    return Draft(name=name, text=text.strip("\n"), title=title, url=url)


def _take_url(text: str) -> tuple[str | None, str]:
    first, _, rest = text.lstrip().partition("\n")
    return (first.strip(), rest) if _URL_LINE.fullmatch(first.strip()) else (None, text)


def _take_title(text: str) -> tuple[str | None, str]:
    first, _, rest = text.lstrip().partition("\n")
    title = first.strip()
    below, _, _ = rest.partition("\n")
    stands_alone = not below.strip() and bool(rest.strip())
    is_line = 0 < len(title) < _TITLE_LENGTH and not _FULL_STOP.search(title)
    return (title, rest) if stands_alone and is_line else (None, text)
