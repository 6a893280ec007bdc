"""Which of several bearers of a name is meant."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from legation.grounding.entries import Entry, Lexicon, by_key
from legation.grounding.names import Parts, fold, is_one_word

CLOSE = 400
"""Days outside a term within which a surname alone still names its holder."""
GRACE = 10
"""Days after a term in which reports still speak of its end, and of its holder as holding it."""
_FAR = 10**6


def choose_named(
    entries: Sequence[Entry], day: date | None, hints: Collection[str], near: Collection[str] = ()
) -> Entry:
    """Return a user's entry, else one whose country is hinted at or near, and in force; else the first.

    ``hints`` are countries that the phrase itself names, ``near`` those active in the article.
    """
    if len(entries) == 1:
        return entries[0]

    def rank(entry: Entry) -> tuple[bool, bool, bool, bool]:
        country = entry.countries[0] if entry.countries else None
        return not entry.given, country not in hints, country not in near, not entry.holds(day)

    return min(entries, key=rank)


def choose_person(
    entries: Sequence[Entry], day: date | None, hints: Collection[str], *, alone: bool
) -> tuple[Entry, str] | None:
    """Return the term of office that a person's name stands for, and ``in``, ``before`` or ``after`` it.

    ``alone`` marks a surname, which stands only for someone in office or nearly so.
    """
    best: tuple[tuple[int, bool], Entry, str] | None = None
    for _, terms in by_key(entries):
        entry, term = term_on(terms, day)
        away = entry.distance(day) if day is not None else 0 if entry.end is None else CLOSE
        if alone and away > CLOSE:
            continue
        rank = (away, not (entry.countries and entry.countries[0] in hints))
        if hints and len(entries) > 1:
            rank = (away if away <= CLOSE else _FAR, rank[1])
        if best is None or rank < best[0]:
            best = (rank, entry, term)
    return (best[1], best[2]) if best else None


def is_full_name(persons: Sequence[Entry], parts: Parts, start: int, end: int) -> bool:
    """Whether parts are more than a surname: several words, or all of somebody's name (*Suharto*)."""
    word = parts.norms[end - 1]
    return not is_one_word(parts, start, end) or any(fold(person.name) == word for person in persons)


def bearers(lexicon: Lexicon, name: str, *, place: bool) -> Sequence[Entry]:
    """Return who may be meant by a name after a title; a ``place`` is no first name: *Mr. Jordan*."""
    held = lexicon.surnames.get(name, ())
    return [one for one in held if fold(one.name.rsplit(None, 1)[-1]) == name] if place else held


def choose_surname(
    entries: Sequence[Entry],
    countries: Collection[str],
    day: date | None,
    *,
    sectors: Collection[str],
    near: Collection[str],
) -> tuple[Entry, str] | None:
    """Return whom a title and a surname name.

    The country must agree where the phrase has one; else it is one of a country ``near``, or whose office
    shares one of the title's ``sectors``: *Mr. Davis* is not every minister Davis, *Judge Lee* no minister.
    """
    fitting = [
        entry
        for entry in entries
        for code in [entry.countries[0] if entry.countries else None]
        if (code in countries if countries else code in near or any(s in sectors for s in entry.sectors))
    ]
    return choose_person(fitting, day, [*countries, *near], alone=True) if fitting else None


def term_on(terms: Sequence[Entry], day: date | None) -> tuple[Entry, str]:
    """Return the term that holds on a day, or the nearest one, and how the day lies to it."""
    latest = max(terms, key=lambda term: (term.end is None, term.begin or date.min))
    if day is None:
        return latest, "in" if latest.end is None else "after"
    holding = [term for term in terms if term.holds(day)]
    if holding:
        return max(holding, key=lambda term: term.begin or date.min), "in"
    past = [term for term in terms if term.end is not None and term.end < day]
    if past:
        latest = max(past, key=lambda term: term.end or date.min)
        return latest, "in" if latest.distance(day) <= GRACE else "after"
    return min(terms, key=lambda term: term.begin or date.min), "before"
