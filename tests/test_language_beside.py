"""What a sentence is read beside, and that its own first reading does not hang on it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.coding.tree import Tree
from legation.grounding.nouns import agent_nouns
from legation.language.beside import Reading, who
from legation.language.model import WIDTH, Model
from legation.language.parser import Parser
from legation.records import Article, Sentence

REPORT = (
    "Kenyan troops crossed into Somalia on Sunday. The weather was fine. The government in Nairobi said so. "
    "Its soldiers met no resistance. Villagers fled. A minister thanked them. Rain fell. They attacked it."
)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser(Model())


@pytest.fixture(scope="module")
def sentences(parser: Parser) -> tuple[Sentence, ...]:
    return parser.article(Article(text=REPORT, title="Kenya sends army over border"))


def through(sentences: tuple[Sentence, ...]) -> list[Tree]:
    reading, trees = Reading(agent_nouns()), []
    for sentence in sentences:
        trees.append(Tree(sentence, reading.beside()))
        reading.add(trees[-1].words, trees[-1].signals.halfway)
    return trees


def test_a_sentence_is_read_beside_the_headline_the_lead_and_the_two_before_it(sentences) -> None:
    trees = through(sentences)
    assert trees[0].beside.places == ()
    for number, tree in enumerate(trees):
        assert tree.beside.number == number
        met = {place[0] for place in tree.beside.places}
        assert met <= {0, 1, number - 2, number - 1} - {number, -1}
        for sentence, word in tree.beside.places:
            assert word in who(trees[sentence].words, agent_nouns())
    names = {trees[n].words[w].text for n, w in trees[-1].beside.places}
    assert {"Kenya", "troops", "minister"} <= names
    assert not {"Villagers", "Nairobi", "weather"} & names


def test_each_word_beside_has_a_state_and_a_segment(sentences) -> None:
    for tree in through(sentences):
        known = len(tree.beside.places) + 1
        assert tree.beside.states.shape == (1, known, WIDTH)
        assert tree.beside.segments.shape == (1, known)
        assert tree.beside.segments[0, 0] == 0
        assert (tree.beside.segments[0, 1:] > 0).all()


def test_whose_country_a_party_shares_adds_up_to_one(sentences) -> None:
    tree = through(sentences)[-1]
    act = next(n for n, word in enumerate(tree.words) if word.text == "attacked")
    alike = tree.parts(act).alike
    assert alike.shape == (len(tree), 1 + len(tree.beside.places) + len(tree))
    assert np.allclose(alike.sum(-1), 1, atol=1e-4)
    shares = tree.alike(act, 0, least=0.0)
    assert sum(shares.values()) == pytest.approx(1, abs=1e-4)
    assert set(shares) == {None, *tree.beside.places, *((tree.beside.number, w) for w in range(len(tree)))}


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.sampled_from(["Iran freed him.", "Rain fell.", "Peru's army left.", "x " * 450]), max_size=6)
)
def test_a_long_report_keeps_only_what_later_sentences_need(parser: Parser, texts: list[str]) -> None:
    reading = Reading(agent_nouns())
    for text in texts:
        sentence = parser.article(Article(text=text))[0]
        tree = Tree(sentence, reading.beside())
        reading.add(tree.words, tree.signals.halfway)
        assert {n for n, _ in tree.beside.places} <= {0, 1, tree.beside.number - 1, tree.beside.number - 2}
    assert reading.beside().number == len(texts)
