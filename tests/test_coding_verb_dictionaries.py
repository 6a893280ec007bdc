"""Verb dictionaries of TABARI and PETRARCH work as a user's codebook."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation import Coder
from legation.coding.codebook import Codebook
from legation.errors import DataFileError

VERBS = """<!-- a dictionary
of a user -->
&PENALTIES
+SANCTIONS
+TRADE EMBARGO

--- BARGAIN [042] ---
BARGAIN {BARGAINED BARGAINING}  # of late
- * FOR_ASYLUM  [075]
- REFUSAL TO * [120]
- NOT * [120]
- * &PENALTIES [163]

--- GARNISH [---] ---
GARNISH
- * FENCE [192]
+CORDON_OFF {+CORDONED_OFF } [175]
"""


@pytest.fixture(scope="module")
def dictionary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("verbs") / "verbs.txt"
    path.write_text(VERBS, encoding="utf-8")
    return path


def senses(book: Codebook, verb: str) -> set[tuple[str, str | None, frozenset[str]]]:
    """Return words, type and the words that must stand beside them, of a user's rows."""
    return {
        (e.text, e.type, frozenset(w for c in e.frame for w in c.lemmas or ()))
        for e in book.entries_for(verb, "verb") if e.own
    }  # fmt: skip


def test_verbs_and_patterns_are_senses_with_cameo_types(dictionary: Path) -> None:
    book = Codebook.load([dictionary])
    assert senses(book, "bargain") == {
        ("bargain", "CONSULT", frozenset()),
        ("bargain for", "AID", frozenset({"asylum"})),
        ("bargain", "REJECT", frozenset({"refusal"})),
        ("bargain", "SANCTION", frozenset({"sanction", "sanctions", "embargo"})),
    }


def test_a_block_without_a_code_holds_patterns_alone(dictionary: Path) -> None:
    book = Codebook.load([dictionary])
    assert senses(book, "garnish") == {("garnish", "ASSAULT", frozenset({"fence"}))}


def test_a_particle_belongs_to_the_verb(dictionary: Path) -> None:
    assert ("cordon off", "COERCE", frozenset()) in senses(Codebook.load([dictionary]), "cordon")


def test_a_table_says_what_codes_of_ones_own_are(tmp_path: Path) -> None:
    verbs, codes = tmp_path / "verbs.txt", tmp_path / "codes.csv"
    verbs.write_text("--- GARNISH [77] ---\nGARNISH\n\n--- GILD [88] ---\nGILD\n", encoding="utf-8")
    codes.write_text("code,type\n77,AID\n", encoding="utf-8")
    book = Codebook.load([verbs, codes])
    assert senses(book, "garnish") == {("garnish", "AID", frozenset())}
    assert senses(book, "gild") == set()


def test_a_code_for_no_type_is_named_with_its_line(tmp_path: Path) -> None:
    codes = tmp_path / "codes.csv"
    codes.write_text("code,type\n77,ADI\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"codes\.csv, line 2: 'ADI' is no type"):
        Codebook.load([codes])


def test_what_follows_the_verb_receives_the_act(dictionary: Path) -> None:
    coder = Coder(codebook=dictionary)
    mentions = coder.read("Ghana will bargain for asylum in Togo.", date="2021-03-04").mentions
    mention = next(m for m in mentions if m.trigger.text.startswith("bargain"))
    assert mention.type == "AID"
    assert [p.country for p in mention.actors] == ["GHA"]
    assert [p.country for p in mention.recipients] == ["TGO"]


def test_a_text_that_is_no_dictionary_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are my notes.\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"notes\.txt, line 1: this is no verb dictionary"):
        Codebook.load([path])


PIECES = st.sampled_from(
    ["ACT", "*", "- ", "+", "&SET", "&", "_", " ", "[04]", "[", "]", "{A B}", "{", "%", "$", "^", "#", "--- ",
     "NOT", "FOR", "=", ",", "@", "|", "é", "7", "<!--", "-->"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(lines=st.lists(st.lists(PIECES, max_size=7).map("".join), max_size=12))
def test_any_dictionary_is_read_or_refused_by_line(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    path = tmp_path_factory.mktemp("any") / "verbs.txt"
    path.write_text("\n".join(["--- ACT [04] ---", "ACT", *lines]), encoding="utf-8")
    refused = None
    try:
        Codebook.load([path])
    except DataFileError as error:
        refused = error
    assert refused is None or 1 <= refused.line <= len(lines) + len(("--- ACT [04] ---", "ACT"))
