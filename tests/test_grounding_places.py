"""Names to places: the right one of many, within an article and alone."""

from __future__ import annotations

import csv
import os
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.errors import DataFileError
from legation.grounding.gazetteer import FOLDER, PlaceTable
from legation.grounding.place_names import fold
from legation.grounding.places import Gazetteer, home_of
from legation.records import Place, Span


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def spans(text: str, *names: str) -> list[Span]:
    """Return each name's first place in the text after the one before."""
    found, at = [], 0
    for name in names:
        start = text.index(name, at)
        at = start + len(name)
        found.append(Span(text=name, start=start, end=at))
    return found


def alone(gazetteer: Gazetteer, name: str) -> Place | None:
    return gazetteer.resolve([Span(text=name, start=0, end=len(name))])[0]


def countries(gazetteer: Gazetteer, text: str, *names: str) -> list[str | None]:
    return [place and place.country for place in gazetteer.resolve(spans(text, *names))]


@pytest.mark.parametrize(
    ("name", "country", "precision"),
    [
        ("Baghdad", "IRQ", "city"),
        ("Kiev", "UKR", "city"),
        ("Kyiv", "UKR", "city"),
        ("Bombay", "IND", "city"),
        ("Kerbala", "IRQ", "city"),
        ("Karbala", "IRQ", "city"),
        ("MARIUPOL", "UKR", "city"),
        ("al-Raqqah", "SYR", "city"),
        ("Sana'a", "YEM", "city"),
        ("São Paulo", "BRA", "city"),
        ("St. Petersburg", "RUS", "city"),
        ("Kandahar province", "AFG", "admin1"),
        ("Basra city", "IRQ", "city"),
        ("the town of Kidal", "MLI", "city"),
        ("Iraq's Anbar province", "IRQ", "admin1"),
        ("Helmand's Sangin district", "AFG", "admin2"),
        ("Donetsk Oblast", "UKR", "admin1"),
        ("northern Mali", "MLI", "region"),
        ("eastern Ukraine", "UKR", "region"),
        ("south Lebanon", "LBN", "region"),
        ("South Sudan", "SSD", "country"),
        ("NYC", "USA", "city"),
        ("DRC", "COD", "country"),
        ("western Mosul", "IRQ", "city"),
        ("Hong Kong", "HKG", "country"),
        ("Pristina", "KOS", "city"),
        ("Khan Younis", "PSE", "city"),
        ("Khan Younis camp", "PSE", "point"),
        ("West Bank", "PSE", "admin1"),
        ("Rafah crossing", "PSE", "point"),
        ("Tahrir Square", "EGY", "point"),
        ("Bagram", "AFG", "point"),
        ("Donbas", "UKR", "region"),
        ("Darfur", "SDN", "region"),
        ("Sahel", None, "region"),
        ("Strait of Hormuz", None, "region"),
        ("South China Sea", None, "region"),
    ],
)
def test_a_name_alone(gazetteer: Gazetteer, name: str, country: str | None, precision: str) -> None:
    place = alone(gazetteer, name)
    assert place is not None
    assert (place.country, place.precision) == (country, precision)
    assert (place.text, place.start, place.end) == (name, 0, len(name))


def test_a_city_has_its_division_coordinates_and_id(gazetteer: Gazetteer) -> None:
    place = alone(gazetteer, "Baghdad")
    assert place is not None
    assert (place.name, place.admin1, place.geonames) == ("Baghdad", "Baghdad", 98182)
    assert place.lat == pytest.approx(33.34, abs=0.01)
    assert place.lon == pytest.approx(44.40, abs=0.01)


def test_a_part_of_a_country_lies_on_its_side(gazetteer: Gazetteer) -> None:
    north, south = alone(gazetteer, "northern Nigeria"), alone(gazetteer, "southern Nigeria")
    assert north is not None
    assert south is not None
    assert north.lat is not None
    assert south.lat is not None
    assert north.lat > south.lat + 3
    assert north.geonames is None


@pytest.mark.parametrize(
    "name",
    [
        "Iraqi",
        "Kurdish",
        "Palestinians",
        "Hamas",
        "NATO",
        "United Nations",
        "Congress",
        "police",
        "the town",
        "WA",
        "DOC",
        "",
        "Qxzwv",
    ],
)
def test_what_is_no_place(gazetteer: Gazetteer, name: str) -> None:
    assert alone(gazetteer, name) is None


def test_demonyms_on_request(gazetteer: Gazetteer) -> None:
    [place] = gazetteer.resolve(spans("Iraqi troops", "Iraqi"), demonyms=True)
    assert place is not None
    assert (place.country, place.precision) == ("IRQ", "country")


