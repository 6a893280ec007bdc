"""The registry: which reader reads which kind. A new kind is one file and one line here."""

from __future__ import annotations

from collections.abc import Callable

from legation.sources.delimited import is_delimited, read_delimited
from legation.sources.inputs import Input, peek
from legation.sources.items import Found, Options
from legation.sources.jsonlines import read_jsonl
from legation.sources.kinds import kind_by_content, kind_by_name
from legation.sources.pages import read_html
from legation.sources.parquet import read_parquet
from legation.sources.text import read_text
from legation.sources.warcs import read_warc

Reader = Callable[[Input, Options], Found]

READERS: dict[str, Reader] = {
    "text": read_text,
    "html": read_html,
    "jsonl": read_jsonl,
    "csv": read_delimited,
    "parquet": read_parquet,
    "warc": read_warc,
}


def read_input(source: Input, options: Options) -> Found:
    """Read a file or a stream with the reader that its name, else its first bytes, call for."""
    kind = kind_by_name(source.name) if source.path else None
    if kind is None:
        kind = _look(source, options)
    yield from READERS[kind](source, options)


def _look(source: Input, options: Options) -> str:
    with source.open() as stream:
        head = peek(stream)
    kind = kind_by_content(head)
    return "csv" if kind == "text" and is_delimited(head, options) else kind
