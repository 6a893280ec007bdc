"""Rows to entries: what each name of the tables stands for, found by its folded parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from legation.errors import DataFileError
from legation.grounding.names import ACRONYM, casing, table_keys
from legation.grounding.tables import STATELESS, Row, check_kind, sectors

STATE, CITY, ADJECTIVE, FOLK = "state", "city", "adjective", "folk"
PEOPLE, NAMED, PERSON = "people", "named", "person"
AGENT, TITLE, SUFFIX, PREFIX, THING = "agent", "title", "suffix", "prefix", "thing"
ROLES = frozenset({"own", "voice", "armed", "kin"})
_TRAILING = frozenset({"of", "for", "in", "on", "to", "the"})

Key = tuple[str, ...]


class Entry(msgspec.Struct, frozen=True):
    """What one name stands for.

    ``form`` is the part that the name plays in a phrase; ``cased`` how it must
    be written (see `names.casing`); ``role`` how an agent word's sectors meet
    those around it; ``how`` names the row for the evidence; ``given`` rows are a
    user's own and go before all others.
    """

    form: str
    key: str
    name: str
    kind: str
    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    how: str
    cased: int = 1
    role: str = "own"
    begin: date | None = None
    end: date | None = None
    given: bool = False

    def holds(self, day: date | None) -> bool:
        """Whether the row is in force on a day; without a day, whether it still is."""
        if day is None:
            return self.end is None
        return (self.begin is None or self.begin <= day) and (self.end is None or day <= self.end)

    def distance(self, day: date) -> int:
        """Days between a day and the row's dates; 0 within them."""
        if self.begin is not None and day < self.begin:
            return (self.begin - day).days
        if self.end is not None and day > self.end:
            return (day - self.end).days
        return 0


