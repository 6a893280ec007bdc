"""Reports that are copies of one another: an agency's text in many papers.

Each text gets a MinHash signature over the shingles of its words (Broder 1997),
and texts that share a band of it are compared (locality-sensitive hashing,
Leskovec, Rajaraman & Ullman, *Mining of Massive Datasets*, chapter 3).
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations

import numpy as np

from legation.merging.links import Links

HASHES, ROWS = 66, 3
SHINGLE = 4
ALIKE = 0.45  # a copy cut to six tenths and with another lead keeps about half of all runs of words
_PRIME = np.uint64((1 << 31) - 1)
_WORD = re.compile(r"\w+")
_draw = np.random.default_rng(20200111)
_FACTORS = _draw.integers(1, int(_PRIME), (HASHES, 1), dtype=np.uint64)
_SHIFTS = _draw.integers(0, int(_PRIME), (HASHES, 1), dtype=np.uint64)
_WEIGHTS = np.array([1, 1_000_003, 998_244_353, 754_974_721], dtype=np.uint64)


def fingerprint(text: str) -> tuple[int, ...]:
    """Return 66 numbers that two texts share in proportion to the runs of four words they share."""
    words = np.array([_number(word) for word in _WORD.findall(text.casefold())], dtype=np.uint64)
    if not len(words):
        return ()
    if len(words) < SHINGLE:
        words = np.concatenate([words, np.zeros(SHINGLE - len(words), dtype=np.uint64)])
    count = len(words) - SHINGLE + 1
    shingles = np.zeros(count, dtype=np.uint64)
    for place, weight in enumerate(_WEIGHTS):
        shingles += words[place : place + count] * weight
    shingles = np.unique(shingles % _PRIME)
    hashed = (_FACTORS * shingles + _SHIFTS) % _PRIME
    return tuple(hashed.min(axis=1).tolist())


def bands(signature: Sequence[int]) -> list[int]:
    """Return the keys under which copies meet: two texts are compared if they share one."""
    return [
        zlib.crc32(repr((start, *signature[start : start + ROWS])).encode())
        for start in range(0, len(signature), ROWS)
    ]


def likeness(a: Sequence[int], b: Sequence[int]) -> float:
    """Estimate the share of shingles that two texts have in common, 0 to 1."""
    if not a or not b:
        return 0.0
    return sum(one == other for one, other in zip(a, b, strict=True)) / len(a)


def group_copies(
    signatures: Mapping[str, Sequence[int]], joined: Mapping[str, str] | None = None
) -> list[list[str]]:
    """Return the articles in groups of copies.

    ``joined`` names the group that an article already belongs to; members of
    one group stay together.
    """
    links = Links(signatures)
    first = dict[str, str]()
    for article, group in (joined or {}).items():
        links.join(article, first.setdefault(group, article))
    buckets = defaultdict[int, list[str]](list)
    for article, signature in signatures.items():
        for band in bands(signature):
            buckets[band].append(article)
    for bucket in buckets.values():
        for a, b in combinations(bucket, 2):
            if not links.together(a, b) and likeness(signatures[a], signatures[b]) >= ALIKE:
                links.join(a, b)
    return links.groups()


@lru_cache(maxsize=1 << 16)
def _number(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "replace"))
