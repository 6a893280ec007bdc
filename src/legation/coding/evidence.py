"""Why an act was coded so: the words, links, entries and scores that led to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from legation.coding.drafts import Draft
from legation.coding.parties import Role

Item = dict[str, Any]
LIKELY = 0.5


def of(draft: Draft) -> Iterator[Item]:
    """Yield the evidence for the type, mode, parties and status of an act, each item with its ``kind``."""
    yield from _type(draft)
    yield from _links(draft, "actor", draft.cast.actors)
    yield from _links(draft, "recipient", draft.cast.recipients)
    yield _status(draft)


def _type(draft: Draft) -> Iterator[Item]:
    act, words = draft.act, draft.tree.words
    if act.entry is not None:
        yield {
            "kind": "lexicon", "words": " ".join(words[w].text for w in act.words), "entry": act.entry.text,
            "type": act.entry.type, "line": act.entry.line, "table": PurePath(act.entry.file).name,
        }  # fmt: skip
    yield {
        "kind": "score", "of": act.type, "model": round(act.model, 3), "combined": round(act.probability, 3),
    }  # fmt: skip
    if draft.mode is not None:
        yield {"kind": "mode", "mode": draft.mode, "from": draft.mode_cue or "lexicon"}


def _links(draft: Draft, part: str, roles: Sequence[Role]) -> Iterator[Item]:
    for role in roles:
        word = draft.tree.words[role.word]
        yield {
            "kind": "link", "party": part, "word": word.text, "grammar": word.deprel, "by": _by(role),
            "probability": round(role.probability, 3),
        }  # fmt: skip


def _by(role: Role) -> str:
    if role.by_rule:
        return "codebook and model" if role.by_model >= LIKELY else "codebook"
    return "model"


def _status(draft: Draft) -> Item:
    cues = [{"word": draft.tree.words[c.word].text, "says": c.status} for c in draft.status_cues]
    share = round(draft.status_share, 3)
    return {"kind": "status", "status": draft.status, "cues": cues, "probability": share}
