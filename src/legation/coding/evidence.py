"""Why a mention was coded so: the words, links, entries and scores that led to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from legation.coding.drafts import Draft
from legation.coding.parties import Role
from legation.grounding.parties import Grounded
from legation.records import Period, Place, Source

Item = dict[str, Any]


def of(
    draft: Draft, actors: Sequence[Grounded], recipients: Sequence[Grounded],
    source: Source | None, when: Period | None, where: Place | None,
) -> Iterator[Item]:  # fmt: skip
    """Yield the evidence for each code of a mention, each item with its ``kind``."""
    yield from _type(draft)
    yield from _parties(draft, "actor", draft.cast.actors, actors)
    yield from _parties(draft, "recipient", draft.cast.recipients, recipients)
    yield from _status(draft)
    if source is not None:
        yield {"kind": "source", "words": source.text, "cue": source.cue, "quoted": source.quoted}
    if when is not None:
        yield {"kind": "when", "words": when.text, "assumed": when.assumed}
    if where is not None:
        yield {"kind": "where", "words": where.text, "place": where.name, "geonames": where.geonames}


def _type(draft: Draft) -> Iterator[Item]:
    act, words = draft.act, draft.tree.words
    if act.entry is not None:
        yield {
            "kind": "lexicon", "words": " ".join(words[w].text for w in act.words), "entry": act.entry.text,
            "type": act.entry.type, "line": act.entry.line,
        }  # fmt: skip
    yield {
        "kind": "score",
        "of": act.type,
        "model": round(act.model, 3),
        "combined": round(act.probability, 3),
    }
    if draft.mode is not None:
        yield {"kind": "mode", "mode": draft.mode, "from": draft.mode_cue or "lexicon"}


def _parties(draft: Draft, part: str, roles: Sequence[Role], grounded: Sequence[Grounded]) -> Iterator[Item]:
    for role in roles:
        word = draft.tree.words[role.word]
        yield {
            "kind": "link", "party": part, "word": word.text, "grammar": word.deprel,
            "by": "codebook and model" if role.by_rule and role.by_model >= 0.5 else "codebook" if role.by_rule else "model",
            "probability": round(role.probability, 3),
        }  # fmt: skip
    for one in grounded:
        if one.how or one.antecedent:
            item = {
                "kind": "actor",
                "party": part,
                "words": one.party.text,
                "name": one.party.name,
                "how": one.how,
            }
            yield item | ({"refers to": one.antecedent} if one.antecedent else {})


def _status(draft: Draft) -> Iterator[Item]:
    cues = [{"word": draft.tree.words[c.word].text, "says": c.status} for c in draft.status_cues]
    yield {
        "kind": "status",
        "status": draft.status,
        "cues": cues,
        "probability": round(draft.status_share, 3),
    }
