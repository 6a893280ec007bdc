"""The shape of a noun phrase: which names stand in it, and what the words between them do.

A phrase becomes a row of *items*: the longest names of the tables, and single
words. Nothing here knows what the items stand for together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from legation.errors import DataFileError
from legation.grounding.entries import (
    ADJECTIVE,
    AGENT,
    CITY,
    FOLK,
    NAMED,
    PEOPLE,
    PERSON,
    PREFIX,
    STATE,
    SUFFIX,
    THING,
    TITLE,
    Entry,
    Lexicon,
)  # fmt: skip
from legation.grounding.names import ACRONYM, Parts
from legation.grounding.tables import Row

WORD = "word"
SEPARATORS = frozenset({"preposition", "possessive", "break"})
_WORD_ROLES = SEPARATORS | {"former", "article", "number", "light", "particle", "joiner", "first"}
_USES = frozenset({"", "owner", "voice", "place", "other"})
_ORDER = (THING, PERSON, NAMED, STATE, CITY, PEOPLE, ADJECTIVE, FOLK, AGENT, TITLE, SUFFIX, PREFIX)
SHORT_NAME = 2
"""Words of a party's name that may be the end or the beginning of another's."""
_RANK = {form: rank for rank, form in enumerate(_ORDER)}
_BEFORE_STAR = frozenset({"of", "for", "in", "on", "to"})
_COUNTRIES = (STATE, CITY, ADJECTIVE)
STATE_ORGANS = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY"})


class SmallWords:
    """The table of small words: role and use by folded word."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.roles: dict[str, str] = {}
        self.uses: dict[str, str] = {}
        particles, joiners, first_called = set[str](), set[str](), set[str]()
        for row in rows:
            word, role, use = row.cells["word"], row.cells["role"], row.cells["use"]
            if role not in _WORD_ROLES or use not in _USES:
                raise DataFileError(
                    row.file, row.line, f"{role!r} {use!r} is no role and use of a small word"
                )
            if role == "particle":
                particles.add(word)
            elif role == "joiner":
                joiners.add(word)
            elif role == "first":
                first_called.add(word)
            else:
                self.roles.setdefault(word, role)
                self.uses.setdefault(word, use)
        self.particles = frozenset(particles)
        self.joiners = frozenset(joiners)
        self.first_called = frozenset(first_called)


class Item:
    """Parts ``start`` to ``end`` (exclusive), and what they may be.

    ``form`` is the first choice among the entries' forms, `WORD` where no table
    knows the words; ``cap`` marks a capitalised word that may be part of a name, ``joins`` a small
    word that may stand inside one.
    """

    __slots__ = ("cap", "end", "entries", "form", "joins", "role", "start", "use")

    def __init__(self, start: int, end: int, entries: Sequence[Entry], form: str) -> None:
        self.start = start
        self.end = end
        self.entries = entries
        self.form = form
        self.role = ""
        self.use = ""
        self.cap = False
        self.joins = False

    def having(self, form: str) -> list[Entry]:
        """Return the entries of one form."""
        return [entry for entry in self.entries if entry.form == form]

    def has(self, form: str) -> bool:
        """Whether the item may be of a form."""
        return any(entry.form == form for entry in self.entries)


class Phrase:
    """The items of a phrase, and which of them holds the head."""

    __slots__ = ("head", "items", "parts", "upos")

    def __init__(self, parts: Parts, items: list[Item], head: int, upos: Sequence[str] | None) -> None:
        self.parts = parts
        self.items = items
        self.head = head
        self.upos = upos

    def text(self, start: int, end: int) -> str:
        """Return parts ``start`` to ``end`` as written."""
        raws, glued = self.parts.raws, self.parts.glued
        return "".join(
            ("" if part == start else "-" if glued[part] else " ") + raws[part] for part in range(start, end)
        )


