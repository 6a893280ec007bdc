"""How likely two tellings are one act: what they share, weighed by a logistic regression.

The weights lie in ``weights.tsv`` and are made by ``training/fit_merging.py``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from legation.errors import DataFileError
from legation.merging.compare import days_apart, same_place, stated, told_country, toll_fits
from legation.merging.tellings import SENSE, STORY, Telling
from legation.records import Event, Party

_COLUMNS = 4
_FEW = 3
_SAME = 0.8
_FILE = Path(__file__).with_name("weights.tsv")
_NAME = re.compile(r"\b[A-Z][^\W\d_]{2,}")
_CONTENT = re.compile(r"[^\W_]{4,}")
Evidence = dict[str, float]


def evidence(a: Telling, b: Telling) -> Evidence:
    """Return what speaks for and against one act; names are those of ``weights.tsv``, absent ones are 0."""
    return {"base": 1.0} | dict(_of_parties(a.event, b.event)) | dict(_of_scene(a, b)) | dict(_of_words(a, b))


def likelihood(a: Telling, b: Telling) -> float:
    """Return the likelihood, 0 to 1, that two tellings whose words have one sense are of one act."""
    weights = _weights()
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in evidence(a, b).items())))


def _of_parties(one: Event, other: Event) -> Iterator[tuple[str, float]]:
    first, second = (*one.actors, *one.recipients), (*other.actors, *other.recipients)
    mine, yours = _countries(first), _countries(second)
    if mine and yours:
        yield ("countries shared", 1.0) if mine & yours else ("countries differ", 1.0)
    both = (
        _countries(one.actors) & _countries(other.actors),
        _countries(one.recipients) & _countries(other.recipients),
    )
    if all(both) and not one.reciprocal and _countries(one.actors) != _countries(one.recipients):
        yield "both countries shared", 1.0
    yield from _of_roles(one, other)
    mine, yours = _content(first), _content(second)
    if mine and yours:
        yield "party words shared", len(mine & yours) / min(len(mine), len(yours))


def _of_roles(one: Event, other: Event) -> Iterator[tuple[str, float]]:
    """Compare the names that play the same part: they may be of people whom no table knows."""
    for part, mine, yours in (
        ("actor", one.actors, other.actors),
        ("recipient", one.recipients, other.recipients),
    ):
        first, second = _names(mine), _names(yours)
        if first and second and not (one.reciprocal or other.reciprocal):
            yield (f"{part} names shared" if first & second else f"{part} names differ"), 1.0


def _of_scene(a: Telling, b: Telling) -> Iterator[tuple[str, float]]:
    one, other = a.event, b.event
    if same_place(one.where, other.where):
        yield "place shared", 1.0
    if stated(one.when) and stated(other.when) and days_apart(one.when, other.when) == 0:
        yield "day shared", 1.0
    elif None in (a.published, b.published):
        yield "day unknown", 1.0
    else:
        yield "days apart", float(min(7, days_apart(one.when, other.when) or 0))
    if one.deaths and other.deaths:
        yield ("deaths agree", 1.0) if toll_fits(one.deaths, other.deaths) else ("deaths differ", 1.0)
    if one.mode and one.mode == other.mode:
        yield "mode shared", 1.0
    if one.status != other.status:
        yield "status differs", 1.0


def _of_words(a: Telling, b: Telling) -> Iterator[tuple[str, float]]:
    mine = [{word for word in t.words if word[0] not in SENSE + STORY} for t in (a, b)]
    names = [{word for word in t.words if word[0] == STORY} for t in (a, b)]
    shared = _overlap(*mine)
    yield "words shared", shared
    if shared >= _SAME:
        yield "told in the same words", 1.0
    if min(map(len, names)) < _FEW:
        yield "story unknown", 1.0
    else:
        yield "story names shared", _overlap(*names)
        yield "story names shared, count", math.log1p(len(names[0] & names[1]))


def _overlap(a: set[str], b: set[str]) -> float:
    """Return the share of the shorter account's words that the other has too."""
    return len(a & b) / max(1, min(len(a), len(b)))


def _countries(parties: tuple[Party, ...]) -> set[str]:
    return {country for party in parties if (country := told_country(party))}


def _names(parties: tuple[Party, ...]) -> set[str]:
    """Return the words that are written as names in the parties that are no states."""
    return {
        word.casefold()
        for party in parties
        if party.kind != "state"
        for word in _NAME.findall(party.name or party.text)
    }


def _content(parties: tuple[Party, ...]) -> set[str]:
    return {word for party in parties for word in _CONTENT.findall((party.name or party.text).casefold())}


@cache
def _weights() -> dict[str, float]:
    found: dict[str, float] = {}
    for number, line in enumerate(_FILE.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith(("#", "evidence\t")):
            continue
        cells = line.split("\t")
        try:
            name, weight, _ = cells[0], float(cells[1]), float(cells[2])
        except (IndexError, ValueError):
            raise DataFileError(
                _FILE, number, "a line is a name, two numbers and a meaning, with tabs between them"
            ) from None
        if len(cells) != _COLUMNS or name in found:
            raise DataFileError(_FILE, number, f"{name} has no meaning beside it, or stands twice")
        found[name] = weight
    return found
