"""Whom *the ministry*, *both sides* and *the two men* stand for: an earlier naming that the words fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from legation.coding.phrases import phrase
from legation.coding.tree import Tree
from legation.grounding.actors import STATELESS, Identity
from legation.grounding.candidates import Candidate, Place
from legation.grounding.natures import words_of
from legation.grounding.nouns import agent_nouns
from legation.grounding.pronouns import Pronouns
from legation.grounding.reference_words import words_of_reference

REACH, PAIR_REACH, TOLD_REACH = 12, 4, 60
BOTH = frozenset({"both", "two", "2", "each", "either", "neither"})
DEFINITE = ("the", "this", "that")
KNOWN = (*DEFINITE, "these", "those")
TWO = frozenset({"two", "2"})
COUPLES = frozenset({"pair", "duo"})
BODIES = frozenset({"state", "organization", "group"})
CAMPS = frozenset({"side", "party", "camp", "leader", "rival", "foe", "enemy", "army", "delegation", "group"})
IRREGULAR = frozenset({"REB", "OPP", "UAF", "PRM", "PRE", "SEP"})
LIMITING = ("acl", "acl:relcl", "nmod", "nmod:poss")
KINDS = frozenset({"league", "movement"})
LEAGUES = frozenset({"IGO", "EUR", "UNO"})
MOVEMENTS = frozenset({"REB", "OPP", "UAF", "PRM", "PTY", "SEP", "CRM", "PRE"})
Identify = Callable[[int, int], Identity | None]


class Descriptions:
    """Looks back for what definite descriptions stand for."""

    def __init__(self, trees: Sequence[Tree], identity: Identify, pronouns: Pronouns) -> None:
        self._trees = trees
        self._identity = identity
        self._pronouns = pronouns

    def names_two(self, sentence: int, word: int) -> bool:
        """Say whether a noun is for two known ones: *both sides, the two countries*, not *two ministers*."""
        tree = self._trees[sentence]
        known = tree.has(word, "det", *KNOWN) or bool(tree.deps(word, "nmod:poss"))
        if tree.lemma(word) in COUPLES:
            return known
        alone = () if tree.exact(word, "conj") else ("cc",)
        counts = {tree.lemma(c) for c in tree.deps(word, "det", "nummod", *alone)} & BOTH
        return bool(counts - TWO) or (bool(counts) and known)

    def pair(self, sentence: int, word: int) -> list[Place]:
        """Return the two sides that were named last, or two persons where the noun is for persons."""
        lemma = self._trees[sentence].lemma(word)
        person = lemma in words_of("person") or lemma in {"men", "women"}
        gender = words_of("person").get(lemma, "")
        outside = self._outside(sentence, word)
        last: dict[str, Place] = {}
        for c in reversed(self._pronouns.before(sentence, word, PAIR_REACH)):
            if c.pronoun or c.joined or (c.sentence, c.word) in outside:
                continue
            side = self._side(c, lemma, gender) if person else self._camp(c, lemma)
            if side is not None:
                last.setdefault(side, (c.sentence, c.word))
        found = list(last.values()) if person else self._foremost(last, sentence, word, lemma)
        if len(found) >= len(("one", "other")):
            return sorted(found[:2])
        return self.pair_of_states(sentence, word) if person and not gender else []

    def pair_of_states(self, sentence: int, word: int) -> list[Place]:
        """Return the two states that were named last: *the two presidents* where none was named."""
        above = self._outside(sentence, word)
        here = self._pronouns.before(sentence, word, 0)
        outside = {self._country(c) for c in here if (c.sentence, c.word) in above}
        last: dict[str, Place] = {}
        for c in reversed(self._pronouns.before(sentence, word, PAIR_REACH)):
            side = None if c.pronoun or c.joined else self._country(c)
            if side is not None and side not in outside:
                last.setdefault(side, (c.sentence, c.word))
        found = list(last.values())[:2]
        return sorted(found) if len(found) == len(("one", "other")) else []

    def _foremost(self, last: dict[str, Place], sentence: int, word: int, lemma: str) -> list[Place]:
        """Return the places of sides in order of how often the article has named each, then of nearness."""
        told = Counter(
            self._camp(c, lemma)
            for c in self._pronouns.before(sentence, word, TOLD_REACH)
            if not c.pronoun and not c.joined
        )
        return [last[side] for side in sorted(last, key=lambda side: -told[side])]

    def _side(self, c: Candidate, lemma: str, gender: str) -> str | None:
        if c.nature.sort not in {"person", "name"} or c.nature.plural:
            return None
        if gender and c.nature.gender and c.nature.gender != gender:
            return None
        if not gender and not (c.nature.named or self._trees[c.sentence].lemma(c.word) == lemma):
            return None
        return c.key

    def _outside(self, sentence: int, word: int) -> set[Place]:
        """Return the subjects above a word: whoever urges both sides is neither of them."""
        tree = self._trees[sentence]
        return {
            (sentence, subject) for verb in tree.ancestors(word) for first in tree.deps(verb, "nsubj")
            for subject in tree.conjuncts(first)
        }  # fmt: skip

    def _camp(self, c: Candidate, lemma: str) -> str | None:
        """Return the side that a name is of: its state; its own where armed ones may be meant."""
        identity = self._identity(c.sentence, c.word)
        if identity is not None and lemma in CAMPS and not IRREGULAR.isdisjoint(identity.sectors):
            return identity.key
        return self._country(c)

    def _country(self, c: Candidate) -> str | None:
        identity = self._identity(c.sentence, c.word)
        if identity is None or identity.kind not in {*BODIES, "person"} or identity.country in STATELESS:
            return None
        if identity.kind == "person" and "GOV" not in identity.sectors:
            return None
        return identity.country or (identity.key if identity.name else None)

    def described(self, sentence: int, word: int) -> list[Place]:
        """Return an earlier, fuller naming of a thing: *the ministry* after *Iraq's Foreign Ministry*."""
        tree = self._trees[sentence]
        is_noun = tree.words[word].upos == "NOUN" or tree.lemma(word) in agent_nouns()
        if not is_noun or not tree.has(word, "det", *DEFINITE):
            return []
        if tree.exact(word, *LIMITING):
            return []
        lemma, wanted = tree.lemma(word), self._qualities(tree, word)
        plural = tree.signals.xpos[word] == "NNS"
        fitting = [
            c for c in reversed(self._pronouns.before(sentence, word, REACH))
            if not c.pronoun and not c.joined and c.nature.plural == plural
            and lemma in (words := self._words(c)) and wanted <= words and self._is_actor(c)
        ]  # fmt: skip
        if fitting:
            best = next((c for c in fitting if self._is_placed(c)), fitting[0])
            return [(best.sentence, best.word)]
        return [] if wanted or plural else self._of_kind(sentence, word, lemma)

    def numbered(self, sentence: int, word: int) -> list[Place]:
        """Return the earlier naming of as many: *the nine* after *nine guerrillas*."""
        tree = self._trees[sentence]
        if not tree.has(word, "det", *DEFINITE):
            return []
        count = tree.words[word].text.lower()
        for c in reversed(self._pronouns.before(sentence, word, REACH)):
            there = self._trees[c.sentence]
            numbers = {there.words[w].text.lower() for w in there.deps(c.word, "nummod")}
            if not c.pronoun and not c.joined and count in numbers and self._is_actor(c):
                return [(c.sentence, c.word)]
        return []

    def _of_kind(self, sentence: int, word: int, lemma: str) -> list[Place]:
        """Return the last league or movement that was named, where a word for one stands alone."""
        kinds = words_of_reference().get(lemma, frozenset())
        for c in reversed(self._pronouns.before(sentence, word, PAIR_REACH)) if kinds & KINDS else ():
            identity = self._identity(c.sentence, c.word) if c.nature.named and not c.joined else None
            if identity is None or identity.kind not in {"group", "organization"}:
                continue
            if "league" in kinds and identity.country in LEAGUES:
                return [(c.sentence, c.word)]
            if "movement" in kinds and not MOVEMENTS.isdisjoint(identity.sectors):
                return [(c.sentence, c.word)]
        return []

    def _qualities(self, tree: Tree, word: int) -> set[str]:
        return {tree.lemma(c) for c in tree.deps(word, "amod", "compound")}

    def _words(self, c: Candidate) -> set[str]:
        """Return the words of a naming, and of what stands in apposition to it."""
        tree = self._trees[c.sentence]
        found = set[str]()
        for word in (c.word, *tree.exact(c.word, "appos")):
            first, last = phrase(tree, word)
            owned = {w for o in tree.exact(word, "nmod:poss", "nmod") for w in tree.subtree(o)}
            found.update(tree.lemma(w) for w in range(first, last + 1) if w not in owned)
        return found

    def _is_placed(self, c: Candidate) -> bool:
        """Say whether a naming tells the country."""
        identity = self._identity(c.sentence, c.word)
        return identity is not None and identity.country is not None

    def _is_actor(self, c: Candidate) -> bool:
        return c.nature.sort in {"person", "body", "people", "name"}
