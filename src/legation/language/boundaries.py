"""Whether a sentence ends between two words: the rules' answer, weighed with what stands around the gap.

Web text and letters lose their stops and their line ends, so rules alone stop short. This is a logistic
regression over features that are named by text; ``training/fit_boundaries.py`` fits it and writes
``data/language/boundaries.tsv``, which holds the weights other than 0.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache, lru_cache

from legation.errors import DataFileError
from legation.language.abbreviations import abbreviations
from legation.tables import shipped

Token = tuple[str, int, int]

ASK = "?"
_SIGNS = {
    ".": ".", ",": ",", ";": ";", ":": ":", "-": "-", "–": "-", "—": "-", "--": "-", "…": "~",
    "(": "(", "[": "[", "«": "(", "“": "Q", "``": "Q", "‘": "Q", ")": ")", "]": "]", "»": ")",
    "”": "q", "''": "q", "’": "q", '"': "'", "'": "'", "I": "I", "AM": "h", "PM": "h",
}  # fmt: skip
_STOPS = frozenset(".?!~")
_SMILE = re.compile(r"[:;]['’]?-?[)(DP]")
_ABBREVIATIONS = {"title": "t", "number": "n", "inner": "i", "either": "e"}
AHEAD = 24
EXACT = 3


@lru_cache(maxsize=20_000)
def kind(word: str) -> str:
    """Return how a word is written, as one sign: its own for a mark, a letter for the rest."""
    known = _SIGNS.get(word)
    if known:
        return known
    if word.isalpha():
        return _kind_of_letters(word)
    if not any(char.isalnum() for char in word):
        return _kind_of_marks(word)
    if word[-1] == "." and word[0].isalpha():
        listed = abbreviations().get(word[:-1]) or abbreviations().get(word[:-1].capitalize())
        return _ABBREVIATIONS[listed] if listed else "x"
    if "@" in word or "/" in word[:8] or ("." in word and word[-1].isalpha()):
        return "D" if word[0].isdigit() else "@"
    if word.isdigit():
        return "9"
    return "d" if word[0].isdigit() else "a" if word.islower() else "m"


def _kind_of_letters(word: str) -> str:
    if word.islower():
        return "a"
    if len(word) == 1 or word[1:].islower():
        return "T"
    return "U" if word.isupper() else "m"


def _kind_of_marks(word: str) -> str:
    if not word.strip("."):
        return "~"
    if not word.strip("!?"):
        return "!" if "!" in word else "?"
    return "f" if _SMILE.fullmatch(word) else "="


@lru_cache(maxsize=2_000)
def size(count: int) -> str:
    """Return a count as a digit on a scale that grows coarser."""
    return str(count if count <= EXACT else min(9, EXACT + int(math.log2(count / EXACT))))


@cache
def weights() -> dict[str, float]:
    """Return the weight of each feature; pairs of kinds to ask about stand with `ASK` before them."""
    file = shipped("language", "boundaries.tsv")
    table: dict[str, float] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        name, _, weight = line.rpartition("\t")
        try:
            table[name] = float(weight)
        except ValueError:
            reason = f"{weight!r} is no number; a row is a feature, a tab and its weight"
            raise DataFileError(file, number, reason) from None
    return table


class Paragraph:
    """The words of a paragraph with their kinds, ready to be asked about the gaps between them."""

    def __init__(self, words: Sequence[Token]) -> None:
        self._words = words
        self._kinds = [kind(word[0]) for word in words]
        self._padded = ["^", "^", *self._kinds, "$", "$", "$"]
        self._weights = weights()

    def ends(self, gap: int, start: int, *, ruled: bool) -> bool:
        """Say whether the sentence that begins at word ``start`` ends after word ``gap``.

        ``ruled`` tells that a rule ends it there. Where none does, only pairs of kinds between which
        sentences are known to end are looked at.
        """
        if not ruled and ASK + self.pair(gap) not in self._weights:
            return False
        table = self._weights
        return sum([table.get(name, 0.0) for name in self.features(gap, start, ruled=ruled)]) > 0

    def pair(self, gap: int) -> str:
        """Return the kinds of the words on both sides of a gap."""
        return self._kinds[gap] + self._kinds[gap + 1]

    def features(self, gap: int, start: int, *, ruled: bool) -> list[str]:
        """Return the features that hold of a gap.

        Each begins with a letter for what is looked at: the kinds of words before and after, how far
        the sentence has come and the paragraph goes on, the words themselves, the style of the sentence
        (``l`` where it began with a small letter; ``a`` without small words, ``b`` with few).
        """
        words, kinds, padded = self._words, self._kinds, self._padded
        c, b, a, x, y, z = padded[gap : gap + 6]
        d = padded[gap - 1] if gap > start + 2 else "^"
        if gap < start + 2:
            c, b = "^", b if gap > start else "^"
        before, after = words[gap][0].lower(), words[gap + 1][0].lower()
        rule = "1" if ruled else "0"
        ax, rax = a + x, rule + a + x
        done, left, ahead = size(gap + 1 - start), size(len(words) - 1 - gap), self._stop_ahead(gap)
        so_far = kinds[start : gap + 1]
        small = so_far.count("a")
        style = "c" if small > so_far.count("T") + so_far.count("U") else "b" if small else "a"
        low = ("l" if so_far[0] == "a" else "u") + ("l" if kinds[0] == "a" else "u")
        touch = "t" if words[gap][2] == words[gap + 1][1] else "s"
        return [
            "r" + rule, "B" + rax + touch, "C" + b + rax, "D" + rax + y, "E" + ax + y + z, "F" + c + b + a,
            "G" + b + ax + y, "H" + c + b + ax, "I" + x + y + z + rule, "L" + rax + done, "M" + rax + left,
            "N" + rax + kinds[-1], "P" + a + rule + after, "Q" + x + rule + before, "R" + after,
            "S" + before, "U" + after + y + low, "V" + style + done + x + y,
            "W" + style + done + a + kinds[-1], "Z" + low + style + x + y + a, "h" + ahead + ax,
            "h" + ahead + style, "i" + d + c + b + a, "j" + y + style + after, "k" + before + style + x,
            "l" + ahead + ax + kinds[-1] + style,
            "X" + (words[gap + 2][0].lower() + ax if y != "$" else ""),
            "Y" + (words[gap - 1][0].lower() + ax if gap > start else ""),
        ]  # fmt: skip

    def _stop_ahead(self, gap: int) -> str:
        """Return how far the next stop is, on the scale of `size`."""
        window = self._kinds[gap + 1 : gap + 1 + AHEAD]
        for far, sign in enumerate(window):
            if sign in _STOPS:
                return size(far)
        return "9" if len(window) == AHEAD else "8"
