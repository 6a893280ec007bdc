"""Spellings: what two ways of writing a name have in common.

A phrase is folded into *parts*: lower case, no accents, no stops or
apostrophes, cut at hyphens. ``Shi'ite`` and ``Shiite``, ``U.S.`` and ``US``,
``el-Sisi`` and ``al-Sisi`` fold alike. The words as written stay beside them,
because ``US`` is a state and ``us`` is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

POSSESSIVES = frozenset({"'s", "’s", "´s", "`s", "'", "’"})
ARTICLE = "al"
ANY_CASE, CAPITAL, ACRONYM = 0, 1, 2
_HYPHENS = frozenset("-‐‑")
_QUOTES = frozenset({'"', "``", "''", "“", "”", "„", "«", "»", "‘"})
_DROPPED = {ord(char): None for char in ".'’‘`´ʿʾʼ"}
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "ı": "i", "ß": "ss", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "&": "and"}
)
_PLURAL_OWNER = re.compile(r"(\w[sS])['’](?=\s)")
_BRACKET = re.compile(r"[()]")
_TABLE_WORD = re.compile(r"['’]s\b|[^\s,()\[\]-]+?(?=['’]s\b)|[^\s,()\[\]-]+|[,-]")


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Return the folded form of one word."""
    if word.isascii() and word.isalpha():
        return word.lower()
    if word in POSSESSIVES:
        return "'s"
    folded = word.lower().translate(_LETTERS)
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return folded.translate(_DROPPED) or word


class Parts:
    """The parts of a phrase, as parallel lists.

    ``norms`` folded, ``raws`` as written, ``words`` the index of the word that
    each part comes from, ``glued`` whether a hyphen joins it to the one before.
    """

    __slots__ = ("glued", "norms", "raws", "words")

    def __init__(self, words: Sequence[str], particles: frozenset[str] = frozenset()) -> None:
        self.norms: list[str] = []
        self.raws: list[str] = []
        self.words: list[int] = []
        self.glued: list[bool] = []
        joined = False
        for index, word in enumerate(words):
            if word in _HYPHENS:
                joined = bool(self.norms)
                continue
            if word in _QUOTES:
                continue
            pieces = _cut(word) if len(word) > 1 and not _HYPHENS.isdisjoint(word) else (word,)
            for piece in pieces:
                if joined and self.norms[-1] in particles:
                    self.norms[-1] = ARTICLE
                self.norms.append(fold(piece))
                self.raws.append(piece)
                self.words.append(index)
                self.glued.append(joined)
                joined = True
            joined = False

    def at(self, word: int) -> int:
        """Return the last part of a word, or the nearest one before it."""
        for part in range(len(self.words) - 1, -1, -1):
            if self.words[part] <= word:
                return part
        return 0


def table_keys(name: str, particles: frozenset[str]) -> list[tuple[str, ...]]:
    """Return the keys under which a name of a table is found: as it stands, and without the article *al*.

    In the text the apostrophe of *Workers' Party* may be a word of its own, or
    missing; so may the brackets of *Communist Party of India (Maoist)*.
    """
    if name.isascii() and name.replace(" ", "").isalpha():
        keys = [tuple(name.lower().split())]
    else:
        parts = Parts(_TABLE_WORD.findall(name), particles)
        keys = [tuple(parts.norms)]
        bare = tuple(
            norm
            for norm, follows in zip(parts.norms, [*parts.glued[1:], False], strict=True)
            if not (norm == ARTICLE and follows)
        )
        if bare and bare != keys[0]:
            keys.append(bare)
    if _PLURAL_OWNER.search(name):
        keys += table_keys(_PLURAL_OWNER.sub(r"\1 's", name), particles)
    if "(" in name:
        keys.append(tuple(Parts(_BRACKET.sub(r" \g<0> ", name).split(), particles).norms))
    return [key[1:] if len(key) > 1 and key[0] == "the" else key for key in keys if key]


def is_one_word(parts: Parts, start: int, end: int) -> bool:
    """Whether parts are one word, with the article or without: *al-Sisi*, but not *Al Gore*."""
    article = end - start > 1 and parts.norms[start] == ARTICLE and parts.glued[start + 1]
    return end - start - article == 1


def casing(name: str) -> int:
    """Return how a name must be written: 0 in any case, 1 with a capital, 2 in capitals throughout."""
    letters = [char for char in name if char.isalpha()]
    if not any(char.isupper() for char in letters):
        return ANY_CASE
    return ACRONYM if " " not in name and all(char.isupper() for char in letters) else CAPITAL


def _cut(word: str) -> list[str]:
    return [piece for piece in re.split(r"[-‐‑]", word) if piece]
