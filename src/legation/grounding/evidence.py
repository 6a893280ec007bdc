"""Why the words of a mention were given their codes: who and what they were taken for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from legation.grounding.parties import Grounded
from legation.records import Period, Place, Source

Item = dict[str, Any]


def of(
    actors: Sequence[Grounded], recipients: Sequence[Grounded],
    source: Source | None, when: Period | None, where: Place | None,
) -> Iterator[Item]:  # fmt: skip
    """Yield the evidence for the parties, source, time and place of an act, each item with its ``kind``."""
    yield from _parties("actor", actors)
    yield from _parties("recipient", recipients)
    if source is not None:
        yield {"kind": "source", "words": source.text, "cue": source.cue, "quoted": source.quoted}
    if when is not None:
        yield {"kind": "when", "words": when.text, "assumed": when.assumed}
    if where is not None:
        yield {"kind": "where", "words": where.text, "place": where.name, "geonames": where.geonames}


def _parties(part: str, grounded: Sequence[Grounded]) -> Iterator[Item]:
    for one in grounded:
        if one.how or one.antecedent:
            item = {"kind": "actor", "party": part, "words": one.party.text, "name": one.party.name}
            yield item | {"how": one.how} | ({"refers to": one.antecedent} if one.antecedent else {})
