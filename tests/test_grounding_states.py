"""States spoken of without their names: *the kingdom, the West African nation, both Koreas*."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.grounding import namesakes, state_kinds
from legation.grounding.tables import FOLDER, read_table

STATES = {row.cells["key"] for row in read_table(FOLDER / "states.csv")[1]}


def countries(coder, text, words):
    mentions = coder.read(text, date="2020-06-12").mentions
    return {p.country for m in mentions for p in (*m.actors, *m.recipients) if p.text == words}


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        (
            "BAMAKO - Mali's junta expelled the French envoy. France cut aid to the West African nation.",
            "the West African nation", "MLI",
        ),
        (
            "Houthi rebels in Yemen hate Saudi Arabia. On Monday the rebels fired missiles at the kingdom.",
            "the kingdom", "SAU",
        ),
        ("Qatar rejected the list. Egypt accused the emirate of lying.", "the emirate", "QAT"),
        ("India and China quarrelled. Nepal protested and India sent aid to the Himalayan nation.",
         "the Himalayan nation", "NPL"),
    ],
)  # fmt: skip
def test_a_description_means_the_state_of_the_report_that_it_fits(coder, text, words, country):
    assert countries(coder, text, words) == {country}


@given(st.sampled_from(sorted(STATES)), st.sampled_from(["kingdom", "emirate", "sultanate"]))
def test_a_state_that_a_word_does_not_fit_is_never_meant(code, head):
    fitting = state_kinds._table()["form"][head]
    assert state_kinds.state_meant(["the"], head, {code: 3}) == (code if code in fitting else None)


def test_of_several_states_the_one_named_most_is_meant_and_none_of_two_alike():
    words = ["the", "west", "african"]
    assert state_kinds.state_meant(words, "nation", {"MLI": 2, "NER": 5, "FRA": 9}) == "NER"
    assert state_kinds.state_meant(words, "nation", {"MLI": 5, "NER": 5}) is None
    assert state_kinds.state_meant(words, "minister", {"MLI": 5}) is None


def test_all_states_of_the_tables_exist():
    meant = {c for kinds in state_kinds._table().values() for found in kinds.values() for c in found}
    assert meant <= STATES


def test_a_plural_of_a_state_is_all_that_bear_the_name(coder):
    assert countries(coder, "China urged both Koreas to show restraint.", "both Koreas") == {"KOR", "PRK"}
    text = "Talks between the two Koreas' armies began on Tuesday."
    assert countries(coder, text, "the two Koreas' armies") == {"KOR", "PRK"}
    assert namesakes.full_names("Korea") == []


def test_the_pair_are_the_two_states_named_before(coder):
    text = "Guyana and Venezuela quarrel about a river. The pair agreed on Friday not to use force."
    assert countries(coder, text, "The pair") == {"GUY", "VEN"}


def test_who_protests_at_an_embassy_is_not_of_its_country(coder):
    text = "Protesters at the Nigerian embassy in Accra burned tyres."
    assert countries(coder, text, "Protesters at the Nigerian embassy in Accra") == {"GHA"}


def test_a_state_whose_quarter_is_cut_short(coder):
    text = "S. Sudan government, rebels sign truce in Arusha"
    assert countries(coder, text, "S. Sudan government") == {"SSD"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Gulf states accused Iran of lying.", "The Gulf states"),
        ("The Arab countries of the Persian Gulf thanked Iran.", "The Arab countries of the Persian Gulf"),
        ("India condemned Caspian Sea states on Monday.", "Caspian Sea states"),
    ],
)
def test_states_of_a_region_are_not_the_one_that_the_sentence_names(coder, text, words):
    assert countries(coder, text, words) == {None}


def test_ministers_of_two_states_are_of_both(coder):
    words = "The foreign ministers of Iran and Saudi Arabia"
    [mention] = coder.read(f"{words} met in Baghdad.", date="2020-06-12").mentions
    assert [p.country for p in (*mention.actors, *mention.recipients)] == ["IRN", "SAU"]
    assert len(mention.actors) == len(mention.recipients) == 1
