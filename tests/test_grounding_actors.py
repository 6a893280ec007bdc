"""Grounding actors: country, kind and sectors of noun phrases, as a user sees them."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.errors import DataFileError
from legation.grounding.actors import Actors
from legation.grounding.petrarch import plover, read_dictionary
from legation.grounding.tables import FOLDER, SECTORS, STATELESS, read_table

PLACES = {"Basra": "IRQ", "Lagos": "NGA", "Aleppo": "SYR", "Donetsk": "UKR"}
HOSTILE = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "data" / "hostile_names.tsv")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith(("#", "words\t"))
]
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
def actors(tmp_path_factory):
    folder = tmp_path_factory.mktemp("actors")
    (folder / "offices.csv").write_text(OFFICES, encoding="utf-8")
    (folder / "bodies.csv").write_text(BODIES.replace("UNO,,,,test", "UNO,,,,test"), encoding="utf-8")
    return Actors.load([folder / "offices.csv", folder / "bodies.csv"], PLACES.get)


@pytest.fixture(scope="module")
def shipped():
    return Actors.load(places=PLACES.get)


def coded(actors, words, head=None, **options):
    tokens = words.split()
    found = actors.identify(tokens, len(tokens) - 1 if head is None else head, **options)
    return "none" if found is None else " ".join([found.country or "-", *found.sectors])


def test_hostile_names(shipped):
    wrong = [
        (words, expected, got)
        for words, head, expected in HOSTILE
        if (got := coded(shipped, words, int(head))) != expected
    ]
    assert wrong == []


def test_hostile_list_is_balanced():
    kinds = Counter(expected == "none" for _, _, expected in HOSTILE)
    assert sum(kinds.values()) >= 1000
    assert 0.4 < kinds[True] / len(HOSTILE) < 0.6


def test_office_on_the_day(actors):
    assert coded(actors, "Ilona Testa", day=date(2012, 1, 1)) == "HUN GOV"
    assert coded(actors, "Ilona Testa", day=date(2017, 1, 1)) == "HUN LEG GOV"
    assert coded(actors, "Ilona Testa", day=date(2015, 1, 1)) == "HUN ELI"
    assert coded(actors, "Ilona Testa", day=date(2022, 1, 1)) == "HUN ELI"
    assert coded(actors, "Ilona Testa", day=date(2005, 1, 1)) == "HUN"
    assert coded(actors, "Judge Ilona Testa", day=date(2005, 1, 1)) == "HUN JUD"


def test_surname_alone_needs_office(actors):
    assert coded(actors, "Testa", day=date(2011, 1, 1)) == "HUN GOV"
    assert coded(actors, "Testa", day=date(1990, 1, 1)) == "none"
    assert coded(actors, "Probi", day=date(2021, 1, 1)) == "none"
    assert coded(actors, "Marco Testa", day=date(2011, 1, 1)) == "none"


def test_surname_after_title(actors):
    assert coded(actors, "Prime Minister al-Probi", day=date(2021, 1, 1)) == "LBY GOV"
    assert actors.identify(["Prime", "Minister", "Probi"], 2, day=date(2021, 1, 1)).key == "al-probi"
    assert actors.identify(["Kenyan", "Prime", "Minister", "Probi"], 3, day=date(2021, 1, 1)).country == "KEN"
    assert (
        actors.identify(["Italian", "Prime", "Minister", "Testa"], 3, day=date(2012, 6, 1)).key == "testa-b"
    )


def test_title_and_name_of_whom(actors):
    day = date(2021, 1, 1)
    assert coded(actors, "Foreign Minister Probe", day=day) == "KEN GOV"
    assert coded(actors, "Mr. Probe", day=day) == "none"
    assert coded(actors, "Mr. Probe", day=day, near=["KEN"]) == "KEN GOV"
    assert coded(actors, "Judge Probe", day=day) == "- JUD"
    assert coded(actors, "Minister Dennis", day=day) == "- GOV"
    assert coded(actors, "Premier Gao", day=day) == "CHN GOV"


def test_whole_name_of_one_word(actors):
    assert coded(actors, "Sumarno", day=date(1992, 1, 1)) == "IDN GOV"
    assert coded(actors, "Sumarno", day=date(2006, 1, 1)) == "IDN ELI"


def test_surname_inside_another_name(actors):
    day = date(2011, 1, 1)
    assert coded(actors, "Foo-Testa", day=day) == "none"
    assert coded(actors, "al-Mashri", day=date(2021, 1, 1)) == "LBY GOV"
    assert coded(actors, "Rana al-Mashri", day=date(2021, 1, 1)) == "none"


def test_spellings_of_a_person(actors):
    for name in (
        "Samir al-Probi",
        "Samir Al Probi",
        "Samir el-Probi",
        "Samir Probi",
        "SAMIR AL-PROBI",
        "Sâmir al - Probi",
    ):
        found = actors.identify(name.split(), len(name.split()) - 1, day=date(2021, 1, 1))
        assert found is not None, name
        assert found.key == "al-probi"


def test_person_as_owner(actors):
    assert coded(actors, "Samir al-Probi 's forces", day=date(2021, 1, 1)) == "LBY MIL"
    assert coded(actors, "Testa administration", day=date(2011, 1, 1)) == "HUN GOV"


def test_bodies(actors):
    assert coded(actors, "the U.N.") == "UNO"
    assert coded(actors, "un") == "none"
    assert coded(actors, "UN peacekeepers") == "UNO MIL"
    assert coded(actors, "UN officials") == "UNO"
    assert coded(actors, "a Probe Movement spokesman") == "LBN PRM"
    assert coded(actors, "Probe Movement fighters") == "LBN PRM"
    assert coded(actors, "the PMX") == "LBN PRM"
    assert coded(actors, "the Probe Movement", near=["SYR"]) == "SYR PRM"
    assert coded(actors, "Guardia Nueva rebels") == "COL REB"


def test_near_breaks_ties_only(actors):
    assert coded(actors, "the PNC", near=["SLV"]) == "SLV COP"
    assert coded(actors, "the PNC", near=["PSE"]) == "PSE LEG GOV"
    assert coded(actors, "Congo", near=["COG"]) == "COG GOV"
    assert coded(actors, "Georgia", near=["USA"]) == "USA GOV"
    assert coded(actors, "Iraq", near=["USA"]) == "IRQ GOV"


def test_kinds(shipped):
    def kind(words):
        return shipped.identify(words.split(), len(words.split()) - 1).kind

    assert kind("Iraq") == "state"
    assert kind("Iraqis") == "people"
    assert kind("the Iraqi parliament") == "organization"
    assert kind("Iraqi soldiers") == "unnamed"
    assert kind("Iraqi militia") == "group"
    assert kind("Gen. Foo Barzan") == "person"


def test_same_actor_same_key(shipped):
    keys = {
        shipped.identify(words.split(), head).key
        for words, head in (
            ("the Iraqi parliament", 2),
            ("Iraq 's parliament", 2),
            ("the parliament of Iraq", 1),
        )
    }
    assert len(keys) == 1


def test_evidence_names_rows(shipped):
    found = shipped.identify(["the", "Iraqi", "parliament"], 2)
    assert found.words == ("parliament",)
    assert "agents.csv" in found.how
    assert "states.csv: IRQ" in found.how


def test_verb_is_no_state(shipped):
    assert shipped.identify(["Polish", "the", "silver"], 0, upos=["VERB", "DET", "NOUN"]) is None


def test_place_hook_only_for_unknown_names():
    asked = []
    actors = Actors.load(places=asked.append)
    actors.identify(["police", "in", "Zzyzx"], 0)
    actors.identify(["police", "in", "Baghdad"], 0)
    assert asked == ["Zzyzx"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=80), st.integers(-3, 90))
def test_any_words_are_safe(words, head):
    found = _ACTORS.identify(words, head)
    assert found is None or set(found.sectors) <= SECTORS


_WORDS = [
    "the",
    "of",
    "'s",
    "in",
    "for",
    "former",
    "Iraqi",
    "Iraq",
    "police",
    "Foo",
    "-",
    "backed",
    "pro",
    "and",
    ",",
    "Gen.",
    "spokesman",
    "Tehran",
    "UN",
    "two",
    "Kurdish",
    "Party",
]
_ACTORS = Actors.load()


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=12), st.data())
def test_codes_are_always_valid(words, data):
    head = data.draw(st.integers(0, len(words) - 1))
    found = _ACTORS.identify(words, head)
    if found is not None:
        assert set(found.sectors) <= SECTORS
        assert found.country is None or _ACTORS.country_name(found.country) or found.country in STATELESS


def test_every_state_name_is_found(shipped):
    _, rows = read_table(FOLDER / "states.csv")
    shared = {"Dominican", "Congo", "Congolese"}
    lost = []
    for row in rows:
        for name in row.many("names") + row.many("adjectives"):
            tokens = name.replace(",", " ,").replace("'s ", " 's ").split()
            found = shipped.identify(tokens, len(tokens) - 1)
            if found is None or (
                found.country != (row.cells["successor"] or row.cells["key"]) and name not in shared
            ):
                lost.append((name, found and found.country))
    assert lost == []


@pytest.mark.parametrize(("table", "least"), [("organisations", 250), ("agencies", 400)])
def test_named_bodies_that_ship(shipped, table, least):
    _, rows = read_table(FOLDER / f"{table}.csv")
    assert len(rows) >= least
    lost = []
    for row in rows:
        for name in row.many("names"):
            tokens = name.replace(",", " ,").replace("'s ", " 's ").replace("s' ", "s ' ").split()
            found = shipped.identify(tokens, len(tokens) - 1, near=row.countries())
            if found is None or found.key != row.cells["key"]:
                lost.append((name, found and found.key))
    assert lost == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the United Nations Security Council", "UNO"),
        ("a NATO spokesman", "IGO MIL"),
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
        ("NATO Secretary - General Foo Barzan", "IGO MIL"),
        ("Federal Reserve Chairman Foo Barzan", "USA GOV"),
    ],
)
def test_named_bodies(shipped, words, expected):
    assert coded(shipped, words) == expected


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
def test_a_body_of_the_same_name_elsewhere(shipped, words, head, expected):
    assert coded(shipped, words, head) == expected


def test_bearer_of_a_shared_name_near(shipped):
    assert coded(shipped, "AFP") == "FRA JRN"
    assert coded(shipped, "AFP", near=["PHL"]) == "PHL MIL"
    assert coded(shipped, "the Senate") == "USA LEG GOV"
    assert coded(shipped, "the Senate", near=["NGA"]) == "NGA LEG GOV"


def test_name_of_a_body_inside_another_name(shipped):
    assert coded(shipped, "Foo Berkut") == "none"
    assert coded(shipped, "Foo Turk") == "none"
    assert coded(shipped, "Foo Security Council") == "- GOV"


def test_fast(shipped):
    phrases = [(words.split(), int(head)) for words, head, _ in HOSTILE]
    start = time.perf_counter()
    for words, head in phrases:
        shipped.identify(words, head)
    assert (time.perf_counter() - start) / len(phrases) < 200e-6


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("key,names,kind,country,sectors,from,to,source\na,A,organization,IRQ,GVO,,,x\n", "GVO"),
        ("key,names,kind,country,sectors,from,to,source\na,A,organisation,IRQ,GOV,,,x\n", "organisation"),
        ("key,names,kind,country,sectors,from,to,source\na,A,group,Iraq,GOV,,,x\n", "Iraq"),
        ("key,names,kind,country,sectors,from,to,source\na,A,group,IRQ,GOV,May,,x\n", "May"),
        ("key,names,kind,country,sectors,from,to,source\na,A,group\n", "cells"),
        ("names,kind\na,group\n", "header"),
        ("", "empty"),
    ],
)
def test_broken_table_names_the_line(tmp_path, table, reason):
    path = tmp_path / "mine.csv"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(DataFileError, match=reason) as caught:
        Actors.load([path])
    assert caught.value.line >= 1


DICTIONARY = """# a comment
PROBE_LAND [IRQ] # inline
+PROBIA
GREY_COUNCIL_
+COUNCIL_OF_GREY ;note
\t[IGOUNO]
OLD_HERO
+THE_HERO
\t[SYRGOV 970101-061231]
\t[SYRREB >20070101]
"""
AGENTS = """!PERSON! = MAN, WOMAN
CATTLE!PERSON! [~AGR]
GOLDEN_GOOSE {GOLDEN_GEESE} [~BUS]
SPARE_CHARITY {} [NGO~]
"""


def test_dictionary_of_actors(tmp_path):
    path = tmp_path / "their.txt"
    path.write_text(DICTIONARY, encoding="utf-8")
    rows = list(read_dictionary(path))
    assert [(row.names[0], row.code) for row in rows][:1] == [("Probe Land", "IRQ")]
    assert [(row.begin, row.end) for row in rows if row.code == "SYRGOV"] == [("1997-01-01", "2006-12-31")]
    actors = Actors.load([path])
    assert coded(actors, "Probe Land") == "IRQ GOV"
    assert coded(actors, "the Council of Grey", 1) == "UNO"
    assert coded(actors, "Old Hero", day=date(2000, 1, 1)) == "SYR GOV"
    assert coded(actors, "Old Hero", day=date(2010, 1, 1)) == "SYR REB"


def test_dictionary_of_agents(tmp_path):
    path = tmp_path / "agents.txt"
    path.write_text(AGENTS, encoding="utf-8")
    actors = Actors.load([path])
    assert coded(actors, "an Iraqi cattlewoman") == "IRQ AGR"
    assert coded(actors, "golden geese") == "- BUS"
    assert coded(actors, "a spare charity") == "NGO"


def test_undefined_set_is_named(tmp_path):
    path = tmp_path / "agents.txt"
    path.write_text("BAD!WORD! [~AGR]\n", encoding="utf-8")
    with pytest.raises(DataFileError, match="WORD"):
        Actors.load([path])


@pytest.mark.parametrize(
    ("code", "country", "sectors"),
    [
        ("IRQ", "IRQ", ()),
        ("IRQGOVMIL", "IRQ", ("MIL", "GOV")),
        ("IGOUNO", "UNO", ()),
        ("SYRREBMED", "SYR", ("JRN", "REB")),
    ],
)
def test_cameo_codes(code, country, sectors):
    assert plover(code) == (country, sectors)


def test_loads_quickly():
    start = time.process_time()
    Actors.load()
    assert time.process_time() - start < 2.0