def scan(
    words: Sequence[str], head: int, upos: Sequence[str] | None, lexicon: Lexicon, small: SmallWords
) -> Phrase:
    """Return the phrase's items, the longest names first found from the left."""
    parts = Parts(words, small.particles)
    norms, longest, table = parts.norms, lexicon.longest, lexicon.entries
    items: list[Item] = []
    at, count = 0, len(norms)
    while at < count:
        reach = longest.get(norms[at], 0)
        found: Item | None = None
        for length in range(min(reach, count - at), 0, -1):
            held = table.get(tuple(norms[at : at + length]))
            if held is not None:
                if _is_in_longer_name(table, parts, at, at + length, items):
                    held = [entry for entry in held if entry.form != NAMED]
                found = _admit(held, parts, at, at + length, items)
                if found is not None:
                    break
        if found is None:
            found = _word(parts, at, upos, small)
        items.append(found)
        at = found.end
    part = parts.at(head)
    index = next((i for i, item in enumerate(items) if item.start <= part < item.end), 0)
    return Phrase(parts, items, index, upos)


def _is_in_longer_name(
    table: Mapping[tuple[str, ...], Sequence[Entry]], parts: Parts, start: int, end: int, before: list[Item]
) -> bool:
    """Whether a short name is a piece of a longer one: *Left Democratic Front*, *Party for Change*."""
    if end - start != SHORT_NAME or not parts.raws[start + 1][0].isupper():
        return False
    follows = parts.norms[start + 2 : start + 3] == ["for"] and parts.raws[start + 3 : start + 4]
    if not (before and _in_unknown_name(before[-1])) and not (follows and follows[0][0].isupper()):
        return False
    return any(e.form == SUFFIX and "PTY" in e.sectors for e in table.get((parts.norms[start + 1],), ()))


def _in_unknown_name(item: Item) -> bool:
    """Whether an item is a capitalised word that no table knows, or knows only as a surname."""
    return item.cap or (item.form == PERSON and item.end - item.start == 1)


def _leads_a_name(item: Item, parts: Parts) -> bool:
    """Whether an item makes common words after it another body's name: *Tibetan Youth Congress*."""
    if item.form not in {WORD, PEOPLE, PERSON, AGENT} or item.role:
        return False
    return item.cap if item.form == WORD else parts.raws[item.start][0].isupper()


def _word(parts: Parts, at: int, upos: Sequence[str] | None, small: SmallWords) -> Item:
    item = Item(at, at + 1, (), WORD)
    norm, raw = parts.norms[at], parts.raws[at]
    item.role = small.roles.get(norm, "")
    item.use = small.uses.get(norm, "")
    item.joins = norm in small.joiners
    if not item.role and raw[0].isupper():
        word = parts.words[at]
        item.cap = upos is None or word > 0 or upos[word] in {"PROPN", "X", "NOUN"}
    return item


def _admit(held: Sequence[Entry], parts: Parts, start: int, end: int, before: list[Item]) -> Item | None:
    """Return the item of a key that the table holds, or None where no entry fits the words as written."""
    fitting = [entry for entry in held if _fits(entry, parts, start, end, before)]
    if not fitting:
        return None
    if before and _leads_a_name(before[-1], parts) and any(e.form in {AGENT, SUFFIX} for e in fitting):
        fitting = [entry for entry in fitting if entry.form != NAMED]
    item = Item(start, end, fitting, min((entry.form for entry in fitting), key=_RANK.__getitem__))
    if item.form == AGENT and len(fitting) > 1:
        _prefer_pattern(item, before, start)
    elif item.form in {SUFFIX, PREFIX} and fitting[0].role == "thing":
        item.form = THING
        if fitting[0].form == PREFIX:
            item.end = _swallow(parts, end)
    return item


