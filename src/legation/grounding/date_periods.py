"""Which expression of time governs an act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from legation.records import Period

if TYPE_CHECKING:
    from legation.grounding.dates import TimeExpression

_OPENING = 12  # characters in front of an expression that opens its sentence: "Late on ", "At least "


def period_of(
    expressions: Sequence[TimeExpression],
    trigger_start: int,
    clause: tuple[int, int],
    sentence: tuple[int, int],
    anchor: date | None,
) -> Period:
    """Return the period of an act whose trigger begins at ``trigger_start``.

    The nearest dated expression in the act's clause governs it; failing that, one that opens the
    sentence; failing that, words without a date (*recently, two days after the vote*), whose days stay
    unknown; failing that, the day of the report is assumed. All offsets count code points of the same
    field.
    """
    inside = [found for found in expressions if clause[0] <= found.start and found.end <= clause[1]]
    opening = [
        found
        for found in expressions
        if sentence[0] <= found.start <= sentence[0] + _OPENING and found.end <= trigger_start
    ]
    for candidates in (inside, opening):
        dated = [found for found in candidates if found.from_ or found.to]
        if dated:
            return _period(min(dated, key=lambda found: _distance(found, trigger_start)))
    present = next((found for found in inside if found.value == "PRESENT_REF"), None)
    if present and anchor:
        return Period(
            text=present.text, start=present.start, end=present.end, from_=anchor, to=anchor, precision="day"
        )
    vague = [found for found in inside if found.value in {"PAST_REF", "FUTURE_REF"} or found.anchor_words]
    if vague:
        return _period(min(vague, key=lambda found: _distance(found, trigger_start)))
    return Period(from_=anchor, to=anchor, precision="unknown", assumed=True)


def _distance(found: TimeExpression, place: int) -> int:
    return found.start - place if found.start >= place else max(0, place - found.end)


def _period(found: TimeExpression) -> Period:
    return Period(
        text=found.text,
        start=found.start,
        end=found.end,
        from_=found.from_,
        to=found.to,
        precision=found.precision,
    )
