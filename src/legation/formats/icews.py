"""ICEWS event rows: 20 columns between tabs, with a header (the coded event data of the ICEWS Dataverse)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from legation.formats import What
from legation.formats.flat import Act, Pair, day, happened, name, number, pairs, tabbed
from legation.formats.states import state
from legation.records import Article, Mention, Party, Report, digest

HEADER = (
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
)


def write(reports: Iterable[Report], what: What, stream: TextIO) -> int:
    """Write a header and a row for each actor and recipient of an act that occurred; return how many."""
    stream.write("\t".join(HEADER) + "\n")
    count = 0
    for act, article in happened(reports, what):
        for pair in pairs(act):
            row = _row(act, article, pair)
            stream.write(tabbed(row, "NA"))
            count += 1
    return count


def _row(act: Act, article: Article, pair: Pair) -> list[object]:
    actor, recipient = pair
    words = act.type.capitalize() + (f" ({act.mode})" if act.mode else "")
    sentence = act.sentence + 1 if isinstance(act, Mention) else ""
    return [
        number(digest("", act.id, name(actor), name(recipient))),
        day(act, article) or "",
        *_party(actor),
        words,
        act.cameo or "",
        act.intensity,
        *_party(recipient),
        article.id,
        sentence,
        article.publisher or "",
        *_place(act),
    ]


def _party(party: Party | None) -> list[object]:
    if party is None:
        return ["", "", ""]
    return [name(party), ",".join(party.sectors), state(party.country).name]


def _place(act: Act) -> list[object]:
    place = act.where
    if place is None:
        return [""] * 6
    city = place.name if place.precision in ("city", "point") else None
    district = place.name if place.precision == "admin2" else None
    values = (city, district, place.admin1, state(place.country).name, place.lat, place.lon)
    return ["" if value is None else value for value in values]