class Lexicon:
    """Entries by key, with the longest key that begins with each part."""

    def __init__(self, particles: frozenset[str], first_called: frozenset[str] = frozenset()) -> None:
        self.particles = particles
        self.first_called = first_called
        self.entries: dict[Key, list[Entry]] = {}
        self.longest: dict[str, int] = {}
        self.surnames: dict[str, list[Entry]] = {}
        self.state_names: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.prefixes: dict[str, str] = {}
        self.given = False

    def add(self, name: str, entry: Entry) -> None:
        """Enter a name."""
        for key in table_keys(name, self.particles):
            self.add_key(key, entry)

    def add_key(self, key: Key, entry: Entry) -> None:
        """Enter a folded name."""
        if self.given:
            entry = msgspec.structs.replace(entry, given=True)
        held = self.entries.get(key)
        if held is None:
            self.entries[key] = [entry]
        else:
            held.append(entry)
        if self.longest.get(key[0], 0) < len(key):
            self.longest[key[0]] = len(key)

    def read(self, kind: str, rows: Iterable[Row]) -> None:
        """Enter the rows of a table."""
        match kind:
            case "states":
                self._states(rows)
            case "regions":
                self._regions(rows)
            case "peoples":
                self._peoples(rows)
            case "organisations":
                self._named(rows)
            case "people in office":
                self._persons(rows)
            case "agents":
                self._agents(rows)
            case "titles":
                self._titles(rows)
            case "patterns":
                self._patterns(rows)

    def _states(self, rows: Iterable[Row]) -> None:
        for row in rows:
            code, names = row.cells["key"], row.many("names")
            self.state_names[code] = names[0]
            how, begin, end = f"{row.file}: {code}", row.begin(), row.end()
            country = row.cells["successor"] or code
            plain = Entry(STATE, code, names[0], "state", (country,), ("GOV",), how, 1, "own", begin, end)
            self._forms(row, plain)
            weak = msgspec.structs.replace(plain, form=CITY)
            for city in row.many("capital"):
                self.add(city.lstrip("~"), weak if city[0] == "~" else plain)
            for seat in row.many("seats"):
                name, _, cell = seat.partition("=")
                found = sectors(row.file, row.line, cell) if cell else ("GOV",)
                body = (
                    {}
                    if found == ("GOV",)
                    else {"name": name, "kind": "organization", "key": f"{code}:{name}"}
                )
                self.add(name, msgspec.structs.replace(plain, sectors=found, **body))

    def _regions(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self._forms(
                row,
                Entry(
                    STATE, row.cells["key"], row.many("names")[0], "state", row.countries(), row.sectors(),
                    f"{row.file}: {row.cells['key']}", 1, "own", row.begin(), row.end(),
                ),
            )  # fmt: skip

    def _forms(self, row: Row, plain: Entry) -> None:
        for name in row.many("names"):
            self.add(
                name, msgspec.structs.replace(plain, cased=ACRONYM) if casing(name) == ACRONYM else plain
            )
        adjective = msgspec.structs.replace(plain, form=ADJECTIVE)
        for name in row.many("adjectives"):
            cased = casing(name)
            self.add(name, adjective if cased == 1 else msgspec.structs.replace(adjective, cased=cased))
        folk = msgspec.structs.replace(
            plain, form=FOLK, kind="people", sectors=("CVL", *(s for s in plain.sectors if s == "PRE"))
        )
        for name in row.many("people"):
            self.add(name, folk)

    def _peoples(self, rows: Iterable[Row]) -> None:
        for row in rows:
            names = row.many("names")
            entry = Entry(
                PEOPLE, row.cells["key"], names[0], "people", row.countries(), row.sectors(),
                f"{row.file}: {row.cells['key']}",
            )  # fmt: skip
            for name in dict.fromkeys([*names, *row.many("adjectives")]):
                self.add(name, entry)

    def _named(self, rows: Iterable[Row]) -> None:
        for row in rows:
            names = row.many("names")
            entry = Entry(
                NAMED, row.cells["key"], names[0], check_kind(row), row.countries(), row.sectors(),
                f"{row.file}: {row.cells['key']}", 1, "own", row.begin(), row.end(),
            )  # fmt: skip
            for name in names:
                cased = casing(name)
                self.add(name, entry if cased == 1 else msgspec.structs.replace(entry, cased=cased))

    def _persons(self, rows: Iterable[Row]) -> None:
        spelled = dict[tuple[str, bool], tuple[list[Key], set[str]]]()
        for row in rows:
            names = row.many("names")
            entry = Entry(
                PERSON, row.cells["key"], names[0], "person", row.countries(), row.sectors(),
                f"{row.file}: {row.cells['key']} ({row.cells['office']})", 1, "own", row.begin(), row.end(),
            )  # fmt: skip
            cell = row.cells["names"], not self.first_called.isdisjoint(entry.countries)
            if cell not in spelled:
                spelled[cell] = self._spellings(names, cell[1])
            keys, surnames = spelled[cell]
            for key in keys:
                self.add_key(key, entry)
            for surname in surnames:
                self.surnames.setdefault(surname, []).append(entry)

    def _spellings(self, names: Sequence[str], first: bool) -> tuple[list[Key], set[str]]:
        """Return the keys of a person's names, and what may follow a title: the last part, or ``first``."""
        keys = [table_keys(name, self.particles) for name in names]
        ends = {key[at] for key in keys[0] if len(key) > 1 for at in ([-1, 0] if first else [-1])}
        return [key for found in keys for key in found], ends

    def _agents(self, rows: Iterable[Row]) -> None:
        for row in rows:
            role = row.cells["role"]
            if role not in ROLES:
                raise DataFileError(
                    row.file, row.line, f"{role!r} is no role; one of {', '.join(sorted(ROLES))}"
                )
            entry = Entry(
                AGENT, row.cells["key"], row.cells["key"], check_kind(row), (), row.sectors(*STATELESS),
                f"{row.file}: {row.cells['key']}", 0, role,
            )  # fmt: skip
            for name in row.many("names"):
                self.add(name, entry)

    def _titles(self, rows: Iterable[Row]) -> None:
        for row in rows:
            title = row.cells["title"]
            self.add(title, Entry(TITLE, title, title, "person", (), row.sectors(), f"{row.file}: {title}"))

    def _patterns(self, rows: Iterable[Row]) -> None:
        for row in rows:
            pattern, kind = row.cells["pattern"], check_kind(row, "none", "link")
            if kind == "link":
                bare = pattern.strip("*-").casefold()
                (self.links if pattern[0] == "*" else self.prefixes)[bare] = row.cells["country"]
                continue
            self.add_key(*self._pattern(row, pattern, kind))

    def _pattern(self, row: Row, pattern: str, kind: str) -> tuple[Key, Entry]:
        fixed = pattern.replace("<country>", "").replace("*", "").strip()
        form = SUFFIX if pattern.startswith("*") else PREFIX if pattern != fixed else THING
        if form == THING and kind != "none":
            form = NAMED
        key = table_keys(fixed, self.particles)[0]
        while form == PREFIX and len(key) > 1 and key[-1] in _TRAILING:
            key = key[:-1]
        codes = row.countries()
        how = f"{row.file}: {pattern}"
        role = "thing" if kind == "none" else "country" if "<country>" in pattern else "own"
        return key, Entry(form, fixed, fixed, kind, codes, row.sectors(*STATELESS), how, casing(fixed), role)


def by_key(entries: Iterable[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """Yield the entries of each key together, in the order of first sight."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.key, []).append(entry)
    yield from groups.items()
