"""Reading a text's words by the grammar, and what a rule's reader may ask about its match."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Literal, NamedTuple

from legation.grounding import calendar
from legation.grounding.calendar import Stretch
from legation.grounding.date_tense import guess
from legation.grounding.date_tokens import Tokens
from legation.grounding.date_words import classes, entries, grammar

_COMPARED_WITHIN = 120  # words
_LONGEST = 9  # digits of a number that is still counted


class Reading(NamedTuple):
    """What an expression means: its kind, TIMEX3 value and first and last day, as far as known.

    ``offset`` counts days from something else; ``floating`` marks a day or month told without its year.
    """

    kind: Literal["date", "duration", "set", "time"]
    value: str
    first: date | None = None
    last: date | None = None
    offset: int | None = None
    floating: bool = False
    stretch: Stretch | None = None


class Found(NamedTuple):
    """A reading, the rule that gave it, and its first and (exclusive) last token."""

    start: int
    end: int
    rule: str
    reading: Reading


class Reader:
    """Reads one text's words about time, relative to an anchor day."""

    def __init__(
        self,
        tokens: Tokens,
        anchor: date | None,
        tense: Callable[[int], str | None] | None = None,
        text: str = "",
    ) -> None:
        self.tokens = tokens
        self.text = text
        self.anchor = anchor
        self.reference = calendar.unit_at("day", anchor) if anchor else None
        self.referred = -1000
        self._quarter: tuple[int, Stretch] | None = None
        self._tense = tense

    def found(self) -> Iterator[Found]:
        """Yield the expressions in the order of the text; a resolved date is the reference of later ones."""
        search, place = grammar().whole.search, 0
        while match := search(self.tokens.classes, place):
            reading = self._read(match)
            place = match.end() if reading else match.start() + 1
            if reading:
                self._remember(reading, match.start())
                yield Found(match.start(), match.end(), match.lastgroup or "", reading)

    def read(self, start: int, end: int) -> Reading | None:
        """Return the reading of just these tokens, or None if they are no expression."""
        match = grammar().whole.fullmatch(self.tokens.classes, start, end)
        return self._read(match) if match else None

    def tense(self, token: int) -> str:
        """Return past, present or future for an expression that begins at a token."""
        if is_class(self, token + 1, "poss"):  # Friday's talks: the verb before it has its own time
            return guess(self.tokens, token, ahead_only=True) or "past"
        told = self._tense(self.tokens.starts[token]) if self._tense else None
        if (
            told is None
            and is_class(self, token - 1, "until", "by")
            and not is_class(self, token - 2, "stop", "break")
        ):
            return "future"
        return told or guess(self.tokens, token) or "past"

    def quarter_told(self, token: int) -> Stretch | None:
        """Return the quarter last told of, if not far before a token."""
        return self._quarter[1] if self._quarter and token - self._quarter[0] < _COMPARED_WITHIN else None

    def choose(self, candidates: list[Stretch | None], token: int) -> Stretch | None:
        """Return the candidate that fits the anchor and the tense at a token."""
        if self.anchor is None:
            return None
        return calendar.choose(candidates, self.anchor, self.tense(token))

    def _remember(self, reading: Reading, token: int) -> None:
        if reading.stretch:
            self.reference, self.referred = reading.stretch, token
            if reading.stretch.unit in {"quarter", "half"}:
                self._quarter = token, reading.stretch

    def _read(self, match: re.Match[str]) -> Reading | None:
        rule = match.lastgroup or ""
        inner = grammar().rules[rule].match(self.tokens.classes, match.start(), match.end())
        return RULES[rule](Parts(self, inner)) if inner else None


class Parts:
    """The named parts of a rule's match."""

    def __init__(self, reader: Reader, match: re.Match[str]) -> None:
        self.reader = reader
        self.start = match.start()
        self._match = match

    def has(self, name: str) -> bool:
        """Tell whether the part is there."""
        return name in self._match.re.groupindex and self._match.start(name) != self._match.end(name)

    def span(self, name: str) -> tuple[int, int]:
        """Return the first and the exclusive last token of a part."""
        return self._match.span(name)

    def words(self, name: str) -> list[str]:
        """Return the words of a part, in lower case; none if it is not there."""
        start, end = self._match.span(name) if self.has(name) else (0, 0)
        return [word.lower() for word in self.reader.tokens.words[start:end]]

    def value(self, name: str, *kinds: str) -> str | None:
        """Return the lexicon's value of the part's first word that has one (of the given classes)."""
        known = entries()
        for word in self.words(name):
            entry = known.get(word)
            if entry and entry.value and (not kinds or entry.kind in kinds):
                return entry.value
        return None

    def number(self, name: str) -> int | None:
        """Return the whole number that a part tells, or None."""
        found = number(self.words(name))
        return None if found is None else int(found)

    def year(self, name: str) -> int | None:
        """Return the year that a part tells in digits or in words, or None."""
        return year(self.words(name)) if self.has(name) else None

    def reading(self, name: str) -> Reading | None:
        """Return the reading of a part that is an expression itself."""
        return self.reader.read(*self._match.span(name)) if self.has(name) else None

    def year_or_relative(self) -> int | None:
        """Return the year of the part ``year``, or that of ``rel`` (*this year*)."""
        if self.has("year"):
            return self.year("year")
        inner = self.reading("rel")
        return inner.first.year if inner and inner.first else None


