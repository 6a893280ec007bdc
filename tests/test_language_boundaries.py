from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.errors import DataFileError
from legation.language import boundaries
from legation.language.sentences import cut, split
from legation.language.tokens import tokenize_text, words


def sentences(text: str) -> list[str]:
    return [text[s[0][1] : s[-1][2]] for s in tokenize_text(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["the talks failed.", "we are leaving now.", "they will stay."],
        ["Great computer store, highly recommended.", "answered all my questions, and called me back."],
        ["is it still open?", "i have read that it is not."],
        ["Anna Petrova", "08/16/2000 03:48 PM", "Thanks for the message about the meeting."],
    ],
)
def test_sentences_of_letters_end_where_no_capital_or_no_stop_shows_it(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The minister met President Luis Abinader and Foreign Minister Roberto Alvarez in Santo Domingo.",
        "On Monday Kenyan and Somali troops fought near El Wak, the Defence Ministry in Nairobi said.",
        "The Prime Minister, Sir Anerood Jugnauth, told Parliament that Mauritius would go to The Hague.",
    ],
)
def test_names_in_news_do_not_end_a_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("well done :-) see report.pdf", ["well", "done", ":-)", "see", "report.pdf"]),
        ("the e-mail from example.org", ["the", "e-mail", "from", "example.org"]),
        ("====== they dont", ["======", "they", "do", "nt"]),
        ("(so he said:) no", ["(", "so", "he", "said", ":", ")", "no"]),
    ],
)
def test_what_the_web_writes_is_cut_as_universal_dependencies_cuts_it(text: str, expected: list[str]) -> None:
    assert [w for w, _, _ in words(text, 0, len(text))] == expected


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab.A,?:()\"' 1\n@-", max_size=80), st.randoms(use_true_random=False))
def test_whatever_decides_no_word_is_lost_or_doubled(text: str, random: object) -> None:
    found = words(text, 0, len(text))
    draw = random.random  # type: ignore[attr-defined]
    pieces = cut(found, text, lambda gap, start, *, ruled: draw() < 0.5)  # noqa: ARG005
    assert [word for piece in pieces for word in piece] == found
    assert all(pieces)
    assert split(found, text) == split(found, text)


def test_a_broken_table_of_weights_is_named_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "boundaries.tsv"
    table.write_text("# weights\nRthe\tmuch\n", encoding="utf-8")
    monkeypatch.setattr(boundaries, "shipped", lambda *_: table)
    boundaries.weights.cache_clear()
    try:
        with pytest.raises(DataFileError, match=r"2.*'much' is no number"):
            boundaries.weights()
    finally:
        boundaries.weights.cache_clear()
