"""Legation: who did what to whom, when, where and according to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from legation.errors import DataFileError, InputError, LegationError, StoreError, UsageError
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
from legation.version import __version__

if TYPE_CHECKING:
    from legation.coder import Coder
    from legation.reading import read_tokens
    from legation.store import Store, open_store

_LAZY = {"Coder": "coder", "read_tokens": "reading", "open_store": "store", "Store": "store"}

__all__ = [
    "Article", "Coder", "Coding", "DataFileError", "Entity", "Event", "InputError", "LegationError",
    "Mention", "Party", "Period", "Place", "Report", "Sentence", "Source", "Span", "Store", "StoreError",
    "Toll", "UsageError", "Word", "__version__", "open_store", "read_tokens",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        return getattr(import_module(f"legation.{_LAZY[name]}"), name)
    raise AttributeError(f"module 'legation' has no attribute {name!r}")
