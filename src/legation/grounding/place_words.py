"""Words that are no places though places bear them, and short forms of divisions."""

from __future__ import annotations

from pathlib import Path

from legation.errors import DataFileError
from legation.grounding.gazetteer import PlaceTable
from legation.grounding.place_names import fold
from legation.tables import rows

USES = frozenset({"word", "person", "organisation"})
POSTAL_LETTERS = 2


class PlaceWords:
    """The demonyms of the actors' tables, the words of ``not_places.csv`` and the short forms of divisions.

    ``demonyms`` leads from the key of *Iraqi* to that of *Iraq*, and from that
    of a people without a state to nothing. ``barred`` are keys that are no
    place in any text, ``doubtful`` those that alone do not stand for one.
    """

    def __init__(self, folder: Path, actors: Path, table: PlaceTable) -> None:
        self.demonyms = _demonyms(actors)
        for key in [key for key in self.demonyms if table.is_well_known(key)]:
            del self.demonyms[key]
        self.barred: set[str] = set()
        self.doubtful: set[str] = set()
        path = folder / "not_places.csv"
        for line, row in rows(path, ("word", "use")):
            if row["use"] not in USES:
                raise DataFileError(path, line, f"{row['use']!r} is no use; one of {', '.join(sorted(USES))}")
            (self.barred if row["use"] == "organisation" else self.doubtful).add(fold(row["word"]))
        self._short = _abbreviations(folder / "abbreviations.csv", table)

    def short(self, text: str, *, beside: bool) -> int | None:
        """Return the division that a short form means; postal codes only ``beside`` a name."""
        place = self._short.get(text)
        if place is None:
            return self._short.get(text + ".")
        postal = len(text) == POSTAL_LETTERS and text.isalpha() and text.isupper()
        return place if beside or not postal else None


def _demonyms(actors: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("states", "regions"):
        for _, row in rows(actors / f"{name}.csv", ("names", "adjectives", "people")):
            place = fold(row["names"].split(";")[0])
            for word in f"{row['adjectives']};{row['people']}".split(";"):
                found.setdefault(fold(word.strip(" ~")), place)
    for _, row in rows(actors / "peoples.csv", ("names", "adjectives")):
        for word in f"{row['names']};{row['adjectives']}".split(";"):
            found.setdefault(fold(word.strip(" ~")), "")
    found.pop("", None)
    return found


def _abbreviations(path: Path, table: PlaceTable) -> dict[str, int]:
    found = {}
    for line, row in rows(path, ("short", "division")):
        place = table.division_place(row["division"])
        if place is None:
            raise DataFileError(path, line, f"{row['division']!r} is no division of the table")
        found[row["short"]] = place
    return found
