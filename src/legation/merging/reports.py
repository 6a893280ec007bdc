"""The same act in many reports.

The unit is a telling: one report's account of one act. Two tellings are linked
if enough speaks for one act and nothing against it; an event is a set of
tellings that links hold together. Whether two are linked depends on these two
alone, so the events are the same in whatever order the reports come in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from itertools import chain, combinations, product

from legation.merging.compare import (
    days,
    days_apart,
    parties_fit,
    place_fits,
    same_name,
    same_place,
    stated,
    status_fits,
    toll_fits,
)
from legation.merging.families import family
from legation.merging.links import Links
from legation.merging.values import merged_values
from legation.records import Event, Mention, Party, Record, Report

WINDOW = 3
LINKED = 0.75
_LONGEST = 7
_AROUND = 160
_WORD = re.compile(r"[^\W_]{4,}|\d+")


class Telling(Record, frozen=True, kw_only=True):
    """One report's account of one act.

    ``event`` is the act as this report tells it; ``words`` are those of the
    sentences that speak of it; ``copy_of`` names the group of copies that the
    report belongs to; ``joined`` the event of the store it is part of by now.
    """

    event: Event
    article: str
    published: date | None = None
    publisher: str | None = None
    copy_of: str
    words: frozenset[str] = frozenset()
    joined: str | None = None

    @property
    def id(self) -> str:
        """The id of the act as this report tells it."""
        return self.event.id

    @property
    def day(self) -> tuple[date, date] | None:
        """The days of the act where they are known closely enough to compare."""
        span = days(self.event.when)
        if span and (span[1] - span[0]).days > _LONGEST:
            return None
        return span or (self.published and (self.published, self.published)) or None


class Cluster(Record, frozen=True, kw_only=True):
    """An event and the tellings that it is made of."""

    event: Event
    tellings: tuple[Telling, ...]


def tellings_of(report: Report, copy_of: str | None = None) -> tuple[Telling, ...]:
    """Return a report's account of each of its events."""
    article = report.article
    mentions = {mention.id: mention for mention in report.mentions}
    return tuple(
        Telling(
            event=event,
            article=article.id,
            published=article.day,
            publisher=article.publisher,
            copy_of=copy_of or article.id,
            words=_words(report, [mentions[name] for name in event.mentions if name in mentions]),
        )
        for event in report.events
    )


def _words(report: Report, mentions: Iterable[Mention]) -> frozenset[str]:
    words = set[str]()
    for mention in mentions:
        text, trigger = report.article.field(mention.field), mention.trigger
        start, end = max(0, trigger.start - _AROUND), trigger.end + _AROUND
        for sentence in report.sentences:
            if sentence.field == mention.field and sentence.start <= trigger.start < sentence.end:
                start, end = sentence.start, sentence.end
        words.update(_WORD.findall(text[start:end].casefold()))
    return frozenset(words)


def block(telling: Telling) -> str | None:
    """Return the key that tellings of one act share: the family of types and the two countries.

    None where no country or day is known: such tellings are never joined across reports.
    """
    event = telling.event
    sides = [_country(event.actors), _country(event.recipients)]
    if not any(sides) or telling.day is None:
        return None
    if event.reciprocal:
        sides.sort()
    return " ".join((family(event.type), sides[0] or "-", sides[1] or "-"))


def window(telling: Telling) -> tuple[date, date] | None:
    """Return the days within which another telling of the same act has to fall."""
    span = telling.day
    return span and (span[0] - timedelta(days=WINDOW), span[1] + timedelta(days=WINDOW))


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
    blocks = _blocks(settled.values())
    for key, bucket in _blocks(open_.values()).items():
        pairs = chain(combinations(bucket, 2), product(bucket, blocks.get(key, ())))
        for (low, high, a), (since, until, b) in pairs:
            near = low - until <= WINDOW and since - high <= WINDOW
            if near and not links.together(a.id, b.id) and linked(a, b):
                links.join(a.id, b.id)
    tellings = settled | open_
    groups = (group for group in links.groups() if any(name in open_ for name in group))
    return tuple(_cluster([tellings[name] for name in group]) for group in groups)


def _blocks(tellings: Iterable[Telling]) -> dict[str, list[tuple[int, int, Telling]]]:
    """Return tellings by block, each with its first and last day as numbers."""
    blocks = defaultdict[str, list[tuple[int, int, Telling]]](list)
    for telling in tellings:
        key, span = block(telling), telling.day
        if key and span:
            blocks[key].append((span[0].toordinal(), span[1].toordinal(), telling))
    return blocks


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
        and score(a, b) >= LINKED
    )


def _days_fit(a: Telling, b: Telling) -> bool:
    """Tell whether two stated days meet; an assumed one may be late by the window."""
    first, second = a.day, b.day
    if first is None or second is None:
        return False
    apart = max(0, (second[0] - first[1]).days, (first[0] - second[1]).days)
    return apart <= (0 if stated(a.event.when) and stated(b.event.when) else WINDOW)


def score(a: Telling, b: Telling) -> float:
    """Weigh what speaks for one act in two tellings of the same block, from 0 upwards."""
    one, other = a.event, b.event
    total = 0.2 + 0.15 * all(_country(side) for side in (one.actors, one.recipients))
    total += 0.2 * _named((*one.actors, *one.recipients), (*other.actors, *other.recipients))
    total += 0.25 if same_place(one.where, other.where) else 0.0
    if days_apart(one.when, other.when) == 0:
        total += 0.2 if stated(one.when) and stated(other.when) else 0.1
    if one.deaths and other.deaths:
        total += 0.2 if toll_fits(one.deaths, other.deaths) else -0.3
    return total + _overlap(a.words, b.words)


def _named(a: Iterable[Party], b: Sequence[Party]) -> bool:
    """Tell whether one person or body, not just a state, stands in both."""
    return any(
        same_name(one.name, other.name) for one in a for other in b if "state" not in (one.kind, other.kind)
    )


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Return the share of the shorter account's words that the other has too."""
    return len(a & b) / max(1, min(len(a), len(b)))


def _country(side: Sequence[Party]) -> str:
    return min((party.country for party in side if party.country), default="")


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
