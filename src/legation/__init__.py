"""Legation: who did what to whom, when, where and according to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from legation.coder import Coder
    from legation.errors import DataFileError, InputError, LegationError, StoreError, UsageError
    from legation.reading import read_tokens
    from legation.records import (
        Article,
        Coding,
        Entity,
        Event,
        Mention,
        Party,
        Period,
        Place,
        Report,
        Sentence,
        Source,
        Span,
        Toll,
        Word,
    )
    from legation.store import Store, open_store
    from legation.version import __version__

# module: what it gives. Imported when it is asked for, so that the program can take Ctrl-C before all else.
_FROM = {
    "coder": ("Coder",),
    "errors": ("DataFileError", "InputError", "LegationError", "StoreError", "UsageError"),
    "reading": ("read_tokens",),
    "records": (
        "Article", "Coding", "Entity", "Event", "Mention", "Party", "Period", "Place", "Report", "Sentence",
        "Source", "Span", "Toll", "Word",
    ),
    "store": ("Store", "open_store"),
    "version": ("__version__",),
}  # fmt: skip
_MODULE = {name: module for module, names in _FROM.items() for name in names}

__all__ = [
    "Article", "Coder", "Coding", "DataFileError", "Entity", "Event", "InputError", "LegationError",
    "Mention", "Party", "Period", "Place", "Report", "Sentence", "Source", "Span", "Store", "StoreError",
    "Toll", "UsageError", "Word", "__version__", "open_store", "read_tokens",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name in _MODULE:
        from importlib import import_module

        return getattr(import_module(f"legation.{_MODULE[name]}"), name)
    raise AttributeError(f"module 'legation' has no attribute {name!r}")
