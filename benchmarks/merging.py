"""The same event across reports: our events against those of ECB+ (topics 1 to 35).

    python benchmarks/merging.py                  # a table
    python benchmarks/merging.py --errors         # and the wrong and the missed merges, with their sentences
    python benchmarks/merging.py --topics 1-20    # of some topics

Scored are our mentions whose trigger overlaps that of a labelled mention, one
to one; what we do not code is neither right nor wrong here. Baselines are over
the same mentions: one event for each lemma of a trigger, for each family of
types, and for each mention.
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import msgspec

import clusters
import legation
from clusters import MEASURES, Score
from ecbplus import Document, Gold, read_topics
from legation.merging import fingerprint, group_copies, merge_article, merge_reports, tellings_of
from legation.merging.families import family
from legation.records import Mention, Report, Sentence

Scope = Callable[["Mapped"], tuple[str, ...]]


class Mapped(NamedTuple):
    """One of our mentions, the labelled one it stands for, and what the baselines go by."""

    mention: Mention
    gold: Gold
    document: Document
    lemma: str
    sentence: str


SCOPES: dict[str, Scope] = {
    "in a topic": lambda m: (m.document.topic,),
    "in a sub-topic": lambda m: (m.document.topic, m.document.subtopic),
    "in a report": lambda m: (m.document.name,),
}


def code(documents: Sequence[Document], cache: Path | None) -> dict[str, Report]:
    """Code every document; with a cache, only those that it lacks or that another model coded."""
    coder = legation.Coder()
    kept: dict[str, Report] = {}
    file = cache and cache / "ecbplus.pickle"
    if file and file.exists():
        made, kept = pickle.loads(file.read_bytes())  # noqa: S301 - written below
        kept = kept if made == coder.made else {}
    reports = {}
    for document in documents:
        old = kept.get(document.name)
        if old is None or old.article != document.article:
            read = coder.read_article(document.article)
            plain = tuple(msgspec.structs.replace(s, signals=None) for s in read.sentences)
            old = msgspec.structs.replace(read, sentences=plain)
        reports[document.name] = old
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(pickle.dumps((coder.made, kept | reports)))
    return reports


def mapped(document: Document, report: Report) -> list[Mapped]:
    """Pair our mentions with labelled ones whose words they share, the most shared first."""
    pairs = [
        (min(m.trigger.end, g.end) - max(m.trigger.start, g.start), -g.start, m.id, m, g)
        for m in report.mentions
        for g in document.gold
    ]
    left, wanted, found = {m.id for m in report.mentions}, set(document.gold), []
    for shared, *_, mention, gold in sorted(pairs, key=lambda p: p[:3], reverse=True):
        if shared > 0 and mention.id in left and gold in wanted:
            left.remove(mention.id)
            wanted.remove(gold)
            sentence = report.sentences[mention.sentence]
            text = document.article.text[sentence.start : sentence.end]
            found.append(Mapped(mention, gold, document, head_lemma(mention, sentence), text))
    return found


def head_lemma(mention: Mention, sentence: Sentence) -> str:
    """Return the lemma of the trigger's head word: the one whose own head stands outside."""
    inside = [
        n
        for n, word in enumerate(sentence.words)
        if word.start < mention.trigger.end and mention.trigger.start < word.end
    ]
    heads = [n for n in inside if sentence.words[n].head not in inside]
    return sentence.words[heads[0]].lemma.casefold() if heads else mention.trigger.text.casefold()


def ours(documents: Sequence[Document], reports: Mapping[str, Report]) -> dict[str, str]:
    """Return the event of each mention after merging the reports given."""
    fresh = []
    for document in documents:
        report = reports[document.name]
        mentions, events = merge_article(report.mentions, report.article)
        fresh.append(msgspec.structs.replace(report, mentions=mentions, events=events))
    copies = group_copies({r.article.id: fingerprint(r.article.text) for r in fresh})
    first = {name: group[0] for group in copies for name in group}
    tellings = [t for report in fresh for t in tellings_of(report, first[report.article.id])]
    return {mention: c.event.id for c in merge_reports(tellings) for mention in c.event.mentions}


def grouped(found: Sequence[Mapped], event: Callable[[Mapped], object], scope: Scope) -> clusters.Groups:
    return clusters.groups({m.mention.id: (*scope(m), event(m)) for m in found})


