"""Dates of publication, as sources write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

EARLIEST = date(1800, 1, 1)
DAYS_AHEAD = 2  # clocks and zones differ; more is a mistake
_SHOWN = 40  # characters of a value in an error
_ABSENT = {"", "none", "null", "nan", "nat", "n/a", "na", "unknown", "-"}
_WRITTEN = (
    "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y", "%Y/%m/%d", "%Y.%m.%d",
    "%Y/%m/%d %H:%M:%S", "%A, %B %d, %Y", "%A, %d %B %Y", "%A %d %B %Y",
)  # fmt: skip
_SLASHED = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")


def read_date(value: object) -> date | datetime | None:
    """Return the day, or the moment with its zone, that a source names; None where it names none.

    Read are ISO 8601, e-mail dates (RFC 5322), ``20200111``, ``20200111093000``,
    seconds or milliseconds since 1970, and English dates with the month as a
    word. A time without a zone is left out, for it could be any day's.
    `ValueError` says why a value is no date or no day of news.
    """
    found = _parse(value)
    if found is None:
        return None
    day = found.date() if isinstance(found, datetime) else found
    if day < EARLIEST:
        raise ValueError(f"the date {_shown(value)} lies before {EARLIEST.year}")
    if day > datetime.now(UTC).date() + timedelta(days=DAYS_AHEAD):
        raise ValueError(f"the date {_shown(value)} lies in the future")
    if isinstance(found, datetime) and found.tzinfo is None:
        return day
    return found


def _parse(value: object) -> date | datetime | None:
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"{_shown(value)} is no date")  # noqa: TRY004 - callers catch one kind
    if value != value:  # noqa: PLR0124 - not a number: a table's empty cell
        return None
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    if text.lower() in _ABSENT:
        return None
    parsed = _digits(text) if text.isdecimal() else _words(text)
    if parsed is None:
        hint = "could be two days" if _SLASHED.fullmatch(text) else "is no date"
        raise ValueError(f"{_shown(value)} {hint}")
    return parsed


def _digits(text: str) -> date | datetime | None:
    """Read a row of digits: a compact date, or a count since 1970 by its length."""
    try:
        match len(text):
            case 8:
                return date(int(text[:4]), int(text[4:6]), int(text[6:]))
            case 14:
                return datetime.strptime(text, "%Y%m%d%H%M%S")  # noqa: DTZ007 - it names no zone
            case 9 | 10:
                return datetime.fromtimestamp(int(text), UTC)
            case 12 | 13:
                return datetime.fromtimestamp(int(text) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return None


def _words(text: str) -> date | datetime | None:
    zoned = re.sub(r"\s*(?:UTC|GMT|Z)$", "+00:00", text)
    for parse in (date.fromisoformat, datetime.fromisoformat, _written, _mailed):
        try:
            return parse(zoned if parse == datetime.fromisoformat else text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _mailed(text: str) -> datetime:
    if _SLASHED.search(text):
        raise ValueError(text)
    return parsedate_to_datetime(text)


def _written(text: str) -> date:
    plain = (
        re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", " ".join(text.split()))
        .replace("Sept ", "Sep ")
        .replace(". ", " ")
    )
    for form in _WRITTEN:
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError(text)


def _shown(value: object) -> str:
    shown = repr(str(value)[:_SHOWN])
    return shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
