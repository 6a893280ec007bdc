"""What holds of every report that the coder makes, whatever the text."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation import Article, Coder, Mention, Report, UsageError
from legation.labels import TYPES

REPORT = (
    "LIMA, March 4 (Reuters) - Chile’s foreign minister, Ana Soto, met Peruvian officials on Tuesday.\n\n"
    "Two days earlier, police in Arica had arrested four Peruvian fishermen. “We demand that Chile "
    "free them,” a Peruvian spokesman said. He added that Chilean sailors had fired on a boat.\n\n"
    "Chile will release the fishermen on Friday, according to the ministry. The two countries signed "
    "a fishing agreement in 1998. 🐟 Thousands of people protested against the government in Tacna."
)
TITLE = "Chile and Peru hold talks after arrest of fishermen"
DAY = "2021-03-04"
SENTENCES = (
    "Rebels attacked a convoy near Gao and killed three soldiers.",
    "Japan will send medicine to Laos.",
    "Zambia asked Angola to release the fishermen.",
    "Estonia did not condemn Finland.",
    "Turkey may expel the American ambassador.",
)
AROUND = (
    "It rained in the night.",
    "Norway praised Chile on Monday, and the minister flew home.",
    "“Nothing was decided,” he said.",
    "Gunmen may have attacked a bank in Bogotá; the police denied it.",
)
HOSTILE = (
    "",
    " \n\t ",
    ".",
    "\x00\x01\ufffe",
    "\ud800 attacked \udfff",
    "e\u0301" * 50 + " attacked " + "\u202e" + "Chad",
    "ATTACKED ATTACKED ATTACKED",
    "\u200b".join("Rebels attacked the army."),
    "叛军星期五在首都附近袭击了政府军。",
    "هاجم المتمردون الجيش يوم الجمعة.",
    "Rebels attacked\r\nthe army\r\nin Mali.",
    "(((((Rebels [attacked] {the} <army>)))",
    "Rebels " + "and soldiers " * 100 + "clashed.",
    "x" * 5_000,
    "a,b;c|d\te=SUM(A1)'\"; DROP TABLE mentions;--",
    "Rebels attacked the army " + "𝕏" * 20 + " in Mali 👩‍👩‍👧 on Friday.",
)


@dataclass(frozen=True)
class Act:
    """What a sentence says by itself, with the trigger's place counted from the sentence's start."""

    trigger: str
    at: int
    type: str
    mode: str | None
    status: str


def spans(mention: Mention) -> Iterator[tuple[str, int, int]]:
    for part in (
        mention.trigger,
        *mention.actors,
        *mention.recipients,
        mention.source,
        mention.when,
        mention.where,
    ):
        if part is not None and part.text is not None:
            yield part.text, part.start, part.end


def check(report: Report) -> None:
    for mention in report.mentions:
        field = report.article.field(mention.field)
        assert all(field[start:end] == text and text for text, start, end in spans(mention))
        sentence = report.sentences[mention.sentence]
        assert sentence.field == mention.field
        assert sentence.start <= mention.trigger.start < mention.trigger.end <= sentence.end
        assert 0 <= mention.confidence <= 1
        assert mention.type in TYPES
        assert mention.article == report.article.id
        assert mention.event in {event.id for event in report.events}
    assert len({mention.id for mention in report.mentions}) == len(report.mentions)


@pytest.fixture(scope="module")
def report(coder: Coder) -> Report:
    return coder.read(REPORT, title=TITLE, date=DAY)


def articles() -> list[Article]:
    texts = [REPORT, *SENTENCES, *HOSTILE[:4]]
    return [Article(text=text, title=TITLE if n % 2 else None) for n, text in enumerate(texts)]


def test_the_words_of_every_part_stand_where_their_offsets_say(report: Report) -> None:
    assert {mention.field for mention in report.mentions} == {"title", "text"}
    assert len(report.mentions) > 5
    check(report)


def test_the_same_article_gives_the_same_records_again_and_from_another_coder(
    coder: Coder, report: Report
) -> None:
    assert coder.read(REPORT, title=TITLE, date=DAY) == report
    assert Coder().read(REPORT, title=TITLE, date=DAY) == report


def test_ids_differ_between_articles(coder: Coder, report: Report) -> None:
    other = coder.read(REPORT, title=TITLE, date="2021-03-05")
    assert len(other.mentions) == len(report.mentions)
    assert not {mention.id for mention in other.mentions} & {mention.id for mention in report.mentions}


def test_many_articles_give_what_each_gives_alone_in_order_and_on_any_number_of_threads(coder: Coder) -> None:
    alone = [coder.read_article(article) for article in articles()]
    assert list(coder.read_many(iter(articles()))) == alone
    assert list(Coder(threads=2).read_many(iter(articles()))) == alone


def test_articles_are_taken_from_the_source_only_as_they_are_read(coder: Coder) -> None:
    def endless() -> Iterator[Article]:
        while True:
            yield Article(text=SENTENCES[0])

    many = coder.read_many(endless())
    assert [len(next(many).mentions) for _ in range(3)] == [len(coder.read(SENTENCES[0]).mentions)] * 3


def acts(report: Report, sentence: str) -> list[Act]:
    start = report.article.text.index(sentence)
    return [
        Act(m.trigger.text, m.trigger.start - start, m.type, m.mode, m.status)
        for m in report.mentions
        if m.field == "text" and start <= m.trigger.start < start + len(sentence)
    ]


@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from(SENTENCES),
    st.lists(st.sampled_from(AROUND), max_size=3),
    st.lists(st.sampled_from(AROUND), max_size=3),
)
def test_what_a_sentence_says_does_not_hang_on_the_paragraphs_around_it(
    coder: Coder, sentence: str, before: list[str], after: list[str]
) -> None:
    alone = acts(coder.read(sentence, date=DAY), sentence)
    assert alone
    assert acts(coder.read("\n\n".join([*before, sentence, *after]), date=DAY), sentence) == alone


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_text_can_be_read(coder: Coder, text: str) -> None:
    check(coder.read(text, title=text[:20] or None))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from([*REPORT.split(), "\n\n", "-", "“", '"', "...", "’s", "\u00a0"]), max_size=40)
)
def test_any_jumble_of_words_can_be_read(coder: Coder, words: list[str]) -> None:
    check(coder.read(" ".join(words), date=DAY))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_can_be_read(coder: Coder, text: str) -> None:
    check(coder.read(f"{text}\n\n{SENTENCES[0]}", title=text, date=DAY))
    assert acts(coder.read(f"{text}\n\n{SENTENCES[0]}", date=DAY), SENTENCES[0])


def hostile_names() -> list[str]:
    lines = (Path(__file__).parent / "data" / "hostile_names.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[0] for line in lines if not line.startswith("#")][1:]


def test_hostile_names_do_not_stop_a_reading(coder: Coder) -> None:
    names = hostile_names()[::7]
    assert len(names) > 50
    for one, other in pairwise(names):
        check(coder.read(f"{one} attacked {other}.", date=DAY))


TEXT = "Kenya condemned Uganda on Monday."
KENYA, UGANDA = (0, 5), (16, 22)


def test_relate_shares_one_among_the_sixteen_types(coder: Coder) -> None:
    shares = coder.relate(TEXT, actor=KENYA, recipient=UGANDA)
    assert set(shares) == set(TYPES)
    assert sum(shares.values()) == pytest.approx(1)
    assert all(0 < share < 1 for share in shares.values())
    assert max(shares, key=shares.__getitem__) == "ACCUSE"


@pytest.mark.parametrize(
    ("text", "actor", "recipient", "kind"),
    [
        ("France sent grain to Mali last week.", "France", "Mali", "AID"),
        ("France will send grain to Mali next week.", "France", "Mali", "AGREE"),
        ("Turkey bombed Syria on Monday.", "Turkey", "Syria", "ASSAULT"),
        ("Turkey plans to bomb Syria within days.", "Turkey", "Syria", "THREATEN"),
        ("Israel will not meet Hamas this week.", "Israel", "Hamas", "REJECT"),
        ("Kenya has lifted its ban on Ugandan milk.", "Kenya", "Ugandan", "CONCEDE"),
        (
            "Police announced the arrest of the mayor of Lima.",
            "Police",
            "the mayor of Lima",
            "COERCE",
        ),
    ],
)
def test_relate_takes_a_plan_or_a_denial_for_what_it_is_between_the_two(
    coder: Coder, text: str, actor: str, recipient: str, kind: str
) -> None:
    places = [(text.index(words), text.index(words) + len(words)) for words in (actor, recipient)]
    shares = coder.relate(text, *places)
    assert max(shares, key=shares.__getitem__) == kind


def test_relate_does_not_hang_on_what_was_asked_before(coder: Coder) -> None:
    first = coder.relate(TEXT, actor=KENYA, recipient=UGANDA)
    coder.relate("Rebels shelled the port of Aden.", actor=(0, 6), recipient=(15, 31))
    coder.read(REPORT)
    assert coder.relate(TEXT, actor=KENYA, recipient=UGANDA) == first


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_relate_takes_any_two_stretches_of_any_text(coder: Coder, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(SENTENCES) | st.text(min_size=1, max_size=60).filter(str.strip))
    places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda p: p[0] < p[1])
    shares = coder.relate(text, actor=data.draw(places), recipient=data.draw(places))
    assert len(shares) == len(TYPES)
    assert sum(shares.values()) == pytest.approx(1)


@pytest.mark.parametrize("marked", [(-1, 3), (3, 3), (5, 2), (0, 1_000)])
def test_relate_refuses_a_stretch_that_is_not_in_the_text(coder: Coder, marked: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match=r"recipient .* lies outside the text"):
        coder.relate(TEXT, actor=KENYA, recipient=marked)


@pytest.mark.parametrize("text", [" ", "\n\t ", "x" * 5_000])
def test_relate_refuses_a_text_without_words(coder: Coder, text: str) -> None:
    with pytest.raises(UsageError, match="no words"):
        coder.relate(text, actor=(0, 1), recipient=(0, 1))


def test_a_date_that_is_none_is_refused_by_name(coder: Coder) -> None:
    with pytest.raises(UsageError, match=r"'last Friday' is no date; write it as 2020-01-10"):
        coder.read(TEXT, date="last Friday")