@pytest.mark.parametrize(
    ("text", "names", "wanted"),
    [
        ("Paris, Texas", ("Paris", "Texas"), ["USA", "USA"]),
        ("Paris, Lyon and Marseille", ("Paris", "Lyon", "Marseille"), ["FRA", "FRA", "FRA"]),
        ("Georgia: Tbilisi and Batumi", ("Georgia", "Tbilisi", "Batumi"), ["GEO", "GEO", "GEO"]),
        ("Atlanta, Georgia and Alabama", ("Atlanta", "Georgia", "Alabama"), ["USA", "USA", "USA"]),
        ("Tripoli near Beirut in Lebanon", ("Tripoli", "Beirut", "Lebanon"), ["LBN", "LBN", "LBN"]),
        ("Tripoli and Benghazi", ("Tripoli", "Benghazi"), ["LBY", "LBY"]),
        ("Cordoba as well as Seville, Granada", ("Cordoba", "Seville", "Granada"), ["ESP", "ESP", "ESP"]),
        ("Cordoba and Rosario of Argentina", ("Cordoba", "Rosario", "Argentina"), ["ARG", "ARG", "ARG"]),
        ("Hyderabad, in Sindh, with Karachi", ("Hyderabad", "Sindh", "Karachi"), ["PAK", "PAK", "PAK"]),
        ("Hyderabad of Telangana and Delhi", ("Hyderabad", "Telangana", "Delhi"), ["IND", "IND", "IND"]),
        ("San Jose, Oakland and California", ("San Jose", "Oakland", "California"), ["USA", "USA", "USA"]),
        ("San Jose of Costa Rica", ("San Jose", "Costa Rica"), ["CRI", "CRI"]),
        ("Santiago de Cuba, Havana", ("Santiago de Cuba", "Havana"), ["CUB", "CUB"]),
        ("Cambridge, Oxford", ("Cambridge", "Oxford"), ["GBR", "GBR"]),
        (
            "Cambridge by Boston, Massachusetts",
            ("Cambridge", "Boston", "Massachusetts"),
            ["USA", "USA", "USA"],
        ),
        ("Victoria, British Columbia", ("Victoria", "British Columbia"), ["CAN", "CAN"]),
        ("Odessa, Texas", ("Odessa", "Texas"), ["USA", "USA"]),
        ("Athens, Ga.", ("Athens", "Ga."), ["USA", "USA"]),
        ("Lebanon, IN", ("Lebanon", "IN"), ["USA", "USA"]),
        (
            "Dublin, Ohio, not Dublin, Ireland",
            ("Dublin", "Ohio", "Dublin", "Ireland"),
            ["USA", "USA", "IRL", "IRL"],
        ),
        ("Jordan, Syria, Lebanon", ("Jordan", "Syria", "Lebanon"), ["JOR", "SYR", "LBN"]),
    ],
)
def test_names_settle_one_another(
    gazetteer: Gazetteer, text: str, names: Sequence[str], wanted: list[str | None]
) -> None:
    assert countries(gazetteer, text, *names) == wanted


def test_paris_texas_in_one_span(gazetteer: Gazetteer) -> None:
    place = alone(gazetteer, "Paris, Texas")
    assert place is not None
    assert (place.country, place.admin1) == ("USA", "Texas")


def test_one_sense_in_an_article(gazetteer: Gazetteer) -> None:
    text = "Paris, Texas. The mayor of Paris spoke."
    first, _, again = gazetteer.resolve(spans(text, "Paris", "Texas", "Paris"))
    assert first is not None
    assert again is not None
    assert first.geonames == again.geonames


def test_home_and_parties_decide_what_the_text_does_not(gazetteer: Gazetteer) -> None:
    name = spans("Hyderabad", "Hyderabad")
    assert [p and p.country for p in gazetteer.resolve(name)] == ["IND"]
    assert [p and p.country for p in gazetteer.resolve(name, home="Karachi")] == ["PAK"]
    dublin = spans("Dublin", "Dublin")
    assert [p and p.country for p in gazetteer.resolve(dublin, home="Columbus, Ohio")] == ["USA"]
    assert [p and p.country for p in gazetteer.resolve(dublin)] == ["IRL"]
    cordoba = spans("Cordoba", "Cordoba")
    assert [p and p.country for p in gazetteer.resolve(cordoba, near=["ESP"])] == ["ESP"]


def test_unknown_hints_do_no_harm(gazetteer: Gazetteer) -> None:
    name = spans("Baghdad", "Baghdad")
    assert gazetteer.resolve(name, near=["XXX", ""], home="Qxzwv")[0] == gazetteer.resolve(name)[0]


