"""Expressions of time that set an end: *by Oct 15, until Monday, within 48 hours*, from the report on."""

from __future__ import annotations

import re
from datetime import date, timedelta

import msgspec

from legation.grounding.calendar import precision_of
from legation.grounding.dates import TimeExpression

ENDS = frozenset({"by", "until", "till", "before"})
DAYS = {"TH": 1 / 24, "D": 1, "W": 7, "M": 365.25 / 12, "Y": 365.25}
_AMOUNT = re.compile(r"P(T?)(\d+(?:\.\d+)?)([HDWMY])")


def with_deadline(one: TimeExpression, case: str, day: date | None) -> TimeExpression:
    """Return an expression after a preposition with the days that it leaves, counted from the report's."""
    if day is None:
        return one
    if one.to is not None and one.to > day and (one.from_ is None or (case in ENDS and one.from_ > day)):
        return _lasting(one, day, one.from_ - timedelta(days=1) if case == "before" and one.from_ else one.to)
    amount = _AMOUNT.fullmatch(one.value) if case == "within" and one.kind == "duration" else None
    if amount is None:
        return one
    days = round(float(amount[2]) * DAYS.get(amount[1] + amount[3], 0))
    return _lasting(one, day, day + timedelta(days=days))


def _lasting(one: TimeExpression, first: date, last: date) -> TimeExpression:
    return msgspec.structs.replace(one, from_=first, to=last, precision=precision_of(first, last))
