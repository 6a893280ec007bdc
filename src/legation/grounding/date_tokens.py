"""Words of a text with their places and classes, phrases joined."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from legation.grounding.date_words import TOKEN, classes, entries

_REMEMBERED = 100_000
_MARKS = {
    ",": "comma", ".": "stop", "!": "stop", "?": "stop", "-": "hyphen", "\u2013": "hyphen", "—": "dash",
    "(": "paren", "[": "paren", "$": "money", "£": "money", "€": "money", "¥": "money", "#": "money",
}  # fmt: skip


class Tokens:
    """A text's words, where they start and end, and their classes as a string of equal length."""

    def __init__(self, text: str) -> None:
        found = list(TOKEN.finditer(text))
        self.words = ["\n\n", *(match[0] for match in found)]
        self.starts = [0, *(match.start() for match in found)]
        self.ends = [0, *(match.end() for match in found)]
        self._join_phrases()
        self.classes = "".join(map(_signs().__getitem__, self.words))

    def _join_phrases(self) -> None:
        """Make one word of each phrase of the lexicon; the longest one wins."""
        starters, words, joined, end = _phrases(), self.words, list[tuple[int, int, str]](), 0
        for place in [place for place, word in enumerate(words) if word in starters]:
            if place < end:
                continue
            for rest, key, capital in starters[words[place]]:
                end = place + 1 + len(rest)
                if tuple(word.lower() for word in words[place + 1 : end]) == rest and (
                    not capital or not words[place][0].islower()
                ):
                    joined.append((place, end, key))
                    break
            else:
                end = place
        for place, end, key in reversed(joined):
            self.words[place:end] = [key]
            self.starts[place:end] = [self.starts[place]]
            self.ends[place:end] = [self.ends[end - 1]]


class _Signs(dict[str, str]):
    """The sign of each word's class, worked out when a word is first met."""

    def __missing__(self, word: str) -> str:
        sign = classes()[_class_of(word)]
        if len(self) < _REMEMBERED:
            self[word] = sign
        return sign


@cache
def _signs() -> _Signs:
    return _Signs()


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str, bool]]]:
    """Return, for each first word in each casing, the rest of the phrases, longest first."""
    found = defaultdict[str, list[tuple[tuple[str, ...], str, bool]]](list)
    for key, entry in entries().items():
        first, *rest = key.split(" ")
        if rest:
            for word in {first, first.capitalize(), first.upper()}:
                found[word].append((tuple(rest), key, entry.capital))
    for phrases in found.values():
        phrases.sort(key=lambda phrase: -len(phrase[0]))
    return dict(found)


def _class_of(word: str) -> str:
    entry = entries().get(word.lower())
    if entry and not (entry.capital and word.islower() and " " not in word and word[0].isalpha()):
        return entry.kind
    if word[0].isalpha():
        return "name" if word[0].isupper() else "other"
    if "0" <= word[0] <= "9":
        return _number_class(word)
    return _mark_class(word)


def _mark_class(word: str) -> str:
    if word.isspace():
        return "break"
    if len(word) > 1 and word[0] in "'\u2019":
        return (
            "poss"
            if word[1] in "sS"
            else "decade"
            if word[-1] == "s"
            else "shortyear"
            if word[1].isdigit()
            else "other"
        )
    if len(word) > 1:
        return "dash"
    return _MARKS.get(word, "mark")


def _number_class(word: str) -> str:
    for sign, kind in (("/", "slash"), (":", "clock")):
        if sign in word and "-" not in word:
            return kind if kind == "clock" or word.count("/") > 1 else _pair_class(word)
    if "-" in word:
        return "iso"
    if word[-1] in "sthndr":
        return "decade" if word[-1] == "s" and len(word) == 5 and word[3] == "0" else "ordnum"  # noqa: PLR2004
    if word.count(".") > 1:
        return "slash"
    if not word.isdigit():
        return "bigint"
    return _whole_number_class(word)


def _pair_class(word: str) -> str:
    top, _, bottom = word.partition("/")
    return "fraction" if len(top) == 1 and bottom in {"2", "3", "4"} else "none"


def _whole_number_class(word: str) -> str:
    value = int(word) if len(word) < 9 else 0  # noqa: PLR2004
    if len(word) <= 2:  # noqa: PLR2004
        return "int" if 1 <= value <= 31 else "two"  # noqa: PLR2004
    if len(word) == 4 and 1000 <= value <= 2099:  # noqa: PLR2004
        return "year"
    if len(word) == 8 and word[:2] in {"19", "20"} and "01" <= word[4:6] <= "12" and "01" <= word[6:] <= "31":  # noqa: PLR2004
        return "compact"
    return "bigint"
