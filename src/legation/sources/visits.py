"""What servers said about pages read before, so that unchanged ones are not fetched again."""

from __future__ import annotations

import json
import os
from pathlib import Path

from legation.errors import StoreError

_FIELDS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


class Visits:
    """The ETag and the date of change of each page, kept in a small JSON file between runs.

    Nothing is written before `save`, which the caller makes once the articles
    are safely kept: a run that fails fetches its pages again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, dict[str, str]] = _load(path)
        self._changed = False

    def conditions(self, url: str) -> dict[str, str]:
        """Return the request headers that ask for a page only if it has changed."""
        known = self._known.get(url, {})
        return {header: known[field] for field, header in _FIELDS.items() if field in known}

    def remember(self, url: str, validators: dict[str, str]) -> None:
        """Keep what a server said about a page: ``etag`` and ``last-modified``, where given."""
        kept = {field: value for field, value in validators.items() if field in _FIELDS and value}
        if kept and self._known.get(url) != kept:
            self._known[url] = kept
            self._changed = True

    def save(self) -> None:
        """Write the file, whole or not at all."""
        if not self._changed:
            return
        unfinished = self._path.with_name(self._path.name + ".part")
        try:
            unfinished.write_text(json.dumps(self._known, indent=0, sort_keys=True), encoding="utf-8")
            os.replace(unfinished, self._path)  # noqa: PTH105 - one atomic call
        except OSError as error:
            raise StoreError(f"{self._path}: {(error.strerror or str(error)).lower()}") from None
        self._changed = False


def _load(path: Path) -> dict[str, dict[str, str]]:
    """Read the file; one that is absent or damaged only costs fetching again."""
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {url: dict(fields) for url, fields in known.items() if isinstance(fields, dict)}
