"""What the formats share: records one by one, and the pairs of parties that they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from legation.formats import What
from legation.records import Article, Event, Mention, Party, Report

Act = Mention | Event
Pair = tuple[Party | None, Party | None]


def records(reports: Iterable[Report], what: What) -> Iterator[tuple[Act, Article]]:
    """Yield mentions or events with the report that tells of them; an event once, with its first report."""
    seen = set[str]()
    for report in reports:
        for record in report.mentions if what == "mentions" else report.events:
            if record.id not in seen:
                if what == "events":
                    seen.add(record.id)
                yield record, report.article


def happened(reports: Iterable[Report], what: What) -> Iterator[tuple[Act, Article]]:
    """Yield the records of acts that occurred, for formats that cannot say that one did not."""
    return ((act, article) for act, article in records(reports, what) if act.status == "occurred")


def pairs(act: Act) -> Iterator[Pair]:
    """Yield every actor with every recipient, and the other way round for a reciprocal act."""
    for actor in act.actors or (None,):
        for recipient in act.recipients or (None,):
            yield actor, recipient
            if act.reciprocal and recipient:
                yield recipient, actor


def day(act: Act, article: Article) -> date | None:
    """Return the first day of an act, or the day of its report."""
    first = act.when and (act.when.from_ or act.when.to)
    return first or article.day


def name(party: Party | None) -> str:
    """Return a party's name, or its words where it has none."""
    return (party.name or party.text) if party else ""


def tabbed(values: Iterable[object], missing: str = "") -> str:
    """Return a line of a table between tabs; runs of white space in a value are one space."""
    return "\t".join(" ".join(str(value).split()) or missing for value in values) + "\n"


def number(record: str) -> int:
    """Return an id as a whole number that fits 63 bits."""
    digits = record.rpartition("_")[2]
    try:
        return int(digits[:15], 16)
    except ValueError:
        return int.from_bytes(record.encode()[-7:], "big")
