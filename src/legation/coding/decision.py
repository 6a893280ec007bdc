"""How the codebook and the model are weighed: a few fitted weights, and their sums.

The weights are fitted by ``training/fit_decision.py`` on the tuning
tenth of the labelled sentences, which trains nothing else.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from typing import cast

from legation.tables import shipped

Features = Mapping[str, float]
FLOOR = 1e-4


@cache
def weights() -> dict[str, dict[str, float]]:
    """Return the weights of each decision: ``act``, ``actor``, ``recipient``, ``confidence``."""
    text = shipped("model", "decision.json").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, float]]", json.loads(text))


def probability(decision: str, features: Features) -> float:
    """Return the probability that a decision's weights give to features."""
    return sigmoid(total(decision, features))


def total(decision: str, features: Features) -> float:
    """Return the weighted sum of features, the bias included."""
    table = weights()[decision]
    return table["bias"] + sum([table[name] * features[name] for name in features if name in table])


def threshold(decision: str) -> float:
    """Return the probability from which a decision is taken."""
    return weights()[decision]["threshold"]


def sigmoid(value: float) -> float:
    """Return the logistic function, safe for large values."""
    if value >= 0:
        return 1 / (1 + math.exp(-value))
    raised = math.exp(value)
    return raised / (1 + raised)


def log_odds(p: float) -> float:
    """Return the log odds of a probability, kept away from the ends."""
    clamped = min(max(p, FLOOR), 1 - FLOOR)
    return math.log(clamped / (1 - clamped))
