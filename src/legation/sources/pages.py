"""HTML pages: the article on a page, found with trafilatura."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from legation.errors import InputError
from legation.sources.encodings import decode, guess_encoding
from legation.sources.inputs import HEAD, Input
from legation.sources.items import PAGE_LIMIT, Draft, Found, Options
from legation.sources.kinds import refuse_binary

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)
_META_WITHIN = 4096
_CODECS = re.compile(
    r"utf-?8|(?:us-)?ascii|latin-?1|(?:iso-?8859|windows|cp|koi8|euc|gb|big5|shift|ks)[\w-]*", re.IGNORECASE
)
_NO_ARTICLE = "no article was found on this page"


def read_html(source: Input, options: Options) -> Found:
    """Yield the one article of an HTML file."""
    del options
    data = source.read(PAGE_LIMIT, "give the text of the article")
    if not data.strip():
        raise InputError(source.name, "this file is empty")
    refuse_binary(data[:HEAD], source.name)
    yield read_page(data, source.name)


def read_page(
    data: bytes,
    name: str,
    *,
    url: str | None = None,
    charset: str | None = None,
    fetched: datetime | None = None,
) -> Draft:
    """Return the article on a page; `InputError` if there is none.

    ``url`` is where the page was found, ``charset`` what its server said.
    """
    document = _extract(_decode_page(data, charset), url, name)
    title, text = document["title"], document["text"] or ""
    if title and text.startswith(f"{title}\n"):
        text = text[len(title) :]
    own = document["url"] or url
    return Draft(
        name=name,
        text="\n\n".join(line for line in text.split("\n") if line.strip()),
        title=title,
        date=document["date"],
        url=own,
        publisher=document["sitename"] or (urlsplit(own).hostname if own else None),
        fetched=fetched,
        guessed=True,
    )


def _extract(page: str, url: str | None, name: str) -> dict[str, str | None]:
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            page, url=url, with_metadata=True, include_comments=False, include_tables=False
        )
    except (ValueError, TypeError, AttributeError, RecursionError, MemoryError) as error:
        raise InputError(name, f"this page cannot be taken apart: {type(error).__name__}") from error
    parts = {
        part: getattr(found, part, None) or None for part in ("title", "text", "date", "url", "sitename")
    }
    if not (parts["text"] or "").strip():
        raise InputError(name, _NO_ARTICLE, "give the text of the article")
    return parts


def _decode_page(data: bytes, charset: str | None) -> str:
    """Decode by the mark, then the server's word, then the page's own word, then the look of the bytes."""
    guessed = guess_encoding(data)
    if guessed.startswith("utf-") and guessed != "utf-8":
        return decode(data, guessed)
    declared = _CHARSET.search(data[:_META_WITHIN])
    for stated in (charset, declared[1].decode("ascii") if declared else None):
        if stated and _CODECS.fullmatch(stated):
            try:
                return data.decode(stated)
            except (LookupError, ValueError):
                continue
    return decode(data, guessed)
