from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import legation
from legation.language import names
from legation.language.lemmas import apply, edit
from legation.language.model import ALONE, Model
from legation.language.parser import Parser, signals
from legation.language.tree import decode
from legation.records import Article

TEXT = (
    "Washington on Friday turned down an Iraqi request to withdraw its troops. "
    "Gunmen killed two journalists in Basra, police said. The ministers of Peru and Chile met in Lima."
)


def is_tree(heads: list[int]) -> bool:
    if heads.count(-1) != 1:
        return False
    for start in range(len(heads)):
        node, steps = start, 0
        while node >= 0:
            node, steps = heads[node], steps + 1
            if steps > len(heads):
                return False
    return True


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 24), st.integers(0, 2**32 - 1))
def test_any_scores_decode_to_a_tree_with_one_root(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size + 1)).astype(np.float32)
    assert is_tree(decode(scores))


def test_the_best_tree_is_found_where_greedy_heads_make_a_cycle() -> None:
    scores = np.array([[0, 0, 9, 1], [5, 9, 0, 1], [1, 2, 3, 0]], dtype=np.float32)
    heads = decode(scores)
    assert is_tree(heads)
    assert sum(scores[i, h + 1] for i, h in enumerate(heads)) == 5 + 9 + 3


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_parses_to_trees_whose_words_slice_back(parser: Parser, text: str) -> None:
    for sentence in parser.article(Article(text=text)):
        assert is_tree([w.head for w in sentence.words])
        for word in sentence.words:
            assert text[word.start : word.end] == word.text
        for entity in sentence.entities:
            assert sentence.start <= entity.start < entity.end <= sentence.end


def test_a_sentence_gets_the_same_tree_whatever_stands_beside_it(parser: Parser) -> None:
    together = [s.words for s in parser.article(Article(text=TEXT))]
    for words in together:
        alone = parser.article(Article(text=TEXT[words[0].start : words[-1].end]))
        assert [(w.text, w.head, w.deprel, w.upos, w.lemma) for w in alone[0].words] == [
            (w.text, w.head, w.deprel, w.upos, w.lemma) for w in words
        ]


def test_results_do_not_depend_on_threads(model: Model, parser: Parser) -> None:
    article = Article(text=TEXT * 5)
    one = [s.to_dict() for s in parser.article(article)]
    two = [s.to_dict() for s in Parser(model, threads=2).article(article)]
    assert one == two


def test_a_sentence_beyond_the_encoders_window_keeps_every_word(parser: Parser) -> None:
    text = " ".join(["unconstitutionality"] * 390) + "."
    sentence = parser.article(Article(text=text))[0]
    assert len(sentence.words) == 391
    assert is_tree([w.head for w in sentence.words])


def test_a_sentence_is_read_again_for_each_of_its_acts(parser: Parser) -> None:
    sentence = parser.article(Article(text="Peru arrested two smugglers and Chile freed a bishop."))[0]
    said, labels = signals(sentence), parser.model.labels
    for act, actor, recipient in (("arrested", "Peru", "smugglers"), ("freed", "Chile", "bishop")):
        at = {word.text: index for index, word in enumerate(sentence.words)}
        parts = said.parts(at[act], ALONE)
        assert parts.links.shape == (2, len(sentence.words), len(labels["links"]))
        assert np.allclose(parts.links.sum(-1), 1, atol=1e-4)
        assert np.allclose(parts.sectors.sum(-1), 1, atol=1e-4)
        assert parts.mutual < 0.5
        told = {word: labels["links"][parts.links[1, index].argmax()] for word, index in at.items()}
        assert {word for word, link in told.items() if link == "actor"} == {actor}
        assert {word for word, link in told.items() if link == "recipient"} == {recipient}


def test_an_act_beyond_the_encoders_window_has_its_parties_beside_it(parser: Parser) -> None:
    text = " ".join(["unconstitutionality"] * 300) + " , rebels attacked the army in Mali."
    sentence = parser.article(Article(text=text))[0]
    act = next(index for index, word in enumerate(sentence.words) if word.text == "attacked")
    links = signals(sentence).parts(act, ALONE).links[1]
    assert links.shape[0] == len(sentence.words)
    assert (links[:100, 0] == 1).all()
    assert links[act - 1].argmax() == parser.model.labels["links"].index("actor")


def test_the_tree_of_a_plain_sentence_is_right(parser: Parser) -> None:
    sentence = parser.article(Article(text="Rebels attacked the army in Mali."))[0]
    root = next(w for w in sentence.words if w.head == -1)
    assert (root.text, root.lemma, root.upos) == ("attacked", "attack", "VERB")
    relations = {w.text: (w.deprel, sentence.words[w.head].text) for w in sentence.words if w.head >= 0}
    assert relations["Rebels"] == ("nsubj", "attacked")
    assert relations["army"] == ("obj", "attacked")
    assert [
        (TEXT_[e.start : e.end], e.label)
        for e in sentence.entities
        for TEXT_ in ["Rebels attacked the army in Mali."]
    ] == [("Mali", "GPE")]


def test_read_tokens_keeps_the_words_it_is_given() -> None:
    words = [["Police", "arrested", "40", "protesters", "."], []]
    parsed = legation.read_tokens(words)
    assert [[w.text for w in s.words] for s in parsed] == words


@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_an_edit_turns_the_word_into_its_lemma(word: str, lemma: str) -> None:
    change = edit(word, lemma)
    if change.startswith("keep") or word.lower()[:0] == "":
        assert apply(word, change) == lemma


def test_an_inside_tag_never_opens_a_name() -> None:
    labels = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG"]
    scores = np.array([[0, 0, 5, 0, 0], [0, 0, 0, 0, 5]], dtype=np.float32)
    tags = [labels[i] for i in names.best(scores, labels)]
    assert not tags[0].startswith("I-")
    assert tags[1] != "I-ORG" or tags[0].endswith("ORG")
