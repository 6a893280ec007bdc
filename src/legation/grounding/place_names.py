"""Names of places as keys: one spelling for many, and the words that stand around a name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from legation.errors import DataFileError
from legation.tables import Table, rows

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a", "ħ": "h"}
    | {"þ": "th"} | dict.fromkeys("'’‘ʻʼʿʾ`´ʹ′.", "") | dict.fromkeys("-‐‑‒–—_/", " ")
)  # fmt: skip
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_ARTICLES = frozenset(["al", "el", "ar", "as", "ash", "ad", "an", "at", "az", "ed", "er", "es", "et", "ez"])
_SPACES = re.compile(r"[^\w]+")
_DOUBLE = re.compile(r"(.)\1+")
_MARKS = dict.fromkeys(map(ord, "\u0304\u0323\u0331\u0332"), None)
_HEAVY = re.compile("([TDHZKGtdhzkg])\u0327")
_SOUNDS = (("dj", "j"), ("tch", "ch"), ("ph", "f"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ie", "i"),
           ("q", "k"), ("w", "v"), ("y", "i"), ("o", "u"), ("e", "a"))  # fmt: skip
LONGEST = 80
SHORTEST_VARIED = 5  # letters of a key whose final -a may be written -ah
SHORTEST_HEARD = 4  # letters that a sound needs to tell names apart


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """Return the key of a name: no case, accents, apostrophes or hyphens; *St.* and *Mt.* written out."""
    text = name[:LONGEST].casefold().translate(_LETTERS)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        text = text.translate(_LETTERS)
    words = _SPACES.sub(" ", text).split()
    return " ".join([_SHORT.get(word, word) for word in words[:-1]] + words[-1:])


def variants(key: str) -> Iterator[str]:
    """Yield a key and the other ways to write it, the nearest first: Arabic articles and final *-ah*."""
    yield key
    words = key.split()
    if len(words) > 1 and words[0] in _ARTICLES:
        bare = " ".join(words[1:])
        yield "al " + bare
        yield bare
    if len(key) >= SHORTEST_VARIED:
        if key.endswith("ah"):
            yield key[:-1]
        elif key.endswith("a"):
            yield key + "h"


def sound(key: str) -> str:
    """Return roughly how a transliterated name sounds, the same for its spellings; empty if too short."""
    words = [word for word in key.split() if word not in _ARTICLES]
    text = "".join(words)
    for written, heard in _SOUNDS:
        text = text.replace(written, heard)
    text = _DOUBLE.sub(r"\1", text)
    text = text.removesuffix("h").removesuffix("a")
    return "~" + text if len(text) >= SHORTEST_HEARD else ""


def hashed(key: str) -> tuple[int, int]:
    """Return the 40 bits that a key is stored under: the first 32, and the other 8."""
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=5).digest()
    return int.from_bytes(digest[:4], "big"), digest[4]


def plain(name: str) -> str:
    """Return a name without the marks of scholarly transliteration; accents of spelling stay."""
    text = _HEAVY.sub(r"\1", unicodedata.normalize("NFD", name)).translate(_MARKS)
    text = text.replace("ʻ", "'").replace("ʼ", "'").replace("‘", "'").replace("’", "'").replace("`", "'")
    return unicodedata.normalize("NFC", text)


class Reading(NamedTuple):
    """One way to read words as a place: the name's key, what the words around it ask for, its container."""

    key: str
    asks: str = ""
    side: str = ""
    within: str = ""


class Qualifiers:
    """The words of ``qualifiers.csv`` that say what kind of place a name is, or which part of it."""

    POSITIONS = frozenset({"before", "after", "of", "side"})
    ASKS = frozenset({"division", "district", "city", "any", "north", "south", "east", "west", "middle"})

    def __init__(self, table: Table) -> None:
        self._at: dict[str, dict[str, str]] = {position: {} for position in self.POSITIONS}
        for line, row in rows(table, ("word", "position", "asks")):
            if row["position"] not in self.POSITIONS:
                raise DataFileError(table, line, f"{row['position']!r} is no position")
            if not set(row["asks"].split()) <= self.ASKS or not row["asks"]:
                raise DataFileError(table, line, f"{row['asks']!r} is nothing that a word can ask for")
            self._at[row["position"]][fold(row["word"])] = row["asks"]

    def readings(self, text: str) -> list[Reading]:
        """Return the ways to read the words, the plainest first."""
        first, comma, rest = text.partition(",")
        if comma and first.strip() and rest.strip():
            within = fold(rest)
            return [reading._replace(within=within) for reading in self.readings(first)]
        owner, mark, owned = text.replace("’", "'").partition("'s ")
        whole = fold(text.removesuffix("'s").removesuffix("’s"))
        found = [Reading(whole)] if whole else []
        if whole.startswith("the "):
            whole = whole[4:]
            found.append(Reading(whole))
        found.extend(self._shorter(whole))
        if mark and owner.strip() and owned.strip():
            within = fold(owner)
            found.extend(reading._replace(within=within) for reading in self.readings(owned))
        return found[:12]

    def _shorter(self, key: str, depth: int = 0) -> list[Reading]:
        found: list[Reading] = []
        words = key.split()
        for size in (3, 2, 1):
            if len(words) <= size:
                continue
            head, tail = " ".join(words[:size]), " ".join(words[-size:])
            after, before = " ".join(words[size:]), " ".join(words[:-size])
            if words[size] == "of" and head in self._at["of"] and len(words) > size + 1:
                found.append(Reading(" ".join(words[size + 1 :]).removeprefix("the "), self._at["of"][head]))
            if head in self._at["side"]:
                found.append(
                    Reading(after.removeprefix("of ").removeprefix("the "), "", self._at["side"][head])
                )
            if head in self._at["before"]:
                found.append(Reading(after, self._at["before"][head]))
            if tail in self._at["after"]:
                found.append(Reading(before, self._at["after"][tail]))
        if depth < 1:
            for reading in list(found):
                found.extend(
                    Reading(inner.key, reading.asks or inner.asks, reading.side or inner.side)
                    for inner in self._shorter(reading.key, depth + 1)
                )
        return found
