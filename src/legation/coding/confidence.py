"""The calibrated probability that a mention's type and its parties' countries are all right."""

from __future__ import annotations

from collections.abc import Sequence

from legation.coding.decision import log_odds, probability
from legation.coding.drafts import Draft
from legation.records import Party

PLAIN_PAIR = 2


def confidence(draft: Draft, actors: Sequence[Party], recipients: Sequence[Party]) -> float:
    """Return the confidence of a mention, between 0 and 1, to three places."""
    return round(probability("confidence", features(draft, actors, recipients)), 3)


def features(draft: Draft, actors: Sequence[Party], recipients: Sequence[Party]) -> dict[str, float]:
    """Return what bears on whether a mention is right."""
    parties = (*actors, *recipients)
    roles = [*draft.cast.actors, *draft.cast.recipients]
    weakest = min((role.probability for role in roles), default=0.5)
    return {
        "act": log_odds(draft.act.probability), "entry": float(draft.act.entry is not None),
        "model": log_odds(draft.act.model), "weakest": log_odds(weakest),
        "no-actor": float(not actors), "no-recipient": float(not recipients),
        "actor-unknown": float(bool(actors) and not all(p.country for p in actors)),
        "recipient-unknown": float(bool(recipients) and not all(p.country for p in recipients)),
        "inferred": float(any(p.inferred for p in parties)),
        "guessed": float(any(p.inferred and not p.sectors for p in parties)),
        "parties": float(len(roles) > PLAIN_PAIR), "status": log_odds(draft.status_share),
    }  # fmt: skip
