"""Dictionaries of TABARI and PETRARCH: what their forms say, as a party's country and sectors."""

from __future__ import annotations

from datetime import date

import pytest

from legation.grounding.actors import Actors
from legation.grounding.petrarch import read_dictionary

ACTORS = """QUEL [QUE]
+QUELISH
+PORT_QUEL
TARSHOLM
\t[TAR <19900101]
\t[TSH]
OLD_WARDEN [QUEELI]
\t[QUEGOV 20000101-20031231]
TWIN_ISLES [TWA/TWB]
"""
AGENTS = """LANTERN_BEARER [~MIL]
DEPUTY [~LEG]
FLOCK {} [~CVL]
"""


@pytest.fixture(scope="module")
def actors(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dictionaries")
    (folder / "actors.txt").write_text(ACTORS, encoding="utf-8")
    (folder / "agents.txt").write_text(AGENTS, encoding="utf-8")
    return Actors.load([folder / "actors.txt", folder / "agents.txt"])


def coded(actors, phrase, day=None):
    words = phrase.split()
    found = actors.identify(words, len(words) - 1, day=day)
    return found and (found.country, *found.sectors)


@pytest.mark.parametrize("name", ["Quel", "QUEL", "Quelish", "Port Quel"])
def test_synonyms_behind_a_code_and_short_names_are_read(actors, name):
    assert coded(actors, name) == ("QUE", "GOV")


def test_a_code_without_dates_holds_outside_those_with_dates(actors):
    assert coded(actors, "Tarsholm", date(1985, 5, 5)) == ("TAR", "GOV")
    assert coded(actors, "Tarsholm", date(1990, 1, 2)) == ("TSH", "GOV")
    assert coded(actors, "Old Warden", date(2002, 5, 5)) == ("QUE", "GOV")
    assert coded(actors, "Old Warden", date(2004, 1, 1)) == ("QUE", "ELI")
    assert coded(actors, "Old Warden", date(1999, 12, 31)) == ("QUE", "ELI")


def test_a_country_lends_itself_to_the_words_for_its_people(actors):
    assert coded(actors, "Quelish soldiers") == ("QUE", *coded(actors, "Iraqi soldiers")[1:])
    assert coded(actors, "Quel lantern bearers") == ("QUE", "MIL")


def test_agents_have_regular_plurals_unless_they_name_none(actors):
    assert coded(actors, "deputies") == (None, "LEG")
    assert coded(actors, "flocks") is None


def test_the_first_of_several_countries_counts(actors):
    assert coded(actors, "Twin Isles") == ("TWA", "GOV")


def test_open_ends_stay_open(tmp_path):
    path = tmp_path / "actors.txt"
    path.write_text("OLD_HERO [SYR]\n\t[SYRGOV 970101-061231]\n\t[SYRREB >20100101]\n", encoding="utf-8")
    found = [(row.code, row.begin, row.end) for row in read_dictionary(path)]
    assert found == [
        ("SYR", "", "1996-12-31"),
        ("SYR", "2007-01-01", "2009-12-31"),
        ("SYRGOV", "1997-01-01", "2006-12-31"),
        ("SYRREB", "2010-01-01", ""),
    ]


def test_a_users_code_goes_before_the_shipped_one_of_an_active_state(tmp_path):
    (tmp_path / "actors.txt").write_text("KUWAIT [KUW]\n", encoding="utf-8")
    loaded = Actors.load([tmp_path / "actors.txt"])
    found = loaded.identify(["Kuwait"], 0, near=("KWT",))
    assert found is not None
    assert found.country == "KUW"
