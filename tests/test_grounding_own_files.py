"""Actors from a user's own files: tables, and dictionaries in the form of PETRARCH."""

from __future__ import annotations

from datetime import date

import pytest
from grounded import coded

from legation.errors import DataFileError
from legation.grounding.actors import Actors
from legation.grounding.petrarch import plover, read_dictionary

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
