"""Acronyms stand for the names that the report introduces them with."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def found(coder, text, words):
    mentions = coder.read(text, date="2019-05-06").mentions
    parties = [p for m in mentions for p in (*m.actors, *m.recipients) if p.text == words]
    return {(p.country, p.sectors, p.inferred) for p in parties}


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (
            "The Peruvian Workers Union (PWU) struck on Monday. PWU accused the government of lying.",
            "PWU", ("PER", ("LAB",), False),
        ),
        (
            "The Kenya Civil Aviation Authority (KCAA) banned an airline. The KCAA fined two pilots.",
            "The KCAA", ("KEN", ("GOV",), False),
        ),
        (
            "South African Airways (SAA) bought two planes. SAA sued the Kenyan government.",
            "SAA", ("ZAF", ("BUS",), False),
        ),
    ],
)  # fmt: skip
def test_an_acronym_is_whom_the_report_introduced_by_it(coder, text, words, expected):
    assert found(coder, text, words) == {expected}


def test_an_acronym_that_nobody_introduced_is_that_of_the_tables(coder):
    assert found(coder, "The UNHCR thanked Chad.", "The UNHCR") == {("UNO", (), False)}


def test_letters_that_are_not_the_initials_introduce_nothing(coder):
    text = "The Peruvian Workers Union (UNHCR) struck. UNHCR thanked Chad."
    assert found(coder, text, "UNHCR") == {("UNO", (), False)}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["A.", "B.", "AB", "BA", "(AB)", "(BA)", "(", ")", "attacked", "Peru", "."])))
def test_acronyms_of_acronyms_end(coder, words):
    coder.read(" ".join(words), date="2019-05-06")
