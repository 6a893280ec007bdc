"""Composition: what the items of a phrase stand for together.

``Iraqi`` and ``parliament`` give IRQ LEG GOV; ``pro-Iranian`` gives no country;
``of``, ``'s`` and ``for`` name an owner, ``in`` a place. The head decides what
kind of actor it is, the words around it whose.
"""

from __future__ import annotations

from collections.abc import Sequence

from legation.grounding.agents import AgentReader
from legation.grounding.around import Around, Finding
from legation.grounding.choice import bearers, choose_named, choose_person, choose_surname, is_full_name
from legation.grounding.elsewhere import is_elsewhere, is_foreign, stated
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
)  # fmt: skip
from legation.grounding.names import ARTICLE, is_one_word
from legation.grounding.roles import (
    SEPARATORS,
    WORD,
    Item,
    beside_name,
    in_name,
    is_agent,
    is_surname,
)

_NOT_NAMED = frozenset({"VERB", "AUX", "ADV", "PART", "SCONJ", "CCONJ", "INTJ", "ADP", "PUNCT"})
_PERSONAL = frozenset({"person", "unnamed", "people"})
_INDEFINITE = frozenset({"a", "an"})


class Composer(AgentReader):
    """Reads one phrase."""

    def resolve(self, low: int, high: int, head: int) -> Finding | None:
        """Return what items ``low`` to ``high`` stand for, or None where nothing tells."""
        items = self.items
        first, end = head, head + 1
        while first > low and items[first - 1].role not in SEPARATORS:
            first -= 1
        while end < high and items[end].role not in SEPARATORS:
            end += 1
        head = self._move_right(head, end)
        item = items[head]
        if item.form == THING or item.role in SEPARATORS:
            return None
        if self._counts(item) and end + 1 < high and self.items[end].use == "owner":
            return self._counted(end + 1, high)
        if item.form == WORD or self._is_part_of_name(head, first, end):
            return self._unknown_name(low, high, first, end, head)
        if is_agent(item):
            return self._agent(low, high, first, end, head)
        if self._is_function(item):
            return None
        return self._name(low, high, first, end, head)

    def _is_function(self, item: Item) -> bool:
        """Whether the tagger takes every word of an item for a verb, a particle and the like."""
        upos, words = self.phrase.upos, self.phrase.parts.words[item.start : item.end]
        return upos is not None and all(upos[word] in _NOT_NAMED for word in words)

    def _counts(self, item: Item) -> bool:
        """Whether an item is a number or a quantity, as in ``two of the mayors``."""
        return item.role in {"number", "light"} or self.phrase.parts.raws[item.start].isdigit()

    def _counted(self, start: int, high: int) -> Finding | None:
        head = start
        while head + 1 < high and self.items[head + 1].role not in {"preposition", "break"}:
            head += 1
        return self.resolve(start, high, head)

    def _move_right(self, head: int, end: int) -> int:
        """Return the item of the name that a title or an agent word stands before, else the head."""
        items = self.items
        while head + 1 < end and (is_agent(items[head]) or items[head].cap):
            following = items[head + 1]
            if self.phrase.parts.glued[following.start]:
                break
            if not (following.cap or is_agent(following) or following.form in {PERSON, NAMED}):
                break
            if is_agent(following) and not is_agent(items[head]):
                break
            head += 1
        return head

    def _is_part_of_name(self, head: int, first: int, end: int) -> bool:
        """Whether a known name or a title's word is part of a longer name: Michael Jordan, Rodney King."""
        item = self.items[head]
        if item.form in {STATE, CITY}:
            return beside_name(self.phrase, head, first, end) or self._after_courtesy(head, first)
        if item.form == PERSON:
            single = is_one_word(self.phrase.parts, item.start, item.end)
            return single and beside_name(self.phrase, head, first, end, glued=True)
        if item.form in {NAMED, FOLK}:
            return head > first and is_surname(self.phrase, head)
        if (
            item.form in {AGENT, TITLE}
            and item.end - item.start == 1
            and head > first
            and self.items[head - 1].cap
        ):
            raw, norm = self.phrase.parts.raws[item.start], self.phrase.parts.norms[item.start]
            known = any(entry.kind in _PERSONAL and entry.key.casefold() == norm for entry in item.entries)
            singular = raw[0].isupper() and not raw.isupper() and known and not item.has(SUFFIX)
            return singular and self._place(head - 1, head) is None
        return False

    def _after_courtesy(self, head: int, first: int) -> bool:
        return head > first and self.items[head - 1].form == TITLE

    def _unknown_name(self, low: int, high: int, first: int, end: int, head: int) -> Finding | None:
        start, stop = head, head + 1
        if not in_name(self.phrase, head):
            return None
        while start > first and in_name(self.phrase, start - 1):
            start -= 1
        while stop < end and in_name(self.phrase, stop):
            stop += 1
        while start < head and self.items[start].form in {STATE, CITY} and self.items[start].has(ADJECTIVE):
            start += 1
        name = self.phrase.text(self.items[start].start, self.items[stop - 1].end)
        if start > first and self._introduces(self.items[start - 1]):
            return self._titled((low, high), (first, end), (start, stop), name)
        if stop + 1 < high and self.items[stop].role == "break":
            return self._described(stop + 1, high, start, stop, name)
        return None

    def _introduces(self, item: Item) -> bool:
        """Whether a word for an actor can stand before its name.

        A title can; so can another word in lower case (``militant group Foo``);
        with a capital only one person's (``Spokesman Foo``), not a heading's
        (``Refugees Act``).
        """
        if not is_agent(item):
            return False
        raw = self.phrase.parts.raws[item.start]
        if item.has(TITLE) or raw[0].islower():
            return True
        entry = self._agent_entry(item)
        singular = " ".join(self.phrase.parts.norms[item.start : item.end]) == entry.key.casefold()
        return singular and entry.kind in _PERSONAL

    def _titled(
        self, within: tuple[int, int], core: tuple[int, int], run: tuple[int, int], name: str
    ) -> Finding | None:
        start, stop = run
        title = start - 1
        around = self.around(*within, *core, title)
        title_entry = self._agent_entry(self.items[title], titled=True)
        countries = [entry.countries[0] for _, entry in around.states if entry.countries]
        last = self.phrase.parts.norms[self.items[stop - 1].start]
        if title_entry.kind in _PERSONAL:
            given = sum(self.phrase.parts.norms[self.items[k].start] != ARTICLE for k in range(start, stop))
            known = given == 1 and choose_surname(
                bearers(self.lexicon, last, place=self.items[stop - 1].form in {STATE, CITY}),
                countries,
                self.day,
                sectors=title_entry.sectors,
                near=self.near,
            )
            if known:
                return self._person(known, start, stop, around, title_entry)
        found = self._agent_finding(title_entry, title, around)
        if found is None or not (found.sectors or found.countries):
            return None
        found.last = stop
        found.name = name
        found.key = name.casefold()
        if found.kind in _PERSONAL:
            found.kind = "person"
        return found

    def _described(self, low: int, high: int, start: int, stop: int, name: str) -> Finding | None:
        """Read a name by its apposition: ``Foo Bar, Iraq's foreign minister``."""
        head = low
        while head + 1 < high and self.items[head + 1].role not in SEPARATORS:
            head += 1
        if head + 2 < high and self.items[head + 1].role == "possessive":
            return self._described_owner(low, high, head, (start, stop), name)
        found = self.resolve(low, high, head)
        return self._renamed(found, start, stop, name)

    def _described_owner(
        self, low: int, high: int, owner: int, run: tuple[int, int], name: str
    ) -> Finding | None:
        head = owner + 2
        while head + 1 < high and self.items[head + 1].role not in SEPARATORS:
            head += 1
        return self._renamed(self.resolve(low, high, head), *run, name)

    def _renamed(self, found: Finding | None, start: int, stop: int, name: str) -> Finding | None:
        if found is None or found.kind not in {"person", "unnamed"}:
            return None
        found.kind, found.name, found.key = "person", name, name.casefold()
        found.first, found.last = start, stop
        return found

    def _name(self, low: int, high: int, first: int, end: int, head: int) -> Finding | None:
        item = self.items[head]
        if item.form in {STATE, CITY, ADJECTIVE, FOLK}:
            return self._state(item, head, first)
        around = self.around(low, high, first, end, head)
        if item.form == PERSON:
            return self._known_person(item, head, first, around)
        hints = [entry.countries[0] for _, entry in around.states if entry.countries]
        hints += [owner.countries[0] for owner in around.owners.values() if owner.countries]
        borne = item.having(item.form)
        belongs = stated(around.states, around.owners)
        if item.form == NAMED and is_elsewhere(item, belongs):
            return self._elsewhere((low, high), (first, end), head, belongs[0])
        entry = choose_named(borne, self.day, [*hints, *around.places], self.near)
        found = Finding(entry, head, head + 1, entry.sectors)
        found.name = entry.name if item.form == NAMED else None
        country = self._country(around, found.how)
        if country is None and item.form == NAMED and self._is_foreign(item, borne):
            found.countries, found.name = (), self.phrase.text(item.start, item.end)
            return found
        if country is None and not entry.countries:
            country = self._location(around, found.how)
        if country and (item.form == PEOPLE or country in entry.countries[1:]):
            found.countries = (country,)
        elif country and _is_common(borne) and country not in {c for e in borne for c in e.countries}:
            found.countries = (country,)
            found.name = self.phrase.text(item.start, item.end)
            found.key = f"{country}:{found.name.casefold()}"
        elif len(entry.countries) > 1:
            near = [code for code in entry.countries if code in self.near]
            found.countries = (near[0],) if near and entry.countries[0] not in near else entry.countries
        elif not entry.countries and country:
            found.countries = (country,)
        return found

    def _known_person(self, item: Item, head: int, first: int, around: Around) -> Finding | None:
        persons = item.having(PERSON)
        title = self.items[head - 1] if head > first and is_agent(self.items[head - 1]) else None
        countries = [entry.countries[0] for _, entry in around.states if entry.countries]
        alone = not is_full_name(persons, self.phrase.parts, item.start, item.end)
        known = choose_person(persons, self.day, [*countries, *self.near], alone=alone)
        if known is None:
            return None
        said = self._agent_entry(title, titled=True) if title is not None else None
        return self._person(known, head, head + 1, around, said)

    def _is_foreign(self, item: Item, borne: Sequence[Entry]) -> bool:
        norms = self.phrase.parts.norms[item.start : item.end]
        named = [entry for norm in (norms[0], norms[-1]) for entry in self.lexicon.entries.get((norm,), ())]
        return any(entry.form == AGENT for entry in named) and is_foreign(borne, self.near)

    def _elsewhere(
        self, within: tuple[int, int], core: tuple[int, int], head: int, country: str
    ) -> Finding | None:
        """Read the name of a body as that of the same body of another state."""
        item = self.items[head]
        for form in (AGENT, SUFFIX):
            if item.has(form):
                item.form = form
                return self._agent(*within, *core, head)
        entry = item.having(NAMED)[0]
        found = Finding(entry, head, head + 1, entry.sectors)
        found.name = self.phrase.text(item.start, item.end)
        found.countries = (country,)
        found.key = f"{country}:{found.name.casefold()}"
        return found

    def _state(self, item: Item, head: int, first: int) -> Finding | None:
        before = self.items[head - 1] if head > first else None
        counted = before is not None and (
            before.role == "number" or self.phrase.parts.norms[before.start] in _INDEFINITE
            or self.phrase.parts.raws[before.start].isdigit()
        )  # fmt: skip
        folk = item.having(FOLK)
        if folk and (counted or item.form == FOLK):
            entry = choose_named(folk, self.day, self.near)
            return Finding(entry, head, head + 1, entry.sectors)
        states = item.having(STATE) or item.having(ADJECTIVE)
        if not states:
            return None
        entry = choose_named(states, self.day, self.near)
        if counted:
            if item.form != ADJECTIVE:
                return None
            found = Finding(entry, head, head + 1, ("CVL",))
            found.kind = "people"
            return found
        found = Finding(entry, head, head + 1, entry.sectors)
        found.name = entry.name
        return found


def _is_common(bearers: Sequence[Entry]) -> bool:
    """Whether a name is borne in several countries, so that the phrase may mean yet another's."""
    return len({entry.countries for entry in bearers}) > 1
