"""Drafts to mentions: parties, time, place and source grounded, with the evidence for each code."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from legation.coding import evidence as of_act
from legation.coding.codebook import Codebook
from legation.coding.confidence import confidence
from legation.coding.cues import orders
from legation.coding.drafts import Draft
from legation.coding.hyphens import hyphened
from legation.coding.parties import PHYSICAL, SAID, Role
from legation.coding.quotations import Quotations
from legation.coding.tree import Tree
from legation.grounding import evidence as of_codes
from legation.grounding.actors import Actors
from legation.grounding.kin import Case, Head, Kin
from legation.grounding.local import located
from legation.grounding.natures import is_thing
from legation.grounding.parties import Grounded, PartyGrounder
from legation.grounding.places import Gazetteer
from legation.grounding.reference_words import words_of_reference
from legation.grounding.sectors import weighed
from legation.grounding.sites import Sites
from legation.grounding.timing import Timing
from legation.records import Article, Coding, Mention, Party, Place, Source, Span, digest

PUBLIC = frozenset(
    ["GOV", "MIL", "COP", "LEG", "JUD", "SPY", "REB", "OPP", "PTY", "UAF", "PRM", "SEP", "CRM", "REF", "JRN",
     "REL", "LAB", "SOC"]
)  # fmt: skip
"""Sectors whose acts are public whoever's they are."""
SPOKEN = frozenset({1, 3})
"""Quad classes of acts of speech: where they are spoken says little of whose army is meant."""


READ = "sector by the model"
VIOLENT = 4
"""The quad class of acts done where they strike; truces are signed elsewhere."""


@dataclass(frozen=True)
class Traced:
    """A mention, the draft behind it, and what was weighed for its parties' countries."""

    draft: Draft
    mention: Mention
    cases: Sequence[Case]


class Assembler:
    """Makes mentions of the drafts of an article."""

    def __init__(self, codebook: Codebook, actors: Actors, gazetteer: Gazetteer, coding: Coding) -> None:
        self.codebook = codebook
        self.actors = actors
        self.gazetteer = gazetteer
        self.coding = coding

    def mentions(
        self, article: Article, trees: Sequence[Tree], drafts: Sequence[Sequence[Draft]]
    ) -> list[Traced]:
        """Return the mentions of an article in the order of their sentences and words, with their drafts."""
        if not any(drafts):
            return []
        desk, made = _Desk(self, article, trees, drafts), list[Traced]()
        for n, found in enumerate(drafts):
            for one in found:
                made.append(desk.traced(n, one))
        return made


def is_political(mention: Mention) -> bool:
    """Say whether somebody known to politics takes part: with a country of their own or a public sector."""
    return any(
        (party.country and not party.inferred) or not PUBLIC.isdisjoint(party.sectors)
        for party in (*mention.actors, *mention.recipients)
    )


def _paragraphs(trees: Sequence[Tree], texts: dict[str, str]) -> list[int]:
    """Return the number of the paragraph that each sentence stands in; the title is one of its own."""
    found, number, at = [], 0, 0
    for sentence in (tree.sentence for tree in trees):
        if sentence.field == "text":
            number, at = number + texts["text"].count("\n", at, sentence.start), sentence.start
        found.append(number if sentence.field == "text" else -1)
    return found


def _is_same(one: Party, other: Party) -> bool:
    """Say whether a pronoun names again whom a name beside it does (*invaded Iraq, occupied **it***)."""
    return (one.name, one.kind, one.country, one.sectors) == (
        other.name, other.kind, other.country, other.sectors
    ) and bool(one.name or one.country or one.sectors)  # fmt: skip


def _is_matter(party: Party) -> bool:
    """Say whether a party is only what was spoken about (*denounced the pact, criticised **it***)."""
    unknown = party.kind == "unnamed" and party.name is None and not (party.country or party.sectors)
    return unknown and "thing" in words_of_reference().get(party.text.lower(), ())


def _hangs(one: Draft, role: Role, relation: str) -> bool:
    """Say whether a party hangs on the word of an act by a relation."""
    word = one.tree.words[role.word]
    return word.head == one.act.word and word.deprel == relation


