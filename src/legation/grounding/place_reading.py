"""Reading names as places: their candidates, and which name stands within which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from legation.grounding.gazetteer import ADMIN1, ALTERNATE, BIG_SIZE, COUNTRY, SIZE_STEPS, PlaceTable
from legation.grounding.place_names import Qualifiers, Reading, fold, sound, variants
from legation.grounding.place_ranking import Name
from legation.grounding.place_words import PlaceWords
from legation.records import Span

COMMA = 2  # characters of a comma and a space
JOINED = {COMMA, len(" and "), len(", and ")}
SPOKEN = 5  # letters that a name needs to be found by its sound
MOST = 60  # candidates of one name
LONGEST_ACRONYM = 3
LARGE = 6 * SIZE_STEPS  # a million people: a city that is written in capitals too
FAR_SPELLING = 1.0  # what a name found by its sound alone loses


@dataclass
class Found:
    """A name as read: its candidates, the reading that gave them, and the part of a country it may mean."""

    reading: Reading
    name: Name
    side: str = ""


class Reader:
    """Reads the names of an article against the table of places."""

    def __init__(self, table: PlaceTable, qualifiers: Qualifiers, words: PlaceWords) -> None:
        self.table = table
        self.qualifiers = qualifiers
        self._words = words

    def read_all(self, names: Sequence[Span], *, demonyms: bool) -> list[Found | None]:
        """Return each name as read, or None; the same words share one `Name`."""
        read = [
            self.read(span, names[n - 1] if n else None, demonyms=demonyms) for n, span in enumerate(names)
        ]
        one: dict[tuple[str, str, str], Name] = {}
        joined = [None if found is None else self._joined(found, one) for found in read]
        self.nest(names, joined)
        return joined

    def read(self, span: Span, before: Span | None, *, demonyms: bool) -> Found | None:
        """Return one name as read; ``before`` is the name that stands before it."""
        text = span.text.strip()
        short = self._words.short(text, beside=before is not None and 0 <= span.start - before.end <= COMMA)
        if short is not None:
            return Found(Reading(fold(text)), Name([short]))
        if not any(c.isupper() or (c.isalpha() and not c.isascii()) for c in text):
            return None
        readings = self.qualifiers.readings(text)
        for reading in readings:
            if reading.key in self._words.barred:
                return None
            people = self._words.demonyms.get(reading.key)
            if people is not None and not demonyms:
                return None
            meant = reading._replace(key=people or reading.key)
            name = self.candidates(meant)
            if name is not None:
                name.candidates = self.spelled(text, name.candidates)
            if name is not None and name.candidates:
                return self._with_part(Found(meant, name, meant.side), readings)
        return None

    def spelled(self, text: str, places: Sequence[int]) -> list[int]:
        """Return the places that letters so written may mean: *WA* is no town of Wa, *NYC* is New York."""
        if not text.isupper() or len(text) > LONGEST_ACRONYM:
            return list(places)
        return [
            place for place in places
            if place & ALTERNATE or self.table.kind[place] <= ADMIN1 or self.table.size[place] >= LARGE
        ]  # fmt: skip

    def _with_part(self, found: Found, readings: Sequence[Reading]) -> Found:
        """Add the country of *south Lebanon* to the towns of that name."""
        if found.side or self._may_be_wide(found.name):
            return found
        for reading in readings:
            part = self.candidates(reading) if reading.side and not reading.asks else None
            if part is not None and self.table.kind[part.candidates[0] & ~ALTERNATE] == COUNTRY:
                found.name.candidates = [*found.name.candidates, *part.candidates[:1]]
                found.side = reading.side
                break
        return found

    def candidates(self, reading: Reading) -> Name | None:
        """Return a reading's name with the places it may mean, or None."""
        for key in variants(reading.key):
            found = self.table.find(key)[:MOST]
            if reading.side:
                found = [place for place in found if self._has_sides(place & ~ALTERNATE)]
            if found:
                return Name(found, reading.asks)
        if reading.side:
            return None
        heard = sound(reading.key)
        found = self.table.find(heard)[:MOST] if heard and len(reading.key) >= SPOKEN else []
        return Name(found, reading.asks, distant=FAR_SPELLING) if found else None

    def _has_sides(self, place: int) -> bool:
        return bool(self.table.kind[place] <= ADMIN1 or self.table.size[place] >= BIG_SIZE)

    def _joined(self, found: Found, one: dict[tuple[str, str, str], Name]) -> Found:
        """One sense an article: the same words share one name, which weighs more the oftener it stands."""
        known = one.setdefault((found.reading.key, found.reading.asks, found.reading.within), found.name)
        if known is not found.name:
            known.weight = min(known.weight + 0.3, 2.0)
        return Found(found.reading, known, found.side)

    def nest(self, names: Sequence[Span], read: Sequence[Found | None]) -> None:
        """Tie each name to the one that holds it: after a comma, or before a possessive."""
        for n, found in enumerate(read):
            if found is None:
                continue
            if found.reading.within:
                found.name.inside = found.name.inside or self._holder(found.reading.within)
            after = read[n + 1] if n + 1 < len(read) else None
            apart = after is None or after.name is found.name or names[n + 1].start - names[n].end != COMMA
            if after is not None and not apart and not self._listed(names, read, n):
                if found.name.inside not in {None, after.name}:
                    found.name = Name(found.name.candidates, found.name.asks)
                found.name.inside = after.name

    def _holder(self, within: str) -> Name | None:
        """Return the name after the comma or before the possessive within one span, without weight."""
        holder = self.candidates(Reading(within))
        if holder is not None:
            holder.weight = 0.0
        return holder

    def _listed(self, names: Sequence[Span], read: Sequence[Found | None], n: int) -> bool:
        """Tell whether a name and the next stand in a list of wide places: *Ohio, Indiana and Iowa*."""
        last = len(names) - 1
        run = [n, n + 1]
        if n > 0 and names[n].start - names[n - 1].end == COMMA:
            run.insert(0, n - 1)
        if n + 1 < last and names[n + 2].start - names[n + 1].end in JOINED:
            run.append(n + 2)
        wide = [found is not None and self._may_be_wide(found.name) for found in (read[m] for m in run)]
        return len(run) > len((n, n + 1)) and all(wide)

    def _may_be_wide(self, name: Name) -> bool:
        return any(not place & ALTERNATE and self.table.kind[place] <= ADMIN1 for place in name.candidates)
