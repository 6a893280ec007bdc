"""`legation explain STORE ID`: why a mention was coded so, for readers who do not program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from legation.errors import UsageError

if TYPE_CHECKING:
    from legation.records import Event, Mention, Party, Report

app = typer.Typer()

_KINDS = {
    "lexicon": "The codebook's entry",
    "score": "The language model's estimate",
    "mode": "How it was done",
    "link": "The grammar of the sentence",
    "actor": "Who is meant",
    "status": "Whether it happened",
    "source": "Who says so",
    "when": "When",
    "where": "Where",
}
_STATUSES = {
    "occurred": "it happened, according to the text",
    "intended": "planned, ordered, promised or demanded: not done as far as the text says",
    "possible": "alleged, hedged or conditional",
    "denied": "the text says that it did not happen",
}
_AROUND = 200
_CUE = {"word", "says"}


@app.command()
def command(
    store: Annotated[Path, typer.Argument(help="The folder of the store.")],
    id: Annotated[str, typer.Argument(help="The id of a mention (m_…) or an event (e_…).")],  # noqa: A002
) -> None:
    """Show why a mention was coded so: the sentence, the marked words, the evidence."""
    from legation.store import open_store

    opened = open_store(store, create=False)
    mention = opened.mention(id)
    event = None if mention else opened.event(id)
    if mention:
        names = [mention.id]
    elif event:
        typer.echo(_summary(event) + "\n")
        names = list(event.mentions)
    else:
        raise UsageError(f"no mention or event {id} in {store}; `legation show {store}` lists them")
    for name in names:
        found = mention or opened.mention(name)
        report = opened.report(found.article) if found else None
        if found and report:
            typer.echo("\n".join(explanation(found, report)) + "\n")
        mention = None


def _summary(event: Event) -> str:
    told = f"told {len(event.mentions)} times in {event.reports} reports by {event.publishers} publishers"
    return f"{event.id}: {_act(event)}, {told}"


def explanation(mention: Mention, report: Report) -> Iterator[str]:
    """Yield the lines that explain a mention."""
    article = report.article
    yield f"{mention.id}: {_act(mention)}"
    known = (article.publisher, article.day, article.title)
    yield f"  report: {' · '.join(str(part) for part in known if part)}"
    yield f"          {article.url or article.id}"
    yield f"  {mention.field}: {marked(mention, report)}"
    yield f"  type: {mention.type}" + (f", in the manner of {mention.mode}" if mention.mode else "")
    yield f"  status: {mention.status} ({_STATUSES[mention.status]})"
    for role, parties in (("who", mention.actors), ("to whom", mention.recipients)):
        for party in parties:
            yield f"  {role}: {_party(party)}"
    yield from _circumstances(mention)
    yield f"  confidence: {mention.confidence:.0%} that type and countries are all right"
    for item in mention.why:
        yield f"  because: {evidence(item)}"
    yield f"  coded by: Legation {mention.coder.version}, {mention.coder.model}, {mention.coder.codebook}"


def _circumstances(mention: Mention) -> Iterator[str]:
    if mention.source:
        quoted = ", in quotation marks" if mention.source.quoted else ""
        yield f"  according to: {mention.source.name or mention.source.text}{quoted}"
    when = mention.when
    if when and (when.from_ or when.to):
        days = " to ".join(dict.fromkeys(str(day) for day in (when.from_, when.to) if day))
        yield f"  when: {days}" + (" (the report's date; the text does not say)" if when.assumed else "")
    if mention.where:
        place = mention.where
        names = (place.name or place.text, place.admin1, place.country)
        yield f"  where: {', '.join(name for name in names if name)}"
    for name, toll in (("dead", mention.deaths), ("hurt", mention.injuries)):
        if toll:
            yield f"  {name}: {toll.low}" + (f" to {toll.high}" if toll.high != toll.low else "")


def marked(mention: Mention, report: Report) -> str:
    """Return the sentence with the act and its parts in brackets: ``[act: turned down]``."""
    text = report.article.field(mention.field)
    start, end = _bounds(mention, report)
    parts, at = list[str](), start
    for low, high, label in sorted(_spans(mention)):
        if start <= low < high <= end and low >= at:
            parts += [text[at:low], f"[{label}: {text[low:high]}]"]
            at = high
    return " ".join("".join([*parts, text[at:end]]).split())


def _bounds(mention: Mention, report: Report) -> tuple[int, int]:
    for sentence in report.sentences:
        if sentence.field == mention.field and sentence.start <= mention.trigger.start < sentence.end:
            return sentence.start, sentence.end
    length = len(report.article.field(mention.field))
    return max(0, mention.trigger.start - _AROUND), min(length, mention.trigger.end + _AROUND)


def _spans(mention: Mention) -> Iterator[tuple[int, int, str]]:
    labelled: list[tuple[Any, str]] = [
        (mention.trigger, "act"),
        *((party, "who") for party in mention.actors),
        *((party, "to whom") for party in mention.recipients),
        (mention.source, "says"),
        (mention.when, "when"),
        (mention.where, "where"),
    ]
    for part, label in labelled:
        if part is not None and part.start is not None and part.end is not None:
            yield part.start, part.end, label


def evidence(item: Mapping[str, Any]) -> str:
    """Return one piece of evidence in words, whatever its keys."""
    kind = str(item.get("kind", "evidence"))
    told = "; ".join(
        f"{key.replace('_', ' ')}: {_value(value)}"
        for key, value in item.items()
        if key != "kind" and value is not None
    )
    return f"{_KINDS.get(kind, kind)}: {told}" if told else _KINDS.get(kind, kind)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.0%}" if 0 <= value <= 1 else f"{value:g}"
    if isinstance(value, Mapping):
        if value.keys() == _CUE:
            return f"“{value['word']}” says {value['says']}"
        return ", ".join(f"{key} {_value(inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_value, value)) or "none"
    return str(value)


def _act(act: Mention | Event) -> str:
    sides = [", ".join(party.name or party.text for party in side) for side in (act.actors, act.recipients)]
    verb = act.type + (f" {act.mode}" if act.mode else "")
    return " ".join(part for part in (sides[0] or "someone", verb, sides[1]) if part)


def _party(party: Party) -> str:
    known = [party.name if party.name != party.text else None, party.country, *party.sectors]
    told = ", ".join(part for part in known if part) or "not known"
    inferred = "; the country is not in these words" if party.inferred else ""
    return f"“{party.text}”: {told} ({party.kind}{inferred})"
