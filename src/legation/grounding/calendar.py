"""Arithmetic of calendar units: which days a week, a quarter, a season or a decade covers."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from legation.records import Precision

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_DOUBT = 5  # times as far
_DAYS_IN = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}


class Stretch(NamedTuple):
    """A unit of the calendar: first and last day, its value as TIMEX3 writes it, and the unit's name."""

    first: date
    last: date
    value: str
    unit: str


def day_at(year: int, month: int, day: int) -> Stretch | None:
    """Return the day, or None if there is none such (February 31, the year 0)."""
    try:
        found = date(year, month, day)
    except (ValueError, OverflowError):
        return None
    return Stretch(found, found, found.isoformat(), "day")


def months_from(year: int, month: int, count: int, value: str, unit: str) -> Stretch | None:
    """Return a stretch of ``count`` months that begins with a month; None outside the years 1 to 9999."""
    end = year * 12 + month - 2 + count
    if not 1 <= year <= date.max.year or not 1 <= month <= 12 or end // 12 > date.max.year:  # noqa: PLR2004
        return None
    last = date(end // 12, end % 12 + 1, calendar.monthrange(end // 12, end % 12 + 1)[1])
    return Stretch(date(year, month, 1), last, value, unit)


def month_at(year: int, month: int) -> Stretch | None:
    """Return a month of a year."""
    return months_from(year, month, 1, f"{year:04}-{month:02}", "month")


def quarter_at(year: int, nth: int) -> Stretch | None:
    """Return a quarter, 1 to 4, of a calendar year."""
    return months_from(year, nth * 3 - 2, 3, f"{year:04}-Q{nth}", "quarter")


def half_at(year: int, nth: int) -> Stretch | None:
    """Return a half, 1 or 2, of a calendar year."""
    return months_from(year, nth * 6 - 5, 6, f"{year:04}-H{nth}", "half")


def year_at(year: int) -> Stretch | None:
    """Return a calendar year."""
    return months_from(year, 1, 12, f"{year:04}", "year")


def decade_at(year: int) -> Stretch | None:
    """Return the decade that holds a year."""
    return months_from(max(1, year - year % 10), 1, 120, f"{year // 10:03}", "decade")


def century_at(nth: int) -> Stretch | None:
    """Return a century: the 20th covers 1900 to 1999, as speakers use it."""
    return months_from(max(1, nth * 100 - 100), 1, 1200, f"{nth - 1:02}", "century") if nth > 1 else None


def season_at(year: int, season: str) -> Stretch | None:
    """Return a northern season of three months; a winter has the name of the year in which it begins."""
    return months_from(year, SEASONS[season], 3, f"{year:04}-{season}", "season")


def week_at(day: date) -> Stretch | None:
    """Return the ISO week, Monday to Sunday, that holds a day."""
    year, week, weekday = day.isocalendar()
    first = moved(day, 1 - weekday)
    last = moved(day, 7 - weekday)
    return Stretch(first, last, f"{year:04}-W{week:02}", "week") if first and last else None


def weekend_at(day: date) -> Stretch | None:
    """Return the Saturday and Sunday of a day's ISO week."""
    week = week_at(day)
    if week is None:
        return None
    return Stretch(week.first + timedelta(days=5), week.last, week.value + "-WE", "weekend")


def unit_at(unit: str, day: date) -> Stretch | None:
    """Return the calendar unit of that name that holds a day."""
    if unit == "month":
        return month_at(day.year, day.month)
    if unit == "quarter":
        return quarter_at(day.year, (day.month + 2) // 3)
    if unit == "half":
        return half_at(day.year, 1 if day.month <= 6 else 2)  # noqa: PLR2004
    if unit in _DAYS_IN:
        return {"week": week_at, "fortnight": week_at, "weekend": weekend_at}.get(unit, _single)(day)
    return (
        {"year": year_at, "decade": decade_at}[unit](day.year)
        if unit != "century"
        else century_at(day.year // 100 + 1)
    )


def _single(day: date) -> Stretch:
    return Stretch(day, day, day.isoformat(), "day")


def moved(day: date, days: int) -> date | None:
    """Return the day so many days away, or None past either end of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def shifted(day: date, count: float, unit: str) -> date | None:
    """Return the day ``count`` units away, hours as parts of a day, or None past the calendar."""
    if unit in _MONTHS_IN:
        months = day.year * 12 + day.month - 1 + round(count * _MONTHS_IN[unit])
        if not 1 <= months // 12 <= date.max.year:
            return None
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    return moved(day, round(count * days_in(unit)))


def days_in(unit: str) -> float:
    """Return the usual number of days of a unit."""
    if unit in _MONTHS_IN:
        return _MONTHS_IN[unit] * 365 / 12
    return _DAYS_IN.get(unit) or {"hour": 1 / 24, "minute": 1 / 1440, "second": 1 / 86400}[unit]


def choose(candidates: Iterable[Stretch | None], anchor: date, tense: str | None) -> Stretch | None:
    """Return the candidate nearest to the anchor; one on a side that the tense denies counts as farther."""

    def cost(found: Stretch) -> int:
        behind, ahead = (anchor - found.last).days, (found.first - anchor).days
        doubt = _DOUBT if (behind > 0 and tense == "future") or (ahead > 0 and tense == "past") else 1
        return max(behind, ahead, 0) * doubt

    return min((found for found in candidates if found), key=cost, default=None)


def precision_of(first: date | None, last: date | None) -> Precision:
    """Return how exact an interval is, by its width: two days count as a day, twelve as a week."""
    if first is None or last is None:
        return "unknown"
    width = (last - first).days + 1
    names: tuple[tuple[int, Precision], ...] = ((2, "day"), (12, "week"), (62, "month"))
    return next((name for most, name in names if width <= most), "year")
