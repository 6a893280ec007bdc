"""Texts that no editor wrote: random and hostile strings for `fuzz.py`, each made from a seed and a number."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

EXAMPLES = Path(__file__).parent.parent / "examples"
PLANES = (0x00, 0x01, 0x02, 0x03, 0x0E, 0x0F, 0x10)
COMBINING = [chr(c) for c in (*range(0x300, 0x370), *range(0x483, 0x488), *range(0x20D0, 0x20F1), 0xFE20)]
HIDDEN = list(
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u061c\u180e\u115f\u3164\ufff9\ufffa\ufffb\U000e0001"
)
BIDI = list("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
CONTROLS = [chr(c) for c in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)]
SPACES = list(" \t\n\r\x0b\x0c\x85\u00a0\u1680\u2000\u2003\u2009\u202f\u205f\u3000\u2028\u2029")
LETTERS = "aeinorstlkAEIMSTΩяжЖИصسحम्кह漢字かなカナ한글ไทยğışßſıİǅﬁﬀÅÅ"
EMOJI = [
    "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇺🇸", "🇺", "👍🏽", "🏽", "1️⃣", "❤️", "\ufe0f", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🧑🏿‍🚀", "☠", "😀" * 5,
]  # fmt: skip
MARKS = [*".,;:!?…()[]{}<>\"'“”‘’«»`´-–—_/\\|*#@&%$€£=+~^", "...", "``", "''", "--", "?!", "。", "؟", "।"]
NUMBERS = ["1,000.5", "10:30", "9/11", "٣", "²", "½", "Ⅷ", "0", "1e309", "-0", "1.", "2.5.", "3rd", "9" * 40]
WORDS = [
    "The", "army", "attacked", "U.S.", "Mr.", "Gen.", "Jan.", "No.", "a.m.", "don't", "cannot", "'s", "n't", "I",
    "i.e.", "etc.", "Ph.D.", "said", "on", "Monday", "in", "Lima", "(Reuters)", "BAGHDAD,", "Jan", "3", "-", "http://",
    "www.", "x@y", "@", "#", "https://a.b/c?d=e,", "US$", "US-led", "gonna", "O'Neil", "d'Ivoire", ":)", "a.b.pdf",
]  # fmt: skip


def _some(rng: random.Random, longest: int) -> int:
    """Draw a length: mostly short, now and then up to ``longest``."""
    return min(longest, int(rng.expovariate(1 / 10)) + 1)


def _of(*alphabets: list[str] | str) -> Callable[[random.Random], str]:
    pool = [char for alphabet in alphabets for char in alphabet]
    return lambda rng: "".join(rng.choices(pool, k=_some(rng, 200)))


def any_unicode(rng: random.Random) -> str:
    """Return characters of any plane, assigned or not, lone surrogates among them."""
    return "".join(chr((rng.choice(PLANES) << 16) + rng.randrange(0x10000)) for _ in range(_some(rng, 120)))


def glued(rng: random.Random) -> str:
    """Return words, marks, numbers and hidden characters, with and without blanks between them."""
    pool = [*WORDS, *MARKS, *NUMBERS, *EMOJI, *HIDDEN, *BIDI, *COMBINING[:9]]
    gaps = ["", " ", " ", "\n", "\n\n", "\u00a0"]
    return "".join(rng.choice(pool) + rng.choice(gaps) for _ in range(_some(rng, 150)))


def long_word(rng: random.Random) -> str:
    """Return a word about as long as the limits of the encoder and of the tokeniser, or far longer."""
    length = rng.choice([99, 100, 101, 499, 500, 999, 1000, 1001, 5000])
    unit = rng.choice(
        ["a", "A", "x.", "a-", "é", "漢", "़", "👍", "1", "n't", "'", "a.b@", "http://", "A.", "ſ"]
    )
    return f"See {(unit * length)[:length]} now. {unit * rng.randrange(9)}"


def many_marks(rng: random.Random) -> str:
    """Return one mark, or a few, thousands of times."""
    marks = rng.choices(
        [*MARKS, *HIDDEN, *COMBINING[:5], " .", ". ", "( ", ' "', "a.", "A. "], k=rng.choice([1, 1, 2, 3])
    )
    return "".join(marks) * (rng.choice([1000, 2000, 4000]) // len(marks))


def mutated(rng: random.Random) -> str:
    """Return a piece of an example with characters lost, doubled, swapped, put in, or its letters' case changed."""
    text = rng.choice(_examples())
    at = rng.randrange(len(text))
    chars = list(text[at : at + rng.randrange(1, 160)])
    for _ in range(rng.randrange(1, 8)):
        at = rng.randrange(len(chars) + 1)
        chars[at : at + rng.randrange(3)] = rng.choice(
            [[], [rng.choice(MARKS)], [rng.choice(HIDDEN)], [rng.choice(CONTROLS)], [rng.choice(EMOJI)],
             chars[at : at + 2] * 2, chars[at : at + 5][::-1], list("".join(chars[at : at + 9]).swapcase())]
        )  # fmt: skip
    return "".join(chars)


def nested(rng: random.Random) -> str:
    """Return words within brackets and quotes many deep, closed or not."""
    opens, closes = rng.choice(["()", "[]", "“”", "‘’", "«»", '""', "''", "<>"])
    depth = rng.choice([1, 5, 40, 300])
    return (
        opens * depth
        + rng.choice(WORDS)
        + rng.choice(["", ".", "!?"])
        + closes * rng.choice([0, depth, depth + 1])
    )


def blank(rng: random.Random) -> str:
    """Return nothing, or nothing to be seen."""
    return "".join(rng.choices(SPACES, k=rng.choice([0, 1, 2, 5, 50])))


_CACHE: list[str] = []


def _examples() -> list[str]:
    if not _CACHE:
        _CACHE.extend(path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt")))
    return _CACHE


MAKERS: dict[str, tuple[Callable[[random.Random], str], float]] = {
    "any Unicode": (any_unicode, 14),
    "combining marks": (_of(COMBINING, COMBINING, list("aeo ")), 7),
    "directions": (_of(BIDI, LETTERS, WORDS, [" "] * 20), 7),
    "hidden characters": (_of(HIDDEN, LETTERS, [" ", "."]), 7),
    "emoji": (_of(EMOJI, EMOJI, WORDS, [" "] * 9), 7),
    "controls": (_of(CONTROLS, list("ab.A ")), 8),
    "mixed scripts": (_of(LETTERS, [" ", " ", ".", "। ", "。"]), 8),
    "marks and numbers": (_of(MARKS, NUMBERS, [" "] * 20), 8),
    "glued": (glued, 12),
    "mutated": (mutated, 15),
    "nested": (nested, 2),
    "blank": (blank, 2),
    "long word": (long_word, 1),
    "many marks": (many_marks, 0.1),
}


def make(seed: int, number: int) -> tuple[str, str]:
    """Return the kind and the text of one number; the same for a seed whatever else is made."""
    rng = random.Random(f"{seed}:{number}")
    kinds = list(MAKERS)
    kind = rng.choices(kinds, weights=[MAKERS[k][1] for k in kinds])[0]
    return kind, MAKERS[kind][0](rng)
