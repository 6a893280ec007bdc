"""May two records tell of the same act? One question for each part of a record.

Each function answers whether two values contradict each other. A value that
is unknown contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from legation.records import Event, Mention, Party, Period, Place, Source, Status, Toll

Act = Mention | Event

_VAGUE = {"country", "region", "unknown"}


def same_name(a: str | None, b: str | None) -> bool:
    """Tell whether two names can be one: equal, or the words of one all stand in the other."""
    if not a or not b:
        return False
    first, second = set(a.casefold().split()), set(b.casefold().split())
    return first <= second or second <= first


def told_country(party: Party) -> str | None:
    """Return the country that the text gives a party: one inferred from the scene is no evidence."""
    return None if party.inferred else party.country


def same_party(a: Party, b: Party) -> bool:
    """Tell whether two parties can be one: a state can stand for its organs, an unknown for anyone."""
    if told_country(a) and told_country(b) and a.country != b.country:
        return False
    if a.name and b.name and not same_name(a.name, b.name):
        return "state" in (a.kind, b.kind) and a.country is not None and a.country == b.country
    return True


def known(party: Party) -> bool:
    """Tell whether it is known whom a party stands for."""
    return bool(party.name or told_country(party))


def shared_party(a: Sequence[Party], b: Sequence[Party]) -> bool:
    """Tell whether one known party stands on both sides: evidence, not just lack of contradiction."""
    return any(
        (told_country(one) is not None and told_country(one) == told_country(other))
        or same_name(one.name, other.name)
        for one in a
        for other in b
        if same_party(one, other)
    )


def side_fits(a: Sequence[Party], b: Sequence[Party]) -> bool:
    """Tell whether each party of the shorter side can be one of the longer side's."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    return all(any(same_party(one, other) for other in long) for one in short)


def parties_fit(a: Act, b: Act) -> bool:
    """Tell whether actors and recipients fit, as they stand or exchanged in a reciprocal act."""
    return _straight(a, b) or exchanged(a, b)


def _straight(a: Act, b: Act) -> bool:
    return side_fits(a.actors, b.actors) and side_fits(a.recipients, b.recipients)


def exchanged(a: Act, b: Act) -> bool:
    """Tell whether two tellings of a reciprocal act fit only with their sides exchanged."""
    if not (a.reciprocal or b.reciprocal) or _straight(a, b):
        return False
    return side_fits(a.actors, b.recipients) and side_fits(a.recipients, b.actors)


def parties_meet(a: Act, b: Act) -> bool:
    """Tell whether a known party takes the same part in both, or either part of a reciprocal act."""
    if exchanged(a, b):
        return shared_party(a.actors, b.recipients) or shared_party(a.recipients, b.actors)
    return shared_party(a.actors, b.actors) or shared_party(a.recipients, b.recipients)


def days(when: Period | None) -> tuple[date, date] | None:
    """Return the first and last day of a period, or None where either end is open."""
    if when is None:
        return None
    low, high = when.from_ or when.to, when.to or when.from_
    return (low, high) if low and high and low <= high else None


def days_apart(a: Period | None, b: Period | None) -> int | None:
    """Return the days between two periods, 0 where they overlap, None where one is unknown."""
    first, second = days(a), days(b)
    if first is None or second is None:
        return None
    return max(0, (second[0] - first[1]).days, (first[0] - second[1]).days)


def stated(when: Period | None) -> bool:
    """Tell whether the text itself says when."""
    return when is not None and not when.assumed and days(when) is not None


def place_fits(a: Place | None, b: Place | None) -> bool:
    """Tell whether two places can be one: a wider one holds a narrower, a nameless one may be any."""
    if a is None or b is None or a.name is None or b.name is None:
        return True
    if a.country and b.country and a.country != b.country:
        return False
    if a.precision in _VAGUE or b.precision in _VAGUE:
        return True
    if a.admin1 and b.admin1 and a.admin1 != b.admin1:
        return False
    if "admin1" in (a.precision, b.precision):
        return True
    return same_place(a, b)


def same_place(a: Place | None, b: Place | None) -> bool:
    """Tell whether two places below the level of a country are the same one."""
    if a is None or b is None or a.precision in _VAGUE or b.precision in _VAGUE:
        return False
    if a.geonames is not None and b.geonames is not None:
        return a.geonames == b.geonames
    return same_name(a.name, b.name)


def status_fits(a: Act, b: Act) -> bool:
    """Tell whether two statuses can be said of one act.

    A plan and a deed are one act only where the text dates both. A denial meets
    an assertion only where another speaks it.
    """
    pair = {a.status, b.status}
    if pair == {"occurred", "intended"}:
        return stated(a.when) and stated(b.when) and days_apart(a.when, b.when) == 0
    if "denied" in pair and a.status != b.status:
        return speaker(a.source) != speaker(b.source)
    return True


def speaker(source: Source | None) -> str | None:
    """Return who speaks, in one spelling, or None for the report's own voice."""
    if source is None:
        return None
    return (source.name or source.text).casefold()


def toll_fits(a: Toll | None, b: Toll | None) -> bool:
    """Tell whether two numbers of people overlap."""
    return a is None or b is None or (a.low <= b.high and b.low <= a.high)


def merged_status(acts: Sequence[Act]) -> Status:
    """Return what is known of an act from all that is told of it.

    The first of occurred, possible, intended and denied that any telling has
    stands, with one exception that keeps a disagreement visible: where only
    named speakers say that it occurred, and another denies it, it is possible.
    """
    said = {(act.status, speaker(act.source)) for act in acts}
    statuses = {status for status, _ in said}
    if {"occurred", "denied"} <= statuses and ("occurred", None) not in said:
        return "possible"
    order: tuple[Status, ...] = ("occurred", "possible", "intended", "denied")
    return next(status for status in order if status in statuses)
