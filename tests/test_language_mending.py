"""Trees mended: names cut in two, lists hung on the verb, and never anything but a tree."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from legation.language.mending import mended
from legation.records import Word


def sentence(*rows: tuple[str, str, int, str]) -> list[Word]:
    words, at = [], 0
    for text, upos, head, relation in rows:
        words.append(
            Word(
                text=text,
                start=at,
                end=at + len(text),
                lemma=text.lower(),
                upos=upos,
                head=head,
                deprel=relation,
            )
        )
        at += len(text) + 1
    return words


def links(words: list[Word]) -> list[tuple[str, int, str]]:
    return [(w.text, w.head, w.deprel) for w in mended(words)]


def test_names_after_a_noun_for_both_are_what_it_describes() -> None:
    words = sentence(
        ("foes", "NOUN", 4, "nsubj"), ("Greece", "PROPN", 0, "appos"), ("and", "CCONJ", 3, "cc"),
        ("Turkey", "PROPN", 1, "conj"), ("met", "VERB", -1, "root"),
    )  # fmt: skip
    assert links(words)[:2] == [("foes", 1, "nmod:desc"), ("Greece", 4, "nsubj")]


def test_a_name_with_two_heads_becomes_one() -> None:
    words = sentence(
        ("mediated", "VERB", -1, "root"), ("by", "ADP", 2, "case"), ("Juan", "PROPN", 0, "obl:agent"),
        ("Luis", "PROPN", 0, "obl:agent"),
    )  # fmt: skip
    assert links(words)[3] == ("Luis", 2, "flat")


def test_a_title_hangs_on_the_name_after_it() -> None:
    words = sentence(
        ("negotiator", "NOUN", 2, "nsubj"),
        ("Humberto", "PROPN", 2, "nsubj"),
        ("resigned", "VERB", -1, "root"),
    )
    assert links(words)[0] == ("negotiator", 1, "nmod:desc")


def test_a_second_subject_goes_to_the_verb_after_it_that_has_none() -> None:
    words = sentence(
        ("Norway", "PROPN", 1, "nsubj"), ("expelled", "VERB", 4, "ccomp"), ("envoys", "NOUN", 1, "obj"),
        ("spokeswoman", "NOUN", 1, "nsubj"), ("said", "VERB", -1, "root"),
    )  # fmt: skip
    assert links(words)[3] == ("spokeswoman", 4, "nsubj")


def test_a_quarter_of_the_compass_is_part_of_the_name_after_it() -> None:
    words = sentence(
        ("S.", "ADP", 2, "case"), ("Sudan", "PROPN", 2, "compound"), ("rebels", "NOUN", 3, "nsubj"),
        ("sign", "VERB", -1, "root"),
    )  # fmt: skip
    assert links(words)[:2] == [("S.", 1, "compound"), ("Sudan", 2, "compound")]
    above = sentence(("N.", "ADV", -1, "root"), ("Korea", "PROPN", 0, "nsubj"))
    assert links(above) == [("N.", 1, "compound"), ("Korea", -1, "root")]


def test_a_list_that_was_joined_to_the_verb_is_joined_to_its_first_noun() -> None:
    words = sentence(
        ("urged", "VERB", -1, "root"), ("Berlin", "PROPN", 0, "obj"), (",", "PUNCT", 3, "punct"),
        ("Paris", "PROPN", 0, "conj"), ("and", "CCONJ", 5, "cc"), ("Warsaw", "PROPN", 3, "conj"),
    )  # fmt: skip
    assert [(head, relation) for _, head, relation in links(words)][3:6:2] == [(1, "conj"), (3, "conj")]


def test_a_second_predicate_stays_with_the_verb() -> None:
    words = sentence(
        ("met", "VERB", -1, "root"), ("Berlin", "PROPN", 0, "obj"), ("and", "CCONJ", 4, "cc"),
        ("is", "AUX", 4, "cop"), ("president", "NOUN", 0, "conj"),
    )  # fmt: skip
    assert mended(words) == tuple(words)


def test_a_stray_noun_before_a_verb_of_saying_says_it() -> None:
    words = sentence(
        ("fled", "VERB", 3, "ccomp"), (",", "PUNCT", 2, "punct"), ("she", "PRON", 0, "dep"),
        ("said", "VERB", -1, "root"),
    )  # fmt: skip
    assert links(words)[2] == ("she", 3, "nsubj")


def test_a_second_object_goes_to_the_verb_before_it_that_has_none() -> None:
    words = sentence(
        ("shelled", "VERB", -1, "root"), ("it", "PRON", 0, "obj"), (",", "PUNCT", 3, "punct"),
        ("killing", "VERB", 0, "advcl"), ("20", "NUM", 0, "obj"),
    )  # fmt: skip
    assert links(words)[4] == ("20", 3, "obj")


def test_a_number_that_hangs_beyond_the_verb_belongs_to_the_noun_after_it() -> None:
    words = sentence(
        ("troops", "NOUN", 1, "nsubj"), ("killed", "VERB", -1, "root"), ("two", "NUM", 0, "nummod"),
        ("farmers", "NOUN", 1, "obj"),
    )  # fmt: skip
    assert links(words)[2] == ("two", 3, "nummod")


def test_a_participle_with_an_article_is_a_noun() -> None:
    words = sentence(
        ("condemned", "VERB", -1, "root"), ("the", "DET", 2, "det"), ("killing", "VERB", 0, "advcl"),
    )  # fmt: skip
    assert (mended(words)[2].upos, mended(words)[2].deprel) == ("NOUN", "obj")


@st.composite
def trees(draw: st.DrawFn) -> list[Word]:
    size = draw(st.integers(1, 12))
    order = draw(st.permutations(range(size)))
    relations = st.sampled_from(
        ["nsubj", "obj", "obl", "conj", "flat", "punct", "case", "dep", "det", "advcl"]
    )
    heads = {order[0]: -1} | {order[n]: order[draw(st.integers(0, n - 1))] for n in range(1, size)}
    return sentence(
        *(
            (
                draw(st.sampled_from(["Paris", ",", "and", "met", "envoy", "killing", "S."])),
                draw(st.sampled_from(["PROPN", "NOUN", "VERB", "PUNCT"])),
                heads[n], "root" if heads[n] < 0 else draw(relations),
            )
            for n in range(size)
        )
    )  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(trees())
def test_a_tree_stays_a_tree_of_the_same_words(words: list[Word]) -> None:
    found = mended(words)
    assert [(w.text, w.start, w.end) for w in found] == [(w.text, w.start, w.end) for w in words]
    assert [w.head for w in found].count(-1) == 1
    for start in range(len(found)):
        node, steps = start, 0
        while node >= 0 and steps <= len(found):
            node, steps = found[node].head, steps + 1
        assert steps <= len(found)
