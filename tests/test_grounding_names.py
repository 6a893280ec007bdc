"""Grounding the names of persons and bodies: offices on the day, spellings, namesakes."""

from __future__ import annotations

from datetime import date

import pytest
from grounded import coded

from legation.grounding.actors import Actors
from legation.grounding.tables import FOLDER, read_table

OFFICES = """key,names,country,office,sectors,from,to,source
testa,Ilona Testa;Testa,HUN,president,GOV,2010-05-29,2014-05-28,test
testa,Ilona Testa;Testa,HUN,senator,LEG GOV,2016-01-01,2018-12-31,test
al-probi,Samir al-Probi,LBY,prime minister,GOV,2020-03-01,,test
testa-b,Bruno Testa;Testa,ITA,prime minister,GOV,2012-01-01,2013-01-01,test
sumarno,Sumarno,IDN,president,GOV,1990-01-01,1995-12-31,test
probe,Dennis Probe,KEN,foreign minister,GOV,2019-01-01,,test
wei,Gao Weizhi,CHN,prime minister,GOV,2019-01-01,,test
mashri,Salem al-Mashri;al-Mashri,LBY,minister,GOV,2019-01-01,,test
"""
BODIES = """key,names,kind,country,sectors,from,to,source
un,United Nations;UN;U.N.,organization,UNO,,,,test
movement,Probe Movement;PMX,group,LBN;SYR,PRM,1985,,test
guardia,Guardia Nueva,group,COL,REB,1990,2005,test
pnc-a,PNC,organization,PSE,LEG GOV,,,test
pnc-b,PNC,organization,SLV,COP,,,test
"""


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    folder = tmp_path_factory.mktemp("actors")
    (folder / "offices.csv").write_text(OFFICES, encoding="utf-8")
    (folder / "bodies.csv").write_text(BODIES, encoding="utf-8")
    return Actors.load([folder / "offices.csv", folder / "bodies.csv"])


def test_office_on_the_day(made_up):
    assert coded(made_up, "Ilona Testa", day=date(2012, 1, 1)) == "HUN GOV"
    assert coded(made_up, "Ilona Testa", day=date(2017, 1, 1)) == "HUN LEG GOV"
    assert coded(made_up, "Ilona Testa", day=date(2015, 1, 1)) == "HUN ELI"
    assert coded(made_up, "Ilona Testa", day=date(2022, 1, 1)) == "HUN ELI"
    assert coded(made_up, "Ilona Testa", day=date(2005, 1, 1)) == "HUN"
    assert coded(made_up, "Judge Ilona Testa", day=date(2005, 1, 1)) == "HUN JUD"


def test_surname_alone_needs_office(made_up):
    assert coded(made_up, "Testa", day=date(2011, 1, 1)) == "HUN GOV"
    assert coded(made_up, "Testa", day=date(1990, 1, 1)) == "none"
    assert coded(made_up, "Probi", day=date(2021, 1, 1)) == "none"
    assert coded(made_up, "Marco Testa", day=date(2011, 1, 1)) == "none"


def test_surname_after_title(made_up):
    assert coded(made_up, "Prime Minister al-Probi", day=date(2021, 1, 1)) == "LBY GOV"
    assert made_up.identify(["Prime", "Minister", "Probi"], 2, day=date(2021, 1, 1)).key == "al-probi"
    assert (
        made_up.identify(["Kenyan", "Prime", "Minister", "Probi"], 3, day=date(2021, 1, 1)).country == "KEN"
    )
    assert (
        made_up.identify(["Italian", "Prime", "Minister", "Testa"], 3, day=date(2012, 6, 1)).key == "testa-b"
    )


def test_title_and_name_of_whom(made_up):
    day = date(2021, 1, 1)
    assert coded(made_up, "Foreign Minister Probe", day=day) == "KEN GOV"
    assert coded(made_up, "Mr. Probe", day=day) == "none"
    assert coded(made_up, "Mr. Probe", day=day, near=["KEN"]) == "KEN GOV"
    assert coded(made_up, "Judge Probe", day=day) == "- JUD"
    assert coded(made_up, "Minister Dennis", day=day) == "- GOV"
    assert coded(made_up, "Premier Gao", day=day) == "CHN GOV"


def test_whole_name_of_one_word(made_up):
    assert coded(made_up, "Sumarno", day=date(1992, 1, 1)) == "IDN GOV"
    assert coded(made_up, "Sumarno", day=date(2006, 1, 1)) == "IDN ELI"


def test_surname_inside_another_name(made_up):
    day = date(2011, 1, 1)
    assert coded(made_up, "Foo-Testa", day=day) == "none"
    assert coded(made_up, "al-Mashri", day=date(2021, 1, 1)) == "LBY GOV"
    assert coded(made_up, "Rana al-Mashri", day=date(2021, 1, 1)) == "none"


def test_spellings_of_a_person(made_up):
    for name in (
        "Samir al-Probi",
        "Samir Al Probi",
        "Samir el-Probi",
        "Samir Probi",
        "SAMIR AL-PROBI",
        "Sâmir al - Probi",
    ):
        found = made_up.identify(name.split(), len(name.split()) - 1, day=date(2021, 1, 1))
        assert found is not None, name
        assert found.key == "al-probi"


def test_person_as_owner(made_up):
    assert coded(made_up, "Samir al-Probi 's forces", day=date(2021, 1, 1)) == "LBY MIL"
    assert coded(made_up, "Testa administration", day=date(2011, 1, 1)) == "HUN GOV"


