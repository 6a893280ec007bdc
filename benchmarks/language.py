"""The language model as shipped, on test splits: trees, tags, roles, names, factuality, splitting, speed.

python benchmarks/language.py            # every measure, beside the peers' figures
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "training"))

from corpora import Example, crossner, ewt, gum  # noqa: E402
from legation.language.model import Model  # noqa: E402
from legation.language.names import spans  # noqa: E402
from legation.language.parser import Parser, signals  # noqa: E402
from legation.language.tokens import tokenize_text  # noqa: E402
from legation.records import Sentence  # noqa: E402

PEERS = {
    "ewt las": "UDPipe 2 91.0", "gum las": "UDPipe 2 91.8", "ewt raw las": "Stanza 83.6, Trankit-base 88.0",
    "ewt upos": "Stanza 95.4, Trankit-large 96.7 (raw)", "ewt names": "XLM-R 86.0",
}  # fmt: skip


def data() -> Path:
    """Return the folder of the open data."""
    return Path(os.environ.get("LEGATION_DATA", ROOT / "../shared/data"))


def _parse(parser: Parser, words: Sequence[str]) -> Sentence:
    tokens, start = [], 0
    for word in words:
        tokens.append((word, start, start + len(word)))
        start += len(word) + 1
    return parser.sentence(tokens)


def _f1(hits: int, guessed: int, wanted: int) -> float:
    return 200 * hits / max(1, guessed + wanted)


def trees(
    parser: Parser, examples: Sequence[Example], name: str, limit: int | None = None
) -> dict[str, float]:
    """Return UPOS, UAS, LAS (without subtypes) and the F1 of three hard relations, gold tokens."""
    counts = dict.fromkeys(("words", "upos", "uas", "las"), 0)
    hard = {relation: [0, 0, 0] for relation in ("conj", "appos", "nsubj:pass")}
    for example in examples[:limit]:
        parsed = _parse(parser, example.words)
        for i, word in enumerate(parsed.words):
            gold_head, gold_label = example.heads[i], example.deprels[i]  # type: ignore[index]
            counts["words"] += 1
            counts["upos"] += word.upos == example.upos[i]  # type: ignore[index]
            counts["uas"] += word.head == gold_head
            counts["las"] += word.head == gold_head and word.deprel.split(":")[0] == gold_label.split(":")[0]
            for relation, tally in hard.items():
                mine, theirs = _is(word.deprel, relation), _is(gold_label, relation)
                tally[0] += mine and theirs and word.head == gold_head
                tally[1] += mine
                tally[2] += theirs
    out = {f"{name} {k}": 100 * v / counts["words"] for k, v in counts.items() if k != "words"}
    return out | {f"{name} {relation}": _f1(*tally) for relation, tally in hard.items()}


def _is(label: str, relation: str) -> bool:
    return label == relation if ":" in relation else label.split(":", maxsplit=1)[0] == relation


def roles(parser: Parser, examples: Sequence[Example]) -> dict[str, float]:
    """Return F1 of (head word, role) with predicates given, and of finding predicates."""
    tally, found = [0, 0, 0], [0, 0, 0]
    for example in examples:
        if example.predicates is None:
            continue
        said = signals(_parse(parser, example.words))
        guess_predicates = set(np.flatnonzero(said.predicate > 0.5).tolist())
        found = [
            found[0] + len(guess_predicates & set(example.predicates)),
            found[1] + len(guess_predicates),
            found[2] + len(example.predicates),
        ]
        for predicate in example.predicates:
            guess = {(w, r) for w, r in enumerate(said.roles(predicate)) if r != "none"}
            gold = {(w, r) for (p, w), r in example.roles.items() if p == predicate}
            tally = [tally[0] + len(guess & gold), tally[1] + len(guess), tally[2] + len(gold)]
    return {"roles": _f1(*tally), "predicates": _f1(*found)}


def names(parser: Parser, examples: Sequence[Example], name: str) -> dict[str, float]:
    """Return strict F1 of names in the labels that the corpora share (PER, ORG, LOC)."""
    tally = [0, 0, 0]
    for example in examples:
        if example.names is None:
            continue
        parsed = _parse(parser, example.words)
        starts = {w.start: i for i, w in enumerate(parsed.words)}
        ends = {w.end: i + 1 for i, w in enumerate(parsed.words)}
        guess = {
            (starts[e.start], ends[e.end], _coarse(e.label)) for e in parsed.entities if e.label != "NORP"
        }
        gold = {s for s in spans([_tag(next(iter(a))) for a in example.names]) if s[2]}
        tally = [tally[0] + len(guess & gold), tally[1] + len(guess), tally[2] + len(gold)]
    return {f"{name} names": _f1(*tally)}


def _coarse(label: str) -> str:
    return "LOC" if label in {"GPE", "LOC", "FAC"} else label


def _tag(tag: str) -> str:
    edge, _, label = tag.partition("-")
    return "O" if label in {"", "NORP"} else f"{edge}-{_coarse(label)}"


def factuality(parser: Parser, examples: Sequence[Example]) -> dict[str, float]:
    """Return the accuracy of *happened* where the annotators agree and lean clearly to one side."""
    right = asked = 0
    for example in examples:
        if not example.factual:
            continue
        happened = signals(_parse(parser, example.words)).happened
        for word, (value, confidence) in example.factual.items():
            if confidence >= 1.0 and abs(value) >= 0.5:
                asked += 1
                right += (happened[word] > 0.5) == (value > 0)
    return {"happened": 100 * right / max(1, asked)}


def raw(parser: Parser, path: Path) -> dict[str, float]:
    """Return words, sentences, UPOS and LAS F1 of raw text, by the CoNLL 2018 shared task's alignment.

    The text is that of the file's sentences, a blank between them, a blank line between paragraphs.
    """
    text, gold_words, gold_sentences = raw_text(path)
    mine, sentences = {}, set()
    for tokens in tokenize_text(text):
        parsed = parser.sentence(tokens)
        sentences.add((tokens[0][1], tokens[-1][2]))
        for word in parsed.words:
            head = parsed.words[word.head] if word.head >= 0 else None
            mine[word.start, word.end] = (
                word.upos,
                head and (head.start, head.end),
                word.deprel.split(":")[0],
            )
    shared = mine.keys() & gold_words.keys()
    las = sum(mine[w][1:] == gold_words[w][1:] for w in shared)
    upos = sum(mine[w][0] == gold_words[w][0] for w in shared)
    sizes = (len(mine), len(gold_words))
    return {
        "ewt raw words": _f1(len(shared), *sizes), "ewt raw upos": _f1(upos, *sizes), "ewt raw las": _f1(las, *sizes),
        "ewt raw sentences": _f1(len(sentences & gold_sentences), len(sentences), len(gold_sentences)),
    }  # fmt: skip


def news_sentences() -> dict[str, float]:
    """Return sentence F1 on the reports of ``examples/``, whose gold files name each sentence."""
    from legation.labels import read_labels

    hits = mine = theirs = 0
    for gold_file in sorted((ROOT / "examples").glob("*.gold")):
        text = gold_file.with_suffix(".txt").read_text(encoding="utf-8")
        gold, at = set(), 0
        for sentence in read_labels(gold_file):
            start = text.find(sentence.text, at)
            at = start + len(sentence.text)
            gold.add((start, at))
        coded = {(s[0][1], s[-1][2]) for s in tokenize_text(text)}
        inside = {span for span in coded if any(span[0] < e and span[1] > s for s, e in gold)}
        hits, mine, theirs = hits + len(inside & gold), mine + len(inside), theirs + len(gold)
    return {"news sentences": _f1(hits, mine, theirs)}


Span = tuple[int, int]


def raw_text(path: Path) -> tuple[str, dict[Span, tuple[str, Span | None, str]], set[Span]]:
    """Return a file's text, its words (UPOS, span of the head, relation) and its sentences by their spans."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    text, words, sentences, glued = "", {}, set(), True
    for block in blocks:
        lines = block.split("\n")
        said = next((line[9:] for line in lines if line.startswith("# text = ")), None)
        if said is None:
            continue
        new = any(line.startswith(("# newpar", "# newdoc")) for line in lines)
        text += "\n\n" if new and text else "" if glued else " "
        base, at = len(text), 0
        rows = [line.split("\t") for line in lines if line[:1].isdigit()]
        placed: dict[int, Span] = {}
        until, inside, limit = 0, 0, 0
        for row in rows:
            if "-" in row[0]:
                until = int(row[0].split("-")[1])
                inside = said.find(row[1], at)
                at = limit = inside + len(row[1])
            elif row[0].isdigit():
                number = int(row[0])
                if number <= until:
                    start = said.find(row[1], inside, limit)
                    start = inside if start < 0 else start
                    inside = min(start + len(row[1]), limit)
                    placed[number] = (base + start, base + max(inside, start + 1))
                else:
                    start = said.find(row[1], at)
                    at = start + len(row[1])
                    placed[number] = (base + start, base + at)
        for row in rows:
            if row[0].isdigit():
                words[placed[int(row[0])]] = (row[3], placed.get(int(row[6])), row[7].split(":")[0])
        text += said
        sentences.add((placed[min(placed)][0], placed[max(placed)][1]))
        glued = "SpaceAfter=No" in rows[-1][9]
    return text, words, sentences


