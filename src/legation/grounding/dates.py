"""Words about time in English news, resolved to intervals of days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

import msgspec

from legation.grounding import date_amounts, date_days, date_holidays, date_months
from legation.grounding.calendar import precision_of
from legation.grounding.date_periods import period_of
from legation.grounding.date_ranges import Joined, join
from legation.grounding.date_reader import RULES, Reader
from legation.grounding.date_tokens import Tokens
from legation.grounding.date_words import grammar
from legation.records import Precision, Record, Span

__all__ = ["TimeExpression", "find_times", "period_of"]

TimeKind = Literal["date", "duration", "set", "time"]
_READERS = (date_amounts, date_days, date_holidays, date_months)  # importing them fills RULES


class TimeExpression(Record, frozen=True, kw_only=True):
    """Words about time and the days they mean.

    ``start`` and ``end`` are code points; ``from_`` and ``to`` are both included, and both None where the
    words fix no days. ``value`` is written as TIMEX3 does (2020-01-10, 2020-W02, 2019-Q2, P3D,
    PRESENT_REF; a range is two values and a slash). ``offset_days`` counts from ``anchor_words`` (*the
    killing*), or from a day told before.
    """

    text: str
    start: int
    end: int
    kind: TimeKind
    from_: date | None = None
    to: date | None = None
    precision: Precision = "unknown"
    value: str
    anchor_words: Span | None = None
    offset_days: int | None = None

    def moved(self, by: int) -> TimeExpression:
        """Return the expression with its offsets counted from a place ``by`` code points earlier."""
        words = self.anchor_words and msgspec.structs.replace(
            self.anchor_words, start=self.anchor_words.start + by, end=self.anchor_words.end + by
        )
        return msgspec.structs.replace(self, start=self.start + by, end=self.end + by, anchor_words=words)


def find_times(
    text: str, anchor: date | None, *, tense: Callable[[int], str | None] | None = None
) -> tuple[TimeExpression, ...]:
    """Return the expressions of time of a text, in order, without overlaps.

    ``anchor`` is the day of the report; without it, relative expressions are found but have no days.
    ``tense`` takes the offset of an expression and returns past, present or future, by the verb that
    governs it, or None where it cannot tell; the verb forms near by decide then.
    """
    tokens = Tokens(text)
    reader = Reader(tokens, anchor, tense, text)
    return tuple(_expression(tokens, text, found) for found in join(reader, list(reader.found())))


def _expression(tokens: Tokens, text: str, found: Joined) -> TimeExpression:
    start, end, reading = tokens.starts[found.start], tokens.ends[found.end - 1], found.reading
    return TimeExpression(
        text=text[start:end], start=start, end=end, kind=reading.kind, from_=reading.first, to=reading.last,
        precision=precision_of(reading.first, reading.last), value=reading.value,
        anchor_words=found.anchor_words, offset_days=reading.offset,
    )  # fmt: skip


def unread_rules() -> set[str]:
    """Return rules of the grammar without a reader, and readers without a rule: none, if all is well."""
    return set(grammar().rules) ^ set(RULES)
