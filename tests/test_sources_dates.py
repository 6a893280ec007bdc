"""Dates of publication, the ways sources write them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.sources.dates import read_date

DAY = date(2020, 1, 11)
MOMENT = datetime(2020, 1, 11, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2020-01-11", DAY),
        (" 20200111 ", DAY),
        (20200111, DAY),
        ("2020/01/11", DAY),
        ("11 January 2020", DAY),
        ("January 11th, 2020", DAY),
        ("Jan. 11, 2020", DAY),
        ("Saturday, January 11, 2020", DAY),
        ("2020-01-11 09:30:00", DAY),
        ("20200111093000", DAY),
        (datetime(2020, 1, 11, 9, 30), DAY),  # noqa: DTZ001 - a time without a zone
        (MOMENT, MOMENT),
        ("2020-01-11T09:30:00Z", MOMENT),
        ("2020-01-11 09:30:00 UTC", MOMENT),
        ("2020-01-11T12:30:00+0300", datetime(2020, 1, 11, 12, 30, tzinfo=timezone(timedelta(hours=3)))),
        ("Sat, 11 Jan 2020 09:30:00 GMT", MOMENT),
        (1578735000, MOMENT),
        ("1578735000000", MOMENT),
        (1578735000.0, MOMENT),
    ],
)
def test_usual_spellings_are_read(written, read):
    found = read_date(written)
    assert found == read
    assert type(found) is type(read)


@pytest.mark.parametrize("absent", [None, "", "  ", "NaN", "null", float("nan"), "n/a"])
def test_nothing_is_no_date(absent):
    assert read_date(absent) is None


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2020-02-30", "'2020-02-30' is no date"),
        ("yesterday", "is no date"),
        ("20201311", "is no date"),
        (True, "is no date"),
        ([2020], "is no date"),
        ("11/01/2020", "could be two days"),
        ("0999-01-01", "before 1800"),
        ("3020-01-11", "in the future"),
        ("99999999999999", "is no date"),
    ],
)
def test_what_is_no_day_of_news_is_named(written, reason):
    with pytest.raises(ValueError, match=reason):
        read_date(written)


def test_clocks_may_differ_by_two_days():
    today = datetime.now(UTC).date()
    assert read_date(str(today + timedelta(days=2)))
    with pytest.raises(ValueError, match="future"):
        read_date(str(today + timedelta(days=4)))


@given(st.text() | st.integers() | st.floats())
def test_anything_is_read_or_refused_with_a_reason(value):
    reason = ""
    found = None
    try:
        found = read_date(value)
    except ValueError as error:
        reason = str(error)
    assert found is None or found.year >= 1800
    assert len(reason) < 120


@given(st.dates(date(1800, 1, 1), date(2020, 1, 1)))
def test_every_day_comes_back(day):
    for written in (day, day.isoformat(), day.strftime("%d %B %Y").rjust(12), day.strftime("%B %d, %Y")):
        assert read_date(written) == day
