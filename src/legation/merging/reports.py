"""The same act in many reports.

The unit is a telling: one report's account of one act. Two tellings are linked
if enough speaks for one act and nothing against it; an event is a set of
tellings that links hold together. Whether two are linked depends on these two
alone, so the events are the same in whatever order the reports come in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from legation.merging.compare import parties_fit, place_fits, stated, status_fits
from legation.merging.evidence import likelihood
from legation.merging.families import family
from legation.merging.links import Links
from legation.merging.tellings import Telling, tellings_of
from legation.merging.values import merged_values
from legation.records import Event, Record

__all__ = ["Cluster", "Telling", "block", "linked", "merge_reports", "tellings_of", "window"]

WINDOW = 3
LINKED = 0.45


class Cluster(Record, frozen=True, kw_only=True):
    """An event and the tellings that it is made of."""

    event: Event
    tellings: tuple[Telling, ...]


def block(telling: Telling) -> str | None:
    """Return the key that tellings of one act share: the family of types and the sense of the words.

    None where the words are not known: such tellings are never joined across reports.
    """
    return f"{family(telling.event.type)} {telling.sense}" if telling.sense else None


def window(telling: Telling) -> tuple[date, date] | None:
    """Return the days within which another telling of the same act has to fall, None as for `block`."""
    if not telling.sense:
        return None
    low, high = telling.day
    around = timedelta(days=WINDOW)
    return max(low, date.min + around) - around, min(high, date.max - around) + around


def merge_reports(
    new: Sequence[Telling], known: Sequence[Telling] = (), loosened: Collection[str] = ()
) -> tuple[Cluster, ...]:
    """Join new tellings with each other and with those already known.

    Known tellings of one event (``joined``) stay together, unless the event is
    ``loosened`` because a telling has left it: then they are compared afresh.
    Returned are the events with a new or a loosened telling; the others are as
    they were. An event takes its id from its earliest telling, by day of
    publication.
    """
    settled = {t.id: t for t in known if t.joined is not None and t.joined not in loosened}
    open_ = {t.id: t for t in (*known, *new) if t.id not in settled}
    links = Links([*settled, *open_])
    first = dict[str, str]()
    for telling in settled.values():
        links.join(telling.id, first.setdefault(telling.joined or "", telling.id))
    known_blocks = _blocks(settled.values())
    for key, bucket in _blocks(open_.values()).items():
        for a, b in chain(_near(bucket), _near_known(bucket, known_blocks.get(key, ()))):
            if not links.together(a.id, b.id) and linked(a, b):
                links.join(a.id, b.id)
    tellings = settled | open_
    groups = (group for group in links.groups() if any(name in open_ for name in group))
    return tuple(_cluster([tellings[name] for name in group]) for group in groups)


class _Spanned(NamedTuple):
    """A telling and its first and last day as numbers; a stated day has to be the other's too."""

    low: int
    high: int
    stated: bool
    telling: Telling

    def meets(self, later: _Spanned) -> bool:
        """Tell whether the days of a telling that begins no earlier can be of one act with these."""
        return later.low - self.high <= (0 if self.stated and later.stated else WINDOW)


def _blocks(tellings: Iterable[Telling]) -> dict[str, list[_Spanned]]:
    """Return tellings by block, in the order of their first days."""
    blocks = defaultdict[str, list[_Spanned]](list)
    for telling in tellings:
        if key := block(telling):
            low, high = telling.day
            blocks[key].append(
                _Spanned(low.toordinal(), high.toordinal(), stated(telling.event.when), telling)
            )
    for bucket in blocks.values():
        bucket.sort(key=attrgetter("low"))
    return blocks


def _near(bucket: Sequence[_Spanned]) -> Iterator[tuple[Telling, Telling]]:
    """Yield every two tellings whose days can be of one act."""
    for place, one in enumerate(bucket, 1):
        for later in bucket[place : _begun(bucket, one.high)]:
            if one.meets(later):
                yield one.telling, later.telling


def _near_known(bucket: Sequence[_Spanned], known: Sequence[_Spanned]) -> Iterator[tuple[Telling, Telling]]:
    """Yield each telling of the first with those of the second whose days can be of one act with it."""
    for one in bucket:
        for other in known[: _begun(known, one.high)]:
            if one.meets(other) if one.low <= other.low else other.meets(one):
                yield one.telling, other.telling


def _begun(bucket: Sequence[_Spanned], last: int) -> int:
    """Return how many tellings begin by a day or within the window after it."""
    return bisect_right(bucket, last + WINDOW, key=attrgetter("low"))


def linked(a: Telling, b: Telling) -> bool:
    """Tell whether two reports tell of the same act."""
    one, other = a.event, b.event
    return (
        a.article != b.article
        and _days_fit(a, b)
        and not (one.mode and other.mode and one.type == other.type and one.mode != other.mode)
        and status_fits(one, other)
        and place_fits(one.where, other.where)
        and parties_fit(one, other)
        and likelihood(a, b) >= LINKED
    )


def _days_fit(a: Telling, b: Telling) -> bool:
    """Tell whether two stated days meet; an assumed one may be late by the window, an unknown one is any."""
    apart = max(0, (b.day[0] - a.day[1]).days, (a.day[0] - b.day[1]).days)
    return apart <= (0 if stated(a.event.when) and stated(b.event.when) else WINDOW)


def _cluster(tellings: Sequence[Telling]) -> Cluster:
    ordered = sorted(tellings, key=lambda telling: (telling.published or date.max, telling.id))
    events = [telling.event for telling in ordered]
    if len(ordered) == 1:
        return Cluster(event=events[0], tellings=tuple(ordered))
    event = Event(
        id=ordered[0].id,
        mentions=tuple(mention for event in events for mention in event.mentions),
        reports=len({telling.copy_of for telling in ordered}),
        publishers=len({telling.publisher for telling in ordered if telling.publisher}),
        first_seen=ordered[0].published,
        **merged_values(events),
    )
    return Cluster(event=event, tellings=tuple(ordered))
