"""Readers of the grammar's rules for months, quarters, seasons, years and longer."""

from __future__ import annotations

from datetime import date

from legation.grounding import calendar
from legation.grounding.calendar import Stretch
from legation.grounding.date_days import month_and_day, resolved_day
from legation.grounding.date_reader import Parts, Reader, Reading, dated, full_year, is_class, rule

_NEAR_YEARS = range(-3, 4)
_QUARTERS, _HALVES = 4, 2
_DECADE_2000 = 2000


def _edge(parts: Parts) -> str | None:
    return parts.value("edges", "edge", "edgenoun")


def _near(reader: Reader, token: int, made: list[Stretch | None]) -> Reading | None:
    """Return the one of a unit's yearly turns that the tense singles out."""
    return dated(reader.choose(made, token), floating=True)


@rule("month", "month_bare")
def month(parts: Parts) -> Reading | None:
    """Read December, early March: the year is the one that the tense singles out."""
    wanted, reader = int(parts.value("month") or 1), parts.reader
    if reader.anchor is None:
        return Reading("date", f"XXXX-{wanted:02}", floating=True)
    months = [calendar.month_at(reader.anchor.year + step, wanted) for step in _NEAR_YEARS]
    found = reader.choose(months, parts.span("month")[0])
    return dated(found, _edge(parts), reader.anchor, floating=True)


@rule("month_span")
def month_span(parts: Parts) -> Reading | None:
    """Read October 1984, the end of March 2019, January of this year."""
    year = parts.year_or_relative()
    wanted = int(parts.value("month") or 1)
    if year is None:
        return (
            Reading("date", f"XXXX-{wanted:02}") if parts.has("rel") and parts.reader.anchor is None else None
        )
    return dated(calendar.month_at(year, wanted), _edge(parts), parts.reader.anchor)


@rule("month_relative")
def month_relative(parts: Parts) -> Reading | None:
    """Read Last April, next May, this September, the following January."""
    wanted, mod, reader = int(parts.value("month") or 1), parts.value("mod") or "", parts.reader
    if reader.anchor is None or reader.reference is None:
        return Reading("date", f"XXXX-{wanted:02}")
    base = reader.reference.first if mod in {"after", "before", "that"} else reader.anchor
    found = _beside([calendar.month_at(base.year + step, wanted) for step in _NEAR_YEARS], base, mod)
    return dated(found, _edge(parts), reader.anchor)


def _beside(turns: list[Stretch | None], base: date, mod: str) -> Stretch | None:
    known = [turn for turn in turns if turn]
    if mod in {"last", "before", "latest"}:
        return max((turn for turn in known if turn.last < base), default=None)
    if mod in {"next", "after"}:
        return min((turn for turn in known if turn.first > base), default=None)
    return next((turn for turn in known if turn.first.year == base.year), None)


@rule("season_year", "season_relative", "season_bare", "season_weak")
def season(parts: Parts) -> Reading | None:
    """Read summer of 2010, last winter, this spring, in the autumn."""
    wanted, reader, mod = parts.value("season") or "SU", parts.reader, parts.value("mod")
    year = parts.year_or_relative()
    if year is not None:
        return dated(calendar.season_at(year, wanted), _edge(parts), reader.anchor)
    if reader.anchor is None:
        return Reading("date", f"XXXX-{wanted}", floating=True)
    if mod == "this":
        return dated(calendar.season_at(reader.anchor.year, wanted), _edge(parts), reader.anchor)
    turns = [calendar.season_at(reader.anchor.year + step, wanted) for step in _NEAR_YEARS]
    if mod in {"last", "next", "before", "after"}:
        return dated(_beside(turns, reader.anchor, mod), _edge(parts), reader.anchor)
    return dated(reader.choose(turns, parts.start), _edge(parts), reader.anchor, floating=True)


@rule("quarter", "quarter_named", "quarter_ofyear", "the_quarter")
def quarter(parts: Parts) -> Reading | None:
    """Read the second quarter of 2019, this year's first half, Q3, the latest quarter, the 1988 quarter."""
    reader, unit = parts.reader, parts.value("unit") or "quarter"
    year = _quarter_year(parts)
    nth = _nth(parts, unit)
    made = calendar.half_at if unit == "half" else calendar.quarter_at
    most = _HALVES if unit == "half" else _QUARTERS
    if reader.anchor is None:
        return (
            dated(made(year, nth))
            if year and nth and nth <= most
            else Reading("date", f"XXXX-{unit[0].upper()}{nth or 'X'}")
        )
    if nth is None:
        return _quarter_beside(parts, unit, year)
    if not 1 <= nth <= most:
        return None
    if year is not None:
        return dated(made(year, nth), _edge(parts), reader.anchor)
    return _near(reader, parts.start, [made(reader.anchor.year + step, nth) for step in _NEAR_YEARS])


