"""Grounding actors: which country, kind and sectors a noun phrase stands for.

>>> actors = Actors.load()
>>> actors.identify(["the", "Iraqi", "parliament"], 2).sectors
('LEG', 'GOV')
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from pathlib import Path

from legation.grounding.around import Finding
from legation.grounding.compose import Composer
from legation.grounding.entries import Lexicon
from legation.grounding.petrarch import dictionary_tables
from legation.grounding.roles import Phrase, SmallWords, scan
from legation.grounding.tables import FOLDER, SHIPPED, read_table
from legation.records import Kind, Record

STATELESS = frozenset({"UNO", "IGO", "EUR", "NGO"})
LONGEST_PHRASE = 60
"""Words of a noun phrase that are read; what lies beyond them is no part of a name."""


class Identity(Record, frozen=True, kw_only=True):
    """Whom a noun phrase stands for.

    ``country`` is an ISO 3166 or PLOVER code, ``sectors`` PLOVER's, most
    specific first; ``key`` is the same for every phrase that names the same
    actor; ``words`` are the words that decided, ``how`` the rows; ``given`` says
    that one of a user's own decided.
    """

    key: str
    name: str | None = None
    kind: Kind = "unnamed"
    country: str | None = None
    sectors: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    how: str = ""
    given: bool = False


class Actors:
    """The tables of actors, ready to be asked."""

    def __init__(
        self, lexicon: Lexicon, small: SmallWords, places: Callable[[str], str | None] | None = None
    ) -> None:
        self._lexicon = lexicon
        self._small = small
        self._places = places

    @classmethod
    def load(cls, extra: Sequence[Path] = (), places: Callable[[str], str | None] | None = None) -> Actors:
        """Return the shipped tables together with the user's, which come first.

        ``extra`` are CSV files with the columns of a shipped table, or TABARI
        and PETRARCH dictionaries (``.txt``). ``places`` gives the country code
        of a place that the tables do not know. `DataFileError` names the line
        of a file that breaks its form.
        """
        small = SmallWords(read_table(FOLDER / "words.csv")[1])
        lexicon = Lexicon(small.particles, small.first_called)
        lexicon.given = True
        for path in extra:
            if path.suffix == ".txt":
                for kind, rows in dictionary_tables(path):
                    lexicon.read(kind, rows)
            else:
                lexicon.read(*read_table(path))
        lexicon.given = False
        for name in SHIPPED:
            path = FOLDER / f"{name}.csv"
            if path.exists():
                lexicon.read(*read_table(path))
        return cls(lexicon, small, places)

    def identify(
        self,
        words: Sequence[str],
        head: int,
        *,
        upos: Sequence[str] | None = None,
        day: date | None = None,
        near: Collection[str] = (),
    ) -> Identity | None:
        """Return whom a noun phrase stands for, or None where the tables cannot tell.

        ``words`` are its tokens as Universal Dependencies cuts them, without
        relative clauses, ``head`` the index of the head among them, ``upos``
        their tags. ``day`` dates offices; without it the latest term counts.
        ``near`` are codes of countries active in the article, which break ties.
        """
        if not 0 <= head < len(words):
            return None
        if len(words) > LONGEST_PHRASE:
            start = max(0, head - LONGEST_PHRASE // 2)
            words, upos = words[start : start + LONGEST_PHRASE], upos and upos[start : start + LONGEST_PHRASE]
            head -= start
        phrase = scan(words, head, upos, self._lexicon, self._small)
        if not phrase.items:
            return None
        composer = Composer(phrase, self._lexicon, self._places, day, near)
        found = composer.resolve(0, len(phrase.items), phrase.head)
        return _identity(found, phrase, words) if found is not None else None

    def country_name(self, code: str) -> str | None:
        """Return the preferred name of a state, or None for a code that no state has."""
        return self._lexicon.state_names.get(code)


def _identity(found: Finding, phrase: Phrase, words: Sequence[str]) -> Identity:
    first, last = phrase.items[found.first], phrase.items[found.last - 1]
    origins = phrase.parts.words
    country = found.countries[0] if found.countries else None
    stateless = country in STATELESS
    return Identity(
        key=found.key,
        name=found.name,
        kind=found.kind,  # type: ignore[arg-type]
        country=country,
        sectors=tuple(s for s in found.sectors if not (stateless and s == "GOV")),
        words=tuple(words[origins[first.start] : origins[last.end - 1] + 1]),
        how=" + ".join(dict.fromkeys(found.how)),
        given=found.entry is not None and found.entry.given,
    )