def table(
    found: Sequence[Mapped], merged: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, dict[str, Score]]]:
    """Return the scores by scope, way of merging and measure, summed over topics."""
    scores: dict[str, dict[str, dict[str, Score]]] = {}
    topics = sorted({m.document.topic for m in found})
    for name, scope in SCOPES.items():
        ways: dict[str, Callable[[Mapped], object]] = {
            "Legation": lambda m, of=merged[name]: of[m.mention.id],
            "same lemma": lambda m: m.lemma,
            "same family": lambda m: family(m.mention.type),
            "each alone": lambda m: m.mention.id,
        }
        for way, event in ways.items():
            total = {measure: Score() for measure in MEASURES}
            for topic in topics:
                here = [m for m in found if m.document.topic == topic]
                sides = grouped(here, event, scope), grouped(here, lambda m: m.gold.event, scope)
                total = {key: total[key].plus(measure(*sides)) for key, measure in MEASURES.items()}
            scores.setdefault(name, {})[way] = total
    return scores


def show(scores: Mapping[str, Mapping[str, Mapping[str, Score]]]) -> None:
    print(f"{'':34}{'MUC P':>7}{'R':>6}{'F1':>6}{'B³ P':>8}{'R':>6}{'F1':>6}{'CEAF-e':>8}{'CoNLL':>7}")
    for scope, ways in scores.items():
        for way, measures in ways.items():
            parts = [f"{scope + ': ' + way:34}"]
            for name, width in (("MUC", 7), ("B³", 8)):
                s = measures[name]
                parts.append(f"{100 * s.precision:{width}.1f}{100 * s.recall:6.1f}{100 * s.f1:6.1f}")
            print(*parts, f"{100 * measures['CEAF-e'].f1:8.1f}{100 * clusters.conll(measures):7.1f}", sep="")


def errors(found: Sequence[Mapped], of: Mapping[str, str], limit: int) -> None:
    """Print pairs of mentions of one topic that are wrongly merged and wrongly apart."""
    pairs = [(a, b) for a, b in combinations(found, 2) if a.document.topic == b.document.topic]
    same = {False: "MISSED", True: "WRONG"}
    for merged_, verdict in same.items():
        wrong = [
            (a, b)
            for a, b in pairs
            if (of[a.mention.id] == of[b.mention.id]) == merged_ and (a.gold.event == b.gold.event) != merged_
        ]
        print(f"\n{verdict} merges: {len(wrong)} pairs, of which")
        for a, b in random.Random(0).sample(wrong, min(limit, len(wrong))):
            print(f"{verdict} {a.gold.event} {b.gold.event}", _shown(a), _shown(b), sep="\n   ")


def _shown(m: Mapped) -> str:
    one = m.mention
    sides = " > ".join(
        " + ".join(f"{p.name or p.text} [{p.country or '-'}]" for p in side) or "-"
        for side in (one.actors, one.recipients)
    )
    when = f"{one.when.from_}..{one.when.to}{' assumed' * one.when.assumed}" if one.when else "no day"
    where = one.where.name if one.where else "no place"
    return (
        f"{m.document.name} {m.document.article.day} {one.type} {one.mode or ''} {one.status} {one.trigger.text!r}: "
        f"{sides}; {when}; {where}\n      {m.sentence}"
    )


def _topics(text: str) -> set[str]:
    low, _, high = text.partition("-")
    return {str(n) for n in range(int(low), int(high or low) + 1)}


def main() -> None:
    ask = argparse.ArgumentParser(description="The same event across reports, on ECB+.")
    ask.add_argument(
        "--errors", type=int, nargs="?", const=30, default=0, metavar="N", help="print N of each kind"
    )
    ask.add_argument("--topics", type=_topics, help="a range, as 1-20; all if not given")
    ask.add_argument("--cache", type=Path, help="a folder that keeps the coded documents")
    given = ask.parse_args()
    topics = {k: v for k, v in read_topics().items() if not given.topics or k in given.topics}
    documents = [document for one in topics.values() for document in one]
    reports = code(documents, given.cache)
    found = [m for d in documents for m in mapped(d, reports[d.name])]
    merged: dict[str, dict[str, str]] = {name: {} for name in SCOPES}
    for one in topics.values():
        halves = [[d for d in one if d.subtopic == half] for half in ("ecb", "ecbplus")]
        merged["in a topic"] |= ours(one, reports)
        for half in halves:
            merged["in a sub-topic"] |= ours(half, reports)
        for document in one:
            merged["in a report"] |= ours([document], reports)
    labelled, coded = (
        sum(len(d.gold) for d in documents),
        sum(len(reports[d.name].mentions) for d in documents),
    )
    print(
        f"{len(documents)} reports in {len(topics)} topics; {labelled} labelled mentions, {coded} coded, {len(found)} in both"
    )
    show(table(found, merged))
    if given.errors:
        errors(found, merged["in a topic"], given.errors)


if __name__ == "__main__":
    main()
