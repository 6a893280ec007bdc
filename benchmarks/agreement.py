"""How far two readers agree: the labelled sentences against a second, blind labelling of some of them.

    python benchmarks/agreement.py     # benchmarks/data/second_reading.txt against training/sentences

The second reader saw the text and the rules, not the first labels. What two
careful readers do not agree on, no program can have right: read this as the
ceiling of ``coding.py``.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import msgspec

import scoring
from legation.labels import LabelledMention, LabelledParty, LabelledSentence, read_labels
from legation.records import Mention, Span
from scoring import Pair, Unit

ROOT = Path(__file__).parent.parent
SECOND = Path(__file__).parent / "data" / "second_reading.txt"


class Party(msgspec.Struct):
    """A party of the second reading, as `scoring` asks for it."""

    start: int
    end: int
    country: str | None
    sectors: tuple[str, ...]


class Read(msgspec.Struct):
    """A mention of the second reading, as `scoring` asks for it."""

    trigger: Span
    type: str
    status: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    source: Span | None
    unsure: bool


def read(mention: LabelledMention) -> Mention:
    """Return a labelled mention in the place of a coded one."""
    sides = [tuple(map(_party, side)) for side in (mention.actors, mention.recipients)]
    made: Any = Read(mention.trigger, mention.type, mention.status, *sides, mention.source, mention.unsure)
    return cast("Mention", made)


def _party(party: LabelledParty) -> Party:
    return Party(party.span.start, party.span.end, party.country, party.sectors)


def units(first: dict[str, LabelledSentence], second: Sequence[LabelledSentence]) -> list[Unit]:
    """Return a unit for each report; what the second reader was unsure of is not held against him."""
    found: dict[int, Unit] = {}
    for sentence in second:
        labelled = first.get(sentence.text)
        if labelled is None:
            raise SystemExit(f"{SECOND.name}, line {sentence.line}: no such sentence in training/sentences")
        pairs = scoring.pair([read(m) for m in sentence.mentions], labelled.mentions)
        unit = found.setdefault(sentence.report, Unit(f"report {sentence.report}"))
        unit.pairs += [p for p in pairs if p.gold is not None or not _is_unsure(p)]
    return list(found.values())


def _is_unsure(pair: Pair) -> bool:
    made: Any = pair.coded
    return made is not None and bool(made.unsure)


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    first = {
        sentence.text: sentence
        for path in sorted((ROOT / "training" / "sentences").glob("*.txt"))
        for sentence in read_labels(path)
    }
    second = list(read_labels(SECOND))
    scored = units(first, second)
    typed = scoring.count(scored, scoring.typed)
    words = scoring.count(scored, lambda p: scoring.typed(p) and scoring.spans_right(p))
    parties = scoring.count(scored, lambda p: scoring.typed(p) and scoring.parties_right(p))
    status, _ = scoring.share(scored, scoring.typed, scoring.status_right)
    grounded = scoring.party_scores(scored)
    silent = [s for s in second if not first[s.text].mentions]
    alarms = sum(any(not m.unsure for m in s.mentions) for s in silent) / max(1, len(silent))
    print(f"{len(scored)} reports, {len(second)} sentences, {typed.wanted} and {typed.coded} mentions")
    for name, counted in (
        ("typed", typed),
        ("and the parties' words", words),
        ("and their countries", parties),
    ):
        print(f"{name:26}precision {counted.precision:.3f}  recall {counted.recall:.3f}  F1 {counted.f1:.3f}")
    print(f"{'status':26}{status:.3f}")
    print(f"{'country':26}{grounded['country']:.3f}")
    print(f"{'country and first sector':26}{grounded['country and sector']:.3f}")
    print(f"{'no act, yet one labelled':26}{alarms:.3f}")


if __name__ == "__main__":
    main()
