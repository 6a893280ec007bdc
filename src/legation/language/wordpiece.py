"""Words to the encoder's pieces (WordPiece; Wu et al. 2016, as BERT's uncased vocabulary has it)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

PAD, UNKNOWN, START, END = "[PAD]", "[UNK]", "[CLS]", "[SEP]"
LONGEST_WORD = 100
MOST_PIECES = 12


class WordPiece:
    """Greedy longest-match pieces of single words, lower-cased and without accents."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._ids = {piece: index for index, piece in enumerate(vocabulary)}
        self.pad, self.unknown = self._ids[PAD], self._ids[UNKNOWN]
        self.start, self.end = self._ids[START], self._ids[END]
        self.pieces = lru_cache(maxsize=50_000)(self._pieces)

    def _pieces(self, word: str) -> tuple[int, ...]:
        """Return at least one id for a word, at most `MOST_PIECES`."""
        ids: list[int] = []
        for part in _parts(normalise(word[:LONGEST_WORD])):
            ids.extend(self._match(part))
        return tuple(ids[:MOST_PIECES]) or (self.unknown,)

    def _match(self, part: str) -> Sequence[int]:
        ids: list[int] = []
        start = 0
        while start < len(part):
            prefix = "##" if start else ""
            for end in range(len(part), start, -1):
                found = self._ids.get(prefix + part[start:end])
                if found is not None:
                    break
            else:
                return (self.unknown,)
            ids.append(found)
            start = end
        return ids


def normalise(word: str) -> str:
    """Lower-case a word and drop its accents and control characters."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in decomposed if unicodedata.category(c) not in {"Mn", "Cc", "Cf", "Cs"})


def _parts(word: str) -> list[str]:
    """Split a word at punctuation and between ideographs, as the vocabulary was made."""
    if word.isalnum() and word.isascii():
        return [word]
    parts: list[str] = []
    fresh = True
    for char in word:
        if char.isspace():
            fresh = True
        elif not char.isalnum() or "\u4e00" <= char <= "\u9fff":
            parts.append(char)
            fresh = True
        elif fresh:
            parts.append(char)
            fresh = False
        else:
            parts[-1] += char
    return parts
