"""The tense of the verb that governs an expression, guessed from nearby words where there is no parser."""

from __future__ import annotations

from functools import cache

from legation.grounding.date_tokens import Tokens
from legation.grounding.date_words import classes, rows

_REACH = 40  # tokens looked at on either side


def guess(tokens: Tokens, place: int, *, ahead_only: bool = False) -> str | None:
    """Return past or future by the nearest verb form before a token in its sentence, else after it.

    ``ahead_only`` leaves out what stands before the token. None where no form tells.
    """
    ends = {classes()["stop"], classes()["break"]}
    for step in (1,) if ahead_only else (-1, 1):
        for token in range(place - 1 if step < 0 else place + 1, place + step * _REACH, step):
            if not 0 < token < len(tokens.words) or tokens.classes[token] in ends:
                break
            if told := _told(tokens, token):
                return told
    return None


def _told(tokens: Tokens, token: int) -> str | None:
    original = tokens.words[token]
    word = original.lower()
    tense = _forms().get(word)
    if tense == "hint":
        ahead = tokens.words[token + 1 : token + 3]
        return "future" if "to" in ahead or "for" in ahead else "past" if word.endswith("ed") else None
    if tense is None and len(word) > 3 and original.endswith("ed") and original.islower():  # noqa: PLR2004
        tense = "past"
    if tense == "past" and any(
        _forms().get(helper.lower()) == "future" for helper in tokens.words[max(0, token - 3) : token]
    ):
        return "future"  # will be held, would have met
    return tense if tense != "none" else None


@cache
def _forms() -> dict[str, str]:
    return {cells[0]: cells[1] for _, _, cells in rows("tense.tsv", 2)}
