"""When an act took place: the expression of time that governs it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cache

from legation.coding.cues import speech
from legation.coding.tree import CLAUSAL, Tree
from legation.grounding.dates import TimeExpression, find_times, period_of
from legation.grounding.deadlines import with_deadline
from legation.records import Article, Period

FINITE = frozenset({"VBP", "VBZ"})
AHEAD = frozenset({"for", "by", "until", "till"})


class Timing:
    """The expressions of time of one article, found once a field."""

    def __init__(self, article: Article, trees: Sequence[Tree], texts: dict[str, str]) -> None:
        self._day = article.day
        self._trees = trees
        self._texts = texts
        self._times: dict[int, list[TimeExpression]] = {}

    def of_act(self, n: int, word: int, *, done: bool = False) -> Period | None:
        """Return the period of an act at a word of sentence ``n``.

        The act's own clause is asked first, then those that it shares its time
        with; last, the day of the report is assumed. What is ``done`` took place
        by then: days to come are another act's (*promised to vote **on Sunday***).
        """
        tree = self._trees[n]
        counted = self._counted(n, word)
        if counted is not None:
            return counted
        sentence = (tree.sentence.start, tree.sentence.end)
        found: Period | None = None
        for clause in sharing(tree, tree.clause(word)):
            period = period_of(
                self._of_sentence(n), tree.words[word].start, _extent(tree, clause), sentence, self._day
            )
            if not period.assumed and period.from_ is not None and not (done and self._is_to_come(period)):
                return period
            found = found or period
        if found is not None and done and self._is_to_come(found):
            return Period(from_=self._day, to=self._day, assumed=True)
        return found

    def _counted(self, n: int, word: int) -> Period | None:
        """Return the days of what a dated act came after: *fled **a day after** the army mutinied*."""
        tree = self._trees[n]
        at = tree.words[word].start
        for one in self._of_sentence(n):
            span, days = one.anchor_words, 0 if one.value.startswith("PT") else one.offset_days
            if span is None or days is None or not span.start <= at < span.end:
                continue
            inside = {i for i, w in enumerate(tree.words) if span.start <= w.start < span.end}
            above = next((i for i in tree.ancestors(word) if i not in inside), None)
            period = self.of_act(n, above) if above is not None and not one.start <= at < one.end else None
            if period is not None and not period.assumed and period.from_ and period.to:
                return Period(
                    text=one.text, start=one.start, end=one.end, from_=period.from_ - timedelta(days=days),
                    to=period.to - timedelta(days=days), precision=period.precision,
                )  # fmt: skip
        return None

    def _is_to_come(self, period: Period) -> bool:
        return self._day is not None and period.to is not None and period.to > self._day

    def _of_sentence(self, n: int) -> list[TimeExpression]:
        if n not in self._times:
            tree = self._trees[n]
            start, end = tree.sentence.start, tree.sentence.end
            text = self._texts[tree.sentence.field][start:end]
            found = find_times(text, self._day, tense=lambda at: tense(tree, start + at))
            self._times[n] = [
                with_deadline(one.moved(start), _case(tree, start + one.start, start + one.end), self._day)
                for one in found if one.value != "FUTURE_REF"
            ]  # fmt: skip
        return self._times[n]


def _case(tree: Tree, start: int, end: int) -> str:
    """Return the preposition before an expression, or that it begins with."""
    held = [i for i, w in enumerate(tree.words) if start <= w.start < end]
    return next((case for i in held if (case := tree.case(i))), "")


def sharing(tree: Tree, clause: int) -> list[int]:
    """Return a clause and those above it that take place at the same time.

    In *seized the town and killed two on Friday*, both acts were on Friday.
    """
    chain = [clause]
    while tree.words[clause].head >= 0 and _shares(tree, clause):
        clause = tree.clause(tree.words[clause].head)
        if clause in chain:
            break
        chain.append(clause)
    return chain


def _shares(tree: Tree, clause: int) -> bool:
    relation = tree.rel(clause)
    if relation in {"conj", "xcomp"} or tree.words[clause].deprel == "acl:relcl":
        return True
    if relation in {"advcl", "acl"}:
        return (
            not tree.deps(clause, "nsubj")
            or tree.has(clause, "mark", "as", "while")
            or tree.has(clause, "advmod", "when")
        )
    return False


def _extent(tree: Tree, clause: int) -> tuple[int, int]:
    """Return the character offsets of a clause: what hangs on it, but no clause with a subject of its own."""
    words, stack = list[int](), [clause]
    while stack:
        word = stack.pop()
        words.append(word)
        stack.extend(c for c in tree.children[word] if not _stands_alone(tree, c))
    return tree.words[min(words)].start, tree.words[max(words)].end


def _stands_alone(tree: Tree, word: int) -> bool:
    if tree.rel(word) == "conj" and tree.is_verb(word):
        return True
    return tree.words[word].deprel in CLAUSAL and bool(
        tree.deps(word, "nsubj") or tree.rel(word) == "parataxis"
    )


def tense(tree: Tree, at: int) -> str | None:
    """Return past, present or future of the verb that governs an offset, None where no verb does."""
    word = next((i for i, w in enumerate(tree.words) if w.start <= at < w.end), None)
    if word is None:
        return None
    if tree.case(word) in AHEAD:
        return "future"
    verb = next((node for node in (word, *tree.ancestors(word)) if tree.is_verb(node)), None)
    if verb is None:
        return None
    told = _of_verb(tree, verb)
    return "future" if told == "present" and _is_scheduled(tree, verb) else told


def _is_scheduled(tree: Tree, verb: int) -> bool:
    """Say whether a present tense is of something to come: ***leaves** on Wednesday*; a headline's is not."""
    if tree.sentence.field == "title" or tree.lemma(verb) in speech() or tree.rel(verb) == "conj":
        return False
    return not FINITE.isdisjoint(tree.signals.xpos[i] for i in (verb, *tree.deps(verb, "aux")))


@cache
def _future() -> frozenset[str]:
    return frozenset({"will", "'ll", "wo", "shall", "would", "going"})


def _of_verb(tree: Tree, verb: int) -> str | None:
    helpers = [tree.lemma(c) for c in tree.deps(verb, "aux")]
    if any(h in _future() for h in helpers):
        return "future"
    tags = {tree.signals.xpos[i] for i in (verb, *tree.deps(verb, "aux"))}
    if "VBD" in tags or ("VBN" in tags and "be" not in helpers):
        return "past"
    if tree.has(verb, "mark", "to"):
        return "future"
    return "past" if "VBN" in tags else "present"
