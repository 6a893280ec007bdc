"""Plain sentences are coded as docs/coding-rules.md wants them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from legation import Coder, Mention, Party, Span
from legation.labels import LabelledMention, LabelledParty, LabelledSentence, read_labels

SENTENCES = list(read_labels(Path(__file__).parent / "data" / "sentences.txt"))


def overlap(one: Span | Party, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def stands_for(coded: Party, wanted: LabelledParty) -> bool:
    return overlap(coded, wanted.span) and wanted.country in {None, coded.country}


def differences(coded: Mention, wanted: LabelledMention) -> Iterator[str]:
    if coded.status != wanted.status:
        yield f"status {coded.status}"
    if wanted.mode and coded.mode != wanted.mode:
        yield f"mode {coded.mode}"
    if coded.reciprocal != wanted.reciprocal:
        yield f"reciprocal {coded.reciprocal}"
    if (coded.deaths, coded.injuries) != (wanted.deaths, wanted.injuries):
        yield f"deaths {coded.deaths}, injuries {coded.injuries}"
    yield from wrong_parties("actor", coded.actors, wanted.actors)
    yield from wrong_parties("recipient", coded.recipients, wanted.recipients)
    said = coded.source
    if (said is None) != (wanted.source is None) or (said and not overlap(said, wanted.source)):
        yield f"source {said and said.text}"
    if bool(said and said.quoted) != wanted.quoted:
        yield "quoted"
    when = coded.when and (coded.when.from_, coded.when.to)
    if wanted.from_ and when != (wanted.from_, wanted.to):
        yield f"when {when}"
    where = coded.where and coded.where.country
    if wanted.where and where != wanted.where.country:
        yield f"where {where}"


def wrong_parties(part: str, coded: tuple[Party, ...], wanted: tuple[LabelledParty, ...]) -> Iterator[str]:
    left = list(coded)
    for party in wanted:
        found = next((one for one in left if stands_for(one, party)), None)
        if found is None:
            yield f"no {part} {party.span.text} {party.country or ''}"
        else:
            left.remove(found)
    yield from (f"{part} {one.text} {one.country or ''}" for one in left)


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.text)
def test_a_sentence_is_coded_as_the_rules_want(coder: Coder, sentence: LabelledSentence) -> None:
    left = list(coder.read(sentence.text, date=sentence.day).mentions)
    wrong: list[str] = []
    for wanted in sentence.mentions:
        of_type = [one for one in left if overlap(one.trigger, wanted.trigger) and one.type == wanted.type]
        if not of_type:
            wrong.append(f"no {wanted.type} at {wanted.trigger.text}")
            continue
        left.remove(of_type[0])
        wrong += [f"{wanted.trigger.text}: {what}" for what in differences(of_type[0], wanted)]
    assert not wrong + [f"{one.type} at {one.trigger.text}, which is no such act" for one in left]
