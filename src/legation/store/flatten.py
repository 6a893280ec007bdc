"""Records as rows of the store's tables, and back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

import msgspec

from legation.merging import Telling
from legation.merging.reports import block
from legation.records import Article, Event, Mention, Party, Record, Report, Sentence

Row = dict[str, Any]
Found = TypeVar("Found", bound=Record)

_encoder = msgspec.json.Encoder()


def encode(record: Record) -> str:
    """Return a record as JSON."""
    return _encoder.encode(record).decode()


def decode(kind: type[Found], text: str) -> Found:
    """Return the record that JSON from `encode` holds."""
    if kind is Article:
        return kind(**_dated(msgspec.json.decode(text)))
    return msgspec.json.decode(text, type=kind)


def _dated(values: Row) -> Row:
    """Read an article's moments: published is a date or a datetime, which JSON does not tell apart."""
    published, fetched = values["published"], values["fetched"]
    if published is not None:
        kind = date if len(published) == len("2020-01-11") else datetime
        values["published"] = kind.fromisoformat(published)
    if fetched is not None:
        values["fetched"] = datetime.fromisoformat(fetched)
    return values


def report_digest(report: Report) -> str:
    """Return a hash of all that a report says: the article as published and what was coded in it."""
    hashed = hashlib.blake2b(digest_size=16)
    hashed.update(_encoder.encode(msgspec.structs.replace(report.article, fetched=None)))
    for mention in report.mentions:
        hashed.update(_encoder.encode(msgspec.structs.replace(mention, event=None)))
    return hashed.hexdigest()


def article_row(report: Report, **more: object) -> Row:
    """Return the row of a report's article; sentences are kept as their bounds alone."""
    article = report.article
    bounds = [(sentence.field, sentence.start, sentence.end) for sentence in report.sentences]
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "publisher": article.publisher,
        "language": article.language,
        "published": article.published.isoformat() if article.published else None,
        "published_day": article.day,
        "fetched": article.fetched.isoformat() if article.fetched else None,
        "mentions": len(report.mentions),
        "coder_version": max((mention.coder.version for mention in report.mentions), default=None),
        "sentences": _encoder.encode(bounds).decode(),
        "record": encode(article),
        **more,
    }


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return sentences without their words from the bounds in an article's row."""
    return tuple(
        Sentence(field=field, start=start, end=end, words=())
        for field, start, end in msgspec.json.decode(text, type=list[tuple[Any, int, int]])
    )


def mention_row(mention: Mention, article: Article) -> Row:
    """Return the row of a mention."""
    return {
        **_act(mention),
        "id": mention.id,
        "event": mention.event,
        "article": mention.article,
        "published_day": article.day,
        "field": mention.field,
        "sentence": mention.sentence,
        "trigger": mention.trigger.text,
        "trigger_start": mention.trigger.start,
        "trigger_end": mention.trigger.end,
        "why_kinds": [str(item.get("kind", "")) for item in mention.why],
        "record": encode(mention),
    }


def event_row(event: Event) -> Row:
    """Return the row of an event."""
    return {
        **_act(event),
        "id": event.id,
        "mentions": event.mentions,
        "reports": event.reports,
        "publishers": event.publishers,
        "first_seen": event.first_seen,
        "revised_at": event.revised_at,
        "record": encode(event),
    }


def telling_row(telling: Telling, event: str) -> Row:
    """Return the row of one report's account of an event."""
    first, last = telling.day or (None, None)
    return {
        "id": telling.id,
        "event": event,
        "article": telling.article,
        "block": block(telling),
        "day_from": first,
        "day_to": last,
        "words": sorted(telling.words),
        "record": encode(telling.event),
    }


def party_rows(mention: Mention) -> Iterator[Row]:
    """Yield a row for each party of a mention."""
    for role, parties in (("actor", mention.actors), ("recipient", mention.recipients)):
        for position, party in enumerate(parties):
            yield {
                "mention": mention.id,
                "article": mention.article,
                "role": role,
                "position": position,
                "text": party.text,
                "start_offset": party.start,
                "end_offset": party.end,
                "name": party.name,
                "kind": party.kind,
                "country": party.country,
                "sectors": party.sectors,
                "inferred": party.inferred,
            }


def _act(act: Mention | Event) -> Row:
    when, where, source = act.when, act.where, act.source
    row: Row = {
        "type": act.type,
        "mode": act.mode,
        "contexts": act.contexts,
        "quad": act.quad,
        "intensity": act.intensity,
        "cameo": act.cameo,
        "reciprocal": act.reciprocal,
        "status": act.status,
        "confidence": act.confidence,
        "coder_version": act.coder.version,
        "coder_model": act.coder.model,
        "coder_codebook": act.coder.codebook,
        **_side("actor", act.actors),
        **_side("recipient", act.recipients),
    }
    if source:
        row |= _prefixed("source", source, ("text", "name", "cue", "quoted"))
    if when:
        row |= _prefixed("when", when, ("text", "precision", "assumed"))
        row |= {"day_from": when.from_ or when.to, "day_to": when.to or when.from_}
    if where:
        row |= _prefixed(
            "place", where, ("text", "name", "admin1", "country", "lat", "lon", "geonames", "precision")
        )
    for name, toll in (("deaths", act.deaths), ("injuries", act.injuries)):
        if toll:
            row |= _prefixed(name, toll, ("low", "high"))
    return row


def _prefixed(prefix: str, record: Record, names: Sequence[str]) -> Mapping[str, Any]:
    return {f"{prefix}_{name}": getattr(record, name) for name in names}


def _side(role: str, parties: Sequence[Party]) -> Row:
    if not parties:
        return {}
    return {
        role: parties[0].name or parties[0].text,
        f"{role}_country": next((party.country for party in parties if party.country), None),
        f"{role}_names": [party.name or party.text for party in parties],
        f"{role}_countries": sorted({party.country for party in parties if party.country}),
        f"{role}_sectors": sorted({sector for party in parties for sector in party.sectors}),
    }
