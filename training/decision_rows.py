"""Rows for the weights that join the codebook and the model: what bears on each decision, and the label.

All come from the tuning tenth of the labelled sentences, which trains nothing else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path

from legation.coder import Coder
from legation.coding import confidence, decision, parties, reciprocity, status, triggers
from legation.coding.codebook import Codebook
from legation.coding.matching import Matcher
from legation.coding.tree import Tree
from legation.coding.triggers import Act
from legation.grounding import kin, sectors
from legation.grounding.nouns import agent_nouns
from legation.labels import LabelledSentence, read_labels
from legation.language.beside import Reading
from legation.language.parser import Parser
from legation.language.tokens import words as tokenize
from legation.mentions import Traced
from legation.records import Article, Mention
from prepare import head_of
from splits import split_of

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
import scoring
from coding import coded

Row = tuple[dict[str, float], int]
Coded = tuple[scoring.Pair, Traced, int]


def read_sentences(folder: Path, split: str, reader: Parser) -> Iterator[tuple[LabelledSentence, Tree]]:
    """Yield the labelled sentences of a split with their trees, those of a report read beside it."""
    for path in sorted(folder.glob("*.txt")):
        for report, group in groupby(enumerate(read_labels(path)), key=lambda item: item[1].report):
            reading = Reading(agent_nouns())
            for number, labelled in group:
                if not report and split_of(number) != split:
                    continue
                sentence = reader.sentence(tokenize(labelled.text, 0, len(labelled.text)))
                tree = Tree(sentence, reading.beside())
                if report:
                    reading.add(tree.words, tree.signals.halfway)
                if split_of(number) == split:
                    yield labelled, tree


def act_rows(tree: Tree, labelled: LabelledSentence, matcher: Matcher) -> list[tuple[Tree, int, str, Row]]:
    """Return a row for each (word, type) that codebook or model proposes; those unsure are left out."""
    gold = {}
    for mention in labelled.mentions:
        for index, word in enumerate(tree.words):
            if word.start < mention.trigger.end and word.end > mention.trigger.start:
                gold.setdefault(index, set()).add((mention.type, mention.unsure))
    heads = {head_of(tree.sentence, m.trigger, verbs=True) for m in labelled.mentions}
    rows = []
    for word in range(len(tree)):
        if not triggers.may_carry(tree, word):
            continue
        proposal = triggers.propose(tree, word, matcher)
        for kind in proposal.types:
            marked = gold.get(word, set())
            if any(unsure for _, unsure in marked) or (marked and word not in heads):
                continue
            row = (
                triggers.features(tree, word, kind, proposal, matcher),
                int(any(k == kind for k, _ in marked)),
            )
            rows.append((tree, word, kind, row))
    return rows


def act_rows_again(rows: Sequence[tuple[Tree, int, str, Row]]) -> list[Row]:
    """Return a row for each proposal likely enough to be read again."""
    found = []
    for tree, word, kind, (features, label) in rows:
        first = decision.probability("act", features)
        if first >= triggers.GLIMPSE:
            found.append((triggers.again(tree, word, kind, first), label))
    return found


def party_rows(
    tree: Tree, labelled: LabelledSentence, codebook: Codebook, matcher: Matcher
) -> tuple[list[Row], list[Row]]:
    """Return rows for actors and for recipients of the gold acts."""
    actors: list[Row] = []
    recipients: list[Row] = []
    for mention in labelled.mentions:
        word = head_of(tree.sentence, mention.trigger, verbs=True)
        if word is None:
            continue
        act = gold_act(tree, word, mention.type, matcher)
        true_actors = {head_of(tree.sentence, p.span) for p in mention.actors}
        true_recipients = {head_of(tree.sentence, p.span) for p in mention.recipients}
        links = tree.parts(word).links
        ruled = parties.by_rule(tree, act, codebook, matcher)
        for w in parties.candidates(tree, act, ruled, links):
            actor, recipient = parties.features(tree, act, w, ruled, links, matcher)
            actors.append((actor, int(w in true_actors)))
            recipients.append((recipient, int(w in true_recipients)))
    return actors, recipients


def mutual_rows(tree: Tree, labelled: LabelledSentence, codebook: Codebook, matcher: Matcher) -> list[Row]:
    """Return a row for each gold act in which somebody acts: whether each side does it to the other."""
    rows = []
    for mention in labelled.mentions:
        word = head_of(tree.sentence, mention.trigger, verbs=True)
        if word is not None and not mention.unsure:
            act = gold_act(tree, word, mention.type, matcher)
            actors, recipients, _ = parties.sides(tree, act, codebook, matcher)
            heads = [role.word for role in actors], [role.word for role in recipients]
            if actors:
                rows.append((reciprocity.features(tree, act, *heads), int(mention.reciprocal)))
    return rows


def gold_act(tree: Tree, word: int, kind: str, matcher: Matcher) -> Act:
    """Return an act of a labelled type, with the row of the codebook that speaks for it."""
    proposal = triggers.propose(tree, word, matcher)
    entry = proposal.entry if proposal.entry and proposal.entry.type == kind else None
    return Act(word, kind, 1.0, entry, entry or proposal.senses.get(kind), 1.0, [word])


def status_rows(tree: Tree, labelled: LabelledSentence) -> list[tuple[dict[str, float], str]]:
    """Return a row for each gold act: what bears on its status, and the status."""
    found = []
    for mention in labelled.mentions:
        word = head_of(tree.sentence, mention.trigger, verbs=True)
        if word is not None and not mention.unsure:
            found.append((status.features(tree, word, status.cues(tree, word)), mention.status))
    return found


def country_rows(found: Sequence[Coded]) -> list[Row]:
    """Return a row for each party whose country either the rules or the model have right: whether the model has.

    Nothing may have been decided between them before.
    """
    rows: list[Row] = []
    for pair, one, start in found:
        if pair.gold is None or pair.gold.unsure:
            continue
        for case in one.cases:
            gold = {
                g.country or kin.NOBODY
                for g in (*pair.gold.actors, *pair.gold.recipients)
                if scoring.same(case.party, g, start)
            }
            true = gold.pop() if len(gold) == 1 else None
            if not case.is_settled and true in {case.told, case.likeliest}:
                rows.append((case.features(), int(true == case.likeliest)))
    return rows


def sector_rows(found: Sequence[Coded]) -> list[Row]:
    """Return a row for each party whose sector either the tables or the model have right: whether the model has.

    Nothing may have been decided between them before.
    """
    rows: list[Row] = []
    for pair, one, start in found:
        if pair.gold is None or pair.coded is None or pair.gold.unsure:
            continue
        draft = one.draft
        heads = {
            draft.tree.words[role.word].start: (role.sectors, draft.tree.words[role.word].upos)
            for role in (*draft.cast.actors, *draft.cast.recipients)
        }
        for coded_side, gold_side in (
            (pair.coded.actors, pair.gold.actors), (pair.coded.recipients, pair.gold.recipients),
        ):  # fmt: skip
            for party in coded_side:
                gold = next((g for g in gold_side if scoring.same(party, g, start)), None)
                head = next((h for at, h in heads.items() if party.start <= at < party.end), None)
                if gold is None or head is None:
                    continue
                shares, form = head
                true = gold.sectors[0] if gold.sectors else sectors.NONE
                said = sectors.first(party), sectors.likely(shares)
                if said[0] != said[1] and true in said:
                    rows.append((sectors.features(party, shares, form), int(true == said[1])))
    return rows


def confidence_rows(found: Sequence[Coded]) -> list[Row]:
    """Return a row for each mention coded: what bears on its being right, and whether it is."""
    rows: list[Row] = []
    for pair, one, _ in found:
        if pair.coded is not None and not (pair.gold is not None and pair.gold.unsure):
            right = scoring.typed(pair) and scoring.countries_right(pair)
            rows.append(
                (confidence.features(one.draft, pair.coded.actors, pair.coded.recipients), int(right))
            )
    return rows


def traced(folder: Path) -> list[Coded]:
    """Return each coded mention of the tuning tenth with its label, what is behind it, and its sentence's start."""
    coder, articles = Coder(), list[Article]()

    def note(article: Article) -> Sequence[Mention]:
        articles.append(article)
        return ()

    for _ in coded(note, "tune", folder):
        pass
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = dict(zip((a.id for a in articles), pool.map(coder.trace, articles), strict=True))
    known = {one.mention.id: one for traces in found.values() for one in traces}
    return [
        (pair, known[pair.coded.id], start)
        for sentence, mentions, start in coded(lambda a: [one.mention for one in found[a.id]], "tune", folder)
        for pair in scoring.pair(mentions, sentence.mentions, start)
        if pair.coded is not None
    ]
