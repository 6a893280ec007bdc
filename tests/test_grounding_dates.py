from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.grounding import dates
from legation.grounding.dates import TimeExpression, find_times, period_of
from legation.records import Period

SATURDAY = date(2020, 1, 11)
WORDS = (
    "Friday", "March", "May", "may", "second", "31", "30", "99999", "2019", "0", "of", "the", "last",
    "two", "days", "ago", "after", "year", "quarter", "-", ",", ".", "from", "to", "until", "since",
    "between", "and", "Eid al-Fitr", "early", "century", "10:30", "a.m.", "1/2", "million", "hundred",
    "weeks", "decades", "next", "every", "fiscal", "2020-02-31", "31/31/2020", "9/11", "\u201998", "'s",
    "\n\n", "Independence Day", "19981399", "thousand", "0001-01-01",
)  # fmt: skip


def one(text: str, anchor: date | None = SATURDAY, tense: str | None = "past") -> TimeExpression:
    found = find_times(text, anchor, tense=lambda _: tense)
    assert len(found) == 1, found
    return found[0]


def days(text: str, tense: str | None = "past") -> tuple[str | None, str | None]:
    found = one(text, tense=tense)
    return found.from_ and found.from_.isoformat(), found.to and found.to.isoformat()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on 2020-01-10", "2020-01-10", "2020-01-10"),
        ("on Sept. 11, 2001", "2001-09-11", "2001-09-11"),
        ("on 11 September 2001", "2001-09-11", "2001-09-11"),
        ("the 11th of September 2001", "2001-09-11", "2001-09-11"),
        ("on 25.12.2019", "2019-12-25", "2019-12-25"),
        ("on 12/25/2019", "2019-12-25", "2019-12-25"),
        ("on Friday, Jan. 3", "2020-01-03", "2020-01-03"),
        ("on Dec. 29", "2019-12-29", "2019-12-29"),
        ("in March 2003", "2003-03-01", "2003-03-31"),
        ("in 2003", "2003-01-01", "2003-12-31"),
        ("the 1990s", "1990-01-01", "1999-12-31"),
        ("the 1800s", "1800-01-01", "1899-12-31"),
        ("the 20th century", "1900-01-01", "1999-12-31"),
        ("the second quarter of 2019", "2019-04-01", "2019-06-30"),
        ("the first half of 2019", "2019-01-01", "2019-06-30"),
        ("the last half of 2019", "2019-07-01", "2019-12-31"),
        ("summer of 2010", "2010-06-01", "2010-08-31"),
        ("in nineteen ninety-six", "1996-01-01", "1996-12-31"),
        ("March 3-7, 2019", "2019-03-03", "2019-03-07"),
        ("3 to 7 March 2019", "2019-03-03", "2019-03-07"),
        ("from March 3 to April 7, 2018", "2018-03-03", "2018-04-07"),
        ("between 2011 and 2013", "2011-01-01", "2013-12-31"),
        ("in 2011-13", "2011-01-01", "2013-12-31"),
        ("on 9/11", "2001-09-11", "2001-09-11"),
    ],
)
def test_absolute_dates(text: str, first: str, last: str) -> None:
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("yesterday", "2020-01-10", "2020-01-10"),
        ("the day before yesterday", "2020-01-09", "2020-01-09"),
        ("tonight", "2020-01-11", "2020-01-11"),
        ("overnight", "2020-01-10", "2020-01-11"),
        ("last night", "2020-01-10", "2020-01-10"),
        ("two days ago", "2020-01-09", "2020-01-09"),
        ("last week", "2019-12-30", "2020-01-05"),
        ("this month", "2020-01-01", "2020-01-31"),
        ("next year", "2021-01-01", "2021-12-31"),
        ("earlier this week", "2020-01-06", "2020-01-11"),
        ("later this month", "2020-01-11", "2020-01-31"),
        ("in the past 24 hours", "2020-01-10", "2020-01-11"),
        ("over the past two weeks", "2019-12-28", "2020-01-11"),
        ("since December", "2019-12-01", "2020-01-11"),
        ("until Jan. 20", None, "2020-01-20"),
        ("two days after Christmas", "2019-12-27", "2019-12-27"),
        ("Friday prayers", "2020-01-10", "2020-01-10"),
        ("at 10:30 a.m. on Tuesday", "2020-01-07", "2020-01-07"),
    ],
)
def test_dates_counted_from_the_report(text: str, first: str | None, last: str) -> None:
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "tense", "day"),
    [
        ("on Friday", "past", "2020-01-10"),
        ("on Friday", "future", "2020-01-17"),
        ("on Saturday", "past", "2020-01-11"),
        ("last Saturday", "past", "2020-01-04"),
        ("next Friday", "past", "2020-01-17"),
        ("on Feb. 3", "future", "2020-02-03"),
        ("on Oct. 3", "past", "2019-10-03"),
    ],
)
def test_tense_gives_the_direction(text: str, tense: str, day: str) -> None:
    assert days(text, tense) == (day, day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The ministers met on Friday.", "2020-01-10"),
        ("The ministers will meet on Friday.", "2020-01-17"),
        ("Talks will be held on Friday.", "2020-01-17"),
        ("They said that they would go home on Friday.", "2020-01-17"),
        ("On Friday, the ministers will meet.", "2020-01-17"),
        ("They will discuss Friday's attack.", "2020-01-10"),
    ],
)
def test_verb_forms_near_by_stand_in_for_a_parser(text: str, day: str) -> None:
    assert one(text, tense=None).from_ == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Eid al-Fitr 2019", "2019-06-04"),
        ("Eid al-Adha 2019", "2019-08-11"),
        ("Ramadan 2018", "2018-05-16"),
        ("Easter 2019", "2019-04-21"),
        ("Orthodox Easter 2019", "2019-04-28"),
        ("Passover 2020", "2020-04-09"),
        ("Yom Kippur 2019", "2019-10-09"),
        ("Lunar New Year 2020", "2020-01-25"),
        ("Diwali 2019", "2019-10-27"),
        ("Thanksgiving 2019", "2019-11-28"),
        ("last Christmas", "2019-12-25"),
        ("Pakistan's Independence Day", "2019-08-14"),
        ("Independence Day in Ukraine", "2019-08-24"),
    ],
)
def test_holidays(text: str, first: str) -> None:
    assert one(text).from_ == date.fromisoformat(first)


