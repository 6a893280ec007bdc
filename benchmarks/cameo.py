"""CAMEO's own test sentences: who is source and target, which root, which class (measured only, never fitted to).

    python benchmarks/cameo.py            # a table
    python benchmarks/cameo.py --errors   # and each sentence that is wrong

*Spans*: source (S), target (T) and reciprocal (R) parties, as words. ConfliBERT (Hu et al., NAACL 2022), trained on
sentences of the same set, reaches 74.0 for whole spans (quoted, not measured here); our target is 70.
*Coders*: sentences of coding rounds 6 and 8, each coded by four trained coders. Quoted for two of them on like
sentences: one root in 58.8%; what they reach on these is measured beside ours.
*Classes*: 0 statement, 1 and 2 verbal and material cooperation, 3 and 4 verbal and material conflict.

Of a sentence, the most confident mention counts, and for spans also the union of all.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import legation
from relate import macro_f1, root

DATA = Path(os.environ.get("LEGATION_DATA", Path(__file__).parent.parent / "../shared/data"))
TIGHT = {".", ",", ";", ":", "?", "!", "'s", "'", "’s", "n't", "%", ")"}
SIDES = ("S", "T")
STATEMENT = "01"
Pair = tuple[str | None, str | None]


def best(mentions: Sequence[legation.Mention]) -> Sequence[legation.Mention]:
    """Return the most confident mention, as a list of one or none."""
    return sorted(mentions, key=_sure)[:1]


@cache
def roots() -> dict[str, tuple[str | None, int]]:
    """Return the type and the class of each CAMEO root; CONCEDE and RETREAT are both YIELD."""
    with (DATA / "ontology" / "root_map.csv").open(encoding="utf-8") as file:
        return {
            row["cameo_root"]: (row["zsp_plv_label"] or None, int(row["penta"]))
            for row in csv.DictReader(file)
        }


def tagged() -> Iterator[tuple[str, list[tuple[int, int]], list[str]]]:
    """Yield the sentences as text, with each word's offsets and tag."""
    path = DATA / "coding" / "cameo_source_target_dev.bio"
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        text, spans, tags = "", [], []
        for line in block.splitlines():
            word, _, tag = line.rpartition(" ")
            if text and word not in TIGHT and not text.endswith("("):
                text += " "
            spans.append((len(text), len(text) + len(word)))
            text += word
            tags.append(tag)
        yield text, spans, tags


def own_tags(mentions: Iterable[legation.Mention], spans: Sequence[tuple[int, int]]) -> list[str]:
    """Tag the words of the parties: S actors, T recipients, R both sides of a reciprocal act; the first tag stays."""
    tags = ["O"] * len(spans)
    for mention in mentions:
        for side, parties in zip(SIDES, (mention.actors, mention.recipients), strict=True):
            tag = "R" if mention.reciprocal and mention.actors and mention.recipients else side
            for party in parties:
                inside = [
                    n
                    for n, (a, b) in enumerate(spans)
                    if a < party.end and party.start < b and tags[n] == "O"
                ]
                for n in inside:
                    tags[n] = ("I-" if n - 1 in inside else "B-") + tag
    return tags


def items(tags: Sequence[str], *, strict: bool) -> set[tuple[int, int, str]]:
    """Return the tagged words, or the whole spans, as (first word, end, tag)."""
    if not strict:
        return {(n, n + 1, tag[-1]) for n, tag in enumerate(tags) if tag != "O"}
    starts = [n for n, tag in enumerate(tags) if tag.startswith("B")]
    ends = (
        next((n for n in range(s + 1, len(tags)) if not tags[n].startswith("I")), len(tags)) for s in starts
    )
    return {(s, e, tags[s][-1]) for s, e in zip(starts, ends, strict=True)}


def plain(tags: Sequence[str]) -> list[str]:
    """Return the tags with every party alike."""
    return [tag[:2] + "X" if tag != "O" else tag for tag in tags]


