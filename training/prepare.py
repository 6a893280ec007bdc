"""Labelled sentences (``training/sentences/*.txt``) to training rows, aligned with the parser's words.

    python training/prepare.py --out runs/sentences

A party's head is the word of its span whose own head lies outside it, by the
shipped parser; a trigger is labelled at its head likewise.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from legation.coding import triggers
from legation.coding.codebook import Codebook
from legation.coding.matching import Matcher
from legation.coding.tree import Tree
from legation.grounding.nouns import agent_nouns
from legation.labels import LabelledSentence, read_labels
from legation.language.model import Model
from legation.language.parser import Parser
from legation.language.tokens import words as tokenize
from legation.records import Sentence, Span
from splits import split_of

PARTIES = frozenset({"actor", "recipient"})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=Path, default=Path(__file__).parent / "sentences")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    reader, matcher = Parser(Model()), Matcher(Codebook.load(), agent_nouns())
    count = 0
    with (options.out / "parsed.jsonl").open("w", encoding="utf-8") as out:
        for path in sorted(options.sentences.glob("*.txt")):
            for number, labelled in enumerate(read_labels(path)):
                row = _row(labelled, reader, matcher) | {
                    "split": split_of(number),
                    "file": path.name,
                    "number": number,
                }
                out.write(json.dumps(row) + "\n")
                count += 1
    print(count, "sentences")


def _row(labelled: LabelledSentence, reader: Parser, matcher: Matcher) -> dict[str, object]:
    sentence = reader.sentence(tokenize(labelled.text, 0, len(labelled.text)))
    acts, links, sectors, mutual = [], [], [], []
    for mention in labelled.mentions:
        trigger = head_of(sentence, mention.trigger, verbs=True)
        if trigger is None:
            continue
        acts.append([trigger, mention.type, mention.status])
        if mention.reciprocal:
            mutual.append(trigger)
        parts = [("actor", p.span, p.sectors) for p in mention.actors]
        parts += [("recipient", p.span, p.sectors) for p in mention.recipients]
        parts += [("source", mention.source, ())] if mention.source else []
        parts += [("where", mention.where.span, ())] if mention.where else []
        for link, span, own in parts:
            head = head_of(sentence, span)
            if head is not None and head != trigger:
                links.append([trigger, head, link])
                if link in PARTIES:
                    sectors.append([trigger, head, own[0] if own else "none"])
    words = [w.text for w in sentence.words]
    near = _near(Tree(sentence), labelled, matcher)
    return {"words": words, "acts": acts, "links": links, "sectors": sectors, "mutual": mutual, "near": near}


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