class _Desk:
    """The work on one article."""

    def __init__(
        self,
        assembler: Assembler,
        article: Article,
        trees: Sequence[Tree],
        drafts: Sequence[Sequence[Draft]],
    ) -> None:
        self._codebook, self._coding = assembler.codebook, assembler.coding
        self._article = article
        self._trees = trees
        texts = {"title": article.title or "", "text": article.text}
        self._texts = texts
        spoken = {
            (n, one.act.word) for n, found in enumerate(drafts) for one in found
            if self._codebook.quad(one.act.type) in SPOKEN
        }  # fmt: skip
        self._sites = Sites(assembler.gazetteer, article, trees, texts, spoken)
        self._parties = PartyGrounder(assembler.actors, trees, texts, article.day, self._sites.countries)
        self._quotations = Quotations(trees, _paragraphs(trees, texts))
        self._timing = Timing(article, trees, texts)
        self._home = self._sites.home(self._parties.countries)
        self._kin = Kin(self._parties)

    def traced(self, n: int, one: Draft) -> Traced:
        """Return the mention of a draft of sentence ``n``, with what is behind it."""
        mention = self.mention(n, one)
        return Traced(one, mention, self._kin.weighed())

    def mention(self, n: int, one: Draft) -> Mention:
        """Return the mention of a draft of sentence ``n``."""
        tree, act = one.tree, one.act
        scene = self._sites.scene(n) or self._parties.told_in(n)
        where = self._where(n, one, scene)
        violent = self._codebook.quad(act.type) == VIOLENT
        here = (where.country if where and violent else None) or scene
        home = (self._home or here) if self._codebook.quad(act.type) in SPOKEN else (here or self._home)
        mutual = {role.word for role in one.cast.actors} & {role.word for role in one.cast.recipients}
        actors = self._all(n, one.cast.actors, self._commanding(n, one) or home, mutual, things=True)
        recipients = self._all(
            n, one.cast.recipients, self._obeying(n, one) or home, mutual, things=act.type in PHYSICAL
        )
        if act.type in SAID:
            recipients = [g for g in recipients if not _is_matter(g.party)]
        both = one.cast.reciprocal and actors == recipients
        if len(actors) > 1 and (both or _are_named_within(recipients, actors)):
            actors, recipients = actors[:1], actors[1:]
        when = self._timing.of_act(n, act.word, done=one.status == "occurred")
        source = self._source(n, one)
        trigger = self._trigger(tree, act.words, act.word)
        contexts = self._codebook.contexts_of([w.lemma.lower() for w in tree.words])
        field = tree.sentence.field
        return Mention(
            id=digest("m_", self._article.id, field, trigger.start, trigger.end, act.type), event=None,
            article=self._article.id, field=field, sentence=n, trigger=trigger, type=act.type, mode=one.mode,
            contexts=contexts, quad=self._codebook.quad(act.type),
            intensity=self._codebook.intensity(act.type, one.mode),
            cameo=self._codebook.cameo(act.type, one.mode),
            reciprocal=one.cast.reciprocal, status=one.status, actors=tuple(g.party for g in actors),
            recipients=tuple(g.party for g in recipients), source=source, when=when, where=where,
            deaths=one.tolls.get("deaths"), injuries=one.tolls.get("injuries"),
            confidence=confidence(one, [g.party for g in actors], [g.party for g in recipients]),
            why=(*of_act.of(one), *of_codes.of(actors, recipients, source, when, where)),
            coder=self._coding,
        )  # fmt: skip

    def _all(
        self,
        n: int,
        roles: Sequence[Role],
        home: str | None,
        mutual: Collection[int],
        *,
        things: bool = False,
    ) -> list[Grounded]:
        """Return the parties of a side; those of a ``mutual`` act that one word names are two or more."""
        found: list[Grounded] = []
        for role in roles:
            form = self._trees[n].words[role.word].upos
            is_pair = role.word in mutual or self._parties.is_pair(n, role.word)
            head = Head((n, role.word), form, is_pair)
            thing = not things and is_thing(self._trees[n], role.word)
            meant = []
            for grounded in self._parties.parties(n, role.word):
                placed = self._sites.placed(n, role.word, grounded.party)
                meant.append(replace(grounded, party=located(placed, home, self._home, thing=thing)))
            for settled in self._kin.settled(head, role.alike, meant):
                made = self._with_sector(n, role, settled)
                again = form == "PRON" and any(_is_same(made.party, g.party) for g in found)
                if not again and made.party not in [g.party for g in found]:
                    found.append(made)
        return found

    def _with_sector(self, n: int, role: Role, grounded: Grounded) -> Grounded:
        """Return a party with the sector that the sentence gives it.

        A row of the user's decides before that, and of a name what the tables and the
        report say with it: one sentence tells little of who *Viya* is. A pronoun that
        nobody can tell has none.
        """
        form = self._trees[n].words[role.word].upos
        unknown = form == "PRON" and not grounded.party.country
        if grounded.given or form == "PROPN" or unknown:
            return grounded
        party, read = weighed(grounded.party, role.sectors, form)
        how = "; ".join(filter(None, (grounded.how, READ))) if read else grounded.how
        return replace(grounded, party=party, how=how)

    def _commanding(self, n: int, one: Draft) -> str | None:
        """Return the country of whoever ordered or sent those who do an act (*Putin ordered **troops***)."""
        roles = one.cast.actors
        sent = any(_hangs(one, role, "obj") for role in roles)
        givers = [r for r in roles if r.word in one.cast.givers or (sent and _hangs(one, r, "nsubj"))]
        return self._country(n, givers)

    def _obeying(self, n: int, one: Draft) -> str | None:
        """Return the country of whoever gives an order, whose those that get it are."""
        is_order = one.act.type == "REQUEST" and one.tree.lemma(one.act.word) in orders()
        return self._country(n, one.cast.actors) if is_order else None

    def _country(self, n: int, roles: Sequence[Role]) -> str | None:
        return next((g.party.country for role in roles for g in self._parties.parties(n, role.word)), None)

    def _where(self, n: int, one: Draft, scene: str | None) -> Place | None:
        """Return the place of an act; one without a name lies where its words or the report say."""
        named = self._sites.of_act(n, one.act.word, one.where)
        head = self._sites.unnamed(n, one.where) if named is None else None
        if head is None:
            return named
        identity = self._parties.identity(n, head)
        told = identity.country if identity is not None else None
        return self._sites.described(n, head, told or scene or self._home)

    def _source(self, n: int, one: Draft) -> Source | None:
        attribution = one.attribution
        if attribution is None:
            quoted = self._quotations.of(n, one.act.word)
            if quoted is None:
                return None
            n, attribution = quoted.sentence, quoted.attribution
        party: Party = self._parties.parties(n, attribution.source)[0].party
        tree = self._trees[n]
        cue = " ".join(
            [
                tree.words[attribution.cue].text,
                *(tree.words[c].text for c in tree.deps(attribution.cue, "fixed")),
            ]
        )
        return Source(
            text=party.text,
            start=party.start,
            end=party.end,
            name=party.name,
            cue=cue,
            quoted=attribution.quoted,
        )

    def _trigger(self, tree: Tree, words: Sequence[int], head: int) -> Span:
        """Return the words of the trigger as one run; a noun that stands far off is left out."""
        run = hyphened(tree, head)
        for word in sorted(words, key=lambda w: abs(w - head)):
            if min(abs(word - r) for r in run) <= 1:
                run.append(word)
        start, end = tree.slice(min(run), max(run))
        return Span(text=self._texts[tree.sentence.field][start:end], start=start, end=end)


def _are_named_within(recipients: Sequence[Grounded], actors: Sequence[Grounded]) -> bool:
    """Say whether the other side stands within the actors' phrase: *ministers of Peru and **Chile** met*."""
    whole = actors[0].party
    several = len({(a.party.start, a.party.end) for a in actors}) == 1
    within = all(whole.start < r.party.start and r.party.end <= whole.end for r in recipients)
    return several and bool(recipients) and within
