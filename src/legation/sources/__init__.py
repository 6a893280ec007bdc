"""Reading: bytes → Article. One reader a file; `readers.py` says which reads what."""

from __future__ import annotations

from legation.sources.items import Columns, Options, Refusal
from legation.sources.opening import open_sources
from legation.sources.visits import Visits

__all__ = ["Columns", "Options", "Refusal", "Visits", "open_sources"]
