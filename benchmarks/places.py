"""Place names of real articles, told apart: LGL (local newspapers) and GeoVirus (Wikinews on epidemics).

    python benchmarks/places.py [DATA]

Gold spans are given, so only the choice of the place is measured, over all of them: a name that the
table lacks is wrong (``country_of_placed`` leaves those out). LGL counts adjectives as places (the
*Russian* army), so they are read there. A name lies within 161 km also where the GeoNames id is the
gold one, since gazetteers put one country at different points. GeoVirus gives points only: its country
is that of the nearest town of the table, and *wide* forgives a country or division whose middle lies
elsewhere if the gold point is in it, and any region. LGL is scored twice: each article alone, and with
the newspaper's ``home``, found from nothing but the places of its articles in the set (grouped by the
article's web domain), read alone.
"""

from __future__ import annotations

import math
import os
import sys
import time
import xml.etree.ElementTree as ET
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from legation.grounding.places import Gazetteer, home_of
from legation.records import Place, Span

NEAR_KM = 161.0
PEERS = {"lgl_exact": 79.4, "lgl_country": 97.9, "lgl_161km": 82.7}
TARGETS = {
    "lgl_exact": 80.0, "lgl_country": 98.0, "lgl_161km": 84.0,
    "geovirus_country": 98.0, "geovirus_161km": 92.0,
}  # fmt: skip


class Gold(NamedTuple):
    """A name of an article and what it means."""

    span: Span
    lat: float
    lon: float
    geonames: int
    country: int


class Story(NamedTuple):
    """An article's names, and the newspaper that it stands in."""

    publisher: str
    names: list[Gold]


def read_lgl(path: Path) -> list[Story]:
    """Return the articles of LGL with the names that it ties to GeoNames."""
    stories = []
    for article in ET.parse(path).iter("article"):
        names = []
        for toponym in article.iter("toponym"):
            tag = toponym.find("gaztag")
            if tag is None:
                continue
            country = tag.find("country")
            names.append(Gold(_span(toponym, "phrase"), _number(tag, "lat"), _number(tag, "lon"),
                              int(tag.get("geonameid", "0")),
                              int(country.get("geonameid", "0")) if country is not None else 0))  # fmt: skip
        stories.append(Story(article.findtext("domain", ""), sorted(names, key=lambda g: g.span.start)))
    return stories


def read_geovirus(path: Path) -> list[Story]:
    """Return the articles of GeoVirus, which gives coordinates only."""
    stories = []
    for article in ET.parse(path).iter("article"):
        names = [Gold(_span(place, "name"), _number(place, "lat"), _number(place, "lon"), 0, 0)
                 for place in article.iter("location")]  # fmt: skip
        stories.append(Story("", sorted(names, key=lambda g: g.span.start)))
    return stories


def distance(a: Gold, place: Place) -> float:
    """Return the kilometres between a gold point and a place."""
    if place.lat is None or place.lon is None:
        return math.inf
    p, q = math.radians(a.lat), math.radians(place.lat)
    half = math.sin((q - p) / 2) ** 2
    half += math.cos(p) * math.cos(q) * math.sin(math.radians(place.lon - a.lon) / 2) ** 2
    return 2 * 6371 * math.asin(min(1.0, math.sqrt(half)))


def nearest(gazetteer: Gazetteer, lat: float, lon: float) -> tuple[str, int] | None:
    """Return the country and the division of the town nearest to a point, or None far from any."""
    table = gazetteer.table
    place = table.nearest_town(lat, lon, within_km=200.0)
    return None if place is None else (table.codes[table.country[place]], int(table.division[place]))


def homes(gazetteer: Gazetteer, stories: list[Story]) -> dict[str, str]:
    """Return each newspaper's home, from the places of its articles read alone."""
    found: dict[str, list[Place]] = defaultdict(list)
    for story in stories:
        places = gazetteer.resolve([gold.span for gold in story.names], demonyms=True)
        found[story.publisher].extend(place for place in places if place is not None)
    guessed = {publisher: home_of(places) for publisher, places in found.items()}
    return {publisher: home for publisher, home in guessed.items() if home is not None}


