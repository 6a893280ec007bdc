"""Political parties: whom their names, short names and members stand for."""

from __future__ import annotations

from datetime import date

import pytest
from grounded import coded

from legation.grounding.tables import FOLDER, read_table

ROWS = read_table(FOLDER / "parties.csv")[1]


def test_the_table_covers_the_world():
    assert len(ROWS) >= 600
    assert len({code for row in ROWS for code in row.countries()}) >= 180


def test_no_party_is_a_government():
    assert {row.cells["sectors"] for row in ROWS} == {"PTY"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the African National Congress", "ZAF PTY"),
        ("Likud lawmakers", "ISR LEG GOV"),
        ("a BJP spokesman", "IND PTY"),
        ("Labour MPs", "GBR LEG GOV"),
        ("the ruling AK Party", "TUR PTY"),
        ("Tory MPs", "GBR LEG GOV"),
        ("House Republicans", "USA PTY"),
        ("Republican senators", "USA LEG GOV"),
        ("the Chinese Communist Party", "CHN PTY"),
        ("Ukraine 's Party of Regions", "UKR PTY"),
        ("the ruling Law and Justice party", "POL PTY"),
        ("Turkey 's Peoples ' Democratic Party", "TUR PTY"),
        ("the Brazilian Workers ' Party", "BRA PTY"),
        ("Nigeria 's ruling All Progressives Congress", "NGA PTY"),
        ("Zanu-PF officials", "ZWE PTY"),
        ("the Syriza government", "GRC GOV"),
    ],
)
def test_names_and_short_names(actors, words, expected):
    assert coded(actors, words) == expected


@pytest.mark.parametrize(
    ("near", "expected"), [((), "GBR PTY"), (("NOR",), "NOR PTY"), (("NZL",), "NZL PTY")]
)
def test_a_name_of_many_is_read_by_the_article(actors, near, expected):
    assert coded(actors, "the Labour Party", near=near) == expected


def test_the_phrase_tells_more_than_the_article(actors):
    assert coded(actors, "the Spanish Socialists", near=("FRA", "USA")) == "ESP PTY"
    assert coded(actors, "the French Republicans", near=("USA",)) == "FRA PTY"


def test_a_name_of_very_many_has_no_country_by_itself(actors):
    assert coded(actors, "the Communist Party") == "- PTY"
    assert coded(actors, "the Communist Party", near=("VNM",)) == "VNM PTY"


def test_a_country_without_a_bearer_of_the_name_has_one_of_its_own(actors):
    found = actors.identify(["the", "Malaysian", "Labour", "Party"], 3)
    assert (found.country, found.sectors, found.name) == ("MYS", ("PTY",), "Labour Party")
    assert found.key != actors.identify(["the", "Labour", "Party"], 2).key


@pytest.mark.parametrize(
    ("words", "head"),
    [("the Islamic Renaissance Party", 3), ("the opposition Democratic Party for Change", 3)],
)
def test_a_short_name_is_not_read_inside_a_longer_one(actors, words, head):
    found = actors.identify(words.split(), head)
    assert found is None or found.country is None


def test_an_old_party_is_told_from_its_heir_by_the_day(actors):
    soviet = actors.identify(["the", "Soviet", "Communist", "Party"], 3, day=date(1980, 1, 1))
    russian = actors.identify(["the", "Russian", "Communist", "Party"], 3, day=date(2005, 1, 1))
    assert (soviet.country, russian.country) == ("RUS", "RUS")
    assert soviet.key != russian.key


@pytest.mark.parametrize(
    "words",
    ["the Labor Department", "the Labour Ministry", "the Republican Guard", "Child Labour", "the Congress"],
)
def test_words_that_parties_share_are_left_alone(actors, words):
    assert "PTY" not in coded(actors, words)