Rule = Callable[[Parts], Reading | None]
RULES: dict[str, Rule] = {}


def rule(*names: str) -> Callable[[Rule], Rule]:
    """Register the reader of the grammar's rules of these names."""

    def register(function: Rule) -> Rule:
        for name in names:
            RULES[name] = function
        return function

    return register


def dated(
    stretch: Stretch | None, edge: str | None = None, anchor: date | None = None, **more: bool
) -> Reading | None:
    """Return the reading of a stretch, narrowed by *early, late, earlier …*; None for none."""
    if stretch is None:
        return None
    first, last = narrowed(stretch, edge, anchor)
    return Reading("date", stretch.value, first, last, stretch=stretch, floating=more.get("floating", False))


def narrowed(stretch: Stretch, edge: str | None, anchor: date | None) -> tuple[date, date]:
    """Return the third that *early, mid* or *late* means; *earlier, later* part a stretch at the anchor."""
    first, last, _, _ = stretch
    third = (last - first).days // 3
    shares = {"early": (0, 2 * third), "mid": (third, third), "late": (2 * third, 0)}
    if edge in shares:
        low, high = shares[edge]
        return calendar.moved(first, low) or first, calendar.moved(last, -high) or last
    if edge in {"earlier", "later"} and anchor and first <= anchor <= last:
        return (first, anchor) if edge == "earlier" else (anchor, last)
    return first, last


def number(words: list[str]) -> float | None:
    """Return the number that words and digits tell (*twenty-four, 1,500, 2 1/2, third, a dozen*), or None."""
    total, current, seen, known = 0.0, 0.0, False, entries()
    for word in words:
        entry = known.get(word)
        digits = _digits(word)
        if digits is not None:
            current, seen = current + digits, True
        elif entry and entry.kind in {"numword", "ordinal", "second"}:
            current, seen = current + int(entry.value), True
        elif entry and entry.kind == "half":
            current, seen = current + 0.5, True
        elif entry and entry.kind == "scale":
            seen, current = True, (current or 1) * int(entry.value)
            total, current = (total + current, 0.0) if int(entry.value) >= 1000 else (total, current)  # noqa: PLR2004
        elif entry and entry.kind == "vague" and entry.value.isdigit():
            current, seen = current + int(entry.value), True
    return total + current if seen else None


def _digits(word: str) -> float | None:
    plain = word.rstrip("stndrh").replace(",", "")
    top, _, bottom = plain.partition("/")
    if not plain[:1].isascii() or not plain[:1].isdigit() or len(top) > _LONGEST:
        return None
    try:
        return float(top) / float(bottom or 1)
    except (ValueError, ZeroDivisionError):
        return None


def year(words: list[str]) -> int | None:
    """Return the year that words tell (1998, '98, nineteen ninety-six, two thousand and one), or None."""
    words = [word for word in words if word not in {"-", "\u2013", "and", "the"}]
    if not words:
        return None
    if words[0][0] in "'\u2019":
        return full_year(int(words[0][1:3]))
    if len(words) > 1 and words[1] != "thousand" and not words[0][0].isdigit():
        high, low = number(words[:1]), number(words[1:])
        return int(high * 100 + low) if high and low and 10 <= high <= 20 and low >= 10 else None  # noqa: PLR2004
    found = number(words)
    return int(found) if found is not None and 1000 <= found <= 2099 else None  # noqa: PLR2004


def full_year(short: int) -> int:
    """Return the year that two digits stand for; 31 and above are of the 20th century."""
    return short + (2000 if short <= 30 else 1900)  # noqa: PLR2004


def is_class(reader: Reader, token: int, *names: str) -> bool:
    """Tell whether a token is of one of the classes."""
    return 0 <= token < len(reader.tokens.classes) and reader.tokens.classes[token] in {
        classes()[name] for name in names
    }