def test_home_of_a_newspaper(gazetteer: Gazetteer) -> None:
    text = "Columbus, Westerville, Ohio, Dublin, Cleveland"
    found = gazetteer.resolve(spans(text, "Columbus", "Westerville", "Ohio", "Dublin", "Cleveland"))
    home = home_of([place for place in found if place is not None])
    assert home is not None
    assert home.endswith(", Ohio")
    assert home_of([]) is None


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Basra", "IRQ"),
        ("Gaza", "PSE"),
        ("Kabul", "AFG"),
        ("Hong Kong", "HKG"),
        ("Donetsk", "UKR"),
        ("U.S.", "USA"),
        ("northern Mali", "MLI"),
        ("San Jose", None),
        ("Cambridge", None),
        ("Georgia", None),
        ("Victoria", None),
        ("Jackson", None),
        ("Police", None),
        ("Nice", None),
        ("Of", None),
        ("Iraqi", None),
        ("Hamas", None),
        ("basra", None),
        ("Basrawi", None),
        ("Bas", None),
        ("", None),
    ],
)
def test_country_of(gazetteer: Gazetteer, name: str, country: str | None) -> None:
    assert gazetteer.country_of(name) == country


@pytest.mark.parametrize(
    ("one", "other"),
    [("St. Louis", "Saint Louis"), ("Mt. Hebron", "Mount Hebron"), ("El-Arish", "el arish"),
     ("Sana'a", "SANAA"), ("Łódź", "Lodz"), ("Diyarbakır", "diyarbakir"), ("Deir ez-Zor", "Deir ez Zor")],
)  # fmt: skip
def test_keys(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    "name",
    ["\x00", "\ud800", "’s ", "'s 's 's", ",", ", ,", "A" * 10_000, "of of of", "northern", "north " * 20,
     "😀", "١٢٣", "city of", "the", "Texas,", ",Texas", "\n\t", "İ", "province province province"],
)  # fmt: skip
def test_hostile_names(gazetteer: Gazetteer, name: str) -> None:
    [place] = gazetteer.resolve([Span(text=name, start=0, end=len(name))], near=[name], home=name)
    assert place is None or place.text == name
    gazetteer.country_of(name)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.text(max_size=30) | st.sampled_from(["Paris", "Texas", "of", "Iraq's", "north", "St."]), max_size=8
    )
)
def test_any_names_get_as_many_answers(gazetteer: Gazetteer, names: list[str]) -> None:
    at, made = 0, []
    for name in names:
        made.append(Span(text=name, start=at, end=at + len(name)))
        at += len(name) + 2
    found = gazetteer.resolve(made)
    assert len(found) == len(names)
    for name, place in zip(names, found, strict=True):
        assert place is None or (place.text == name and place.name and -90 <= (place.lat or 0) <= 90)


def test_the_table_holds_together(gazetteer: Gazetteer) -> None:
    table = gazetteer.table
    assert len(gazetteer) > 250_000
    assert np.abs(table.lat).max() <= 90
    assert np.abs(table.lon).max() <= 180
    assert int(table.country.max()) < len(table.codes)
    assert {"PSE", "KOS", "HKG", "USA"} <= set(table.codes)
    assert all(len(code) in {0, 3} for code in table.codes)
    ids = table.geonames[table.geonames > 0]
    assert len(np.unique(ids)) >= len(ids) - 2  # the Gaza Strip and the West Bank stand in both tables


def test_every_state_lies_somewhere_and_every_region_is_found(gazetteer: Gazetteer) -> None:
    codes = {gazetteer.table.codes[gazetteer.table.country[n]] for n in gazetteer.table.countries()}
    assert len(codes) > 240
    with (FOLDER / "regions.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    assert len(rows) >= 350
    for row in rows:
        place = alone(gazetteer, row["names"].split(";")[0])
        assert place is not None, row["names"]
        assert place.country == (row["country"] or None), row["names"]


def test_size_on_disk() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 12_000_000


def test_speed(gazetteer: Gazetteer) -> None:
    names = [
        "Paris",
        "London",
        "San Jose",
        "Springfield",
        "Georgia",
        "Baghdad",
        "northern Mali",
        "Cordoba",
        "Lagos",
    ] * 3
    made = [Span(text=name, start=20 * n, end=20 * n + len(name)) for n, name in enumerate(names[:20])]
    gazetteer.resolve(made)
    begun = time.perf_counter()
    for _ in range(10):
        gazetteer.resolve(made)
    assert (time.perf_counter() - begun) / 10 < 0.02 * float(os.environ.get("LEGATION_SLOW", "1"))


def test_a_broken_table_is_named(tmp_path: Path) -> None:
    for path in FOLDER.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "regions.csv").write_text(
        "names,precision,country,lat,lon,geonames,source\nMoon,region,,100,0,,x\n"
    )
    with pytest.raises(DataFileError, match="line 2"):
        Gazetteer.load(tmp_path)
    (tmp_path / "gazetteer.npz").write_bytes(b"no table")
    with pytest.raises(DataFileError, match=r"gazetteer\.npz"):
        PlaceTable(tmp_path, FOLDER.parent / "actors" / "states.csv")
