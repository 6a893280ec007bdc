"""Named days: which days of a year a feast, a fast or a national day covers."""

from __future__ import annotations

import math
from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from legation.errors import DataFileError
from legation.grounding import calendar
from legation.grounding.calendar import Stretch
from legation.grounding.date_reader import Parts, Reader, Reading, dated, rule
from legation.grounding.date_words import rows
from legation.records import Record

_NEAR_YEARS = range(-2, 3)
_RULES = frozenset(
    {"fixed", "once", "nth", "easter", "orthodox", "hijri", "hebrew", "lunar", "november", "national"}
)
_SYNODIC = 29.530588861
_MECCA_SUNSET = 15.5 / 24  # in universal time, about; it moves by an hour in a year
_J2000 = date(2000, 1, 1)


class Holiday(Record, frozen=True, kw_only=True):
    """A named day's rule, its argument, and for how many days it lasts."""

    rule: str
    argument: str
    days: int


@cache
def holidays() -> dict[str, Holiday]:
    """Return the holidays by the names as the data file writes them together."""
    table: dict[str, Holiday] = {}
    for file, line, cells in rows("holidays.tsv", 4):
        names, kind, argument, days = cells[:4]
        if kind not in _RULES or not days.isdigit():
            raise DataFileError(
                file, line, f"{kind!r} is no rule of a holiday, or {days!r} no number of days"
            )
        table[names] = Holiday(rule=kind, argument=argument, days=int(days))
    return table


@cache
def _national() -> dict[tuple[str, str], str]:
    table: dict[tuple[str, str], str] = {}
    for file, line, cells in rows("national.tsv", 4):
        if len(cells[0]) != 3 or not cells[0].isupper():  # noqa: PLR2004
            raise DataFileError(file, line, f"{cells[0]!r} is no country code of three letters")
        table.update({(cells[1], name.lower()): cells[2] for name in cells[3].split("|")})
    return table


@rule("holiday")
def holiday(parts: Parts) -> Reading | None:
    """Read Christmas, Eid al-Fitr 2019, last Ramadan, Pakistan's Independence Day."""
    reader, named = parts.reader, holidays()[parts.value("holiday") or ""]
    argument = named.argument
    if named.rule == "national":
        argument = _country_day(reader, parts.span("holiday"), argument) or ""
    year = parts.year_or_relative()
    if named.rule == "once":
        return dated(_stretch(date.fromisoformat(argument), named.days))
    if (not argument and named.rule == "national") or (year is None and reader.anchor is None):
        return Reading("date", "XXXX-XX-XX")
    if year is not None:
        return dated(on(named, argument, year))
    anchor = reader.anchor or date.min
    turns = [on(named, argument, anchor.year + step) for step in _NEAR_YEARS]
    return dated(_turn(parts, [turn for turn in turns if turn], anchor), floating=True)


def _turn(parts: Parts, turns: list[Stretch], anchor: date) -> Stretch | None:
    mod = parts.value("mod")
    if mod in {"last", "before"}:
        return max((turn for turn in turns if turn.last < anchor), default=None)
    if mod in {"next", "after"}:
        return min((turn for turn in turns if turn.first > anchor), default=None)
    return calendar.choose(turns, anchor, parts.reader.tense(parts.start))


def _country_day(reader: Reader, span: tuple[int, int], kind: str) -> str | None:
    """Return the day of the country named just before the holiday, or after *of* or *in*."""
    words = [word.lower() for word in reader.tokens.words[max(0, span[0] - 5) : span[0]]]
    words = [word for word in words if word not in {"'s", "\u2019s", "'", "\u2019"}]
    after = [word.lower() for word in reader.tokens.words[span[1] + 1 : span[1] + 4]]
    told = [" ".join(words[-size:]) for size in (3, 2, 1)] + [" ".join(after[:size]) for size in (3, 2, 1)]
    table = _national()
    return next((table[kind, name] for name in told if (kind, name) in table), None)


def on(named: Holiday, argument: str, year: int) -> Stretch | None:
    """Return the days of a holiday in a year, or None."""
    if not 1 < year < date.max.year:
        return None
    match named.rule:
        case "fixed" | "national":
            month, day = argument.split("-")
            first: date | None = date(year, int(month), int(day))
        case "nth":
            first = _nth_weekday(year, *(int(part) for part in argument.split()))
        case "november":
            first = _nth_weekday(year, 11, 1, 1) + timedelta(days=1)
        case _:
            first = _moving(named.rule, argument, year)
    return _stretch(first, named.days) if first else None