def _fits(entry: Entry, parts: Parts, start: int, end: int, before: list[Item]) -> bool:
    if entry.cased:
        if parts.raws[start][0].islower() and not any(
            raw[0].isupper() for raw in parts.raws[start + 1 : end]
        ):
            return False
        if entry.cased == ACRONYM and not _all_capitals(parts, start, end):
            return False
    if entry.form == SUFFIX:
        return _after_name(before, parts, start)
    return entry.form != PREFIX or _before_name(entry, parts, start, end)


def _prefer_pattern(item: Item, before: list[Item], start: int) -> None:
    """Where a pattern and an agent word cover the same words, say which is meant.

    After an unknown name it is the pattern; after a state it is the word for
    that state's organ, but a business or a school has a name of its own.
    """
    suffix = item.having(SUFFIX)
    if suffix and start:
        unknown = before[-1].form == WORD and before[-1].cap
        if unknown or STATE_ORGANS.isdisjoint(suffix[0].sectors):
            item.form = THING if suffix[0].role == "thing" else SUFFIX
    elif item.has(PREFIX) and item.having(PREFIX)[0].role != "thing":
        item.form = PREFIX


def _after_name(before: list[Item], parts: Parts, start: int) -> bool:
    if not before or not parts.raws[start][0].isupper():
        return False
    last = before[-1]
    return not last.role and parts.raws[last.start][0].isupper() and (last.form != WORD or last.cap)


def _before_name(entry: Entry, parts: Parts, start: int, end: int) -> bool:
    """Whether a capitalised word follows the fixed words of a pattern."""
    at, count = end, len(parts.norms)
    if at < count and parts.norms[at] in _BEFORE_STAR:
        at += 1
    elif entry.name.rsplit(None, 1)[-1] in _BEFORE_STAR:
        return False
    if at < count and parts.norms[at] == "the":
        at += 1
    return at < count and parts.raws[at][0].isupper() and parts.raws[start][0].isupper()


def _swallow(parts: Parts, at: int) -> int:
    """Return the end of a thing's name: capitalised words, and the small words between them."""
    end = at
    for part in range(at, len(parts.norms)):
        if parts.raws[part][0].isupper():
            end = part + 1
        elif parts.norms[part] not in _BEFORE_STAR and parts.norms[part] != "the":
            break
    return max(end, at)


def _all_capitals(parts: Parts, start: int, end: int) -> bool:
    return all(raw == raw.upper() for raw in parts.raws[start:end])


def in_name(phrase: Phrase, index: int) -> bool:
    """Whether an item can be part of a name that no table knows."""
    item = phrase.items[index]
    if item.form == WORD:
        return item.cap or item.joins
    if item.form in {NAMED, FOLK}:
        return is_surname(phrase, index)
    return item.form in {STATE, CITY} or (item.form == PERSON and item.end - item.start == 1)


def is_surname(phrase: Phrase, index: int) -> bool:
    """Whether the name of a body or a people, no acronym, ends a person's: *Hernan Cortes, Volker Turk*."""
    item, parts = phrase.items[index], phrase.parts
    if item.end - item.start > 1 or parts.glued[item.start] or parts.raws[item.start].isupper():
        return False
    return index > 0 and phrase.items[index - 1].cap


def beside_name(phrase: Phrase, index: int, low: int, high: int, *, glued: bool = False) -> bool:
    """Whether an unknown capitalised word stands directly before or after an item, or is ``glued`` to it."""
    items, joined = phrase.items, phrase.parts.glued
    before = index > low and items[index - 1].cap and (glued or not joined[items[index].start])
    after = index + 1 < high and items[index + 1].cap and (glued or not joined[items[index + 1].start])
    return before or after


def is_country(item: Item) -> bool:
    """Whether an item names a state or a part of one, as a noun or an adjective."""
    return item.form in _COUNTRIES or item.has(ADJECTIVE)


def is_agent(item: Item) -> bool:
    """Whether an item is a word for an actor: an agent word, a title or a pattern."""
    return item.form in {AGENT, TITLE, SUFFIX, PREFIX}
