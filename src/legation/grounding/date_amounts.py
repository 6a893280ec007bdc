"""Readers of the grammar's rules for amounts of time: durations, sets, and shifts from a day."""

from __future__ import annotations

from legation.grounding import calendar
from legation.grounding.calendar import Stretch
from legation.grounding.date_reader import Parts, Reading, dated, is_class, number, rule

_CODES = {
    "second": ("PT", "S"), "minute": ("PT", "M"), "hour": ("PT", "H"), "day": ("P", "D"), "week": ("P", "W"),
    "fortnight": ("P", "W"), "weekend": ("P", "WE"), "month": ("P", "M"), "quarter": ("P", "Q"),
    "year": ("P", "Y"),
    "decade": ("P", "Y"), "century": ("P", "Y"),
}  # fmt: skip
_TIMES = {"fortnight": 2, "decade": 10, "century": 100}
_SHORT = {"second", "minute", "hour"}
_FINE = {"week": "day", "fortnight": "day", "weekend": "week"}


def duration_value(count: float | None, unit: str) -> str:
    """Return an amount as TIMEX3 writes it: P3D, PT2H, PXM, P2.5Y."""
    before, after = _CODES[unit]
    if count is None:
        return f"{before}X{'E' if unit == 'decade' else 'C' if unit == 'century' else after}"
    return f"{before}{count * _TIMES.get(unit, 1):.12g}{after}"


def _amount(parts: Parts) -> float | None:
    words = parts.words("amount")
    kind = parts.value("amount", "article")
    if kind and number(words) is None:
        return 1
    for between in ("to", "or", "-", "\u2013"):
        if between in words[1:-1] and not (
            between == "-" and number(words[:1]) in {20, 30, 40, 50, 60, 70, 80, 90}
        ):
            return number(words[: words.index(between)])
    return number(words)


def _unit(parts: Parts) -> str:
    return parts.value("unit") or parts.value("amount", "units") or ""


@rule("duration", "half_unit", "one_unit", "bare_units")
def duration(parts: Parts) -> Reading | None:
    """Read two days, a week, 10-year-old, half an hour, for months: an amount without a place in time."""
    unit = _unit(parts) or parts.value("units") or ""
    if parts.has("half"):
        return Reading("duration", duration_value(0.5, unit))
    count = 1.0 if parts.has("article") else _amount(parts) if parts.has("amount") else None
    return Reading("duration", duration_value(count, unit))


@rule("ago")
def ago(parts: Parts) -> Reading | None:
    """Read three days ago, a year ago, months ago."""
    count, unit, anchor = _amount(parts), _unit(parts), parts.reader.anchor
    if not unit:
        return None
    if count is None or anchor is None:
        return Reading("date", "PAST_REF")
    compared = _compared(parts, unit, count)
    return compared or _shifted(parts, -count, unit, anchored=True) or Reading("date", "PAST_REF")


def _shifted(parts: Parts, count: float, unit: str, *, anchored: bool) -> Reading | None:
    """Return the unit so far from the report's day or from the last day told; None past the calendar."""
    reader = parts.reader
    base = reader.anchor if anchored or reader.reference is None else reader.reference.first
    day = calendar.shifted(base, count, unit) if base else None
    if day is None:
        return None
    fine = (
        "day" if unit in _SHORT else "week" if unit == "fortnight" else "year" if unit == "decade" else unit
    )
    if reader.reference and not anchored and reader.reference.unit == "day":
        fine = _FINE.get(unit, fine)
    return dated(calendar.unit_at(fine, day))


def _compared(parts: Parts, unit: str, count: float) -> Reading | None:
    """Return last year's quarter where figures of two are compared (*from a year ago*)."""
    told = parts.reader.quarter_told(parts.start)
    if unit != "year" or count != 1 or told is None:
        return None
    return _unremembered(dated(_year_before(told)))


def _year_before(told: Stretch) -> Stretch | None:
    day = calendar.shifted(told.first, -1, "year")
    return calendar.unit_at(told.unit, day) if day else None


