"""Where sentences end within a paragraph."""

from __future__ import annotations

import re
from typing import Protocol

from legation.language.abbreviations import abbreviations, starters
from legation.language.boundaries import Paragraph

Token = tuple[str, int, int]


class Ends(Protocol):
    """What decides on a gap."""

    def __call__(self, gap: int, start: int, *, ruled: bool) -> bool:
        """Say whether the sentence that begins at word ``start`` ends after word ``gap``.

        ``ruled`` tells that a rule ends it there.
        """


LONGEST = 400
_STOP = re.compile(r"^(?:\.|\.{2,}|…|[!?]+|。|؟|।)$")
_CLOSER = frozenset("\"'”’)]»") | {"''"}
_OPENER = frozenset("\"'“‘([«") | {"``"}
_DATELINE = re.compile(
    r"[A-Z][A-Za-z.'’-]*(?:[ /][A-Z][A-Za-z.'’-]*){0,4}(?:, [A-Z][A-Za-z. ]{2,25}){0,2}"
    r"(?:, (?:[A-Z][a-z]{2,8}\.? )?\d{1,2}(?:,? \d{4})?)?"
    r"(?: ?\([^()]{2,40}\))?(?:,? ?(?:[A-Z][a-z]{2,8}\.? \d{1,2}))?(?: ?\([^()]{2,40}\))? ?(?:[–—]|--|-|:)\s"
)
_GLUED = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}(?:--?|[–—])\s(?=[A-Z])")
_CAPITALS = re.compile(r"[A-Z][A-Z.'’-]{2,}")


def split(words: list[Token], text: str) -> list[list[Token]]:
    """Cut the words of one paragraph into sentences; none is longer than `LONGEST` words."""
    return cut(words, text, Paragraph(words).ends)


def cut(words: list[Token], text: str, ends: Ends) -> list[list[Token]]:
    """Cut as `split` does, at the gaps where ``ends`` says so."""
    sentences: list[list[Token]] = []
    start = index = dateline(words, text)
    if start:
        sentences.append(words[:start])
    last = len(words) - 1
    while index < last:
        ruled = _ends(words, index, start)
        if ruled:
            index = _closers(words, index)
        if index < last and ends(index, start, ruled=ruled):
            sentences.append(words[start : index + 1])
            start = index + 1
        index += 1
    if start < len(words):
        sentences.append(words[start:])
    return [piece for sentence in sentences for piece in _pieces(sentence)]


def dateline(words: list[Token], text: str) -> int:
    """Return how many words at the head of a paragraph are a dateline, 0 for none.

    It opens with a place in capitals, or names an agency in brackets (*BAGHDAD, Jan 3 (Reuters) -*), or has a
    dash that hangs on its place (*Srinagar- Police*).
    """
    if not words:
        return 0
    begin, end = words[0][1], min(words[-1][2], words[0][1] + 120)
    match = _DATELINE.match(text, begin, end)
    if match is None or not (_CAPITALS.match(text, begin) or "(" in match.group()):
        match = _GLUED.match(text, begin, end)
    if match is None:
        return 0
    count = sum(1 for word in words if word[2] <= match.end())
    return count if count < len(words) else 0


def _pieces(sentence: list[Token]) -> list[list[Token]]:
    return [sentence[i : i + LONGEST] for i in range(0, len(sentence), LONGEST)]


def _closers(words: list[Token], index: int) -> int:
    """Go on over closing quotes and brackets that touch the stop."""
    while index + 1 < len(words) and words[index + 1][0] in _CLOSER and _closes(words, index + 1):
        index += 1
    return index


def _closes(words: list[Token], index: int) -> bool:
    mark, start, end = words[index]
    if mark in {"”", "’", ")", "]", "»", "''"}:
        return start == words[index - 1][2] or mark in {"”", "''"}
    touches_before = start == words[index - 1][2]
    touches_after = index + 1 < len(words) and words[index + 1][1] == end
    return touches_before and not touches_after


def _ends(words: list[Token], index: int, start: int) -> bool:
    word = words[index][0]
    if _STOP.match(word):
        return _stop_ends(words, index, start)
    if word.endswith(".") and len(word) > 1:
        return _abbreviation_ends(words, index)
    return False


def _next_word(words: list[Token], index: int) -> str | None:
    for word, _, _ in words[index + 1 : index + 4]:
        if word not in _CLOSER and word not in _OPENER:
            return word
    return None


def _stop_ends(words: list[Token], index: int, start: int) -> bool:
    following = _next_word(words, index)
    if following is None:
        return True
    if index + 1 < len(words) and _STOP.match(words[index + 1][0]) and words[index + 1][1] == words[index][2]:
        return False
    touching = index + 1 < len(words) and words[index + 1][1] == words[index][2]
    if words[index][0] == "." and touching and words[index + 1][0] not in _CLOSER:
        return following[:1].isupper() and _is_word(words[index - 1][0] if index > start else "")
    if _list_number(words, index, start):
        return False
    if following[:1].islower():
        return False
    return not (words[index][0] in {"...", "…"} and not following[:1].isupper())


def _is_word(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and not word.isupper()


def _list_number(words: list[Token], index: int, start: int) -> bool:
    """Say whether a stop follows a number that opens its line, as in a list."""
    return index - start == 1 and words[start][0].isdigit()


def _abbreviation_ends(words: list[Token], index: int) -> bool:
    following = _next_word(words, index)
    if following is None:
        return True
    word = words[index][0][:-1]
    kind = abbreviations().get(word) or abbreviations().get(word.capitalize())
    if kind == "number":
        return not following[:1].isdigit() and following[:1].isupper()
    if kind in {"title", "inner"}:
        return kind == "inner" and following.lower() in starters() and following[:1].isupper()
    if kind is None and len(word) == 1:
        return False
    return following[:1].isupper() and following.lower() in starters()
