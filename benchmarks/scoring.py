"""Scoring coded mentions against labelled ones, by the rules of ``docs/coding-rules.md``, section 6."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from legation.labels import LabelledMention, LabelledParty
from legation.records import Mention, Party


@dataclass
class Pair:
    """A coded mention and the labelled one that it is paired with; either may be missing."""

    coded: Mention | None
    gold: LabelledMention | None
    offset: int = 0


@dataclass
class Unit:
    """The pairs of one article, the unit of the bootstrap."""

    name: str
    pairs: list[Pair] = field(default_factory=list)


def pair(coded: Sequence[Mention], gold: Sequence[LabelledMention], offset: int = 0) -> list[Pair]:
    """Pair mentions of one sentence one to one: by overlapping triggers, then by type and countries.

    ``offset`` is where the labelled sentence begins in the field of the coded mentions.
    """
    left, wanted, pairs = list(coded), list(gold), list[Pair]()
    tests: list[Callable[[Mention, LabelledMention], bool]] = [
        lambda c, g: _overlaps(c, g, offset) and c.type == g.type,
        lambda c, g: _overlaps(c, g, offset),
        lambda c, g: c.type == g.type and countries(c) == countries(g) and bool(countries(g)),
    ]
    for test in tests:
        for g in list(wanted):
            match = next((c for c in left if test(c, g)), None)
            if match is not None:
                pairs.append(Pair(match, g, offset))
                left.remove(match)
                wanted.remove(g)
    return [*pairs, *(Pair(c, None, offset) for c in left), *(Pair(None, g, offset) for g in wanted)]


def _overlaps(coded: Mention, gold: LabelledMention, offset: int) -> bool:
    return coded.trigger.start < gold.trigger.end + offset and coded.trigger.end > gold.trigger.start + offset


def countries(mention: Mention | LabelledMention) -> frozenset[str | None]:
    """Return the countries of both sides."""
    return frozenset(p.country for p in (*mention.actors, *mention.recipients))


def typed(p: Pair) -> bool:
    """Say whether the mention is found and its type is right."""
    return p.coded is not None and p.gold is not None and p.coded.type == p.gold.type


def parties_right(p: Pair) -> bool:
    """Say whether every labelled party has a coded one with its head word and country, and none is extra."""
    if p.coded is None or p.gold is None:
        return False
    sides = [(p.coded.actors, p.gold.actors), (p.coded.recipients, p.gold.recipients)]
    straight = all(_side(c, g, p.offset, countries_too=True) for c, g in sides)
    if straight or not p.gold.reciprocal:
        return straight
    both_coded, both_gold = (*p.coded.actors, *p.coded.recipients), (*p.gold.actors, *p.gold.recipients)
    return _side(both_coded, both_gold, p.offset, countries_too=True)


def countries_right(p: Pair) -> bool:
    """Say whether both sides have the labelled countries."""
    if p.coded is None or p.gold is None:
        return False
    coded = [sorted(x.country or "" for x in side) for side in (p.coded.actors, p.coded.recipients)]
    gold = [sorted(x.country or "" for x in side) for side in (p.gold.actors, p.gold.recipients)]
    return sorted(coded) == sorted(gold) if p.gold.reciprocal else coded == gold


def spans_right(p: Pair) -> bool:
    """Say whether the parties' words are right, whatever their countries."""
    if p.coded is None or p.gold is None:
        return False
    if p.gold.reciprocal:
        both_coded, both_gold = (*p.coded.actors, *p.coded.recipients), (*p.gold.actors, *p.gold.recipients)
        return _side(both_coded, both_gold, p.offset, countries_too=False)
    return _side(p.coded.actors, p.gold.actors, p.offset, countries_too=False) and _side(
        p.coded.recipients, p.gold.recipients, p.offset, countries_too=False
    )


def _side(coded: Sequence[Party], gold: Sequence[LabelledParty], offset: int, *, countries_too: bool) -> bool:
    left = list(coded)
    for g in gold:
        match = next(
            (c for c in left if same(c, g, offset) and (not countries_too or c.country == g.country)), None
        )
        if match is None:
            return False
        left.remove(match)
    return not left


def same(coded: Party, gold: LabelledParty, offset: int) -> bool:
    """Say whether the spans overlap in the labelled party's last word before any preposition, its likely head."""
    head_start, head_end = _head(gold)
    return coded.start <= head_start + offset and head_end + offset <= coded.end


