"""The pronouns of an article, settled one after another, so that each can lean on those before it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from legation.coding.tree import Tree
from legation.grounding import binding, salience
from legation.grounding.actors import Identity
from legation.grounding.candidates import Candidate, Place, of_sentence
from legation.grounding.natures import Nature, Sort

LOOK_BACK = 3
CERTAIN = 0.8
ACTORS = {
    "person": frozenset({"person", "maybe", "name"}), "thing": frozenset({"body", "name"}),
    "several": frozenset({"person", "people", "body", "name", "maybe"}),
}  # fmt: skip
SORTS: dict[str, Sort] = {"person": "person", "thing": "thing", "several": "people"}
THRESHOLDS = {"person": "least person", "thing": "least thing", "several": "least several"}


class Pronouns:
    """Settles the third-person pronouns of an article.

    ``kind_of`` gives a pronoun's kind, person, thing or several, by its small letters.
    """

    def __init__(
        self,
        trees: Sequence[Tree],
        identity: Callable[[int, int], Identity | None],
        kind_of: Callable[[str], str | None],
    ) -> None:
        self._trees = trees
        self._identity = identity
        self._kind_of = kind_of
        self._settled: list[list[Candidate]] = []
        self._answers: dict[Place, tuple[Place, ...]] = {}
        self._told: Counter[str] = Counter()
        self._genders: dict[str, str] = {}
        self.decisions: list[tuple[salience.Pronoun, list[Candidate], list[list[str]]]] = []

    def antecedents(self, sentence: int, word: int) -> tuple[Place, ...]:
        """Return the nouns that a pronoun stands for; none where the text does not settle it."""
        self._settle(sentence)
        return self._answers.get((sentence, word), ())

    def settle(self) -> None:
        """Settle all of them; ``decisions`` then holds each with its candidates and what was weighed."""
        self._settle(len(self._trees) - 1)

    def before(self, sentence: int, word: int, reach: int = LOOK_BACK) -> list[Candidate]:
        """Return the candidates before a word, within some sentences and the title, the nearest last."""
        self._settle(sentence)
        return [c for c in self._near(sentence, reach) if c.sentence < sentence or c.word < word]

    def _choices(self, p: salience.Pronoun) -> tuple[list[Candidate], list[list[str]]]:
        """Return the candidates that agree with a pronoun and the features of each, those of nobody last."""
        near = self._near(p.sentence, LOOK_BACK)
        barred = self._barred(p)
        fit = [c for c in near if c.key not in barred and self._may_be(p, c)]
        described = []
        between = set[str]()  # others named from the candidate on to the pronoun
        for c in reversed(fit):
            others, gender = len(between - {c.key}), self._gender(c)
            described.append(
                salience.features(p, c, self._trees[c.sentence], gender, others, self._told[c.key])
            )
            if (c.sentence, c.word) < (p.sentence, p.word):
                between.add(c.key)
        return fit, [*reversed(described), salience.nobody(p, len(fit))]

    def _near(self, sentence: int, reach: int) -> list[Candidate]:
        return [c for n in range(max(0, sentence - reach), sentence + 1) for c in self._settled[n]]

    def _settle(self, sentence: int) -> None:
        while len(self._settled) <= sentence:
            n = len(self._settled)
            tree = self._trees[n]
            self._settled.append(of_sentence(tree, n, self._identity))
            for c in self._settled[n]:
                self._told[c.key] += 1
                if c.nature.named and c.nature.gender:
                    self._genders.setdefault(c.key, c.nature.gender)
            for word, w in enumerate(tree.words):
                kind = self._kind_of(w.text.lower()) if w.upos == "PRON" else None
                if kind is not None:
                    self._decide(salience.pronoun(tree, n, word, kind))

    def _decide(self, p: salience.Pronoun) -> None:
        fit, described = self._choices(p)
        self.decisions.append((p, fit, described))
        table = salience.weights()
        chances = salience.shares([salience.total(one, table) for one in described])
        weighed = list(zip(fit, chances, strict=False))
        chosen, sure = _best(weighed, chances[-1])
        self._enter(p, chosen, sure)
        actors = [(c, chance) for c, chance in weighed if c.nature.sort in ACTORS[p.kind]]
        answer, sure = _best(actors, chances[-1])
        if answer is not None and sure >= table.get(THRESHOLDS[p.kind], 0.0):
            self._answers[p.sentence, p.word] = answer.places

    def _enter(self, p: salience.Pronoun, chosen: Candidate | None, sure: float) -> None:
        """Let the pronoun be a candidate for those after it, and learn the gender of a name from it."""
        key = chosen.key if chosen is not None else f"{p.kind} {p.gender}"
        sort = chosen.nature.sort if chosen is not None else SORTS[p.kind]
        made = Nature(sort, p.gender, p.kind == "several", named=False)
        self._told[key] += 1
        if chosen is not None and p.gender:
            self._genders.setdefault(key, p.gender)
        here = self._settled[p.sentence]
        first = all(c.word > p.word for c in here)
        new = Candidate(
            p.sentence, p.word, chosen.places if chosen is not None else (), key, made, p.role, first, "",
            pronoun=p.kind, sure=sure,
        )  # fmt: skip
        here.append(new)
        here.sort(key=lambda c: c.word)

    def _gender(self, c: Candidate) -> str:
        return c.nature.gender or self._genders.get(c.key, "")

    def _may_be(self, p: salience.Pronoun, c: Candidate) -> bool:
        if (c.pronoun and c.pronoun != p.kind) or not salience.agrees(p, c, self._gender(c)):
            return False
        return c.sentence < p.sentence or binding.may_stand(self._trees[p.sentence], p, c)

    def _barred(self, p: salience.Pronoun) -> set[str]:
        """Return the keys of those whom the sentence shows to be others, wherever they are named."""
        tree, here = self._trees[p.sentence], self._settled[p.sentence]
        said_by = binding.speaker(tree, p)
        return {
            c.key for c in here
            if c.word == said_by or (not p.reflexive and c.word != p.word and binding.beside(tree, p, c))
        }  # fmt: skip


def _best(weighed: Sequence[tuple[Candidate, float]], nobody: float) -> tuple[Candidate | None, float]:
    """Return the likeliest mention of the likeliest actor and how sure it is; None where nobody is likelier.

    A link of more than `CERTAIN` counts as certain, so that a long chain of clear links holds.
    """
    sums: defaultdict[str, float] = defaultdict(float)
    for c, chance in weighed:
        sums[c.key] += chance
    best = max(weighed, key=lambda one: (sums[one[0].key], one[1]), default=None)
    if best is None or sums[best[0].key] <= nobody:
        return None, 0.0
    key = best[0].key
    together = sums[key] / (sum(sums.values()) + nobody)
    held = sum(c.sure * chance for c, chance in weighed if c.key == key) / sums[key]
    return best[0], min(1.0, together / CERTAIN) * held
