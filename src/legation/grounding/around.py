"""The words around a head word: whose it is, where, and whether its office is past."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date

from legation.grounding.choice import choose_named, choose_person
from legation.grounding.elsewhere import is_elsewhere, stated
from legation.grounding.entries import (
    ADJECTIVE,
    AGENT,
    CITY,
    FOLK,
    NAMED,
    PEOPLE,
    PERSON,
    STATE,
    SUFFIX,
    THING,
    TITLE,
    Entry,
    Lexicon,
)  # fmt: skip
from legation.grounding.reference_words import words_of_reference
from legation.grounding.roles import SEPARATORS, WORD, Item, Phrase, beside_name, is_agent, is_country

_LINKS = {"owner": "of", "voice": "voice", "place": "place"}


class Finding:
    """What a stretch of a phrase stands for."""

    __slots__ = ("countries", "entry", "first", "how", "key", "kind", "last", "name", "sectors")

    def __init__(self, entry: Entry | None, first: int, last: int, sectors: tuple[str, ...]) -> None:
        self.entry = entry
        self.first = first
        self.last = last
        self.sectors = sectors
        self.kind = entry.kind if entry else "unnamed"
        self.countries = entry.countries if entry else ()
        self.key = entry.key if entry else ""
        self.name: str | None = None
        self.how: list[str] = [entry.how] if entry else []


class Around:
    """What stands beside the head word: countries by strength, sides, and whether an office is past."""

    __slots__ = ("former", "owners", "places", "sides", "states", "weak")

    def __init__(self) -> None:
        self.states: list[tuple[int, Entry]] = []
        self.weak: list[Entry] = []
        self.places: list[str] = []
        self.sides: list[Finding] = []
        self.owners: dict[str, Finding] = {}
        self.former = False


class Surroundings:
    """Reads what stands beside a head word; ``day`` and ``near`` settle offices and ties."""

    def __init__(
        self, phrase: Phrase, lexicon: Lexicon, places: Callable[[str], str | None] | None,
        day: date | None, near: Collection[str],
    ) -> None:  # fmt: skip
        self.phrase = phrase
        self.items = phrase.items
        self.lexicon = lexicon
        self.places = places
        self.day = day
        self.near = near

    def resolve(self, low: int, high: int, head: int) -> Finding | None:
        """Return what items ``low`` to ``high`` stand for, or None where nothing tells."""
        raise NotImplementedError

    def around(self, low: int, high: int, first: int, end: int, head: int) -> Around:
        """Return what stands beside ``head``, whose stretch without separators is ``first`` to ``end``."""
        around = Around()
        self._read_before(around, first, head)
        if first > low and self.items[first - 1].role == "possessive":
            start = self._owner_start(low, first - 1)
            owner = self.resolve(start, first - 1, first - 2) if first - 2 >= start else None
            if owner is not None:
                around.owners["'s"] = owner
            else:
                self._add_place(around, start, first - 1)
        self._read_after(around, end, high)
        for number, side in enumerate(around.sides):
            around.sides[number] = self._side_elsewhere(side, stated(around.states, around.owners))
        return around

    def _side_elsewhere(self, side: Finding, stated: Sequence[str]) -> Finding:
        """Return a body named before the head as its owner has it: ``Russia's National Guard troops``."""
        item = self.items[side.first]
        if item.form != NAMED or not is_elsewhere(item, stated):
            return side
        entry = next(iter(item.having(AGENT)), side.entry)
        found = Finding(entry, side.first, side.last, entry.sectors if entry else ())
        found.countries = ()
        return found

    def _owner_start(self, low: int, stop: int) -> int:
        start = stop
        while start > low and self.items[start - 1].role != "break":
            start -= 1
        return start

    def _read_before(self, around: Around, first: int, head: int) -> None:
        items, run = self.items, first
        for index in range(first, head):
            item = items[index]
            if not item.cap:
                self._add_place(around, run, index)
                run = index + 1
            if item.role == "former":
                around.former = True
            elif item.form == THING:
                while around.states and around.states[-1][0] == index - 1:
                    around.states.pop()
            elif item.form == WORD or item.role:
                continue
            else:
                self._read_modifier(around, item, index, first, head)
        self._add_place(around, run, head)

    def _read_modifier(self, around: Around, item: Item, index: int, first: int, head: int) -> None:
        link = self._link(item)
        if link == "no":
            return
        if is_country(item) or item.form == FOLK:
            if (
                item.form != ADJECTIVE
                and not item.has(ADJECTIVE)
                and beside_name(self.phrase, index, first, head + 1)
            ):
                return
            entry = choose_named(
                [e for e in item.entries if e.form in {STATE, CITY, ADJECTIVE, FOLK}], self.day, self.near
            )
            if link in {"weak", "place"}:
                around.weak.append(entry)
            else:
                around.states.append((index, entry))
        elif item.form in {NAMED, PERSON, PEOPLE} or is_agent(item):
            if item.form == AGENT and item.entries[0].key.startswith(("former ", "ex-")):
                around.former = True
            side = self._side(item, index)
            if side is not None:
                around.sides.append(side)

    def _side(self, item: Item, index: int) -> Finding | None:
        if item.form == PERSON:
            alone = item.end - item.start == 1
            known = choose_person(item.having(PERSON), self.day, self.near, alone=alone)
            return self._person(known, index, index + 1, Around(), None) if known else None
        entry = (
            choose_named(item.having(item.form), self.day, self.near)
            if item.form in {NAMED, PEOPLE}
            else self._agent_entry(item)
        )
        return Finding(entry, index, index + 1, entry.sectors)

    def _link(self, item: Item) -> str:
        parts, lexicon = self.phrase.parts, self.lexicon
        if item.end < len(parts.norms) and parts.glued[item.end]:
            link = lexicon.links.get(parts.norms[item.end])
            if link:
                return link
        if item.start and parts.glued[item.start]:
            return lexicon.prefixes.get(parts.norms[item.start - 1], "")
        return ""

    def _read_after(self, around: Around, end: int, high: int) -> None:
        for use, start, stop in self._prepositions(end, high):
            head = self._head_of(start, stop)
            found = self.resolve(start, stop, head)
            link = _LINKS.get(use)
            if link is None or (use == "place" and found is not None and _is_abroad(found)):
                continue
            if found is not None:
                around.owners.setdefault(link, found)
            elif use in {"owner", "place"}:
                self._add_place(around, start, stop)
                self._add_named_place(around, start, stop)

    def _add_named_place(self, around: Around, start: int, stop: int) -> None:
        """``in the Chilean capital``, ``in Iraq's north``: a place that only its country names.

        An adjective before a capital is part of another name: *the **Persian** Gulf*.
        """
        for at, item in enumerate(self.items[start:stop], start):
            after = self.items[at + 1] if at + 1 < stop else None
            part = item.has(ADJECTIVE) and after is not None and self._is_capital(after)
            if is_country(item) and not part and self._link(item) != "no":
                around.places.append(item.entries[0].countries[0])
                return

    def _is_capital(self, item: Item) -> bool:
        return self.phrase.text(item.start, item.end)[:1].isupper()

    def _prepositions(self, end: int, high: int) -> Iterator[tuple[str, int, int]]:
        at = end
        while at < high and self.items[at].role == "preposition":
            stop = at + 1
            while stop < high and self.items[stop].role not in {"preposition", "break"}:
                stop += 1
            if stop > at + 1:
                yield self.items[at].use, at + 1, stop
            at = stop

    def _head_of(self, start: int, stop: int) -> int:
        """Return the head of a phrase that no parser marked: its last word."""
        head = stop - 1
        while head > start and self.items[head].role in SEPARATORS:
            head -= 1
        return head

    def _add_place(self, around: Around, start: int, stop: int) -> None:
        country = self._place(start, stop)
        if country:
            around.places.append(country)

    def _place(self, start: int, stop: int) -> str | None:
        """Ask the gazetteer about a run of capitalised words, the longest stretch first."""
        if self.places is None or stop <= start:
            return None
        while start < stop and not self.items[start].cap:
            start += 1
        if start == stop or not all(self.items[k].cap for k in range(start, stop)):
            return None
        return self.places(self.phrase.text(self.items[start].start, self.items[stop - 1].end))

    def _country(self, around: Around, how: list[str]) -> str | None:
        """Return the country that the words around the head give it, the nearest tie first."""
        if around.states:
            chosen = around.states[0]
            if len(around.states) > 1:
                second = around.states[1]
                both = self.items[chosen[0]].has(ADJECTIVE) and self.items[second[0]].has(ADJECTIVE)
                if both and second[0] == chosen[0] + 1:
                    chosen = second
            how.append(chosen[1].how)
            return _main(chosen[1].countries)
        for side in around.sides:
            if side.countries and side.kind != "people":
                how += side.how
                return _main(side.countries)
        for link in ("'s", "of", "voice"):
            owner = around.owners.get(link)
            if owner is not None and owner.countries:
                how += owner.how
                return _main(owner.countries)
        return None

    def _location(self, around: Around, how: list[str]) -> str | None:
        """Return the country of the place that the phrase names, failing that of the people or backer."""
        for side in around.sides:
            if side.countries:
                how += side.how
                return _main(side.countries)
        place = around.owners.get("place")
        if place is not None and place.countries:
            how += place.how
            return _main(place.countries)
        if around.places:
            how.append("places")
            return around.places[0]
        if around.weak:
            how.append(around.weak[0].how)
            return _main(around.weak[0].countries)
        return None

    def _person(
        self, known: tuple[Entry, str], first: int, last: int, around: Around, title: Entry | None
    ) -> Finding:
        entry, term = known
        sectors = entry.sectors
        if self.day is None and term == "after" and title is not None and not around.former:
            says_so = set(title.sectors) & set(
                sectors
            )  # an undated text that says President X means one in office
            term = "in" if says_so else term
        if term == "after" or (around.former and term != "before"):
            sectors = ("ELI",)
        elif term == "before":
            sectors = title.sectors if title is not None else ()
        found = Finding(entry, first, last, sectors)
        found.name = entry.name
        found.how.append(f"{term} the term" if term != "in" else "in office")
        return found

    def _agent_entry(self, item: Item, *, titled: bool = False) -> Entry:
        order = (TITLE, AGENT) if titled and item.form != SUFFIX else (item.form, AGENT, TITLE)
        for form in order:
            for entry in item.entries:
                if entry.form == form:
                    return entry
        return item.entries[0]


def _is_abroad(found: Finding) -> bool:
    """Say whether a place is a house that its country keeps in another: ***at** the Iranian embassy*."""
    return "abroad" in words_of_reference().get(found.key.rpartition(":")[2], ())


def _main(countries: Sequence[str]) -> str | None:
    return countries[0] if countries else None
