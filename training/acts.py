"""Labelled sentences as training examples: triggers, their statuses and their parties."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from corpora import Example


def labelled(folder: Path, split: str) -> list[Example]:
    """Return the labelled sentences of a split: train, tune or dev."""
    return [example_of(row) for row in _rows(folder) if row["split"] == split]


def _rows(folder: Path) -> Iterator[dict[str, object]]:
    """Yield the sentences parsed and aligned by ``training/prepare.py``."""
    for line in (folder / "parsed.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def example_of(row: dict[str, object]) -> Example:
    """Return a row as an example; a party that is the place as well (*visited Mali*) counts as the party."""
    links: dict[tuple[int, int], str] = {}
    for trigger, word, link in row["links"]:  # type: ignore[attr-defined]
        links.setdefault((int(trigger), int(word)), str(link))
    acts = [(int(w), str(k), str(s)) for w, k, s in row["acts"]]  # type: ignore[attr-defined]
    sectors = {(int(t), int(w)): str(sector) for t, w, sector in row["sectors"]}  # type: ignore[attr-defined]
    return Example(
        words=list(row["words"]), acts=acts, links=links, sectors=sectors, origin="acts",  # type: ignore[call-overload]
        mutual=frozenset(row["mutual"]), near=tuple(row["near"]),  # type: ignore[call-overload]
    )  # fmt: skip