def test_a_national_day_without_its_country_has_no_days() -> None:
    assert one("Independence Day").from_ is None


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("three days", "duration", "P3D"),
        ("twenty-four hours", "duration", "PT24H"),
        ("2 1/2 years", "duration", "P2.5Y"),
        ("several weeks", "duration", "PXW"),
        ("half an hour", "duration", "PT0.5H"),
        ("every Friday", "set", "XXXX-WXX-5"),
        ("each year", "set", "P1Y"),
        ("recently", "date", "PAST_REF"),
        ("right now", "date", "PRESENT_REF"),
        ("99999 years ago", "date", "PAST_REF"),
    ],
)
def test_what_has_no_days(text: str, kind: str, value: str) -> None:
    found = one(text)
    assert (found.kind, found.value, found.from_, found.to, found.precision) == (
        kind,
        value,
        None,
        None,
        "unknown",
    )


def test_an_offset_names_the_words_that_it_counts_from() -> None:
    found = one("He fled two days after the killing of the general, aides said.")
    assert found.offset_days == 2
    assert found.anchor_words is not None
    assert found.anchor_words.text == "the killing of the general"
    moved = found.moved(10)
    assert (moved.start - found.start, moved.anchor_words.start - found.anchor_words.start) == (10, 10)


@pytest.mark.parametrize(
    "text",
    [
        "They may march on the capital.", "Theresa May said so.", "the second man sat in the sun",
        "the fall of Saigon", "1,500 people in 2,000 homes", "in 2000 homes", "He stayed in room 1998.",
        "They won 3-2.", "open 24/7", "on February 31", "31/31/2020", "the year 0", "a 35-year-old woman",
        "about three-quarters of it", "Jan Kavan spoke", "The Sunday Times wrote", "It cost $1990.",
    ],
)  # fmt: skip
def test_false_friends(text: str) -> None:
    assert find_times(text, SATURDAY) == ()


def test_without_a_report_date_relative_words_are_found_but_have_no_days() -> None:
    for text in (
        "yesterday",
        "on Friday",
        "in March",
        "last week",
        "two days ago",
        "Christmas",
        "the second quarter",
    ):
        assert one(text, anchor=None).from_ is None
    assert one("on Sept. 11, 2001", anchor=None).from_ == date(2001, 9, 11)


def test_precision_follows_the_width() -> None:
    texts = {
        "yesterday": "day",
        "last week": "week",
        "in March 2003": "month",
        "in 2003": "year",
        "soon": "unknown",
    }
    assert {text: one(text).precision for text in texts} == texts


def test_the_nearest_expression_of_the_clause_governs() -> None:
    text = "Troops that invaded in 2003 withdrew on Friday, and talks resume next week."
    found = find_times(text, SATURDAY)
    clause, sentence = (text.index("withdrew"), text.index(",")), (0, len(text))
    period = period_of(found, text.index("withdrew"), clause, sentence, SATURDAY)
    assert period == Period(
        text="on Friday", start=37, end=46, from_=date(2020, 1, 10), to=date(2020, 1, 10), precision="day"
    )


def test_an_expression_that_opens_the_sentence_governs_a_clause_without_one() -> None:
    text = "On Friday, officials said, troops fired at a crowd."
    at = text.index("fired")
    found = period_of(find_times(text, SATURDAY), at, (at - 7, len(text)), (0, len(text)), SATURDAY)
    assert found.from_ == date(2020, 1, 10)


def test_no_words_about_time_leave_the_report_date_assumed() -> None:
    assert period_of((), 5, (0, 20), (0, 20), SATURDAY) == Period(from_=SATURDAY, to=SATURDAY, assumed=True)


def test_vague_words_leave_the_days_unknown() -> None:
    found = period_of(find_times("He recently fled.", SATURDAY), 12, (0, 17), (0, 17), SATURDAY)
    assert (found.text, found.from_, found.assumed) == ("recently", None, False)


def test_every_rule_of_the_grammar_has_a_reader() -> None:
    assert dates.unread_rules() == set()


def _check(text: str, anchor: date | None) -> None:
    end = 0
    for found in find_times(text, anchor):
        assert text[found.start : found.end] == found.text
        assert found.start >= end
        assert found.text.strip() == found.text != ""
        assert not (found.from_ and found.to) or found.from_ <= found.to
        end = found.end


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.one_of(st.none(), st.dates()))
def test_arbitrary_text_never_fails(text: str, anchor: date | None) -> None:
    _check(text, anchor)


@settings(max_examples=600, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=14),
    st.sampled_from([" ", ""]),
    st.one_of(st.none(), st.dates()),
)
def test_absurd_dates_never_fail(words: list[str], gap: str, anchor: date | None) -> None:
    _check(gap.join(words), anchor)
