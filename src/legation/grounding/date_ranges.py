"""Joining neighbouring expressions: ranges, *since* and *until*, and shifts from a day that is named."""

from __future__ import annotations

from typing import NamedTuple

from legation.grounding import calendar
from legation.grounding.calendar import Stretch
from legation.grounding.date_reader import Found, Reader, Reading, dated, is_class
from legation.records import Span

_LONGEST_ANCHOR = 8  # words
_LINKS = ("to", "through", "until", "hyphen", "dash")
_ANCHOR_ENDS = frozenset(
    {
        "comma",
        "stop",
        "break",
        "dash",
        "paren",
        "mark",
        "and",
        "or",
        "in",
        "on",
        "at",
        "by",
        "from",
        "to",
        "mod",
        "before",
        "after",
    }
)


class Joined(NamedTuple):
    """An expression as given out: first and (exclusive) last token, reading, the words it counts from."""

    start: int
    end: int
    reading: Reading
    anchor_words: Span | None = None


def join(reader: Reader, found: list[Found]) -> list[Joined]:
    """Join what belongs together and apply the prepositions before it."""
    joined, place = list[Joined](), 0
    while place < len(found):
        here = found[place]
        following = found[place + 1] if place + 1 < len(found) else None
        both = following and (_range(reader, here, following) or _counted_from(reader, here, following))
        if both:
            joined.append(both)
            place += 2
            continue
        joined.append(_with_preposition(reader, here))
        place += 1
    return joined


def _range(reader: Reader, here: Found, following: Found) -> Joined | None:
    """Read *from Monday to Friday, between March 2011 and May 2012, March 3 - April 7*."""
    if following.start - here.end != 1 or here.reading.first is None or following.reading.last is None:
        return None
    link, opened = here.end, here.start - 1
    if is_class(reader, link, "and"):
        fits = is_class(reader, opened, "between")
    else:
        fits = is_class(reader, link, *_LINKS) and (
            is_class(reader, opened, "from") or is_class(reader, link, "hyphen", "dash", "through")
        )
    if not fits or "duration" in {here.reading.kind, following.reading.kind}:
        return None
    low, high = _ordered(reader, here, following)
    if low.first is None or high.last is None or low.first > high.last:
        return None
    start = opened if is_class(reader, opened, "from", "between") else here.start
    value = f"{low.value}/{high.value}"
    stretch = Stretch(low.first, high.last, value, "day")
    return Joined(start, following.end, Reading("date", value, low.first, high.last, stretch=stretch))


def _ordered(reader: Reader, here: Found, following: Found) -> tuple[Reading, Reading]:
    """Return both ends, one without a year counted from the other where that puts them in order."""
    low, high = here.reading, following.reading
    if low.floating and not high.floating and high.last:
        low = Reader(reader.tokens, high.last, _Always("past")).read(here.start, here.end) or low
    elif low.first and high.last and low.first > high.last:
        high = (
            Reader(reader.tokens, low.first, _Always("future")).read(following.start, following.end) or high
        )
    return low, high


class _Always:
    """A tense that is the same everywhere."""

    def __init__(self, tense: str) -> None:
        self._tense = tense

    def __call__(self, _start: int) -> str:
        return self._tense


def _counted_from(reader: Reader, here: Found, following: Found) -> Joined | None:
    """Read *two days after Christmas*."""
    offset, base = here.reading.offset, following.reading.first
    if not here.rule.startswith("offset") or offset is None or base is None or following.start != here.end:
        return None
    if not is_class(reader, here.end - 1, "before", "after"):
        return None
    day = calendar.moved(base, offset)
    reading = dated(calendar.unit_at("day", day)) if day else None
    return Joined(here.start, following.end, reading._replace(offset=offset)) if reading else None


def _with_preposition(reader: Reader, here: Found) -> Joined:
    start, end, reading = here.start, here.end, here.reading
    anchor, before = reader.anchor, start - 1
    if is_class(reader, end - 1, "before", "after") and here.rule.startswith("offset"):
        return Joined(start, end, reading, _anchor_words(reader, end))
    if reading.first is None or reading.last is None or reading.kind not in {"date", "time"}:
        return Joined(start, end, reading)
    if is_class(reader, before, "since") and anchor and reading.first <= anchor:
        return Joined(before, end, reading._replace(last=anchor))
    if is_class(reader, before, "until"):
        return Joined(before, end, reading._replace(first=None))
    return Joined(start, end, reading)


def _anchor_words(reader: Reader, token: int) -> Span | None:
    """Return the words after *before* or *after*, up to where their phrase seems to end."""
    tokens, end = reader.tokens, token
    while end < min(len(tokens.words), token + _LONGEST_ANCHOR) and not is_class(reader, end, *_ANCHOR_ENDS):
        end += 1
    if end == token:
        return None
    start, stop = tokens.starts[token], tokens.ends[end - 1]
    return Span(text=reader.text[start:stop], start=start, end=stop)
