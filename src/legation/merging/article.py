"""The acts of one report: which of its mentions speak of the same one."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Sequence

import msgspec

from legation.merging.compare import (
    days_apart,
    known,
    parties_fit,
    parties_meet,
    place_fits,
    same_place,
    speaker,
    stated,
    status_fits,
    toll_fits,
)
from legation.merging.families import family
from legation.merging.senses import sense
from legation.merging.values import merged_values
from legation.records import Article, Event, Mention, digest

_SETTLES = re.compile(r"[A-Z]|\b(?:the|this|that|these|those|his|her|its|their|a|an)\b")
_PARTIES, _PLACE, _MODE, _WORD, _SENSE = 3, 2, 1, 1, 1


def merge_article(
    mentions: Sequence[Mention], article: Article
) -> tuple[tuple[Mention, ...], tuple[Event, ...]]:
    """Join the mentions of one report that speak of the same act.

    Mentions come back in the order given, with `event` set; events come in the
    order of their first mention in the text. The result is the same whatever
    the order of the mentions, and an event's id is that of the article and its
    first mention.
    """
    groups = list[_Group]()
    for mention in sorted(mentions, key=_position):
        _place(mention, groups)
    events = tuple(_event(group.mentions, article) for group in groups)
    of = {mention: event.id for event in events for mention in event.mentions}
    joined = tuple(msgspec.structs.replace(mention, event=of[mention.id]) for mention in mentions)
    return joined, events


def _position(mention: Mention) -> tuple[bool, int, int, str]:
    return (mention.field != "title", mention.trigger.start, mention.trigger.end, mention.id)


class _Group:
    """The mentions of one act, and of those that are told in the same words, one."""

    def __init__(self) -> None:
        self.mentions: list[Mention] = []
        self.told: dict[Hashable, Mention] = {}

    def add(self, mention: Mention) -> None:
        self.mentions.append(mention)
        self.told.setdefault(_content(mention), mention)


def _content(mention: Mention) -> Hashable:
    """Return all of a mention that is compared with others: what it says, but not where it says it."""
    when, where = mention.when, mention.where
    return (
        mention.type, mention.mode, mention.reciprocal, mention.status, mention.trigger.text.casefold(),
        tuple((party.name, party.country, party.kind) for party in mention.actors),
        tuple((party.name, party.country, party.kind) for party in mention.recipients),
        when and (when.from_, when.to, when.assumed),
        where and (where.name, where.admin1, where.country, where.geonames, where.precision),
        speaker(mention.source), mention.deaths, mention.injuries,
    )  # fmt: skip


def _place(mention: Mention, groups: list[_Group]) -> None:
    """Add a mention to the group it fits best, the latest of equals, or open a group."""
    best, found = 0, None
    for group in groups:
        likeness = _likeness(mention, group.told.values())
        if likeness and likeness >= best:
            best, found = likeness, group
    if found is None:
        groups.append(found := _Group())
    found.add(mention)


def _likeness(mention: Mention, group: Collection[Mention]) -> int:
    """Return how much speaks for one act, 0 where anything speaks against it or nothing for it."""
    if not all(_fits(mention, other) for other in group):
        return 0
    return max(_evidence(mention, other) for other in group)


def _fits(a: Mention, b: Mention) -> bool:
    return (
        family(a.type) == family(b.type)
        and not (a.mode and b.mode and a.type == b.type and a.mode != b.mode)
        and parties_fit(a, b)
        and _time_fits(a, b)
        and place_fits(a.where, b.where)
        and status_fits(a, b)
        and toll_fits(a.deaths, b.deaths)
        and toll_fits(a.injuries, b.injuries)
    )


def _time_fits(a: Mention, b: Mention) -> bool:
    """Let an assumed day yield to a stated one; two of a kind have to meet."""
    if stated(a.when) != stated(b.when):
        return True
    apart = days_apart(a.when, b.when)
    return apart is None or apart == 0


def _evidence(a: Mention, b: Mention) -> int:
    """Count what two mentions share, 0 unless their words have one sense and somebody settled takes part.

    Words of other senses (*struck*, *arrested*) speak of other acts, even by the same parties on one day.
    """
    if sense(a.trigger.text) != sense(b.trigger.text) or not (_settled(a) or _settled(b)):
        return 0
    parties = _PARTIES if parties_meet(a, b) else 0
    place = _PLACE if same_place(a.where, b.where) else 0
    repeated = _WORD if a.trigger.text.casefold() == b.trigger.text.casefold() else 0
    return _SENSE + parties + place + repeated + (_MODE if a.mode and a.mode == b.mode else 0)


def _settled(mention: Mention) -> bool:
    """Tell whether it is settled who somebody is that takes part: by a code, a name, or a word as *the*."""
    return any(
        known(party) or _SETTLES.search(party.text) for party in (*mention.actors, *mention.recipients)
    )


def _event(group: Sequence[Mention], article: Article) -> Event:
    return Event(
        id=digest("e_", article.id, group[0].id),
        mentions=tuple(mention.id for mention in group),
        reports=1,
        publishers=1 if article.publisher else 0,
        first_seen=article.day,
        **merged_values(group),
    )
