"""Which things belong together, from links between pairs of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


class Links:
    """Disjoint sets of names; the result does not depend on the order of the links."""

    def __init__(self, names: Iterable[str]) -> None:
        self._parent = {name: name for name in names}

    def join(self, a: str, b: str) -> None:
        """Put the sets of two names together."""
        first, second = self._root(a), self._root(b)
        if first != second:
            self._parent[max(first, second)] = min(first, second)

    def together(self, a: str, b: str) -> bool:
        """Tell whether two names are in one set."""
        return self._root(a) == self._root(b)

    def groups(self) -> list[list[str]]:
        """Return every set, its names sorted, the sets sorted by their first name."""
        found = defaultdict[str, list[str]](list)
        for name in sorted(self._parent):
            found[self._root(name)].append(name)
        return list(found.values())

    def _root(self, name: str) -> str:
        while self._parent[name] != name:
            self._parent[name] = self._parent[self._parent[name]]
            name = self._parent[name]
        return name
