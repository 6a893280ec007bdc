"""Who *he*, *they* and *the ministry* are: GUM's coreference, given its tokens.

    python benchmarks/references.py [--split dev]

Asked are third-person pronouns and definite descriptions (a common noun with *the*, *this*, *that* and their
plurals) that GUM annotates as a person or an organisation. An answer is right if each word that it names heads a
mention of the same cluster, or if together they are the parts of one. Precision is over what was answered; recall
is over the references that have an earlier mention which is no pronoun. The baseline takes the nearest noun
before the reference that is no part of its own phrase. *Asked of everything* adds the references to things, events
and nothing at all, where every answer is wrong.
"""

from __future__ import annotations

import argparse
import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import legation
from legation.coding.tree import Tree
from legation.grounding.actors import Actors
from legation.grounding.parties import PartyGrounder
from legation.grounding.references import Referents

ROOT = Path(__file__).parent.parent
TARGET = (85.0, 60.0)
ACTORS = frozenset({"person", "organization"})
PRONOUNS = {
    "he, she": frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"}),
    "it": frozenset({"it", "its", "itself"}),
    "they": frozenset({"they", "them", "their", "theirs", "themselves"}),
}
POINTING = frozenset({"the", "this", "that", "these", "those"})
Place = tuple[int, int]
Answer = Callable[[int, int], Sequence[Place]]


@dataclass(frozen=True)
class Gold:
    """A mention: its sentence, first, last and head word, the words that it is known by, kind and cluster."""

    sentence: int
    first: int
    last: int
    head: int
    core: frozenset[int]
    kind: str
    cluster: str


@dataclass
class Document:
    """A document of GUM: rows of ten columns a sentence, and the mentions."""

    name: str
    rows: list[list[list[str]]] = field(default_factory=list)
    mentions: list[Gold] = field(default_factory=list)

    @property
    def genre(self) -> str:
        """The genre, the second part of the name."""
        return self.name.split("_")[1]


@dataclass(frozen=True)
class Reference:
    """A word that the resolver is asked about, with its gold cluster, None where it is nobody."""

    sentence: int
    word: int
    sort: str
    cluster: str | None
    settled: bool


def folder() -> Path:
    return Path(os.environ.get("LEGATION_DATA", ROOT / "../shared/data")) / "language" / "gum_permissive"


def documents(split: str) -> list[Document]:
    """Return the documents of a split."""
    found: list[Document] = []
    rows: list[list[str]] = []
    for line in (folder() / f"{split}.conllu").read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc"):
            found.append(Document(line.split("= ", 1)[1].strip()))
        elif line and line[0].isdigit() and line.split("\t", 1)[0].isdigit():
            rows.append(line.split("\t"))
        elif not line and rows:
            found[-1].mentions.extend(_mentions(len(found[-1].rows), rows))
            found[-1].rows.append(rows)
            rows = []
    return found


def _mentions(sentence: int, rows: Sequence[list[str]]) -> Iterator[Gold]:
    """Read the brackets of one sentence: ``(id-kind-…-minspan-…`` opens a mention, ``id)`` closes it."""
    waiting: list[tuple[str, list[str], int]] = []
    for n, row in enumerate(rows):
        brackets = re.search(r"(?:^|\|)Entity=([^|]+)", row[9])
        for opens, inside, closes in re.findall(r"(\()?([^()]+)(\))?", brackets[1] if brackets else ""):
            parts = inside.split("-")
            if opens:
                waiting.append((parts[0], parts, n))
            if closes:
                at = max((i for i, w in enumerate(waiting) if w[0] == parts[0]), default=None)
                if at is not None:
                    _, said, first = waiting.pop(at)
                    core = frozenset(first + int(k) - 1 for k in said[5].split(",") if k.isdigit())
                    yield Gold(sentence, first, n, _head(rows, first, n), core, said[1], said[0])


def _head(rows: Sequence[list[str]], first: int, last: int) -> int:
    return next((w for w in range(first, last + 1) if not first <= int(rows[w][6]) - 1 <= last), first)


