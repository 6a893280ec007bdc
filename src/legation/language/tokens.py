"""Raw text to sentences of words, with offsets that slice back to the text.

Words are cut as Universal Dependencies' English corpora cut them: clitics and
hyphenated parts stand alone, abbreviations keep their stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from legation.language.abbreviations import abbreviations
from legation.language.paragraphs import paragraphs

Token = tuple[str, int, int]

LONGEST_RUN = 1_000
_RUN = re.compile(r"\S+")
_WHOLE = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]+[^\s<>\".,;:!?)\]}'’”]|[\w.+-]+@[\w-]+\.[\w.-]*\w|[@#]\w+|"
    r"(?:[\w-]+\.)+(?:com|org|net|edu|gov|info|html?|pdf|docx?|xlsx?|txt|jpe?g|gif|png|zip)\b(?![-@])|"
    r"[a-z]{2,}(?:\.[a-z][a-z-]+){2,}(?![\w@])|"  # alt.animals.cat
    r"(?<!\w)[:;]['’]?-?[)(DP](?!\w)|"  # :-)
    r"\d{3}-\d{3}-\d{4}\b|(?i:e-mail(?:s|ed|ing)?)\b"
)
_MAY_BE_WHOLE = re.compile(r"[@#:;/]|\.\w|\d-\d|[eE]-")
_PIECE = re.compile(
    r"(?:[A-Za-z]\.){2,}|"  # U.S., a.m.
    r"\d+(?:[.,:/]\d+)+(?:st|nd|rd|th|s)?|"  # 1,000.5  10:30  9/11
    r"(?:US|AU?|C|CA|HK|NZ|S|R|NT)\$|"
    r"[^\W\d_]+(?:['’´`][^\W\d_]+)*\d*(?:st|nd|rd|th|s)?|"
    r"\d+(?:st|nd|rd|th|s|[a-zA-Z]{1,3})?(?![^\W\d_])|\d+|"
    r"\.{2,}|[!?]{2,}|(?P<mark>[-_=*+#~$<>^|])(?P=mark)+|"
    r".",
    re.DOTALL,
)
_NT = re.compile(r"(?i)^(.+?)(n['’´`]t)$")
_CLITIC = re.compile(r"(?i)^(.+?)(['’´`](?:s|re|ve|ll|d|m))$")
_FUSED = {
    "cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3, "dont": 2, "cant": 2, "didnt": 3, "doesnt": 4, "isnt": 2,
    "wasnt": 3, "wouldnt": 5,
}  # fmt: skip
_INITIAL = re.compile(r"^[A-Z]$")


def tokenize_text(text: str) -> Iterator[list[Token]]:
    """Yield the sentences of a text, each a list of (word, start, end)."""
    from legation.language.sentences import split

    for start, end in paragraphs(text):
        yield from split(words(text, start, end), text)


def words(text: str, start: int, end: int) -> list[Token]:
    """Return the words of ``text[start:end]``; runs beyond `LONGEST_RUN` characters are passed over."""
    found: list[Token] = []
    for run in _RUN.finditer(text, start, end):
        if run.end() - run.start() <= LONGEST_RUN:
            _cut(text, run.start(), run.end(), found)
    return found


def _cut(text: str, start: int, end: int, found: list[Token]) -> None:
    special = _MAY_BE_WHOLE.search(text, start, end)
    while start < end:
        whole = _WHOLE.match(text, start, end) if special else None
        match = whole or _PIECE.match(text, start, end)
        if match is None or match.end() == start:
            return
        stop = match.end()
        if whole is None:
            stop = _with_stop(text, start, stop, end)
        for word_start, word_end in _clitics(text, start, stop):
            found.append((text[word_start:word_end], word_start, word_end))
        start = stop


def _with_stop(text: str, start: int, stop: int, end: int) -> int:
    """Take the full stop into a word that is an abbreviation or an initial."""
    if stop < end and text[stop] == "." and text[stop : stop + 2] != "..":
        word = text[start:stop]
        known = word in abbreviations() or (word.capitalize() in abbreviations() and word[0].isupper())
        if known or (_INITIAL.match(word) and stop + 1 >= end) or (_INITIAL.match(word) and word != "I"):
            return stop + 1
    return stop


def _clitics(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    word = text[start:stop]
    cut = _FUSED.get(word.lower())
    if cut:
        return [(start, start + cut), (start + cut, stop)]
    match = _NT.match(word) or _CLITIC.match(word)
    if match and match[1].lower() not in {"o", "d", "l"}:
        middle = start + len(match[1])
        return [(start, middle), (middle, stop)]
    return [(start, stop)]
