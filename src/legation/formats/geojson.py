"""GeoJSON (RFC 7946): a point for each record whose place has coordinates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

import msgspec

from legation.formats import What
from legation.formats.flat import day, name, records
from legation.records import Report


def write(reports: Iterable[Report], what: What, stream: TextIO) -> int:
    """Write one FeatureCollection; return the number of points. Records without coordinates are left out."""
    count = 0
    stream.write('{"type":"FeatureCollection","features":[')
    for act, article in records(reports, what):
        place = act.where
        if place is None or place.lat is None or place.lon is None:
            continue
        feature = {
            "type": "Feature",
            "id": act.id,
            "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
            "properties": {
                "type": act.type,
                "mode": act.mode,
                "status": act.status,
                "quad": act.quad,
                "intensity": act.intensity,
                "actors": [name(party) for party in act.actors],
                "actor_countries": [party.country for party in act.actors],
                "recipients": [name(party) for party in act.recipients],
                "recipient_countries": [party.country for party in act.recipients],
                "day": day(act, article),
                "place": place.name or place.text,
                "precision": place.precision,
                "deaths": act.deaths,
                "confidence": act.confidence,
                "report": article.url or article.id,
            },
        }
        stream.write(("," if count else "") + "\n" + msgspec.json.encode(feature).decode())
        count += 1
    stream.write("\n]}\n")
    return count
