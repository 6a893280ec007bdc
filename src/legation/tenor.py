"""The tenor of an article: how much of it tells political acts, and so how doubtful a lone one is.

A report of a strike and a talk with a film director hold the same verbs. What
stands around an act tells them apart better than its own sentence does.
"""

from __future__ import annotations

from collections.abc import Sequence

from legation.records import Mention

POLITICAL = 0.08
"""The mean confidence of a sentence's surest act from which a text counts as political.

Read off 200 newspaper articles: sport, travel and culture lie below half of it, reports of politics above.
"""
SUREST = 0.1
SHORT = 5
"""Sentences below which a text is too short to have a tenor."""


def in_keeping(mentions: Sequence[Mention], sentences: int) -> list[bool]:
    """Say of each mention of an article whether it is sure enough for a text of this tenor."""
    if sentences < SHORT:
        return [True] * len(mentions)
    surest: dict[int, float] = {}
    for mention in mentions:
        surest[mention.sentence] = max(surest.get(mention.sentence, 0.0), mention.confidence)
    tenor = sum(surest.values()) / sentences
    if tenor >= POLITICAL:
        return [True] * len(mentions)
    return [mention.confidence * tenor / POLITICAL >= SUREST for mention in mentions]
