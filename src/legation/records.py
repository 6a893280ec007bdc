"""The nouns of the house: what every room takes and gives.

Records are immutable. Offsets count Unicode code points of the field that
they belong to (``Article.text`` or ``Article.title``) and always slice back
to the quoted words.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any, Literal

import msgspec

Field = Literal["title", "text"]
Status = Literal["occurred", "intended", "possible", "denied"]
Kind = Literal["state", "person", "organization", "group", "people", "unnamed"]
Precision = Literal["day", "week", "month", "year", "unknown"]
PlacePrecision = Literal["point", "city", "admin2", "admin1", "country", "region", "unknown"]

STATUSES: tuple[Status, ...] = ("occurred", "intended", "possible", "denied")


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A value that can be compared, hashed by content and written as JSON."""

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists, numbers and strings, dates as ISO 8601."""
        built: dict[str, Any] = msgspec.to_builtins(self)
        return built


def digest(prefix: str, *parts: object) -> str:
    """Return a stable id: the prefix and 16 hexadecimal digits of the parts' hash."""
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return prefix + hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class Article(Record, frozen=True, kw_only=True):
    """One report as published.

    ``published`` is a date, or a datetime with its zone; None where the source
    names none. ``id`` is derived from the content if it is not given, so the
    same report always has the same id.
    """

    text: str
    title: str | None = None
    published: date | datetime | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    fetched: datetime | None = None
    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            made = digest("a_", self.title, self.text, self.published, self.url)
            msgspec.structs.force_setattr(self, "id", made)

    @property
    def day(self) -> date | None:
        """The calendar day of publication, or None."""
        if isinstance(self.published, datetime):
            return self.published.date()
        return self.published

    def field(self, name: Field) -> str:
        """Return the text of one field; an absent title is empty."""
        return self.text if name == "text" else (self.title or "")


class Word(Record, frozen=True, kw_only=True):
    """A word of a sentence: its place, lemma, universal part of speech and head.

    ``head`` is the index of the head word within the sentence, -1 for the
    root; ``deprel`` is a Universal Dependencies relation.
    """

    text: str
    start: int
    end: int
    lemma: str
    upos: str
    head: int
    deprel: str


class Entity(Record, frozen=True, kw_only=True):
    """A name in a sentence. ``label``: PER, ORG, GPE, LOC, NORP or FAC."""

    start: int
    end: int
    label: str


class Sentence(Record, frozen=True, kw_only=True):
    """A sentence of a field, parsed. ``signals`` carries model scores between rooms."""

    field: Field
    start: int
    end: int
    words: tuple[Word, ...]
    entities: tuple[Entity, ...] = ()
    signals: Any = None

    def to_dict(self) -> dict[str, Any]:
        """Return the sentence without the model's scores."""
        built = msgspec.to_builtins(msgspec.structs.replace(self, signals=None))
        del built["signals"]
        return dict(built)


class Span(Record, frozen=True, kw_only=True):
    """Words of a field, with their offsets."""

    text: str
    start: int
    end: int


class Party(Record, frozen=True, kw_only=True):
    """Who takes part in an act: the words, and whom they stand for.

    ``country`` is an ISO 3166 alpha-3 code or one of PLOVER's codes for actors
    without a country; ``sectors`` are PLOVER's, most specific first.
    ``inferred`` marks a country that is not in the words: that of the place of the
    act, of what the report is about, or of somebody beside it by the model.
    """

    text: str
    start: int
    end: int
    name: str | None = None
    kind: Kind = "unnamed"
    country: str | None = None
    sectors: tuple[str, ...] = ()
    inferred: bool = False


class Source(Record, frozen=True, kw_only=True):
    """According to whom: the person, body or document, and the cue word."""

    text: str
    start: int
    end: int
    name: str | None = None
    cue: str | None = None
    quoted: bool = False


class Period(Record, frozen=True, kw_only=True):
    """An interval of days, both ends included.

    ``assumed`` marks the day of the report standing in for words about time.
    """

    text: str | None = None
    start: int | None = None
    end: int | None = None
    from_: date | None = msgspec.field(name="from", default=None)
    to: date | None = None
    precision: Precision = "unknown"
    assumed: bool = False


class Place(Record, frozen=True, kw_only=True):
    """Where an act took place. ``lat`` and ``lon`` in degrees, WGS 84."""

    text: str
    start: int
    end: int
    name: str | None = None
    admin1: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None
    precision: PlacePrecision = "unknown"


class Toll(Record, frozen=True, kw_only=True):
    """A number of people, as a low and a high."""

    low: int
    high: int


class Coding(Record, frozen=True, kw_only=True):
    """By which version of what a record was made."""

    version: str
    model: str
    codebook: str


class Mention(Record, frozen=True, kw_only=True):
    """One place in one report where the text speaks of one political act."""

    id: str
    event: str | None
    article: str
    field: Field
    sentence: int
    trigger: Span
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    quad: int
    intensity: float
    cameo: str | None = None
    reciprocal: bool = False
    status: Status
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    source: Source | None = None
    when: Period | None = None
    where: Place | None = None
    deaths: Toll | None = None
    injuries: Toll | None = None
    confidence: float
    why: tuple[dict[str, Any], ...] = ()
    coder: Coding


class Event(Record, frozen=True, kw_only=True):
    """One act, told by one or many mentions, with their merged values."""

    id: str
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    quad: int
    intensity: float
    cameo: str | None = None
    reciprocal: bool = False
    status: Status
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    source: Source | None = None
    when: Period | None = None
    where: Place | None = None
    deaths: Toll | None = None
    injuries: Toll | None = None
    confidence: float
    mentions: tuple[str, ...]
    reports: int
    publishers: int
    first_seen: date | None = None
    revised_at: datetime | None = None
    coder: Coding


class Report(Record, frozen=True, kw_only=True):
    """What reading one article gives."""

    article: Article
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    events: tuple[Event, ...] = ()
