"""GDELT 2.0 mention rows: 16 columns between tabs, no header (GDELT Event Codebook 2.0, 2015)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TextIO

from legation.formats import What
from legation.formats.flat import day, name, number, pairs, tabbed
from legation.records import Article, Event, Mention, Party, Report, digest

_WEB, _CITATION = 1, 2
_UNKNOWN = -1


def write(reports: Iterable[Report], what: What, stream: TextIO) -> int:
    """Write a row for each report's mention of an event that occurred, and each pair of its parties.

    The first column is that of the event's row in the format ``gdelt``. The
    table is one of mentions of events, whatever ``what`` asks for.
    """
    del what
    count = 0
    for report in reports:
        told = {mention.id: mention for mention in report.mentions}
        for event in report.events:
            if event.status != "occurred" or day(event, report.article) is None:
                continue
            for mention in (told[key] for key in event.mentions if key in told):
                for actor, recipient in pairs(event):
                    row = _row(event, mention, report.article, actor, recipient)
                    stream.write(tabbed(row))
                    count += 1
    return count


def _row(
    event: Event, mention: Mention, article: Article, actor: Party | None, recipient: Party | None
) -> list[object]:
    parties = (*mention.actors, *mention.recipients)
    return [
        number(digest("", event.id, name(actor), name(recipient))),
        _moment(event.first_seen or article.day),
        _moment(article.fetched or article.published),
        _WEB if article.url else _CITATION,
        article.publisher or "",
        article.url or article.id,
        mention.sentence + 1,
        _offset(actor, parties),
        _offset(recipient, parties),
        mention.trigger.start,
        1,
        round(mention.confidence * 100),
        len(article.field(mention.field)),
        "",
        "",
        "",
    ]


def _moment(moment: date | datetime | None) -> str:
    return f"{moment:%Y%m%d%H%M%S}" if moment else ""


def _offset(party: Party | None, parties: Sequence[Party]) -> int:
    """Return where a report first names a party of the event."""
    found = (told.start for told in parties if party and name(told) == name(party))
    return min((start for start in found if start is not None), default=_UNKNOWN)
