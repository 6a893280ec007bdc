"""The store: a folder of Delta Lake tables, queried with DuckDB, safe to kill at any moment."""

from legation.store.rows import Rows
from legation.store.store import Added, Store, open_store

__all__ = ["Added", "Rows", "Store", "open_store"]
