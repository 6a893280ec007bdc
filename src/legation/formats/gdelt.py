"""GDELT 2.0 event rows: 61 columns between tabs, no header (GDELT Event Codebook 2.0, 2015)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TextIO

from legation.formats import What
from legation.formats.flat import Act, day, happened, name, number, pairs, tabbed
from legation.formats.states import state
from legation.records import Article, Event, Party, Place, Report, digest

_TYPES = 3
_ROOT = 2
_UNITED_STATES = {"country": 1, "city": 3, "point": 3, "admin2": 3, "admin1": 2}
_ELSEWHERE = {"country": 1, "city": 4, "point": 4, "admin2": 4, "admin1": 5}


def write(reports: Iterable[Report], what: What, stream: TextIO) -> int:
    """Write a row for each actor and recipient of an act that occurred; return the number of rows."""
    count = 0
    for act, article in happened(reports, what):
        when = day(act, article)
        if when is None:
            continue
        for actor, recipient in pairs(act):
            row = _row(act, article, when, actor, recipient)
            stream.write(tabbed(row))
            count += 1
    return count


def _row(
    act: Act, article: Article, when: date, actor: Party | None, recipient: Party | None
) -> list[object]:
    cameo = act.cameo or ""
    mentions, reports = (len(act.mentions), act.reports) if isinstance(act, Event) else (1, 1)
    sources = max(1, act.publishers) if isinstance(act, Event) else 1
    return [
        number(digest("", act.id, name(actor), name(recipient))),
        *_dates(when),
        *_actor(actor),
        *_actor(recipient),
        int(len(cameo) <= _ROOT),
        cameo,
        cameo[:3],
        cameo[:_ROOT],
        act.quad,
        act.intensity,
        mentions,
        sources,
        reports,
        "",
        *_geography(None),
        *_geography(None),
        *_geography(act.where),
        _added(article),
        article.url or article.id,
    ]


def _dates(when: date) -> list[object]:
    passed = when.timetuple().tm_yday / 366
    return [f"{when:%Y%m%d}", f"{when:%Y%m}", f"{when:%Y}", f"{when.year + passed:.4f}"]


def _actor(party: Party | None) -> list[object]:
    if party is None:
        return [""] * 10
    types = [*party.sectors[:_TYPES], *[""] * _TYPES][:_TYPES]
    code = (party.country or "") + "".join(party.sectors[:1])
    return [code, name(party).upper(), party.country or "", "", "", "", "", *types]


def _geography(place: Place | None) -> list[object]:
    if place is None:
        return ["0", *[""] * 7]
    fips = state(place.country).fips
    levels = _UNITED_STATES if place.country == "USA" else _ELSEWHERE
    parts = dict.fromkeys(
        part for part in (place.name or place.text, place.admin1, state(place.country).name) if part
    )
    return [
        levels.get(place.precision, 0),
        ", ".join(parts),
        fips,
        fips,
        "",
        _or_empty(place.lat),
        _or_empty(place.lon),
        _or_empty(place.geonames),
    ]


def _or_empty(value: float | None) -> object:
    return "" if value is None else value


def _added(article: Article) -> str:
    moment = article.fetched or article.published
    return f"{moment:%Y%m%d%H%M%S}" if moment else ""
