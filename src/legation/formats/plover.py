"""PLOVER's JSON: an object a line, with the field names of the PLOVER manual's record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TextIO

import msgspec

from legation.formats import What
from legation.formats.flat import Act, day, name, records
from legation.records import Article, Mention, Party, Report

_AUXILIARY = {"intended": "future", "possible": "hypothetical", "denied": "negation"}


def write(reports: Iterable[Report], what: What, stream: TextIO) -> int:
    """Write mentions or events, one JSON object a line; return how many."""
    count = 0
    for act, article in records(reports, what):
        stream.write(msgspec.json.encode(_record(act, article)).decode() + "\n")
        count += 1
    return count


def _record(act: Act, article: Article) -> dict[str, Any]:
    built: dict[str, Any] = {
        "id": act.id,
        "date": day(act, article),
        "source": [_party(party) for party in act.actors],
        "target": [_party(party) for party in act.recipients],
        "event": act.type,
        "mode": [act.mode] if act.mode else [],
        "auxmode": _AUXILIARY.get(act.status),
        "context": act.contexts,
        "geolocation": _place(act),
        "cite": article.url or article.id,
        "publisher": article.publisher,
        "publicationdate": article.day,
        "coder": f"Legation {act.coder.version}",
        "language": article.language,
    }
    if isinstance(act, Mention):
        built |= {"text": act.trigger.text, "textInfo": {"idMap": _spans(act)}}
    return built


def _party(party: Party) -> dict[str, Any]:
    return {
        "actor": party.country or "---",
        "sector": list(party.sectors),
        "name": name(party),
        "actorText": party.text,
    }


def _place(act: Act) -> dict[str, Any] | None:
    place = act.where
    if place is None:
        return None
    return {
        "placename": place.name or place.text,
        "state": place.admin1,
        "country": place.country,
        "latitude": place.lat,
        "longitude": place.lon,
        "geonamesid": place.geonames,
    }


def _spans(mention: Mention) -> list[dict[str, Any]]:
    marked: Sequence[tuple[str, Any]] = [
        ("event", mention.trigger),
        *(("source", party) for party in mention.actors),
        *(("target", party) for party in mention.recipients),
    ]
    return [{"role": role, "start": span.start, "end": span.end, "text": span.text} for role, span in marked]
