"""Tokens to parsed sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from threadpoolctl import ThreadpoolController

from legation.language import names
from legation.language.lemmas import auxiliaries, lemma_of
from legation.language.model import Beside, Floats, Halfway, Model
from legation.language.tokens import Token, tokenize_text
from legation.language.tree import decode
from legation.records import Article, Entity, Field, Sentence, Word


@dataclass(frozen=True)
class Parts:
    """What the model says of one act: probabilities of its links, sectors and types, and of its being mutual.

    ``links`` is [reading, word, link]: the first reading sees a sentence once for all
    its acts, the second again for this one. ``sectors`` is [word, sector]; ``types``
    are those of the second reading, the first for no act; ``alike`` is, for each
    word, whose country it shares: nobody's, that of a word beside the sentence, or of
    one of its own.
    """

    links: Floats
    sectors: Floats
    mutual: float
    types: Floats
    alike: Floats


@dataclass(frozen=True)
class Signals:
    """What the model says of a sentence beyond its tree: of single words, of pairs, and half-way up."""

    model: Model
    xpos: tuple[str, ...]
    types: Floats
    statuses: Floats
    happened: Floats
    predicate: Floats
    views: dict[str, Floats]
    halfway: tuple[Halfway, ...]

    def parts(self, act: int, beside: Beside) -> Parts:
        """Return what each word is to the act at a word."""
        first = self._against("link", "link_act", "link_word", act)
        again = self.model.read_again(self.halfway, act, beside)
        return Parts(
            np.stack([first, softmax(again.links)]), softmax(again.sectors),
            1 / (1 + math.exp(-again.mutual)), softmax(again.kinds), softmax(again.alike),
        )  # fmt: skip

    def roles(self, predicate: int) -> list[str]:
        """Return each word's PropBank role to a predicate, 'none' where it has none."""
        labels = self.model.labels["roles"]
        return [labels[i] for i in self._against("role", "role_pred", "role_arg", predicate).argmax(-1)]

    def pairs(self, actor: int) -> Floats:
        """Return the probabilities [word, type] of acts by the actor's head word towards each word."""
        return self._against("pair", "pair_actor", "pair_recipient", actor)

    def _against(self, head: str, one: str, other: str, index: int) -> Floats:
        others = self.views[other]
        return softmax(self.model.pair(head, np.broadcast_to(self.views[one][index], others.shape), others))


def softmax(scores: Floats) -> Floats:
    """Return probabilities over the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    shares: Floats = raised / raised.sum(-1, keepdims=True)
    return shares


def sigmoid(scores: Floats) -> Floats:
    """Return the probability that each score stands for."""
    return (1 / (1 + np.exp(-scores))).astype(np.float32, copy=False)


class Parser:
    """Articles to parsed sentences; ``threads`` sentences are read at a time."""

    def __init__(self, model: Model, threads: int = 1) -> None:
        self.model = model
        # Products of one sentence are too small to share out: BLAS threads would only wait for each other.
        self._one_thread = ThreadpoolController()
        self._pool = ThreadPoolExecutor(threads) if threads > 1 else None

    def article(self, article: Article) -> tuple[Sentence, ...]:
        """Return the sentences of the title, then those of the text."""
        return tuple(self.each(article))

    def each(self, article: Article) -> Iterator[Sentence]:
        """Yield the sentences of the title, then those of the text, as they are parsed."""
        jobs = [
            (tokens, field) for field in ("title", "text") for tokens in tokenize_text(article.field(field))
        ]
        with self._one_thread.limit(limits=1, user_api="blas"):
            yield from self._map(jobs)

    def _map(self, jobs: Sequence[tuple[list[Token], Any]]) -> Iterator[Sentence]:
        if self._pool is None:
            return (self.sentence(tokens, field) for tokens, field in jobs)
        return self._pool.map(lambda job: self.sentence(*job), jobs)

    def sentence(self, tokens: Sequence[Token], field: Field = "text") -> Sentence:
        """Parse one sentence of (word, start, end)."""
        texts = [token[0] for token in tokens]
        scores = self.model.scores(texts)
        single, labels = scores.single, self.model.labels
        heads = decode(self.model.arcs(scores.views))
        deprels = self._deprels(heads, scores.views)
        upos = self._upos(texts, single["upos"])
        xpos = tuple(labels["xpos"][i] for i in single["xpos"].argmax(-1))
        edits = [labels["lemmas"][i] for i in single["lemma"].argmax(-1)]
        words = tuple(
            Word(
                text=text, start=start, end=end, lemma=lemma_of(text, upos[i], edits[i]),
                upos=upos[i], head=heads[i], deprel=deprels[i],
            )
            for i, (text, start, end) in enumerate(tokens)
        )  # fmt: skip
        return Sentence(
            field=field, start=tokens[0][1], end=tokens[-1][2], words=words,
            entities=self._entities(tokens, single["name"]),
            signals=Signals(
                model=self.model, xpos=xpos, types=softmax(single["kind"]),
                statuses=softmax(single["status"]), happened=sigmoid(single["factual"][:, 0]),
                predicate=sigmoid(single["predicate"][:, 0]), views=scores.views, halfway=scores.halfway,
            ),
        )  # fmt: skip

    def _upos(self, texts: Sequence[str], scores: Floats) -> list[str]:
        """Return the likeliest part of speech of each word; only an auxiliary's form can be one."""
        labels = self.model.labels["upos"]
        open_to = np.array([text.lower() in auxiliaries() for text in texts])
        allowed = scores.copy()
        allowed[~open_to, labels.index("AUX")] = -np.inf
        return [labels[i] for i in allowed.argmax(-1)]

    def _deprels(self, heads: Sequence[int], views: dict[str, Floats]) -> list[str]:
        at = np.array(heads)
        head_views = views["rel_head"][np.maximum(at, 0)].copy()
        head_views[at < 0] = self.model.weights["rel_root"]
        scores = self.model.pair("rel", views["rel_dep"], head_views)
        labels = self.model.labels["deprels"]
        root = labels.index("root")
        scores[at >= 0, root] = -np.inf
        found = [labels[i] for i in scores.argmax(-1)]
        return ["root" if head < 0 else label for head, label in zip(heads, found, strict=True)]

    def _entities(self, tokens: Sequence[Token], scores: Floats) -> tuple[Entity, ...]:
        labels = self.model.labels["names"]
        tags = [labels[i] for i in names.best(scores, labels)]
        return tuple(
            Entity(start=tokens[a][1], end=tokens[b - 1][2], label=label)
            for a, b, label in sorted(names.spans(tags))
        )


def signals(sentence: Sentence) -> Signals:
    """Return the model's scores that travel with a freshly parsed sentence."""
    found: Signals = sentence.signals
    return found