def references(document: Document) -> Iterator[Reference]:
    """Yield what is asked: pronouns and definite descriptions, whoever or whatever they stand for."""
    by_head = {(m.sentence, m.head): m for m in reversed(document.mentions) if m.first <= m.head}
    for n, rows in enumerate(document.rows):
        for w, row in enumerate(rows):
            sort = _sort(rows, row)
            if sort is None:
                continue
            gold = by_head.get((n, w))
            actor = gold if gold is not None and gold.kind in ACTORS else None
            settled = actor is not None and any(
                m.cluster == actor.cluster
                and (m.sentence, m.first) < (n, actor.first)
                and document.rows[m.sentence][m.head][3] != "PRON"
                for m in document.mentions
            )
            yield Reference(n, w, sort, actor.cluster if actor else None, settled)


def _sort(rows: Sequence[list[str]], row: Sequence[str]) -> str | None:
    if row[3] == "PRON":
        return next((sort for sort, words in PRONOUNS.items() if row[1].lower() in words), None)
    pointed = any(r[6] == row[0] and r[7] == "det" and r[1].lower() in POINTING for r in rows)
    return "the …" if row[3] == "NOUN" and pointed else None


def is_right(document: Document, cluster: str, answer: Sequence[Place]) -> bool:
    """Say whether the words of an answer head mentions of a cluster, or are together one mention of it."""
    mine = [m for m in document.mentions if m.cluster == cluster]
    if all(any(m.sentence == n and (w in m.core or w == m.head) for m in mine) for n, w in answer):
        return True
    return any(all(m.sentence == n and m.first <= w <= m.last for n, w in answer) for m in mine) and (
        len(answer) > 1
    )


def nearest_noun(document: Document) -> Answer:
    """Return the baseline: the nearest noun or name before a reference."""

    def answer(sentence: int, word: int) -> list[Place]:
        for n in range(sentence, -1, -1):
            rows = document.rows[n]
            for w in range((word if n == sentence else len(rows)) - 1, -1, -1):
                is_noun = rows[w][3] in {"NOUN", "PROPN"} and rows[w][7] not in {"compound", "flat"}
                if is_noun and (n < sentence or int(rows[w][6]) - 1 != word):
                    return [(n, w)]
        return []

    return answer


def resolver(document: Document, actors: Actors) -> Answer:
    """Return the resolver on the document's tokens, parsed by the shipped model."""
    trees = [Tree(s) for s in legation.read_tokens([[r[1] for r in rows] for rows in document.rows])]
    return Referents(trees, PartyGrounder(actors, trees, {}, None).identity).antecedents


@dataclass
class Count:
    """Right answers, answers, and references that the text settles."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def add(self, document: Document, reference: Reference, answer: Sequence[Place]) -> None:
        """Count one answer."""
        self.given += bool(answer)
        self.wanted += reference.settled
        if answer and reference.cluster is not None:
            self.right += is_right(document, reference.cluster, answer)

    def __str__(self) -> str:
        precision, recall = 100 * self.right / max(1, self.given), 100 * self.right / max(1, self.wanted)
        return (
            f"{precision:5.1f} / {recall:5.1f}   ({self.right} of {self.given} given, {self.wanted} wanted)"
        )


def measure(split: str) -> tuple[dict[str, Count], float]:
    """Return the counts of each sort of reference, and the microseconds an answer took."""
    actors, counts, took, asked = Actors.load(), dict[str, Count](), 0.0, 0
    for document in documents(split):
        answers = {"": resolver(document, actors), "baseline: ": nearest_noun(document)}
        for reference in references(document):
            for who, answer in answers.items():
                start = time.process_time()
                found = answer(reference.sentence, reference.word)
                if not who:
                    took, asked = took + time.process_time() - start, asked + 1
                rows = [f"{who}asked of everything"]
                if reference.cluster is not None:
                    rows += [
                        f"{who}{reference.sort}",
                        f"{who}all",
                        *([f"{who}pronouns"] if reference.sort != "the …" else []),
                        *([f"{who}news"] if document.genre == "news" else []),
                    ]
                for row in rows:
                    counts.setdefault(row, Count()).add(document, reference, found)
    return counts, 1e6 * took / max(1, asked)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--split", default="test", choices=("train", "dev", "test"))
    counts, took = measure(parser.parse_args().split)
    print(f"precision / recall, target {TARGET[0]:.0f} / {TARGET[1]:.0f}; {took:.0f} microseconds an answer")
    for row, count in sorted(counts.items(), key=lambda item: (item[0].startswith("baseline"), item[0])):
        print(f"{row:32}{count}")


if __name__ == "__main__":
    main()