def test_bodies(made_up):
    assert coded(made_up, "the U.N.") == "UNO"
    assert coded(made_up, "un") == "none"
    assert coded(made_up, "UN peacekeepers") == "UNO MIL"
    assert coded(made_up, "UN officials") == "UNO"
    assert coded(made_up, "a Probe Movement spokesman") == "LBN PRM"
    assert coded(made_up, "Probe Movement fighters") == "LBN PRM"
    assert coded(made_up, "the PMX") == "LBN PRM"
    assert coded(made_up, "the Probe Movement", near=["SYR"]) == "SYR PRM"
    assert coded(made_up, "Guardia Nueva rebels") == "COL REB"


def test_near_breaks_ties_only(made_up):
    assert coded(made_up, "the PNC", near=["SLV"]) == "SLV COP"
    assert coded(made_up, "the PNC", near=["PSE"]) == "PSE LEG GOV"
    assert coded(made_up, "Congo", near=["COG"]) == "COG GOV"
    assert coded(made_up, "Georgia", near=["USA"]) == "USA GOV"
    assert coded(made_up, "Iraq", near=["USA"]) == "IRQ GOV"


@pytest.mark.parametrize(("table", "least"), [("organisations", 250), ("agencies", 400)])
def test_named_bodies_that_ship(actors, table, least):
    _, rows = read_table(FOLDER / f"{table}.csv")
    assert len(rows) >= least
    lost = []
    for row in rows:
        for name in row.many("names"):
            tokens = name.replace(",", " ,").replace("'s ", " 's ").replace("s' ", "s ' ").split()
            found = actors.identify(tokens, len(tokens) - 1, near=row.countries())
            if found is None or found.key != row.cells["key"]:
                lost.append((name, found and found.key))
    assert lost == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the United Nations Security Council", "UNO"),
        ("a NATO spokesman", "IGO"),
        ("Iran 's Revolutionary Guards", "IRN MIL"),
        ("the CIA", "USA SPY GOV"),
        ("U.N. peacekeepers", "UNO MIL"),
        ("the State Department spokesman", "USA GOV"),
        ("IAEA inspectors", "UNO"),
        ("an ICC prosecutor", "IGO JUD"),
        ("Al Jazeera journalists", "QAT JRN"),
        ("Guardia Civil officers", "ESP COP"),
        ("a Mossad agent", "ISR SPY GOV"),
        ("Revolutionary Guards fighters", "IRN MIL"),
        ("UN Security Council members", "UNO"),
        ("Red Cross workers", "NGO"),
        ("UN spokesman", "UNO"),
        ("the European Parliament", "EUR LEG"),
        ("NATO Secretary - General Foo Barzan", "IGO"),
        ("Federal Reserve Chairman Foo Barzan", "USA GOV"),
    ],
)
def test_named_bodies(actors, words, expected):
    assert coded(actors, words) == expected


@pytest.mark.parametrize(
    ("words", "head", "expected"),
    [
        ("the Security Council", 2, "UNO"),
        ("Russia 's Security Council", 3, "RUS GOV"),
        ("the Security Council of Russia", 2, "RUS GOV"),
        ("Kenya 's National Intelligence Service", 4, "KEN SPY GOV"),
        ("the National Intelligence Service", 3, "KOR SPY GOV"),
        ("Malaysia 's Special Branch officers", 4, "MYS COP"),
        ("Russia 's National Guard troops", 4, "RUS MIL"),
        ("the Lebanese Red Cross", 3, "LBN SOC"),
        ("the Peruvian Congress", 2, "PER LEG GOV"),
        ("a Palestinian Reuters cameraman", 3, "PSE JRN"),
    ],
)
def test_a_body_of_the_same_name_elsewhere(actors, words, head, expected):
    assert coded(actors, words, head) == expected


def test_bearer_of_a_shared_name_near(actors):
    assert coded(actors, "AFP") == "FRA JRN"
    assert coded(actors, "AFP", near=["PHL"]) == "PHL MIL"
    assert coded(actors, "the Senate") == "USA LEG GOV"
    assert coded(actors, "the Senate", near=["NGA"]) == "NGA LEG GOV"


def test_name_of_a_body_inside_another_name(actors):
    assert coded(actors, "Foo Berkut") == "none"
    assert coded(actors, "Foo Turk") == "none"
    assert coded(actors, "Foo Security Council") == "- GOV"


def test_an_undated_text_says_who_is_in_office(made_up):
    assert coded(made_up, "Bruno Testa") == "ITA ELI"
    assert coded(made_up, "Prime Minister Bruno Testa") == "ITA GOV"
    assert coded(made_up, "former Prime Minister Bruno Testa") == "ITA ELI"


@pytest.mark.parametrize(
    ("words", "near", "expected"),
    [
        ("Congress", ["IND"], "IND PTY"),
        ("Congress", ["USA", "IND"], "USA LEG GOV"),
        ("Congress", ["POL"], "USA LEG GOV"),
        ("the Democratic Party", ["FJI"], "- PTY"),
        ("the Democratic Party", ["USA"], "USA PTY"),
        ("the State Department", ["AFG"], "USA GOV"),
        ("the Ministry of External Affairs", ["IND"], "IND GOV"),
        ("the Ministry of External Affairs", ["TWN"], "- GOV"),
        ("the Revolutionary Guard", ["LBN"], "IRN MIL"),
        ("Bangladesh Muslim League", ["BGD"], "BGD PTY"),
    ],
)
def test_a_name_of_common_words_is_that_of_a_state_the_article_is_about(actors, words, near, expected):
    assert coded(actors, words, near=near) == expected