def _nth(parts: Parts, unit: str) -> int | None:
    if parts.value("nth", "final"):
        return (_HALVES if unit == "half" else _QUARTERS) if parts.value("nth") == "last" else 1
    if not parts.has("nth"):
        return _HALVES if unit == "half" and parts.value("mod") == "last" and parts.has("year") else None
    named = parts.value("nth", "nthquarter")
    return int(named) if named else parts.number("nth")


def _quarter_year(parts: Parts) -> int | None:
    if parts.has("ofyear"):
        return parts.year("ofyear")
    inner = parts.reading("ofrel") if parts.has("ofrel") else None
    return inner.first.year if inner and inner.first else parts.year_or_relative()


def _quarter_beside(parts: Parts, unit: str, year: int | None) -> Reading | None:
    """Return the quarter that *last, this, next, the latest …* or nothing but *the quarter* means."""
    reader, mod = parts.reader, parts.value("mod")
    anchor, told = reader.anchor, reader.reference
    if anchor is None:
        return None
    if told and told.unit == unit and mod in {None, "that", "this"}:
        return dated(calendar.unit_at(unit, told.first.replace(year=year or told.first.year, day=1)))
    step = {"this": 0, "next": 1, "after": 1}.get(mod or "", -1)
    day = calendar.shifted(anchor, step, unit)
    found = calendar.unit_at(unit, day.replace(year=year or day.year, day=1)) if day else None
    return dated(found, _edge(parts), anchor)


@rule("year", "year_first", "year_spoken")
def year(parts: Parts) -> Reading | None:
    """Read 1998, early 2014, '98, nineteen ninety-six."""
    found = parts.year("year")
    if found and found % 50 == 0 and is_class(parts.reader, parts.span("year")[0] - 1, "other", "approx"):
        return None  # more likely a round number of things
    return dated(calendar.year_at(found), _edge(parts), parts.reader.anchor) if found else None


@rule("fiscal")
def fiscal(parts: Parts) -> Reading | None:
    """Read fiscal 1989, the fiscal year: taken for the calendar year of that name."""
    anchor = parts.reader.anchor
    if parts.has("year"):
        return year(parts)
    if parts.value("unit") != "year":
        return None
    return dated(calendar.year_at(anchor.year)) if anchor else Reading("date", "XXXX")


@rule("decade")
def decade(parts: Parts) -> Reading | None:
    """Read the 1990s, the late '80s, the nineties."""
    word = parts.words("decade")[0]
    digits = "".join(letter for letter in word if letter.isdigit())
    if digits:
        found = int(digits) if len(digits) > 2 else full_year(int(digits))  # noqa: PLR2004
    else:
        if not (parts.has("edges") or is_class(parts.reader, parts.span("decade")[0] - 1, "the")):
            return None
        found = int(parts.value("decade") or 0)
    whole_century = found % 100 == 0 and found < _DECADE_2000  # the 1800s
    made = calendar.century_at(found // 100 + 1) if whole_century else calendar.decade_at(found)
    return dated(made, _edge(parts), parts.reader.anchor)


@rule("century")
def century(parts: Parts) -> Reading | None:
    """Read the 20th century, the last century."""
    reader, mod = parts.reader, parts.value("mod")
    if parts.has("nth"):
        nth = parts.number("nth") or 0
    elif reader.anchor is None or mod is None:
        return Reading("date", "XX")
    else:
        nth = reader.anchor.year // 100 + 1 + {"last": -1, "before": -1, "next": 1, "after": 1}.get(mod, 0)
    return dated(calendar.century_at(nth), _edge(parts), reader.anchor)


@rule("day_range", "range_day")
def day_range(parts: Parts) -> Reading | None:
    """Read March 3 to 7, 3-7 March 2019."""
    reader, year_ = parts.reader, parts.year("year")
    month_, _, _ = month_and_day(reader, *parts.span("month"))
    days = parts.number("first"), parts.number("last")
    if month_ is None or days[0] is None or days[1] is None or days[0] >= days[1]:
        return None
    low = resolved_day(reader, month_, days[0], year_, parts.start)
    high = resolved_day(reader, month_, days[1], low.first.year if low and low.first else year_, parts.start)
    if low is None or high is None:
        return None
    value = f"{low.value}/{high.value}"
    stretch = low.stretch and high.stretch and Stretch(low.stretch.first, high.stretch.last, value, "day")
    return Reading("date", value, low.first, high.last, stretch=stretch, floating=low.floating)


@rule("year_range")
def year_range(parts: Parts) -> Reading | None:
    """Read 1990-91, 2003-2011."""
    low, tail = parts.year("first"), parts.words("last")[0]
    if low is None or len(tail) == 1:
        return None
    high = int(str(low)[: 4 - len(tail)] + tail)
    first, last = calendar.year_at(low), calendar.year_at(high)
    if not first or not last or not low < high <= low + 150:
        return None
    return Reading("date", f"{first.value}/{last.value}", first.first, last.last)