def _moving(kind: str, argument: str, year: int) -> date | None:
    if kind in {"easter", "orthodox"}:
        return calendar.moved(easter(year) if kind == "easter" else orthodox_easter(year), int(argument))
    if kind == "hebrew":
        return calendar.moved(passover(year), int(argument))
    if kind == "hijri":
        month, day = argument.split()
        return hijri_day(year, int(month), int(day))
    start, ahead = argument.split()
    month, day = start.split("-")
    return _new_moon_from(date(year, int(month), int(day)), float(ahead) / 24)


def _stretch(first: date, days: int) -> Stretch | None:
    last = calendar.moved(first, days - 1)
    value = first.isoformat() if days == 1 else f"{first.isoformat()}/{last}"
    return Stretch(first, last, value, "day") if last else None


def _nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    if nth < 0:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))


def easter(year: int) -> date:
    """Return Western Easter Sunday (the anonymous Gregorian algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Return Orthodox Easter Sunday as a Gregorian date (Meeus's Julian algorithm)."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=year // 100 - year // 400 - 2)


def passover(year: int) -> date:
    """Return the first day of Passover, 15 Nisan (Gauss's formula)."""
    a = (12 * year + 12) % 19
    m = 20.0955877 + 1.5542418 * a + 0.25 * (year % 4) - 0.003177794 * year
    whole, part = int(m), m - int(m)
    c = (whole + 3 * year + 5 * (year % 4) + 1) % 7
    if c in {2, 4, 6}:
        whole += 1
    elif c == 1 and a > 6 and part >= 0.63287037:  # noqa: PLR2004
        whole += 2
    elif c == 0 and a > 11 and part >= 0.89772376:  # noqa: PLR2004
        whole += 1
    return date(year, 3, 1) + timedelta(days=whole - 1 + year // 100 - year // 400 - 2)


def hijri_day(year: int, month: int, day: int) -> date | None:
    """Return the day of the Islamic calendar that falls into a Gregorian year (the first, if two do).

    A month begins on the day after that on which the new moon is born before sunset in Mecca, as Umm al-Qura
    has it; sightings elsewhere may differ by a day.
    """
    for hijri in (int((year - 622) * 1.0307) + step for step in (-1, 0, 1, 2)):
        moon = _new_moon((hijri - 1420) * 12 + month - 10 + _EPOCH_MOON)
        first = _J2000 + timedelta(days=math.floor(moon + 0.5 - _MECCA_SUNSET) + 2)
        found = calendar.moved(first, day - 1)
        if found and found.year == year:
            return found
    return None


_EPOCH_MOON = 0  # moons from that of 6 January 2000 to the one that began Shawwal 1420


def _new_moon(k: int) -> float:
    """Return the days from noon of 1 January 2000 to new moon ``k``; 0 is that of 6 January 2000.

    After Meeus, Astronomical Algorithms, chapter 49, with its largest terms: right to some minutes.
    """
    t = k / 1236.85
    sun = math.radians(2.5534 + 29.10535670 * k - 0.0000014 * t * t)
    moon = math.radians(201.5643 + 385.81693528 * k + 0.0107582 * t * t)
    latitude = math.radians(160.7108 + 390.67050284 * k - 0.0016118 * t * t)
    terms = (
        -0.40720 * math.sin(moon) + 0.17241 * math.sin(sun) + 0.01608 * math.sin(2 * moon)
        + 0.01039 * math.sin(2 * latitude) + 0.00739 * math.sin(moon - sun) - 0.00514 * math.sin(moon + sun)
    )  # fmt: skip
    return 5.09766 + _SYNODIC * k + 0.00015437 * t * t + terms


def _new_moon_from(day: date, zone: float) -> date:
    """Return the local day of the first new moon at or after a day."""
    k = math.floor(((day - _J2000).days - 6) / _SYNODIC) - 1
    while True:
        found = _J2000 + timedelta(days=math.floor(_new_moon(k) + 0.5 + zone))
        if found >= day:
            return found
        k += 1
