"""Expressions of time that set an end run from the day of the report."""

from __future__ import annotations

from datetime import date

import pytest

from legation.grounding.dates import find_times
from legation.grounding.deadlines import with_deadline

DAY = date(2021, 3, 4)


def days(text: str, case: str, day: date | None = DAY) -> tuple[date | None, date | None]:
    (one,) = find_times(text, day)
    found = with_deadline(one, case, day)
    return found.from_, found.to


@pytest.mark.parametrize(
    ("text", "case", "last"),
    [
        ("by April 1", "by", date(2021, 4, 1)),
        ("before April 1", "before", date(2021, 3, 31)),
        ("until April 1", "until", date(2021, 4, 1)),
        ("within three days", "within", date(2021, 3, 7)),
        ("within two weeks", "within", date(2021, 3, 18)),
        ("within 48 hours", "within", date(2021, 3, 6)),
    ],
)
def test_what_is_to_be_done_by_then_may_be_done_from_now_on(text: str, case: str, last: date) -> None:
    assert days(text, case) == (DAY, last)


def test_a_day_that_is_past_sets_no_end() -> None:
    assert days("before March 1, 2021", "before") == days("on March 1, 2021", "on")


def test_a_length_of_time_without_an_end_has_no_days() -> None:
    assert days("for three days", "for") == (None, None)


def test_without_a_report_date_nothing_runs() -> None:
    assert days("within three days", "within", None) == (None, None)