class Score:
    """Hits, coded and wanted."""

    def __init__(self) -> None:
        self.hits = self.coded = self.wanted = 0

    def add(self, coded: set[tuple[int, int, str]], wanted: set[tuple[int, int, str]]) -> None:
        """Add the items of a sentence."""
        self.hits += len(coded & wanted)
        self.coded += len(coded)
        self.wanted += len(wanted)

    def __str__(self) -> str:
        shares = (self.hits / max(1, self.coded), self.hits / max(1, self.wanted))
        f1 = 2 * self.hits / max(1, self.coded + self.wanted)
        return f"{100 * f1:6.1f}   precision {100 * shares[0]:.1f}, recall {100 * shares[1]:.1f}"


def span_scores(coder: legation.Coder, limit: int | None, *, errors: bool) -> dict[str, Score]:
    """Return the scores of the parties' words and spans."""
    scores: dict[str, Score] = {}
    for text, spans, gold in itertools.islice(tagged(), limit):
        mentions = coder.read(text).mentions
        for choice, chosen in (
            ("most confident", best(mentions)),
            ("all mentions", sorted(mentions, key=_sure)),
        ):
            own = own_tags(chosen, spans)
            for letter in "STR":
                kept = [{x for x in items(tags, strict=False) if x[2] == letter} for tags in (own, gold)]
                scores.setdefault(f"words, {letter}, {choice}", Score()).add(*kept)
            for name, view in (("S, T and R", list), ("party or not", plain)):
                for unit in ("words", "whole spans"):
                    kept = [items(view(tags), strict=unit != "words") for tags in (own, gold)]
                    scores.setdefault(f"{unit}, {name}, {choice}", Score()).add(*kept)
        if errors and items(own, strict=False) != items(gold, strict=False):
            _show(text, spans, own, gold, mentions)
    return dict(sorted(scores.items(), key=lambda pair: pair[0].split(", ")[::-1]))


def _sure(mention: legation.Mention) -> float:
    return -mention.confidence


def _show(
    text: str, spans: Sequence[tuple[int, int]], own: Sequence[str], gold: Sequence[str], found: object
) -> None:
    said = [
        "; ".join(
            f"{tag} {text[spans[a][0] : spans[b - 1][1]]}" for a, b, tag in sorted(items(x, strict=True))
        )
        for x in (gold, own)
    ]
    acts = ", ".join(f"{m.type} {m.trigger.text!r} {m.confidence}" for m in found)  # type: ignore[attr-defined]
    print(f"{text}\n    labelled {said[0]}\n    coded    {said[1]}   [{acts}]")


