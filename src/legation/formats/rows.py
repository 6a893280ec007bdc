"""A row of event data made by others, as a report: one article, mention and event.

What such rows do not say (the words, the evidence) stays empty; the trigger is
the code or words that the row has for the act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import msgspec

from legation.coding.cameo import type_and_mode
from legation.formats.quads import QUADS
from legation.formats.states import code_of
from legation.merging import merge_article
from legation.records import Article, Coding, Mention, Party, Period, Place, Report, Span, digest

Refuse = Callable[[str, str], None]
"""What is told of a row that cannot be read: its name, and why."""


class Row(msgspec.Struct, kw_only=True):
    """A row of any of the formats.

    ``coded`` is its type and mode, where it names them itself; ``code`` is its CAMEO code.
    """

    id: str
    day: date
    code: str
    words: str
    intensity: float
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    place: Place | None = None
    coded: tuple[str, str | None] | None = None
    contexts: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: date | None = None
    coder: str


def party(name: str, country: str | None, sectors: tuple[str, ...] = ()) -> Party:
    """Return a party that a row names."""
    kind = "state" if code_of(name) == country and country else "organization"
    return Party(text=name, start=0, end=0, name=name, kind=kind, country=country, sectors=sectors)  # type: ignore[arg-type]


def report(row: Row) -> Report | None:
    """Return a row as a report; None if its code is no act."""
    found = row.coded or type_and_mode(row.code)
    if found is None:
        return None
    kind, mode = found
    article = Article(
        text="",
        url=row.url,
        publisher=row.publisher,
        published=row.published,
        language=row.language,
        id=digest("a_", row.id),
    )
    mention = Mention(
        id=digest("m_", row.id),
        event=None,
        article=article.id,
        field="text",
        sentence=0,
        trigger=Span(text=row.words, start=0, end=0),
        type=kind,
        mode=mode,
        quad=QUADS[kind],
        intensity=row.intensity,
        cameo=row.code,
        status="occurred",
        actors=row.actors,
        recipients=row.recipients,
        contexts=row.contexts,
        when=Period(from_=row.day, to=row.day, precision="day"),
        where=row.place,
        confidence=0.5,
        why=({"kind": "imported", "from": row.coder, "code": row.code},),
        coder=Coding(version="0", model=row.coder, codebook="PLOVER" if row.coded else "CAMEO"),
    )
    return coded(article, [mention])


def coded(article: Article, mentions: Iterable[Mention]) -> Report:
    """Return a report of an article with no text."""
    joined, events = merge_article(list(mentions), article)
    return Report(article=article, mentions=joined, events=events)