def _unremembered(reading: Reading | None) -> Reading | None:
    """Return a reading that later ones do not count from, as it only compares."""
    return reading._replace(stretch=None) if reading else None


@rule("offset_the")
def offset_the(parts: Parts) -> Reading | None:
    """Read the day after the vote, weeks before the killing."""
    unit, sign = parts.value("unit") or "day", int(parts.value("dir") or 1)
    single = parts.value("unit", "unit") is not None
    if single and not is_class(parts.reader, parts.start, "the"):
        return None
    return Reading(
        "duration", duration_value(1 if single else None, unit), offset=_days(sign, unit) if single else None
    )


@rule("offset")
def offset(parts: Parts) -> Reading | None:
    """Read two days later, a week before the vote: so far from a day told elsewhere."""
    count, unit, word = _amount(parts), _unit(parts), parts.words("dir")[0]
    sign = {"earlier": -1, "before": -1, "later": 1, "after": 1, "hence": 1}.get(word)
    if sign is None:
        return Reading("duration", duration_value(count, unit)) if parts.value("dir") != "-1" else None
    days = None if count is None else _days(sign * count, unit)
    if word in {"before", "after"}:
        return Reading("duration", duration_value(count, unit), offset=days)
    if count is None:
        return Reading("date", "PAST_REF" if sign < 0 else "FUTURE_REF")
    compared = _compared(parts, unit, count) if sign < 0 else None
    found = compared or _shifted(parts, sign * count, unit, anchored=word == "hence")
    return (
        found._replace(offset=days)
        if found
        else Reading("duration", duration_value(count, unit), offset=days)
    )


def _days(count: float, unit: str) -> int | None:
    days = count * calendar.days_in(unit)
    return round(days) if abs(days) < 4_000_000 else None  # noqa: PLR2004


@rule("before_day")
def before_day(parts: Parts) -> Reading | None:
    """Read the day before last Tuesday, the week after Christmas."""
    inner, unit = parts.reading("day"), parts.value("unit") or "day"
    if inner is None or inner.first is None or unit in _SHORT:
        return None
    day = calendar.shifted(inner.first, int(parts.value("dir") or 1), unit)
    return dated(calendar.unit_at(unit, day)) if day else None


@rule("span")
def span(parts: Parts) -> Reading | None:
    """Read the past two months, the next few days, the first nine months."""
    count, unit, mod, anchor = _amount(parts), _unit(parts), parts.value("mod"), parts.reader.anchor
    value = duration_value(count, unit)
    ahead = mod == "next"
    if anchor is None or count is None or mod not in {"last", "next", "latest"}:
        return Reading("duration", value)
    other = calendar.shifted(anchor, count if ahead else -count, unit)
    if other is None:
        return Reading("duration", value)
    if unit in _SHORT and other == anchor:
        return Reading("duration", value, anchor, anchor)
    return Reading("duration", value, *((anchor, other) if ahead else (other, anchor)))


@rule("recent")
def recent(parts: Parts) -> Reading | None:
    """Read recent weeks."""
    return Reading("date", duration_value(None, parts.value("unit") or "day"))


@rule("the_unit")
def the_unit(parts: Parts) -> Reading | None:
    """Read the year, the week: the report's."""
    unit, anchor = parts.value("unit") or "", parts.reader.anchor
    return dated(calendar.unit_at(unit, anchor)) if anchor and unit in {"year", "week"} else None


@rule("relative", "weekend", "year_end", "day_number")
def relative(parts: Parts) -> Reading | None:
    """Read last week, earlier this month, the next day, that year, the weekend, year-end."""
    reader, unit = parts.reader, parts.value("unit") or parts.value("year") or "day"
    mod, edge = (
        parts.value("mod"),
        parts.value("edges", "edge", "edgenoun") or ("late" if parts.has("end") else None),
    )
    if parts.has("nth") or unit == "minute":
        return None
    if unit == "hour":
        return Reading("duration", "PT1H", reader.anchor, reader.anchor) if mod in {"last", "next"} else None
    if reader.anchor is None:
        return Reading(
            "date", "PAST_REF" if mod == "last" else "FUTURE_REF" if mod == "next" else "PRESENT_REF"
        )
    found = _unit_beside(parts, unit, mod)
    if found and mod == "last" and parts.words("mod")[-1] == "past" and parts.reader.anchor:
        return _sliding(parts, found, unit)
    return dated(found, edge, reader.anchor)


