"""The coder: articles in, reports out. It loads the shipped model once and never uses the network."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from legation.coding.adaptation import Adaptation
from legation.coding.codebook import Codebook
from legation.coding.drafts import Draft, draft
from legation.coding.learning import learn
from legation.coding.matching import Matcher
from legation.coding.pair_features import Describer, Features
from legation.coding.relate import read_pair, relate
from legation.coding.tree import Tree
from legation.errors import UsageError
from legation.grounding.actors import Actors
from legation.grounding.nouns import agent_nouns
from legation.grounding.places import Gazetteer
from legation.language.beside import Reading
from legation.language.model import Model
from legation.language.parser import Parser
from legation.mentions import Assembler, Traced, is_political
from legation.merging.article import merge_article
from legation.records import Article, Coding, Report, Sentence
from legation.tenor import in_keeping
from legation.version import __version__

AHEAD = 2
PLAIN = 0.6
"""How sure an act must be if nobody known takes part in it."""
Paths = Path | str | Sequence[Path | str]


class Coder:
    """Reads articles. ``threads`` articles are read at a time; results do not depend on it.

    ``actors`` and ``codebook`` are users' own tables, or folders of tables, read
    after the shipped ones; a table that breaks its schema raises
    `legation.errors.DataFileError`. ``adapted`` is a folder that `legation adapt`
    wrote: `relate` then answers with the labels that it was fitted to.
    """

    def __init__(
        self,
        threads: int | None = None,
        actors: Paths = (),
        codebook: Paths = (),
        adapted: Path | str | None = None,
    ) -> None:
        actors, codebook = _paths(actors), _paths(codebook)
        self._model = Model()
        self._parser = Parser(self._model)
        self._codebook = self._with_examples(Codebook.load(codebook))
        self._gazetteer = Gazetteer.load()
        self._actors = Actors.load(actors, places=self._gazetteer.country_of)
        self._matcher = Matcher(self._codebook, agent_nouns())
        self._threads = threads or 1
        coding = Coding(version=__version__, model=self._model.digest, codebook=self._codebook.digest)
        self._assembler = Assembler(self._codebook, self._actors, self._gazetteer, coding)
        self._adapted = Adaptation.load(Path(adapted), self.made) if adapted is not None else None

    @property
    def codebook(self) -> Codebook:
        """The codebook in use, with what a user's example sentences teach."""
        return self._codebook

    @property
    def made(self) -> str:
        """The digests of the model and of the codebook."""
        return f"model {self._model.digest}, codebook {self._codebook.digest}"

    def read(
        self, text: str, title: str | None = None, date: str | date | datetime | None = None,
        url: str | None = None, id: str | None = None,  # noqa: A002 - the contract's name
    ) -> Report:  # fmt: skip
        """Code one article; ``date`` is the day it was published, ISO 8601 if a string."""
        return self.read_article(
            Article(text=text, title=title, published=_published(date), url=url, id=id or "")
        )

    def read_article(self, article: Article) -> Report:
        """Code one article."""
        sentences, found = self._code(article)
        mentions, events = merge_article([one.mention for one in found], article)
        return Report(article=article, sentences=tuple(sentences), mentions=mentions, events=events)

    def trace(self, article: Article) -> list[Traced]:
        """Return the mentions of an article with what is behind them, for fitting and study."""
        return self._code(article)[1]

    def _code(self, article: Article) -> tuple[Sequence[Sentence], list[Traced]]:
        trees: list[Tree] = []
        drafts: list[list[Draft]] = []
        reading = Reading(agent_nouns())
        for sentence in self._parser.each(article):
            tree = Tree(sentence, reading.beside())
            reading.add(tree.words, tree.signals.halfway)
            drafts.append([d for d in draft(tree, self._codebook, self._matcher) if d.is_told])
            tree.forget_views()
            trees.append(tree)
        made = self._assembler.mentions(article, trees, drafts)
        political = [one for one in made if is_political(one.mention) or one.draft.act.probability >= PLAIN]
        fitting = in_keeping([one.mention for one in political], len(trees))
        kept = [one for one, fits in zip(political, fitting, strict=True) if fits]
        return [tree.sentence for tree in trees], kept

    def read_many(self, articles: Iterable[Article]) -> Iterator[Report]:
        """Code articles one after another, their order kept; only a few are held at a time."""
        if self._threads == 1:
            yield from map(self.read_article, articles)
            return
        waiting: deque[Future[Report]] = deque()
        source = iter(articles)
        with ThreadPoolExecutor(self._threads) as pool:
            for article in itertools.islice(source, self._threads + AHEAD):
                waiting.append(pool.submit(self.read_article, article))
            while waiting:
                report = waiting.popleft().result()
                waiting.extend(pool.submit(self.read_article, a) for a in itertools.islice(source, 1))
                yield report

    def relate(
        self, text: str, actor: tuple[int, int] | None, recipient: tuple[int, int] | None
    ) -> dict[str, float]:
        """Return the probability of each type of act by one marked party towards another.

        ``actor`` and ``recipient`` are (start, end) offsets in ``text``, None for
        one that the text does not name. The probabilities add up to 1. With
        ``adapted``, they are those of the labels that it was fitted to.
        """
        if self._adapted is not None:
            return self._adapted.relate(self.describe(text, actor, recipient))
        return relate(self._parser, self._codebook, self._matcher, text, actor, recipient)

    def describe(
        self, text: str, actor: tuple[int, int] | None, recipient: tuple[int, int] | None
    ) -> Features:
        """Return what an adapted scorer weighs of two marked parties."""
        tree = read_pair(self._parser, text, actor, recipient)
        return self._describer.describe(tree, actor, recipient)

    @cached_property
    def _describer(self) -> Describer:
        return Describer(self._codebook, self._matcher)

    def _with_examples(self, codebook: Codebook) -> Codebook:
        """Return the codebook with the entries that a user's example sentences teach."""
        if not codebook.examples:
            return codebook
        entries = learn(
            codebook.examples, lambda text: read_pair(self._parser, text, None, None), codebook.links_of
        )
        return codebook.with_entries(entries)


def _paths(given: Paths) -> list[Path]:
    return [Path(given)] if isinstance(given, str | Path) else [Path(path) for path in given]


def _published(value: str | date | datetime | None) -> date | datetime | None:
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value) if len(value) <= len("2020-01-10") else datetime.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{value!r} is no date; write it as 2020-01-10") from None