def rated() -> Iterator[tuple[str, dict[str, dict[str, object]]]]:
    """Yield the sentences of the trained coders with what each coded."""
    for line in (DATA / "coding" / "cameo_conflibert_dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["parts"]["s1s2v1"], row["annotations"]


def first_root(rating: dict[str, object]) -> str | None:
    """Return the CAMEO root of a coder's first action; None where he found nothing relevant."""
    code = rating["meta"].get("Action1_CAMEO") if rating["meta"].get("1_Relevant") else None  # type: ignore[attr-defined]
    return code.split("-")[1].split()[0].zfill(2) if code else None


def first_type(rating: dict[str, object]) -> str | None:
    """Return the type of a coder's first action; None for a statement, an appeal, or nothing relevant."""
    code = first_root(rating)
    return roots()[code][0] if code else None


def agreement(coder: legation.Coder, limit: int | None, *, errors: bool) -> dict[str, tuple[float, int]]:
    """Return the agreement among the coders and ours with them, with the number of pairs."""
    among, ours, given = list[Pair](), list[Pair](), list[Pair]()
    raw = list[Pair]()
    for text, ratings in itertools.islice(rated(), limit):
        types = [first_type(rating) for rating in ratings.values()]
        own = next((root(m.type) for m in best(coder.read(text).mentions)), None)
        among += itertools.combinations(types, 2)
        raw += itertools.combinations(map(first_root, ratings.values()), 2)
        ours += [(own, kind) for kind in types]
        for kind, rating in zip(types, ratings.values(), strict=True):
            if kind and (guess := related(coder, text, rating)):
                given.append((guess, kind))
        if errors and Counter(types).most_common(1)[0][0] != own:
            print(f"{text}\n    coders {', '.join(map(str, types))}   coded {own}")
    both = [[(a, b) for a, b in pairs if a and b] for pairs in (among, ours)]
    found = [(a, b) for a, b in ours if b]
    stated = [(a, b) for a, b in raw if a and b and STATEMENT not in (a, b)]
    return {
        "two coders, CAMEO roots, both name one (quoted 58.8)": _equal(stated),
        "two coders, every sentence": _equal(among), "Legation and a coder, every sentence": _equal(ours),
        "two coders, both name a type": _equal(both[0]), "Legation and a coder, both name a type": _equal(both[1]),
        "Legation names the coder's type, where he names one": _equal(found),
        "relate, given his two parties": _equal(given),
        "Legation names a type where the coder does": (
            100 * sum(a is not None for a, _ in found) / max(1, len(found)), len(found)),
    }  # fmt: skip


def related(coder: legation.Coder, text: str, rating: dict[str, object]) -> str | None:
    """Return the likeliest type between the two parties that a coder marked; None if he did not mark both."""
    marks: dict[str, tuple[int, int]] = {}
    for name, _, start, words in rating["spans"]:  # type: ignore[attr-defined]
        marks.setdefault(name, (start, start + len(words)))
    if not {"Source-1", "Target-1"} <= marks.keys():
        return None
    merged: Counter[str] = Counter()
    for kind, share in coder.relate(text, marks["Source-1"], marks["Target-1"]).items():
        merged[root(kind)] += share  # type: ignore[assignment]
    return merged.most_common(1)[0][0]


def _equal(pairs: Sequence[Pair]) -> tuple[float, int]:
    return 100 * sum(a == b for a, b in pairs) / max(1, len(pairs)), len(pairs)


def classes(coder: legation.Coder, limit: int | None, *, errors: bool) -> tuple[list[int], list[int]]:
    """Return the labelled and the coded class of each sentence; what is not coded is a statement."""
    gold, guess = [], []
    path = DATA / "coding" / "cameo_penta_dev.tsv"
    for line in itertools.islice(path.read_text(encoding="utf-8").splitlines(), limit):
        text, _, label = line.rpartition("\t")
        found = best(coder.read(text).mentions)
        gold.append(int(label))
        guess.append(roots()[found[0].cameo[:2]][1] if found and found[0].cameo else 0)
        if errors and gold[-1] != guess[-1]:
            print(f"{gold[-1]} coded {guess[-1]} {[(m.type, m.trigger.text) for m in found]}: {text}")
    return gold, guess


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--only", choices=["spans", "coders", "classes"])
    parser.add_argument("--limit", type=int, help="so many sentences of each set")
    options = parser.parse_args()
    coder, only, limit, errors = legation.Coder(), options.only, options.limit, options.errors
    if only in {None, "spans"}:
        for name, score in span_scores(coder, limit, errors=errors).items():
            print(f"{name:44} {score}")
    if only in {None, "coders"}:
        for name, (share, pairs) in agreement(coder, limit, errors=errors).items():
            print(f"{name:56} {share:6.1f}   of {pairs} pairs")
    if only in {None, "classes"}:
        gold, guess = classes(coder, limit, errors=errors)
        print(f"{'five classes, macro-F1':56} {macro_f1(gold, guess):6.1f}   of {len(gold)} sentences")
        for label in range(5):
            chosen = Counter(g for g, own in zip(gold, guess, strict=True) if own == label)
            print(f"  coded {label}: labelled " + ", ".join(f"{g} {chosen[g]}" for g in range(5)))


if __name__ == "__main__":
    main()
