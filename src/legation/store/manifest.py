"""`legation.json`: what makes a folder a store, and which versions of its tables belong together.

Tables are written one after the other; a batch exists from the moment at which
this file, renamed into place, names their new versions. Readers follow it and
nothing else, so they see a batch whole or not at all.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from legation.errors import StoreError
from legation.store.schema import SCHEMA_VERSION

NAME = "legation.json"


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """One committed state of a store: the version of every table."""

    schema: int = SCHEMA_VERSION
    batch: int = 0
    tables: dict[str, int]


class _Header(msgspec.Struct):
    schema: int


def read_manifest(folder: Path) -> Manifest | None:
    """Return the committed state, or None where there is none; `StoreError` for one it cannot read."""
    try:
        content = (folder / NAME).read_bytes()
    except FileNotFoundError:
        return None
    try:
        schema = msgspec.json.decode(content, type=_Header).schema
        if schema > SCHEMA_VERSION:
            raise StoreError(
                f"{folder}: made by a newer Legation (schema {schema}, this reads {SCHEMA_VERSION}): upgrade"
            )
        return msgspec.json.decode(content, type=Manifest)
    except msgspec.DecodeError as error:
        raise StoreError(
            f"{folder / NAME}: not a store's description ({error}); restore it from a backup"
        ) from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Commit a state: the file is complete on disk before it takes its name."""
    draft = folder / f".{NAME}.{os.getpid()}"
    try:
        with draft.open("wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(manifest)))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(folder / NAME)
    finally:
        draft.unlink(missing_ok=True)


def is_draft(name: str) -> bool:
    """Tell whether a file is a state that a writer was about to commit."""
    return name.startswith(f".{NAME}.")


def clear_drafts(folder: Path) -> None:
    """Delete what writers that died were about to commit; the lock has to be held."""
    for entry in folder.iterdir():
        if is_draft(entry.name):
            entry.unlink(missing_ok=True)