def _unit_beside(parts: Parts, unit: str, mod: str | None) -> Stretch | None:
    reader = parts.reader
    told = reader.reference.first if reader.reference else reader.anchor
    the = parts.has("the") and unit == "day"
    base = told if mod in {"before", "after", "that"} or (the and mod == "next") else reader.anchor
    step = {"last": -1, "before": -1, "latest": -1, "next": 1, "after": 1}.get(mod or "", 0)
    if unit == "weekend":
        return _weekend(parts, mod, step)
    day = calendar.shifted(base, step, unit) if base else None
    return calendar.unit_at(unit, day) if day else None


def _weekend(parts: Parts, mod: str | None, step: int) -> Stretch | None:
    anchor = parts.reader.anchor
    if anchor is None:
        return None
    tense = parts.reader.tense(parts.start) if mod is None else "past" if step < 0 else "future"
    weekends = [calendar.weekend_at(day) for days in (-7, 0, 7) if (day := calendar.moved(anchor, days))]
    return calendar.choose(weekends, anchor, tense)


def _sliding(parts: Parts, found: Stretch, unit: str) -> Reading | None:
    anchor = parts.reader.anchor
    first = calendar.shifted(anchor, -1, unit) if anchor else None
    return Reading("date", found.value, first, anchor, stretch=found)


@rule("year_earlier")
def year_earlier(parts: Parts) -> Reading | None:
    """Read the year-earlier quarter, year-ago: the same stretch a year before the one last told."""
    told, reader = parts.reader.reference, parts.reader
    if told is None or parts.value("unit") not in {"year", "month", "week"}:
        return None
    unit = "quarter" if parts.has("quarter") and told.unit != "quarter" else told.unit
    day = calendar.shifted(told.first, -1, parts.value("unit") or "year")
    if reader.anchor is None or day is None or unit not in {"quarter", "half", "month", "year", "week"}:
        unit = "year"
    return _unremembered(dated(calendar.unit_at(unit, day))) if day else None


@rule("set")
def every(parts: Parts) -> Reading | None:
    """Read every Friday, each year."""
    unit = parts.value("unit") or ""
    if unit.isdigit():
        weekday = is_class(parts.reader, parts.span("unit")[0], "weekday")
        return Reading("set", f"XXXX-WXX-{unit}" if weekday else f"XXXX-{int(unit):02}")
    if unit not in _CODES:
        return Reading(
            "set",
            f"XXXX-{unit}" if len(unit) == 2 and unit in calendar.SEASONS else f"XXXX-XX-XXT{unit}",  # noqa: PLR2004
        )
    return Reading("set", duration_value(number(parts.words("every")[1:]) or 1, unit))


@rule("set_days", "set_nights")
def set_days(parts: Parts) -> Reading | None:
    """Read Fridays, Tuesday nights, daily."""
    return Reading("set", parts.value("setword") or f"XXXX-WXX-{parts.value('wd')}")


@rule("rate")
def rate(parts: Parts) -> Reading | None:
    """Read twice *a year*."""
    return Reading("set", duration_value(1, parts.value("unit") or "year"))


@rule("reference", "future", "past")
def reference(parts: Parts) -> Reading | None:
    """Read Now, recently, soon, the near future, in the past: with no interval."""
    if parts.has("past"):
        return Reading("date", "PAST_REF") if parts.words("past")[0] == "past" else None
    return Reading("date", parts.value("ref") or parts.value("future") or "PRESENT_REF")
