"""Grounding actors: country, kind and sectors of noun phrases, as a user sees them."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

from grounded import coded
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.grounding.actors import Actors
from legation.grounding.tables import FOLDER, SECTORS, STATELESS, read_table

HOSTILE = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "data" / "hostile_names.tsv")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith(("#", "words\t"))
]
WORDS = [
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


def test_hostile_names(actors):
    wrong = [
        (words, expected, got)
        for words, head, expected in HOSTILE
        if (got := coded(actors, words, int(head))) != expected
    ]
    assert wrong == []


def test_hostile_list_is_balanced():
    kinds = Counter(expected == "none" for _, _, expected in HOSTILE)
    assert sum(kinds.values()) >= 1000
    assert 0.4 < kinds[True] / len(HOSTILE) < 0.6


def test_kinds(actors):
    def kind(words):
        return actors.identify(words.split(), len(words.split()) - 1).kind

    assert kind("Iraq") == "state"
    assert kind("Iraqis") == "people"
    assert kind("the Iraqi parliament") == "organization"
    assert kind("Iraqi soldiers") == "unnamed"
    assert kind("Iraqi militia") == "group"
    assert kind("Gen. Foo Barzan") == "person"


def test_same_actor_same_key(actors):
    keys = {
        actors.identify(words.split(), head).key
        for words, head in (
            ("the Iraqi parliament", 2),
            ("Iraq 's parliament", 2),
            ("the parliament of Iraq", 1),
        )
    }
    assert len(keys) == 1


def test_evidence_names_rows(actors):
    found = actors.identify(["the", "Iraqi", "parliament"], 2)
    assert found.words == ("parliament",)
    assert "agents.csv" in found.how
    assert "states.csv: IRQ" in found.how


def test_verb_is_no_state(actors):
    assert actors.identify(["Polish", "the", "silver"], 0, upos=["VERB", "DET", "NOUN"]) is None


def test_place_hook_only_for_unknown_names():
    asked = []
    actors = Actors.load(places=asked.append)
    actors.identify(["police", "in", "Zzyzx"], 0)
    actors.identify(["police", "in", "Baghdad"], 0)
    assert asked == ["Zzyzx"]


def test_every_state_name_is_found(actors):
    _, rows = read_table(FOLDER / "states.csv")
    shared = {"Dominican", "Congo", "Congolese"}
    lost = []
    for row in rows:
        for name in row.many("names") + row.many("adjectives"):
            tokens = name.replace(",", " ,").replace("'s ", " 's ").split()
            found = actors.identify(tokens, len(tokens) - 1)
            if found is None or (
                found.country != (row.cells["successor"] or row.cells["key"]) and name not in shared
            ):
                lost.append((name, found and found.country))
    assert lost == []


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=80), st.integers(-3, 90))
def test_any_words_are_safe(actors, words, head):
    found = actors.identify(words, head)
    assert found is None or set(found.sectors) <= SECTORS


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12), st.data())
def test_codes_are_always_valid(actors, words, data):
    head = data.draw(st.integers(0, len(words) - 1))
    found = actors.identify(words, head)
    if found is not None:
        assert set(found.sectors) <= SECTORS
        assert found.country is None or actors.country_name(found.country) or found.country in STATELESS


def test_fast(actors):
    phrases = [(words.split(), int(head)) for words, head, _ in HOSTILE]
    start = time.perf_counter()
    for words, head in phrases:
        actors.identify(words, head)
    assert (time.perf_counter() - start) / len(phrases) < 200e-6


def test_loads_quickly():
    start = time.process_time()
    Actors.load()
    assert time.process_time() - start < 2.0
