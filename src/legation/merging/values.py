"""The values of an event, from all that tells of it. No result depends on the order of the tellings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from legation.merging.compare import Act, days, exchanged, known, merged_status, same_party, stated
from legation.records import Mention, Party, Period, Place, Source, Toll

_PLACES = ("point", "city", "admin2", "admin1", "country", "region", "unknown")
_PERIODS = ("day", "week", "month", "year", "unknown")


def merged_values(acts: Sequence[Act]) -> dict[str, Any]:
    """Return the fields that an event takes from its tellings, as keywords of `Event`."""
    ranked = sorted(acts, key=_rank)
    lead = ranked[0]
    alike = [act for act in ranked if act.type == lead.type]
    actors, recipients = merged_sides(ranked)
    return {
        "type": lead.type,
        "mode": next((act.mode for act in alike if act.mode), None),
        "contexts": tuple(sorted({context for act in ranked for context in act.contexts})),
        "quad": lead.quad,
        "intensity": lead.intensity,
        "cameo": lead.cameo or next((act.cameo for act in alike if act.cameo), None),
        "reciprocal": any(act.reciprocal for act in ranked),
        "status": merged_status(ranked),
        "actors": actors,
        "recipients": recipients,
        "source": _source([act.source for act in ranked]),
        "when": _when([act.when for act in ranked if act.when]),
        "where": _where([act.where for act in ranked if act.where]),
        "deaths": _toll([act.deaths for act in ranked if act.deaths]),
        "injuries": _toll([act.injuries for act in ranked if act.injuries]),
        "confidence": max(act.confidence for act in ranked),
        "coder": max(
            (act.coder for act in ranked), key=lambda made: (made.version, made.model, made.codebook)
        ),
    }


def merged_sides(ranked: Sequence[Act]) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Return the actors and recipients, the sides of a reciprocal act turned the way of the first telling."""
    lead = ranked[0]
    actors, recipients = list[Party](), list[Party]()
    for act in ranked:
        turned = exchanged(lead, act)
        actors += act.recipients if turned else act.actors
        recipients += act.actors if turned else act.recipients
    return _parties(actors), _parties(recipients)


def _rank(act: Act) -> tuple[Any, ...]:
    """Best told first: with a mode, sure, and then by place in the text."""
    sure = act.status in ("occurred", "possible")
    return (not sure, act.mode is None, -act.confidence, *_position(act))


def _position(act: Act) -> tuple[Any, ...]:
    if isinstance(act, Mention):
        return (act.field != "title", act.trigger.start, act.trigger.end, act.id)
    return (act.id,)


def _parties(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Keep the most specific of the parties that can be one; drop the unknown where any is known."""
    ranked = sorted(set(parties), key=_vagueness)
    kept = list[Party]()
    for party in ranked:
        if not any(same_party(party, other) for other in kept):
            kept.append(party)
    certain = [party for party in kept if known(party)] or kept[:1]
    return tuple(sorted(certain, key=_written))


def _vagueness(party: Party) -> tuple[Any, ...]:
    named = party.name is not None and party.kind != "state"
    words = len(party.name.split()) if party.name else 0
    return (
        not named,
        party.country is None,
        party.inferred,
        party.name is None,
        -len(party.sectors),
        -words,
        *_written(party),
    )


def _written(party: Party) -> tuple[Any, ...]:
    return (
        party.start,
        party.end,
        party.text,
        party.name or "",
        party.country or "",
        party.kind,
        party.sectors,
        party.inferred,
    )


def _source(sources: Sequence[Source | None]) -> Source | None:
    """Keep a source only where every telling names the same one."""
    named = [source for source in sources if source is not None]
    if len(named) < len(sources) or len({(source.name or source.text).casefold() for source in named}) != 1:
        return None
    return min(
        named, key=lambda s: (s.name is None, s.start, s.end, s.text, s.cue or "", s.quoted, s.name or "")
    )


def _when(periods: Sequence[Period]) -> Period | None:
    """Return the most precise period that the texts state, the earliest of equals."""
    return min(periods, key=_lateness, default=None)


def _lateness(when: Period) -> tuple[Any, ...]:
    span = days(when)
    length = (span[1] - span[0]).days if span else 0
    return (
        span is None,
        not stated(when),
        _PERIODS.index(when.precision),
        length,
        str(span and span[0]),
        when.start if when.start is not None else -1,
        when.text or "",
        when.end or 0,
        str(when.from_),
        str(when.to),
    )


def _where(places: Sequence[Place]) -> Place | None:
    return min(places, key=_breadth, default=None)


def _breadth(place: Place) -> tuple[Any, ...]:
    return (
        _PLACES.index(place.precision),
        place.lat is None,
        place.country is None,
        place.admin1 is None,
        place.start,
        place.end,
        place.text,
        place.name or "",
        place.country or "",
        place.admin1 or "",
        place.geonames or 0,
        place.lat or 0.0,
        place.lon or 0.0,
    )


def _toll(tolls: Sequence[Toll]) -> Toll | None:
    if not tolls:
        return None
    return Toll(low=min(toll.low for toll in tolls), high=max(toll.high for toll in tolls))
