"""Words for actors: the sectors and the country that they take from the words around them."""

from __future__ import annotations

from legation.grounding.around import Around, Finding, Surroundings
from legation.grounding.entries import ADJECTIVE, AGENT, NAMED, PREFIX, SUFFIX, TITLE, Entry
from legation.grounding.roles import is_country
from legation.grounding.tables import STATELESS

OFFICIAL = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY", "ELI"})
_SIDES = frozenset({"REB", "PRM", "UAF", "CRM", "OPP", "PTY"})
_OFFICE = frozenset({"GOV", "PTY"})
_STAFF = frozenset({"LAB", "EDU"})
_MEANS = frozenset({"LAB", "EDU", "CVL", "MIL"})
_JOINS = frozenset({"of", "for", "and", "the", "in", "on", "to"})


class AgentReader(Surroundings):
    """Reads phrases whose head is a word for an actor, a title or a patterned name."""

    def _agent(self, low: int, high: int, first: int, end: int, head: int) -> Finding | None:
        item = self.items[head]
        if item.form == TITLE:
            return None
        start, stop = (
            self._name_extent(first, end, head) if item.form in {SUFFIX, PREFIX} else (head, head + 1)
        )
        owned = item.form == PREFIX and head + 2 < high and is_country(self.items[head + 2])
        around = self.around(low, high, first, end if owned else max(end, stop), head)
        found = self._agent_finding(self._agent_entry(item), head, around)
        if found is not None and stop - start > 1:
            name = self.phrase.text(self.items[start].start, self.items[stop - 1].end)
            prefix = item.form == PREFIX and found.countries
            found.name = name
            found.key = f"{found.countries[0]}:{name.casefold()}" if prefix else name.casefold()
            found.first, found.last = start, stop
        return found

    def _name_extent(self, first: int, end: int, head: int) -> tuple[int, int]:
        """Return the first item of a patterned name, and the one after its last."""
        start, stop = head, head + 1
        if self.items[head].form == SUFFIX:
            while start > first and not self.items[start - 1].role and self._capital(start - 1):
                start -= 1
            while stop < end and self._capital(stop):
                stop += 1
            return start, stop
        while stop < len(self.items):
            if not self._capital(stop) and not self._joins_name(stop, bare=stop == head + 1):
                break
            stop += 1
        return start, stop

    def _joins_name(self, index: int, *, bare: bool) -> bool:
        """Whether a small word leads on inside a name: ``of Trade and Industry``, but not ``of Ukraine``."""
        items = self.items
        word = self.phrase.parts.norms[items[index].start]
        if word not in _JOINS or index + 1 >= len(items):
            return False
        if word != "the" and self.phrase.parts.norms[items[index + 1].start] == "the":
            return self._joins_name(index + 1, bare=bare)
        return self._capital(index + 1) and (bare or not is_country(items[index + 1]))

    def _capital(self, index: int) -> bool:
        return self.phrase.parts.raws[self.items[index].start][0].isupper()

    def _agent_finding(self, entry: Entry, head: int, around: Around) -> Finding | None:
        found = Finding(entry, head, head + 1, entry.sectors)
        if entry.kind == "none":
            return None
        self._take_sectors(found, entry, around)
        unsaid = not found.sectors and not entry.sectors and entry.role in {"voice", "kin"}
        if unsaid and self._country(around, []) not in STATELESS:
            return None
        country = entry.countries[0] if entry.countries else self._country(around, found.how)
        stateless = found.sectors[0] if found.sectors and found.sectors[0] in STATELESS else None
        if stateless and country is None:
            country, found.sectors = stateless, (found.sectors[1:] if stateless == "IGO" else ())
        elif stateless:
            found.sectors = found.sectors[1:]
        elif country is None:
            country = self._location(around, found.how)
        if country in STATELESS:
            found.sectors = tuple(sector for sector in found.sectors if sector != "GOV")
        found.countries = (country,) if country else ()
        self._breakaway(found, around)
        if around.former and found.kind in {"person", "unnamed"}:
            found.sectors = ("ELI",) if not OFFICIAL.isdisjoint(found.sectors) else ("CVL",)
            found.how.append("former")
        if country:
            found.key = f"{country}:{entry.key}"
            state = self.lexicon.state_names.get(country)
            if state and found.kind in {"organization", "group"} and entry.form == AGENT:
                found.name = f"{entry.key} of {state}"
        return found

    def _take_sectors(self, found: Finding, entry: Entry, around: Around) -> None:
        """Give the finding its owner's sectors where its word's role says so."""
        owner = self._owner(around, voice=entry.role == "voice")
        if owner is not None and _serves(entry, owner):
            found.sectors = owner.sectors
            found.how += owner.how
        elif entry.role == "kin":
            official = owner is not None and not OFFICIAL.isdisjoint(owner.sectors)
            found.sectors = ("ELI",) if official else ("CVL",)
            if owner is not None and owner.countries and not around.states:
                around.owners.setdefault("of", owner)
        elif owner is None:
            if entry.role == "voice" and not entry.sectors and around.states:
                found.sectors = ("CVL",)
        elif entry.role == "voice" and owner.kind != "state":
            if owner.sectors or owner.countries:
                found.sectors = owner.sectors
                found.how += owner.how
        elif entry.role == "voice" and not entry.sectors:
            folk = owner.entry is not None and owner.entry.form == ADJECTIVE
            found.sectors = ("CVL",) if folk else owner.sectors
        elif entry.role == "armed" and owner.sectors and owner.sectors[0] in _SIDES:
            found.sectors = owner.sectors
            found.how += owner.how

    def _owner(self, around: Around, *, voice: bool) -> Finding | None:
        if around.sides:
            return around.sides[-1]
        for link in ("'s", "of", "voice", "place") if voice else ("'s", "of"):
            owner = around.owners.get(link)
            if owner is not None and (link in {"'s", "of", "voice"} or owner.kind == "organization"):
                return owner
        return None

    def _breakaway(self, found: Finding, around: Around) -> None:
        regions = [entry for _, entry in around.states if "PRE" in entry.sectors]
        owners = [owner for owner in around.owners.values() if "PRE" in owner.sectors]
        if (regions or owners) and "PRE" not in found.sectors:
            found.sectors = (*found.sectors, "PRE")


def _serves(entry: Entry, owner: Finding) -> bool:
    """Whether a word for an office, a fighter, staff or means takes the sectors of a body that bears a name.

    ``Federal Reserve Chairman``, ``Revolutionary Guards fighters``, ``UN workers``,
    ``a Red Cross aircraft``; but a party's minister is one of the government.
    """
    body = owner.entry
    if body is None or body.form != NAMED or body.kind == "person":
        return False
    if entry.form == TITLE:
        return _OFFICE.issuperset(entry.sectors) and bool(entry.sectors) and "PTY" not in body.sectors
    if not {"NGO", "ISM"}.isdisjoint(body.countries):
        return bool(entry.sectors) and _MEANS.issuperset(entry.sectors)
    if entry.role == "armed":
        return not OFFICIAL.isdisjoint(body.sectors[:1])
    return not {"IGO", "UNO"}.isdisjoint(body.countries) and _STAFF.issuperset(entry.sectors or ("GOV",))
