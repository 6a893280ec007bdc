"""The lexicon of words about time, the grammar, and their data files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from legation.errors import DataFileError
from legation.records import Record

MARKS = (
    "other", "name", "int", "two", "year", "bigint", "ordnum", "decade", "shortyear", "iso",
    "slash", "compact", "clock", "fraction", "comma", "stop", "hyphen", "dash", "paren", "poss",
    "break", "money", "mark", "none",
)  # fmt: skip
TOKEN = re.compile(
    r"""[A-Za-z]\.[A-Za-z](?:\.[A-Za-z])*(?![A-Za-z])\.?
    | [^\W\d_]+(?:['\u2019](?:t|clock)(?![^\W\d_]))?
    | [0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?(?![0-9])
    | [0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?(?![0-9/]) | [0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}(?![0-9]|\.[0-9])
    | [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9])
    | [0-9]+(?:,[0-9]{3}(?![0-9]))*(?:\.[0-9]+)?(?:(?:st|nd|rd|th|s)(?![^\W\d_]))?
    | ['\u2019](?:[sS](?![^\W_])|ll(?![^\W_])|[0-9]0s(?![^\W_])|[0-9]{2}(?![^\W_]))
    | \s[-\u2013\u2014_]{1,3}\s | --+ | \n[^\S\n]*\n\s*
    | [^\s]""",
    re.VERBOSE,
)
_PATTERN = re.compile(
    r"(?P<open>\(\?[!=]|before\(|(?:[a-z_]+:)?\()|(?P<word>[a-z]+)|(?P<sign>[)|?*+])|(?P<space>\s+)|(?P<bad>.)"
)


class Entry(Record, frozen=True, kw_only=True):
    """A word about time: its class, its value, and whether it counts only with a capital."""

    kind: str
    value: str
    capital: bool = False


@cache
def entries() -> dict[str, Entry]:
    """Return every word and phrase about time, in lower case, tokens parted by single spaces."""
    table: dict[str, Entry] = {}
    for file, number, cells in rows("words.tsv", 2):
        word, kind = cells[0], cells[1]
        value = cells[2] if len(cells) > 2 else ""  # noqa: PLR2004
        key = " ".join(TOKEN.findall(word))
        if key in table:
            raise DataFileError(file, number, f"{word!r} stands twice")
        table[key] = Entry(kind=kind, value=value, capital="capital" in cells[3:])
    for file, number, cells in rows("holidays.tsv", 2):
        for name in cells[0].split("|"):
            key = " ".join(TOKEN.findall(name))
            if key in table and table[key].kind == "holiday":
                raise DataFileError(file, number, f"{name!r} stands twice")
            table[key] = Entry(kind="holiday", value=cells[0], capital=True)
    return table


def rows(name: str, least: int) -> Iterator[tuple[object, int, list[str]]]:
    """Yield file, line number and cells of a table of ``data/time``; short lines are `DataFileError`."""
    file = files("legation") / "data" / "time" / name
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) < least or not cells[0]:
            raise DataFileError(file, number, f"{len(cells)} cells, but at least {least} are needed")
        yield file, number, cells


@cache
def classes() -> dict[str, str]:
    """Return a sign for each class, so that the classes of a text's words make a string."""
    names = dict.fromkeys((*MARKS, *(entry.kind for entry in entries().values())))
    return {name: chr(0x100 + place) for place, name in enumerate(names)}


class Grammar(Record, frozen=True, kw_only=True):
    """The compiled rules: all at once, without groups, and each on its own with its groups."""

    whole: re.Pattern[str]
    rules: dict[str, re.Pattern[str]]


@cache
def grammar() -> Grammar:
    """Return the grammar of ``data/time/grammar.toml`` over signs of classes."""
    file = files("legation") / "data" / "time" / "grammar.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    parts = dict(classes())
    for name, pattern in table["parts"].items():
        parts[name] = _translated(name, pattern, parts, named=False)
    plain = {name: _translated(name, pattern, parts, named=False) for name, pattern in table["rules"].items()}
    dull = "".join(
        parts[name] for name in ("other", "name", "comma", "stop", "break", "mark", "none", "counted")
    )
    whole = f"(?=[^{dull}])(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in plain.items()) + ")"
    rules = {
        name: re.compile(_translated(name, text, parts, named=True)) for name, text in table["rules"].items()
    }
    return Grammar(whole=re.compile(whole), rules=rules)


def _translated(rule: str, pattern: str, parts: dict[str, str], *, named: bool) -> str:
    made = list[str]()
    for match in _PATTERN.finditer(pattern):
        text = match[0]
        if match["open"]:
            made.append(_opened(text, named=named))
        elif match["word"]:
            if text not in parts:
                raise DataFileError(
                    "data/time/grammar.toml", 0, f"{rule}: {text!r} is no class and no part above it"
                )
            made.append(parts[text])
        elif match["sign"]:
            made.append(text)
        elif match["bad"]:
            raise DataFileError("data/time/grammar.toml", 0, f"{rule}: {text!r} is no sign of a pattern")
    return "".join(made)


def _opened(text: str, *, named: bool) -> str:
    if text == "before(":
        return "(?<="
    if text.endswith(":(") and named:
        return f"(?P<{text[:-2]}>"
    return text if text.startswith("(?") else "(?:"
