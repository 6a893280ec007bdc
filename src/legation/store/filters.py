"""What `store.mentions()` and `store.events()` can be asked for, as SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from difflib import get_close_matches
from typing import Any

from legation.errors import UsageError

Condition = tuple[str, list[Any]]
_CODE_LENGTH = 3


def condition(filters: dict[str, Any]) -> Condition:
    """Return the WHERE condition of filters and its parameters; `UsageError` names an unknown filter."""
    parts, parameters = list[str](), list[Any]()
    for name, value in filters.items():
        if name not in _FILTERS:
            near = get_close_matches(name, _FILTERS, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"one of {', '.join(_FILTERS)}"
            raise UsageError(f"no filter {name!r}; {hint}")
        if value is not None:
            sql, values = _FILTERS[name](value)
            parts.append(f"({sql})")
            parameters += values
    return " AND ".join(parts) or "true", parameters


def _party(role: str) -> Callable[[str], Condition]:
    def test(value: str) -> Condition:
        if _is_code(value):
            return f"list_contains({role}_countries, ?)", [value]
        return f"contains(lower(array_to_string({role}_names, chr(10))), lower(?))", [value]

    return test


def _place(value: str) -> Condition:
    if _is_code(value):
        return "place_country = ?", [value]
    named = " OR ".join(f"contains(lower(place_{part}), lower(?))" for part in ("name", "admin1", "text"))
    return named, [value] * 3


def _is_code(value: str) -> bool:
    return len(value) == _CODE_LENGTH and value.isupper()


def _among(column: str) -> Callable[[str | Iterable[str]], Condition]:
    def test(value: str | Iterable[str]) -> Condition:
        values = [value] if isinstance(value, str) else list(value)
        return f"list_contains(?::VARCHAR[], {column})", [values]

    return test


def _day(value: date | str) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{value!r} is no date; write 2020-01-10") from None


_FILTERS: dict[str, Callable[[Any], Condition]] = {
    "actor": _party("actor"),
    "recipient": _party("recipient"),
    "type": _among("type"),
    "mode": _among("mode"),
    "status": _among("status"),
    "place": _place,
    "article": _among("article"),
    "event": _among("event"),
    "since": lambda value: ("day_to >= ?", [_day(value)]),
    "until": lambda value: ("day_from <= ?", [_day(value)]),
    "confidence": lambda value: ("confidence >= ?", [value]),
    "context": lambda value: ("list_contains(contexts, ?)", [value]),
}