def speed(threads: int = 2) -> dict[str, float]:
    """Return words a second of the whole layer on news text, and of the bare encoder."""
    from legation.records import Article

    files = sorted((data() / "news" / "worldwide").glob("*.txt"))[:60]
    articles = [Article(text=f.read_text(encoding="utf-8", errors="replace")) for f in files]
    parser = Parser(Model(), threads=threads)
    [list(parser.each(a)) for a in articles[:3]]
    started = time.perf_counter()
    parsed = [s for article in articles for s in parser.each(article)]
    spent = time.perf_counter() - started
    words = sum(len(s.words) for s in parsed)
    rows = [[w.text for w in s.words] for s in parsed]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(threads) as pool:
        started = time.perf_counter()
        list(pool.map(parser.model.scores, rows))
        bare = time.perf_counter() - started
    return {
        "words a second": words / spent,
        "bare encoder words a second": words / bare,
        "ratio": spent / bare,
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true")
    asked = options.parse_args()
    parser = Parser(Model())
    found = measure(parser) | speed()
    if asked.json:
        print(json.dumps({k: round(v, 2) for k, v in found.items()}))
        return
    for name, value in found.items():
        print(f"{name:32} {value:9.2f}   {PEERS.get(name, '')}")


def measure(parser: Parser) -> dict[str, float]:
    """Return every accuracy measure, in percent."""
    ewt_test, gum_test = ewt(data(), "test"), gum(data(), "test")
    found = trees(parser, ewt_test, "ewt") | trees(parser, gum_test, "gum")
    found |= {
        k.removeprefix("both "): v
        for k, v in trees(parser, [*ewt_test, *gum_test], "both").items()
        if k.split()[1] in {"conj", "appos", "nsubj:pass"}
    }
    found |= (
        roles(parser, ewt_test)
        | names(parser, ewt_test, "ewt")
        | names(parser, crossner(data(), "test"), "crossner")
    )
    return (
        found
        | news_sentences()
        | factuality(parser, ewt_test)
        | raw(parser, data() / "language" / "ud_ewt" / "test.conllu")
    )


if __name__ == "__main__":
    main()
