"""What kind of file it is: by its name where the name tells, else by its first bytes."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from legation.errors import InputError
from legation.sources.encodings import control_share, decode, guess_encoding
from legation.tables import rows, shipped

EXTENSIONS = {
    ".txt": "text", ".text": "text", ".md": "text", ".asc": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl",
    ".csv": "csv", ".tsv": "csv", ".tab": "csv",
    ".parquet": "parquet", ".pq": "parquet",
    ".warc": "warc", ".wet": "warc",
}  # fmt: skip
_HTML_STARTS = ("<!doctype html", "<html", "<head", "<body", "<?xml")
_TOO_ODD = 0.02  # share of control characters above which a file is no text


class Signature(NamedTuple):
    """The first bytes of a format that holds no plain text."""

    offset: int
    start: bytes
    name: str
    mend: str


@cache
def signatures() -> tuple[Signature, ...]:
    """Load the table of signatures that ships with the package."""
    table = rows(shipped("sources", "signatures.tsv"), ("offset", "bytes", "name", "mend"))
    return tuple(
        Signature(int(row["offset"]), bytes.fromhex(row["bytes"]), row["name"], row["mend"])
        for _, row in table
    )


def kind_by_name(name: str) -> str | None:
    """Return the kind that an extension tells (``.gz`` aside), or None."""
    base = name.lower().removesuffix(".gz")
    dot = base.rfind(".")
    return EXTENSIONS.get(base[dot:]) if dot >= 0 else None


def kind_by_content(head: bytes) -> str:
    """Return the kind that the first bytes tell; plain text where nothing else fits."""
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"PAR1"):
        return "parquet"
    start = decode(head[:2048], guess_encoding(head, whole=False)).lstrip("\ufeff \t\r\n").lower()
    if is_html(start):
        return "html"
    if start.startswith("{") or (start.startswith("[") and start[1:].lstrip().startswith("{")):
        return "jsonl"
    return "text"


def is_html(start: str) -> bool:
    """Say whether a text's first characters are those of a page."""
    lowered = start[:2048].lstrip("\ufeff \t\r\n").lower()
    return lowered.startswith(_HTML_STARTS) and not any(
        mark in lowered for mark in ("<rss", "<feed", "<rdf:rdf")
    )


def refuse_binary(head: bytes, name: str) -> None:
    """Raise `InputError` for images, archives, programs and other bytes that are no text."""
    for signature in signatures():
        if head.startswith(signature.start, signature.offset):
            raise InputError(name, f"this is {signature.name}, not text", signature.mend)
    text = decode(head, guess_encoding(head, whole=False))
    if control_share(text) > _TOO_ODD:
        raise InputError(name, "this is binary data, not text", "give the text of the article")
