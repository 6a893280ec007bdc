from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.language.paragraphs import paragraphs
from legation.language.tokens import LONGEST_RUN, tokenize_text


def words(text: str) -> list[str]:
    return [w for sentence in tokenize_text(text) for w, _, _ in sentence]


def sentences(text: str) -> list[str]:
    return [text[s[0][1] : s[-1][2]] for s in tokenize_text(text)]


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=300))
def test_words_slice_back_in_order_and_never_overlap(text: str) -> None:
    last = 0
    for sentence in tokenize_text(text):
        assert sentence
        for word, start, end in sentence:
            assert text[start:end] == word
            assert word
            assert not word.isspace()
            assert start >= last
            last = end


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_no_visible_character_is_lost(text: str) -> None:
    kept = "".join(words(text))
    assert kept == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iraq's troops don't fight.", ["Iraq", "'s", "troops", "do", "n't", "fight", "."]),
        ("US-led forces", ["US", "-", "led", "forces"]),
        ("The U.S. said so.", ["The", "U.S.", "said", "so", "."]),
        (
            "Gen. Qassem Soleimani paid $1,500.50.",
            ["Gen.", "Qassem", "Soleimani", "paid", "$", "1,500.50", "."],
        ),
        ("He cannot go (yet).", ["He", "can", "not", "go", "(", "yet", ")", "."]),
        ("Shi’ite clerics’ letter", ["Shi’ite", "clerics", "’", "letter"]),
        ("see https://example.org/a.b now", ["see", "https://example.org/a.b", "now"]),
    ],
)
def test_words_are_cut_as_universal_dependencies_cuts_them(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Gen. Smith met Mr. Jones. They spoke.", 2),
        ("The U.S. attacked. The U.N. objected.", 2),
        ("He works for the U.S. The plan failed.", 2),
        ("U.S. President Joe Biden spoke on Jan. 6 in Washington, D.C. on Friday. He left.", 2),
        ("“We will go,” he said. “They will stay.” Nobody moved.", 3),
        ("BAGHDAD (Reuters) - Gunmen killed two journalists on Friday.", 2),
        ("KUCHING, July 25: The state government signed a pact.", 2),
        ("LAHORE: Police arrested ten workers.", 2),
        ("Srinagar- The party held a rally.", 2),
        ("Iran - the larger of the two - sent troops.", 1),
        ("Talks ended at 3 p.m. on Sunday after J. K. Rao left.", 1),
        ("The army left.Rebels moved in.", 2),
        ("Is it war? Yes! It is...", 3),
        ("Prices rose 3.5 percent. No. 10 declined to comment.", 2),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_lines_wrapped_by_hand_are_put_together() -> None:
    text = (
        "The foreign ministry in Lima said on Monday that it had\n"
        "recalled its ambassador for talks, and that the\n"
        "consulate in Arica would stay closed until both sides\n"
        "had met the mediators who were expected to arrive\n"
        "on Thursday.\n"
    )
    assert len(list(paragraphs(text))) == 1
    assert len(sentences(text)) == 1


def test_a_run_without_spaces_is_passed_over_and_the_rest_is_kept() -> None:
    text = "Troops left. " + "x" * (LONGEST_RUN + 1) + " Rebels stayed."
    assert words(text) == ["Troops", "left", ".", "Rebels", "stayed", "."]


def test_a_long_list_is_cut_so_that_no_sentence_is_endless() -> None:
    assert max(len(s) for s in tokenize_text("word " * 5_000)) <= 400