def score_lgl(gazetteer: Gazetteer, stories: list[Story], home: dict[str, str]) -> dict[str, float]:
    """Return the shares of LGL's names that are the very place, in the right country, and within 161 km."""
    table = gazetteer.table
    countries = {int(table.geonames[n]): table.codes[table.country[n]] for n in table.countries()}
    exact = country = near = names = with_country = with_placed = 0
    for story in stories:
        spans = [gold.span for gold in story.names]
        places = gazetteer.resolve(spans, home=home.get(story.publisher), demonyms=True)
        for gold, place in zip(story.names, places, strict=True):
            names += 1
            with_country += gold.country > 0
            if place is None:
                continue
            with_placed += gold.country > 0
            same = place.geonames == gold.geonames
            exact += same
            near += same or distance(gold, place) <= NEAR_KM
            country += gold.country > 0 and place.country == countries.get(gold.country)
    return {
        "exact": exact / names, "country": country / with_country, "country_of_placed": country / with_placed,
        "161km": near / names,
    }  # fmt: skip


def score_geovirus(gazetteer: Gazetteer, stories: list[Story]) -> dict[str, float]:
    """Return the shares of GeoVirus' names in the right country, within 161 km, or in the wide place."""
    table = gazetteer.table
    country = near = wide = names = with_country = 0
    for story in stories:
        for gold, place in zip(story.names, gazetteer.resolve([g.span for g in story.names]), strict=True):
            names += 1
            truth = nearest(gazetteer, gold.lat, gold.lon)
            counted = truth is not None and not (place is not None and place.precision == "region")
            with_country += counted
            if place is None:
                continue
            close = distance(gold, place) <= NEAR_KM
            near += close
            country += counted and truth is not None and place.country == truth[0]
            held = place.precision == "country" and truth is not None and place.country == truth[0]
            if place.precision == "admin1" and truth is not None:
                held = place.admin1 == table.division_name(truth[1])
            wide += close or held or place.precision == "region"
    return {"country": country / with_country, "161km": near / names, "161km_or_wide": wide / names}


def measure(data: Path) -> dict[str, float]:
    """Return every score, as a share from 0 to 1, by name; ``data`` is the folder that holds ``places``."""
    gazetteer = Gazetteer.load()
    lgl = read_lgl(data / "places" / "lgl.xml")
    geovirus = read_geovirus(data / "places" / "GeoVirus.xml")
    scores = {f"lgl_alone_{name}": v for name, v in score_lgl(gazetteer, lgl, {}).items()}
    scores |= {f"lgl_{name}": v for name, v in score_lgl(gazetteer, lgl, homes(gazetteer, lgl)).items()}
    scores |= {f"geovirus_{name}": v for name, v in score_geovirus(gazetteer, geovirus).items()}
    begun = time.perf_counter()
    for story in lgl:
        gazetteer.resolve([gold.span for gold in story.names], demonyms=True)
    scores["ms_per_article"] = (time.perf_counter() - begun) / len(lgl) * 1000
    return scores


def main() -> None:
    """Print the scores beside the peer's and the targets."""
    given = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("LEGATION_DATA", "../shared/data")
    print(f"{'score':26}{'here':>8}{'Mordecai 3':>12}{'target':>8}")
    for name, value in measure(Path(given)).items():
        shown = f"{value:.2f}" if name.startswith("ms") else f"{100 * value:.1f}"
        print(f"{name:26}{shown:>8}{PEERS.get(name, ''):>12}{TARGETS.get(name, ''):>8}")


def _span(element: ET.Element, words: str) -> Span:
    start, end = int(_number(element, "start")), int(_number(element, "end"))
    return Span(text=element.findtext(words, ""), start=start, end=end)


def _number(element: ET.Element, name: str) -> float:
    return float(element.findtext(name, "nan"))


if __name__ == "__main__":
    main()
