"""Grounding armed groups: their spellings, their fighters, and the terms in which they fought or ruled."""

from __future__ import annotations

import re
from datetime import date

import pytest
from grounded import coded

from legation.grounding.tables import FOLDER, read_table

SEPARATE = re.compile(r"'s\b|(?<=s)'(?= )|[,()]")
"""What a report's tokens hold as words of their own."""
FOUGHT = frozenset({"REB", "PRM", "UAF", "CRM"})


@pytest.fixture(scope="module")
def rows():
    return read_table(FOLDER / "groups.csv")[1]


def test_the_table_covers_the_world(rows):
    armed = {row.cells["key"]: row for row in rows if FOUGHT & set(row.sectors())}
    assert len(armed) >= 500
    assert len({row.countries()[0] for row in armed.values()}) >= 80


def test_every_name_is_found(actors, rows):
    lost = set()
    for row in rows:
        for name in row.many("names"):
            tokens = SEPARATE.sub(r" \g<0> ", name).split()
            found = actors.identify(tokens, len(tokens) - 1)
            if found is None or found.country is None:
                lost.add(name)
    assert lost == set()


@pytest.mark.parametrize(
    ("spellings", "code"),
    [
        (("al-Qaeda", "al-Qaida", "Al Qaeda", "al Qaida", "al - Qaeda", "AL-QAEDA"), "IMG REB"),
        (("Hezbollah", "Hizbollah", "Hizbullah", "Hizballah", "Lebanese Hezbollah"), "LBN PTY REB"),
        (("al-Shabaab", "al-Shabab", "Al Shabaab", "al-Shebab", "Shabaab"), "SOM REB"),
        (("Islamic State", "ISIS", "ISIL", "Daesh", "IS", "Islamic State of Iraq and the Levant"), "IMG REB"),
        (
            ("Kurdistan Workers ' Party", "Kurdistan Workers’ Party", "Kurdistan Workers Party", "PKK"),
            "TUR REB",
        ),
        (
            ("Communist Party of India ( Maoist )", "CPI-Maoist", "CPI ( Maoist )", "Naxalites", "naxals"),
            "IND REB",
        ),
        (("Lashkar-e-Taiba", "Lashkar-e-Tayyiba", "Lashkar - e - Taiba", "Lashkar e Toiba"), "PAK REB"),
        (("Kataib Hezbollah", "Kata'ib Hezbollah", "Iran-backed Kataib Hezbollah"), "IRQ PRM"),
    ],
)
def test_spellings_of_one_group(actors, spellings, code):
    assert {name: coded(actors, name) for name in spellings} == dict.fromkeys(spellings, code)
    assert len({actors.identify(name.split(), len(name.split()) - 1).key for name in spellings}) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("al-Shabaab gunmen", "SOM REB"),
        ("Houthi rebels", "YEM REB"),
        ("a Hezbollah commander", "LBN PTY REB"),
        ("FARC dissidents", "COL REB"),
        ("Nepalese Maoist rebels", "NPL REB"),
        ("Lord 's Resistance Army rebels", "UGA REB"),
        ("the Rwanda-backed M23 rebels", "COD REB"),
        ("Mai-Mai militiamen", "COD UAF"),
        ("Hezbollah militia", "LBN PTY REB"),
        ("Iraqi Popular Mobilization Forces", "IRQ PRM"),
        ("Sinaloa cartel gunmen", "MEX CRM"),
        ("the Zetas drug cartel", "MEX CRM"),
        ("U.S.-backed Syrian Democratic Forces", "SYR REB"),
        ("Shi'ite militia", "- PRM"),
    ],
)
def test_fighters_of_a_group(actors, words, code):
    assert coded(actors, words) == code


def test_militants_of_a_group(actors):
    found = actors.identify(["Islamist", "militants", "of", "Boko", "Haram"], 1)
    assert (found.country, found.sectors) == ("NGA", ("REB",))


def test_a_group_in_power_governs(actors):
    assert coded(actors, "the Taliban", day=date(1995, 1, 1)) == "AFG REB"
    assert coded(actors, "the Taliban", day=date(1999, 1, 1)) == "AFG GOV"
    assert coded(actors, "the Taliban", day=date(2010, 1, 1)) == "AFG REB"
    assert coded(actors, "the Taliban", day=date(2023, 1, 1)) == "AFG GOV"
    assert coded(actors, "the Sandinistas", day=date(1978, 1, 1)) == "NIC REB"
    assert coded(actors, "the Sandinistas", day=date(1995, 1, 1)) == "NIC PTY"
    assert coded(actors, "Sudan 's Rapid Support Forces", day=date(2019, 6, 3)) == "SDN PRM"
    assert coded(actors, "Sudan 's Rapid Support Forces", day=date(2024, 6, 3)) == "SDN REB"


def test_owner_and_place_tell_namesakes_apart(actors):
    assert coded(actors, "Libya 's Ansar al-Sharia") == "LBY REB"
    assert coded(actors, "Yemen 's Ansar al-Sharia") == "YEM REB"
    assert actors.identify(["Ansar", "al-Sharia", "in", "Tunisia"], 1).country == "TUN"
    assert actors.identify(["the", "Maoists"], 1, near={"PHL"}).country == "PHL"


@pytest.mark.parametrize(
    "words",
    ["Richard Wagner", "17 November", "November 17", "Air Contra", "Red", "the base", "contra", "is", "isis"],
)
def test_words_that_only_look_like_groups(actors, words):
    assert coded(actors, words) == "none"


def test_armies_are_not_the_rebels_whose_name_they_hold(actors):
    assert coded(actors, "the Uganda People 's Defence Force") == "UGA MIL"
    assert coded(actors, "the Foo National Liberation Army") == "- REB"
