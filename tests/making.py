"""Records for tests: simple ones by hand, any at all by hypothesis."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from legation.records import (
    Article,
    Coding,
    Mention,
    Party,
    Period,
    Place,
    Report,
    Sentence,
    Source,
    Span,
    Toll,
    digest,
)

QUADS = {
    "ASSAULT": (4, -9.0),
    "CONSULT": (1, 2.5),
    "ACCUSE": (3, -2.0),
    "RETREAT": (2, 8.0),
    "CONCEDE": (1, 4.5),
}
DAY = date(2020, 1, 10)


def coding(version="0.1.0"):
    return Coding(version=version, model="tiny", codebook="plover-1")


def state(country, text=None, **more):
    return Party(
        text=text or country, start=0, end=3, name=country.title(), kind="state", country=country, **more
    )


def mention(article, at=0, kind="ASSAULT", actor="ISR", recipient="SYR", day=DAY, version="0.1.0", **more):
    quad, intensity = QUADS[kind]
    values = {
        "id": digest("m_", article.id, at, kind, more.get("field")),
        "event": None,
        "article": article.id,
        "field": "text",
        "sentence": 0,
        "trigger": Span(text="struck", start=at, end=at + 6),
        "type": kind,
        "quad": quad,
        "intensity": intensity,
        "status": "occurred",
        "actors": (state(actor),) if actor else (),
        "recipients": (state(recipient),) if recipient else (),
        "when": Period(from_=day, to=day, precision="day") if day else None,
        "confidence": 0.5,
        "coder": coding(version),
    }
    return Mention(**(values | more))


def article(number=0, text=None, day=DAY, publisher=None):
    padding = " ".join(f"line{number}x{k}" for k in range(60))
    words = text or f"On Friday Israel struck targets near Damascus, killing several fighters. {padding}"
    return Article(
        text=words, published=day, publisher=publisher or f"paper {number % 3}", url=f"https://x.org/{number}"
    )


def report(number=0, mentions=None, **more):
    made = article(number, **more)
    return Report(article=made, mentions=tuple(mentions(made)) if mentions else (mention(made, 20),))


def varied(number, version="0.1.0"):
    """Return a report that shares acts with some others and holds one of its own."""
    day = DAY + timedelta(days=number % 4)
    text = (
        f"No {number}. "
        + " ".join(f"w{(number * 31 + k) % 500}" for k in range(60))
        + " struck positions near the border"
    )
    made = Article(text=text, published=day, publisher=f"paper {number % 3}", url=f"https://x.org/{number}")
    kinds = ("ASSAULT", "CONSULT", "ACCUSE")
    return Report(
        article=made,
        mentions=(
            mention(made, len(text) - 33, kinds[number % 3], day=day, version=version),
            mention(made, 5, "RETREAT", "RUS", "UKR", day, version, where=place("Kyiv", number % 2)),
        ),
    )


def place(name="Damascus", number=1, precision="city"):
    return Place(
        text=name,
        start=0,
        end=len(name),
        name=name,
        country="SYR",
        lat=33.5,
        lon=36.3,
        geonames=number,
        precision=precision,
    )


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
maybe = st.none() | words
whole = st.integers(0, 2**40)
real = st.floats(-1e6, 1e6)
spans = st.builds(Span, text=words, start=whole, end=whole)
parties = st.builds(
    Party,
    text=words,
    start=whole,
    end=whole,
    name=maybe,
    kind=st.sampled_from(["state", "person", "organization", "group", "people", "unnamed"]),
    country=st.none() | st.sampled_from(["USA", "IRQ", "UNO"]),
    sectors=st.lists(st.sampled_from(["GOV", "MIL"]), max_size=2).map(tuple),
    inferred=st.booleans(),
)
days = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
periods = st.builds(
    Period,
    text=maybe,
    start=st.none() | whole,
    end=st.none() | whole,
    from_=days,
    to=days,
    precision=st.sampled_from(["day", "week", "month", "year", "unknown"]),
    assumed=st.booleans(),
)
places = st.builds(
    Place,
    text=words,
    start=whole,
    end=whole,
    name=maybe,
    admin1=maybe,
    country=maybe,
    lat=st.none() | real,
    lon=st.none() | real,
    geonames=st.none() | whole,
    precision=st.sampled_from(["point", "city", "admin2", "admin1", "country", "region", "unknown"]),
)
tolls = st.none() | st.tuples(whole, whole).map(lambda pair: Toll(low=min(pair), high=max(pair)))
moments = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
values = st.recursive(
    st.none() | st.booleans() | real | words, lambda inner: st.lists(inner, max_size=2), max_leaves=3
)


@st.composite
def mentions_of(draw, made, number):
    return Mention(
        id=digest("m_", made.id, number),
        event=None,
        article=made.id,
        field=draw(st.sampled_from(["title", "text"])),
        sentence=draw(whole),
        trigger=draw(spans),
        type=draw(st.sampled_from(list(QUADS))),
        mode=draw(maybe),
        contexts=tuple(draw(st.lists(words, max_size=2))),
        quad=draw(st.integers(1, 4)),
        intensity=draw(real),
        cameo=draw(maybe),
        reciprocal=draw(st.booleans()),
        status=draw(st.sampled_from(["occurred", "intended", "possible", "denied"])),
        actors=tuple(draw(st.lists(parties, max_size=2))),
        recipients=tuple(draw(st.lists(parties, max_size=2))),
        source=draw(st.none() | st.builds(Source, text=words, start=whole, end=whole, name=maybe, cue=maybe)),
        when=draw(st.none() | periods),
        where=draw(st.none() | places),
        deaths=draw(tolls),
        injuries=draw(tolls),
        confidence=draw(st.floats(0, 1)),
        why=tuple(draw(st.lists(st.dictionaries(words, values, max_size=2), max_size=2))),
        coder=coding(),
    )


@st.composite
def reports(draw):
    made = Article(
        text=draw(words),
        title=draw(maybe),
        published=draw(days | moments),
        url=draw(maybe),
        publisher=draw(maybe),
        language=draw(maybe),
        fetched=draw(st.none() | moments),
    )
    bounds = tuple(
        draw(
            st.lists(
                st.builds(Sentence, field=st.just("text"), start=whole, end=whole, words=st.just(())),
                max_size=2,
            )
        )
    )
    count = draw(st.integers(0, 4))
    return Report(
        article=made, sentences=bounds, mentions=tuple(draw(mentions_of(made, k)) for k in range(count))
    )