def _head(gold: LabelledParty) -> tuple[int, int]:
    words = gold.span.text.split(" ")
    at, last = gold.span.start, (gold.span.start, gold.span.end)
    for word in words:
        if (
            word.lower()
            in {"of", "in", "from", "for", "at", "on", "with", "near", "against", "to", "who", "under"}
            and at > gold.span.start
        ):
            break
        last = (at, at + len(word.rstrip(",.'’s")) if word.endswith(("'s", "’s")) else at + len(word))
        at += len(word) + 1
    return last


def party_scores(units: Iterable[Unit]) -> dict[str, float]:
    """Return how often a labelled party that was found got its country, and its country and first sector."""
    found = [
        (coded, gold)
        for unit in units for p in unit.pairs
        if p.coded is not None and p.gold is not None and not p.gold.unsure
        for coded, gold in _matched(p)
    ]  # fmt: skip
    country = sum(coded.country == gold.country for coded, gold in found)
    both = sum(
        coded.country == gold.country and coded.sectors[:1] == gold.sectors[:1] for coded, gold in found
    )
    total = max(1, len(found))
    return {"country": country / total, "country and sector": both / total, "parties": len(found)}


def _matched(p: Pair) -> Iterator[tuple[Party, LabelledParty]]:
    """Yield the labelled parties that were found, one to one.

    Of those with the same words (*both sides*) the ones with the same country go
    together. Those who act on each other may stand on either side.
    """
    if p.coded is None or p.gold is None:
        return
    sides = [(p.coded.actors, p.gold.actors), (p.coded.recipients, p.gold.recipients)]
    if p.gold.reciprocal:
        sides = [((*p.coded.actors, *p.coded.recipients), (*p.gold.actors, *p.gold.recipients))]
    for coded, gold in sides:
        left, wanted = list(coded), list(gold)
        for strict in (True, False):
            for g in list(wanted):
                match = next(
                    (c for c in left if same(c, g, p.offset) and (not strict or c.country == g.country)), None
                )
                if match is not None:
                    left.remove(match)
                    wanted.remove(g)
                    yield match, g


@dataclass
class Count:
    """Hits, coded and wanted of one measure."""

    hits: int = 0
    coded: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """Hits among what was coded, 0 where nothing was."""
        return self.hits / self.coded if self.coded else 0.0

    @property
    def recall(self) -> float:
        """Hits among what was wanted, 0 where nothing was."""
        return self.hits / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 where nothing was coded or wanted."""
        total = self.coded + self.wanted
        return 2 * self.hits / total if total else 0.0


def count(units: Sequence[Unit], right: Callable[[Pair], bool]) -> Count:
    """Count a measure; labelled mentions marked unsure are neither missed nor invented."""
    total = Count()
    for unit in units:
        for p in unit.pairs:
            if p.gold is not None and p.gold.unsure:
                continue
            total.coded += p.coded is not None
            total.wanted += p.gold is not None
            total.hits += right(p)
    return total


def share(
    units: Sequence[Unit], asked: Callable[[Pair], bool], right: Callable[[Pair], bool]
) -> tuple[float, int]:
    """Return the share of the asked pairs that are right, and how many were asked."""
    found = [p for unit in units for p in unit.pairs if asked(p) and not (p.gold and p.gold.unsure)]
    return (sum(map(right, found)) / len(found) if found else 0.0), len(found)


def status_right(p: Pair) -> bool:
    return p.coded is not None and p.gold is not None and p.coded.status == p.gold.status


def source_right(p: Pair) -> bool:
    """Say whether the coded source holds the labelled one's head word."""
    if p.coded is None or p.gold is None or p.gold.source is None or p.coded.source is None:
        return False
    start, end = _head(LabelledParty(span=p.gold.source))
    return p.coded.source.start <= start + p.offset and end + p.offset <= p.coded.source.end


def when_right(p: Pair) -> bool:
    """Say whether both bounds of the labelled period are right."""
    if p.coded is None or p.gold is None or p.coded.when is None:
        return False
    return p.coded.when.from_ == p.gold.from_ and p.coded.when.to == p.gold.to


def where_right(p: Pair) -> bool:
    """Say whether the coded place lies in the labelled country."""
    if p.coded is None or p.gold is None or p.coded.where is None or p.gold.where is None:
        return False
    return p.coded.where.country == p.gold.where.country


def interval(
    units: Sequence[Unit], measure: Callable[[Sequence[Unit]], float], draws: int = 500
) -> tuple[float, float]:
    """Return the 95% interval of a measure from a bootstrap over articles."""
    rng = random.Random(0)
    values = sorted(measure([rng.choice(units) for _ in units]) for _ in range(draws))
    return values[int(0.025 * draws)], values[int(0.975 * draws) - 1]
