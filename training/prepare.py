"""Labelled sentences (``training/sentences/*.txt``) to training rows, aligned with the parser's words.

    python training/prepare.py --out runs/sentences

A party's head is the word of its span whose own head lies outside it, by the
shipped parser; a trigger is labelled at its head likewise. The sentences of a
report have its number, and each the words that later ones are read beside and the
countries that its words name.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from legation.coding import triggers
from legation.coding.codebook import Codebook
from legation.coding.matching import Matcher
from legation.coding.tree import Tree
from legation.grounding.actors import Actors
from legation.grounding.identities import Identities
from legation.grounding.named_countries import NamedCountries
from legation.grounding.nouns import agent_nouns
from legation.labels import LabelledParty, LabelledSentence, read_labels
from legation.language.beside import who
from legation.language.model import Model
from legation.language.parser import Parser
from legation.language.tokens import words as tokenize
from legation.records import Sentence, Span
from splits import split_of

NAMING = frozenset({"NOUN", "PROPN", "PRON"})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=Path, default=Path(__file__).parent / "sentences")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    preparing = Preparing()
    count = 0
    with (options.out / "parsed.jsonl").open("w", encoding="utf-8") as out:
        for report, part in enumerate(_reports(options.sentences)):
            for row in preparing.rows([labelled for *_, labelled in part]):
                name, number, _ = part[row.pop("at")]
                about = {"split": split_of(number), "file": name, "number": number, "report": report}
                out.write(json.dumps(row | about) + "\n")
                count += 1
    print(count, "sentences")


def _reports(folder: Path) -> Iterator[list[tuple[str, int, LabelledSentence]]]:
    """Yield (file, number, sentence) of each report, or of a sentence that stands alone."""
    for path in sorted(folder.glob("*.txt")):
        numbered = [(path.name, number, one) for number, one in enumerate(read_labels(path))]
        for report, group in groupby(numbered, key=lambda item: item[2].report):
            found = list(group)
            yield from [found] if report else [[one] for one in found]


class Preparing:
    """Makes rows of labelled sentences with the shipped parser, codebook and tables."""

    def __init__(self) -> None:
        self._reader, self._matcher = Parser(Model()), Matcher(Codebook.load(), agent_nouns())
        self._actors = Actors.load()

    def rows(self, report: Sequence[LabelledSentence]) -> Iterator[dict[str, Any]]:
        """Yield a row for each sentence of a report."""
        trees = []
        for at, one in enumerate(report):
            field = "title" if at == 0 and len(report) > 1 else "text"
            trees.append(Tree(self._reader.sentence(tokenize(one.text, 0, len(one.text)), field)))
        named = NamedCountries(self._actors, trees).counted()
        identity = Identities(self._actors, trees, report[0].day, (), named).of
        for at, (tree, labelled) in enumerate(zip(trees, report, strict=True)):
            words = [w for w, word in enumerate(tree.words) if word.upos in NAMING or word.text[:1].isupper()]
            found = [(word, identity(at, word)) for word in words]
            yield _labels(tree.sentence, labelled) | {
                "at": at, "words": [w.text for w in tree.words], "near": _near(tree, labelled, self._matcher),
                "who": who(tree.words, agent_nouns()),
                "named": [[word, one.country] for word, one in found if one is not None and one.country],
            }  # fmt: skip


def _labels(sentence: Sentence, labelled: LabelledSentence) -> dict[str, Any]:
    acts, links, sectors, mutual, countries = [], [], [], [], []
    for mention in labelled.mentions:
        trigger = head_of(sentence, mention.trigger, verbs=True)
        if trigger is None:
            continue
        acts.append([trigger, mention.type, mention.status])
        if mention.reciprocal:
            mutual.append(trigger)
        parts: list[tuple[str, Span, LabelledParty | None]] = [("actor", p.span, p) for p in mention.actors]
        parts += [("recipient", p.span, p) for p in mention.recipients]
        parts += [("source", mention.source, None)] if mention.source else []
        parts += [("where", mention.where.span, None)] if mention.where else []
        for link, span, party in parts:
            head = head_of(sentence, span)
            if head is not None and head != trigger:
                links.append([trigger, head, link])
                if party is not None:
                    sectors.append([trigger, head, party.sectors[0] if party.sectors else "none"])
                    countries.append([trigger, head, party.country or ""])
    return {"acts": acts, "links": links, "sectors": sectors, "mutual": mutual, "countries": countries}


def _near(tree: Tree, labelled: LabelledSentence, matcher: Matcher) -> list[int]:
    """Return the words outside all triggers that the codebook or the model takes for an act's."""
    return [
        index for index, word in enumerate(tree.words)
        if not any(word.start < m.trigger.end and word.end > m.trigger.start for m in labelled.mentions)
        and triggers.may_carry(tree, index) and triggers.propose(tree, index, matcher).types
    ]  # fmt: skip


def head_of(sentence: Sentence, span: Span, *, verbs: bool = False) -> int | None:
    """Return the head word of a span; of a trigger, its first verb or noun if heads lie apart."""
    inside = [i for i, w in enumerate(sentence.words) if w.start < span.end and w.end > span.start]
    tops = [i for i in inside if sentence.words[i].head not in inside and sentence.words[i].upos != "PUNCT"]
    if not tops:
        return None
    return _prefer(
        sentence, tops, {"VERB", "NOUN", "ADJ", "PROPN"} if verbs else {"NOUN", "PROPN", "PRON", "ADJ"}
    )


def _prefer(sentence: Sentence, tops: Sequence[int], classes: set[str]) -> int:
    return next((i for i in tops if sentence.words[i].upos in classes), tops[0])


if __name__ == "__main__":
    main()
