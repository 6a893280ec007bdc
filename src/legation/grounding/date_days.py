"""Readers of the grammar's rules for single days, weekdays and times of day."""

from __future__ import annotations

import re
from datetime import date

from legation.grounding import calendar
from legation.grounding.calendar import Stretch
from legation.grounding.date_reader import (
    Parts,
    Reader,
    Reading,
    dated,
    full_year,
    is_class,
    number,
    rule,
    year,
)
from legation.grounding.date_words import classes, entries

_FLOATING_YEARS = range(-8, 9)  # enough to meet a 29 February


@rule("iso", "compact")
def iso(parts: Parts) -> Reading | None:
    """Read 2020-01-10, 2020-01-10T14:30, 20200110."""
    text = parts.words("date")[0]
    digits = re.sub(r"[^0-9]", "", text)
    day = calendar.day_at(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    found = dated(day)
    return (
        found._replace(kind="time", value=f"{found.value}T{text[11:]}") if found and len(text) > 10 else found  # noqa: PLR2004
    )


@rule("slash")
def slash(parts: Parts) -> Reading | None:
    """Read 11/02/89 with the month first unless it cannot be; 10.01.2020 with the day first."""
    text = parts.words("date")[0]
    low, high, year_ = (int(part) for part in re.split(r"[/.]", text))
    year_ = full_year(year_) if year_ < 100 else year_  # noqa: PLR2004
    first, second = (high, low) if "." in text else (low, high)
    return dated(calendar.day_at(year_, first, second) or calendar.day_at(year_, second, first))


@rule("day_of_month", "weekday_date")
def day_of_month(parts: Parts) -> Reading | None:
    """Read Sept. 11, 2001; 11 September; Friday, Oct. 13; the 3rd of May."""
    start, end = parts.span("date")
    if is_class(parts.reader, start, "iso", "slash"):
        return parts.reading("date")
    month, day, year_ = month_and_day(parts.reader, start, end)
    if month is None or day is None:
        return None
    weekday = int(parts.value("wd") or 0)
    tense = {"last": "past", "next": "future"}.get(parts.value("mod") or "")
    found = resolved_day(parts.reader, month, day, year_, start, weekday=weekday, tense=tense)
    if found is None:
        return None
    return _with_part(found, parts)


def month_and_day(reader: Reader, start: int, end: int) -> tuple[int | None, int | None, int | None]:
    """Return month, day and year that tokens tell in any order."""
    signs, months = classes(), {"month", "may", "march", "monthabbr"}
    words = [word.lower() for word in reader.tokens.words[start:end]]
    kinds = [reader.tokens.classes[token] for token in range(start, end)]
    month = next(
        (
            int(entries()[word].value)
            for word in words
            if word in entries() and entries()[word].kind in months
        ),
        None,
    )
    year_ = next(
        (year([word]) for word, kind in zip(words, kinds, strict=True) if kind == signs["year"]), None
    )
    rest = [word for word, kind in zip(words, kinds, strict=True) if kind != signs["year"]]
    day = number(rest)
    return month, None if day is None else int(day), year_


def resolved_day(
    reader: Reader,
    month: int,
    day: int,
    year_: int | None,
    token: int,
    *,
    weekday: int = 0,
    tense: str | None = None,
) -> Reading | None:
    """Return a day of the calendar; without a year, the one that the tense and a given weekday single out."""
    if year_ is not None:
        return dated(calendar.day_at(year_, month, day))
    if calendar.day_at(2000, month, day) is None:
        return None
    if reader.anchor is None:
        return Reading("date", f"XXXX-{month:02}-{day:02}", floating=True)
    days = [calendar.day_at(reader.anchor.year + step, month, day) for step in _FLOATING_YEARS]
    if weekday:
        fitting = [found for found in days if found and found.first.isoweekday() == weekday]
        return dated(calendar.choose(fitting, reader.anchor, None), floating=True)
    return dated(calendar.choose(days, reader.anchor, tense or reader.tense(token)), floating=True)


@rule("weekday")
def weekday(parts: Parts) -> Reading | None:
    """Read Friday, last Friday, early on Friday morning, Friday prayers."""
    reader, start = parts.reader, parts.span("wd")[0]
    if is_class(reader, start, "weekdayabbr") and "." not in parts.words("wd"):
        return None
    wanted = int(parts.value("wd") or 1)
    if reader.anchor is None:
        return Reading("date", f"XXXX-WXX-{wanted}")
    mod = parts.value("mod")
    found = dated(_weekday_day(reader, wanted, mod, start))
    return _with_part(found, parts) if found else None


def _weekday_day(reader: Reader, wanted: int, mod: str | None, token: int) -> Stretch | None:
    anchor = reader.anchor or date.min
    base = reader.reference.first if mod in {"before", "after", "that"} and reader.reference else anchor
    near = calendar.moved(base, (wanted - base.isoweekday()) % 7)  # the first such day from the base on
    ahead = mod in {"next", "after"} or (mod in {None, "this", "that"} and reader.tense(token) == "future")
    if near is None:
        return None
    if ahead:
        days = 7 if near == base and mod in {"next", "after"} else 0
    else:
        days = 0 if near == base and mod not in {"last", "before"} else -7
    found = calendar.moved(near, days)
    return calendar.unit_at("day", found) if found else None


def _with_part(found: Reading, parts: Parts) -> Reading:
    if not parts.has("part"):
        return found
    part = parts.value("part", "daypart", "clockword")
    return found if not part else found._replace(kind="time", value=f"{found.value}T{part}")


@rule("deictic")
def deictic(parts: Parts) -> Reading | None:
    """Read yesterday, late tomorrow, this day's mid-afternoon."""
    step, anchor = int(parts.value("day") or 0), parts.reader.anchor
    part = parts.value("part", "daypart") or parts.value("after", "daypart")
    if anchor is None:
        return Reading("date", "XXXX-XX-XX")
    day = calendar.moved(anchor, step)
    found = dated(calendar.unit_at("day", day) if day else None)
    return found._replace(kind="time", value=f"{found.value}T{part}") if found and part else found


@rule("night")
def night(parts: Parts) -> Reading | None:
    """Read tonight; overnight, which covers the night before the report's day too."""
    anchor = parts.reader.anchor
    if anchor is None:
        return Reading("time", "XXXX-XX-XXTNI")
    first = anchor if parts.has("tonight") else calendar.moved(anchor, -1) or anchor
    return Reading("time", f"{anchor.isoformat()}TNI", first, anchor)


@rule("part_relative")
def part_relative(parts: Parts) -> Reading | None:
    """Read this morning, last night, the next morning, that evening."""
    reader, part, mod = parts.reader, parts.value("part"), parts.value("mod")
    if reader.anchor is None:
        return Reading("time", f"XXXX-XX-XXT{part}")
    told = reader.reference.last if reader.reference else reader.anchor
    after_the = mod == "next" and is_class(reader, parts.span("mod")[0] - 1, "the")
    base = told if mod in {"that", "before", "after"} or after_the else reader.anchor
    step = {"last": -1, "before": -1, "next": 1, "after": 1}.get(mod or "", 0)
    day = calendar.moved(base, step)
    found = dated(calendar.unit_at("day", day) if day else None)
    return found._replace(kind="time", value=f"{found.value}T{part}") if found else None


@rule("part_bare", "hour", "prayers")
def hour(parts: Parts) -> Reading | None:
    """Read 10:30 a.m., 4 o'clock, noon, in the evening: on the day last told of, near by, or the report's."""
    reader = parts.reader
    clock = clock_value(parts.words("hour")) if parts.has("hour") else parts.value("part")
    if clock is None:
        return None
    near = reader.reference if parts.start - reader.referred < 30 else None  # noqa: PLR2004
    day = near if near and near.unit == "day" else reader.anchor and calendar.unit_at("day", reader.anchor)
    if not day:
        return Reading("time", f"XXXX-XX-XXT{clock}")
    return Reading("time", f"{day.value}T{clock}", day.first, day.last)


@rule("hour_of_day", "day_at_hour")
def hour_of_day(parts: Parts) -> Reading | None:
    """Read 10 p.m. Wednesday; noon, Nov. 6; Friday at 7:15."""
    clock, day = clock_value(parts.words("hour")), parts.reading("day")
    if clock is None or day is None:
        return None
    return day._replace(kind="time", value=f"{day.value}T{clock}")


def clock_value(words: list[str]) -> str | None:
    """Return hours and minutes as 14:30, a part of the day as its code, or None if there is no such hour."""
    known = [entries()[word] for word in words if word in entries()]
    named = next((entry.value for entry in known if entry.kind == "clockword"), None)
    if named:
        return named
    half = next((entry.value for entry in known if entry.kind in {"meridiem", "daypart"}), "")
    told = words[0].partition(":")
    hours = number([told[0]])
    if hours is None or hours > 24 or (told[2][:2] or "0") >= "60":  # noqa: PLR2004
        return None
    if half in {"p", "AF", "EV"} and hours < 12:  # noqa: PLR2004
        hours += 12
    return f"{int(hours):02}:{told[2][:2] or '00'}"
