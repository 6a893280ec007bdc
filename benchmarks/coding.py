"""Coding end to end: ``examples/`` and the development tenth of the labelled sentences.

python benchmarks/coding.py            # a table
python benchmarks/coding.py --errors   # and what was missed, invented or mistyped
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import legation
import scoring
from legation.labels import LabelledSentence, read_labels
from scoring import Pair, Unit

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "training"))


def examples(coder: legation.Coder) -> list[Unit]:
    """Return the scored reports of ``examples/``."""
    units = []
    for gold_file in sorted((ROOT / "examples").glob("*.gold")):
        labelled = list(read_labels(gold_file))
        title, text = _parts(gold_file.with_suffix(".txt").read_text(encoding="utf-8"))
        report = coder.read(text, title=title, date=labelled[0].day)
        unit = Unit(gold_file.stem)
        left = list(report.mentions)
        at = {"title": 0, "text": 0}
        for sentence in labelled:
            field = "title" if title and sentence.text == title else "text"
            start = (title if field == "title" else text).find(
                sentence.text, at[field] if field == "text" else 0
            )
            if start < 0:
                raise SystemExit(f"{gold_file.name}, line {sentence.line}: the sentence is not in the report")
            end = start + len(sentence.text)
            at[field] = end
            inside = [m for m in left if m.field == field and start <= m.trigger.start < end]
            left = [m for m in left if m not in inside]
            unit.pairs += scoring.pair(inside, sentence.mentions, start)
        unit.pairs += [Pair(m, None) for m in left]
        units.append(unit)
    return units


def _parts(content: str) -> tuple[str, str]:
    title, _, text = content.partition("\n\n")
    return title.strip(), text


Coded = tuple[LabelledSentence, Sequence[legation.Mention], int]
"""A labelled sentence, the mentions coded in it, and where it begins in its field."""
Read = Callable[[legation.Article], Sequence[legation.Mention]]


def read_development(coder: legation.Coder) -> list[Coded]:
    """Return the development tenth, coded."""
    return list(coded(lambda article: coder.read_article(article).mentions, "dev"))


def development(found: Sequence[Coded]) -> list[Unit]:
    """Return the scored development tenth, ten sentences a unit."""
    units: list[Unit] = []
    for number, (sentence, mentions, start) in enumerate(found):
        if number % 10 == 0:
            units.append(Unit(f"development {number}"))
        units[-1].pairs += scoring.pair(mentions, sentence.mentions, start)
    return units


def false_alarms(found: Sequence[Coded]) -> float:
    """Return the share of development sentences without any act in which one is coded."""
    silent = [bool(mentions) for sentence, mentions, _ in found if not sentence.mentions]
    return sum(silent) / max(1, len(silent))


def coded(read: Read, split: str, folder: Path = ROOT / "training" / "sentences") -> Iterator[Coded]:
    """Code the labelled sentences of a split: each by itself, or those of a report within the whole report."""
    from splits import split_of

    for path in sorted(folder.glob("*.txt")):
        numbered = enumerate(read_labels(path))
        for report, group in groupby(numbered, key=lambda item: item[1].report):
            found = list(group)
            wanted = {sentence.line for number, sentence in found if split_of(number) == split}
            sentences = [sentence for _, sentence in found]
            for text in [sentences] if report else [[sentence] for sentence in sentences]:
                if any(sentence.line in wanted for sentence in text):
                    yield from (made for made in _coded(read, text) if made[0].line in wanted)


def _coded(read: Read, sentences: Sequence[LabelledSentence]) -> Iterator[Coded]:
    """Code one report, given by its sentences: the first of several is its headline."""
    headline, body = (sentences[0], sentences[1:]) if len(sentences) > 1 else (None, sentences)
    article = legation.Article(
        text=" ".join(sentence.text for sentence in body),
        title=headline.text if headline else None,
        published=sentences[0].day,
    )
    mentions = read(article)
    if headline:
        yield headline, [m for m in mentions if m.field == "title"], 0
    start = 0
    for sentence in body:
        end = start + len(sentence.text)
        inside = [m for m in mentions if m.field == "text" and start <= m.trigger.start < end]
        yield sentence, inside, start
        start = end + 1


def measures(units: Sequence[Unit]) -> dict[str, float]:
    """Return every measure of a set, as shares."""
    found = scoring.count(units, lambda p: p.coded is not None and p.gold is not None)
    typed = scoring.count(units, scoring.typed)
    spans = scoring.count(units, lambda p: scoring.typed(p) and scoring.spans_right(p))
    parties = scoring.count(units, lambda p: scoring.typed(p) and scoring.parties_right(p))
    status, _ = scoring.share(units, scoring.typed, scoring.status_right)
    source, sources = scoring.share(
        units,
        lambda p: scoring.typed(p) and p.gold is not None and p.gold.source is not None,
        scoring.source_right,
    )
    when, whens = scoring.share(
        units,
        lambda p: scoring.typed(p) and p.gold is not None and p.gold.from_ is not None,
        scoring.when_right,
    )
    where, wheres = scoring.share(
        units,
        lambda p: scoring.typed(p) and p.gold is not None and p.gold.where is not None,
        scoring.where_right,
    )
    grounded = scoring.party_scores(units)
    return {
        "found f1": found.f1, "typed precision": typed.precision, "typed recall": typed.recall, "typed f1": typed.f1,
        "party words precision": spans.precision, "party words recall": spans.recall,
        "parties precision": parties.precision, "parties recall": parties.recall,
        "status": status, "source": source, "sources": sources, "when": when, "whens": whens,
        "where": where, "wheres": wheres, **grounded,
        "coded": typed.coded, "wanted": typed.wanted,
    }  # fmt: skip


def errors(units: Sequence[Unit]) -> None:
    """Print what went wrong, for reading."""
    for unit in units:
        print("##", unit.name)
        for p in unit.pairs:
            print("  ", _describe(p))


def _describe(p: Pair) -> str:
    if p.gold is None and p.coded is not None:
        return f"INVENTED {p.coded.type} {p.coded.trigger.text!r} {_who(p.coded)} {p.coded.confidence}"
    if p.coded is None and p.gold is not None:
        return f"MISSED {p.gold.type} {p.gold.trigger.text!r} {_gold(p.gold)}{' (unsure)' if p.gold.unsure else ''}"
    if p.coded is None or p.gold is None:
        return ""
    verdict = "" if scoring.typed(p) else f"TYPE {p.gold.type} coded {p.coded.type} "
    if not scoring.parties_right(p):
        verdict += "SPANS " if not scoring.spans_right(p) else "CODES "
    if not scoring.status_right(p):
        verdict += f"STATUS {p.gold.status} coded {p.coded.status} "
    if p.gold.source and not scoring.source_right(p):
        verdict += f"SOURCE {p.gold.source.text!r} coded {p.coded.source.text if p.coded.source else None!r} "
    return (
        f"{verdict or 'right '}{p.coded.type} {p.coded.trigger.text!r} {_who(p.coded)} | gold {_gold(p.gold)}"
    )


def _who(m: legation.Mention) -> str:
    side = lambda parties: "; ".join(f"{p.text} [{p.country} {' '.join(p.sectors)}]" for p in parties)  # noqa: E731
    return f"<{side(m.actors)}> → <{side(m.recipients)}>"


def _gold(m: object) -> str:
    side = lambda parties: "; ".join(f"{p.span.text} [{p.country} {' '.join(p.sectors)}]" for p in parties)  # noqa: E731
    return f"<{side(m.actors)}> → <{side(m.recipients)}>"  # type: ignore[attr-defined]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--only", choices=["examples", "development"])
    options = parser.parse_args()
    coder = legation.Coder()
    found = read_development(coder) if options.only != "examples" else []
    for name in ("examples", "development"):
        if options.only and name != options.only:
            continue
        units = examples(coder) if name == "examples" else development(found)
        if options.errors:
            errors(units)
        print(f"\n{name}")
        for measure, value in measures(units).items():
            print(f"  {measure:24} {value:8.3f}" if value <= 1 else f"  {measure:24} {value:8.0f}")
    if options.only != "examples":
        print(f"  {'false alarms':24} {false_alarms(found):8.3f}")


if __name__ == "__main__":
    main()
