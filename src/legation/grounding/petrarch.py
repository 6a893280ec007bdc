"""Actor and agent dictionaries of TABARI and PETRARCH, read into Legation's tables.

An actor file lists names with underscores, synonyms behind ``+``, and codes in
brackets, dated or not; an agent file lists words with ``[~GOV]`` for the role
that they add, ``{PLURAL}`` for an irregular plural and ``{}`` for none, and sets
of words named ``!SET!``. Codes are CAMEO's: a country, then roles, three
letters each.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import msgspec
from msgspec.structs import replace

from legation.errors import DataFileError
from legation.grounding.tables import FOLDER, SECTORS, STATELESS, Row, read_table

_CODE = re.compile(r"\[([^\]]*)\]")
_SET = re.compile(r"^!(\w+)!\s*=\s*(.+)$")
_PLURAL = re.compile(r"\{([^}]*)\}")
_DATED = re.compile(
    r"^(?P<code>[A-Za-z~/]*)\s*"
    r"(?:(?P<side>[<>])\s*(?P<one>\d{6,8})|(?P<low>\d{6,8})\s*-\s*(?P<high>\d{6,8}))?$"
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CENTURY = 30
LONGEST_ACRONYM = 4
_SHORT_DATE, _FULL_DATE = 6, 8


class DictionaryRow(msgspec.Struct, frozen=True):
    """One code of an entry: its names, first the main one, the CAMEO code, and ISO dates (empty: open)."""

    line: int
    names: tuple[str, ...]
    code: str
    begin: str = ""
    end: str = ""
    agent: bool = False


def read_dictionary(path: Path) -> Iterator[DictionaryRow]:
    """Yield the codes of every entry of a dictionary; `DataFileError` names a line that breaks the form."""
    text = path.read_text(encoding="utf-8", errors="replace")
    text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    sets: dict[str, list[str]] = {}
    entry = _Entry()
    for number, raw in enumerate(text.splitlines(), 1):
        line = re.split(r"[#;]", raw, maxsplit=1)[0].strip()
        named = _SET.match(line)
        if named:
            sets[named[1]] = [word.strip() for word in named[2].split(",")]
            continue
        if not line or line.startswith("<"):
            continue
        words = _CODE.sub("", line).strip()
        if words and entry.codes and not words.startswith("+") and not raw.startswith(("\t", " ")):
            yield from entry.rows(path)
            entry = _Entry()
        if words:
            entry.names += _expand(words.lstrip("+"), sets, path, number, agent="~" in line)
        entry.codes += [(number, code) for code in _CODE.findall(line)]
    yield from entry.rows(path)


@dataclass
class _Entry:
    """The names and codes of one entry; synonyms may stand before its codes or behind them."""

    names: list[str] = field(default_factory=list)
    codes: list[tuple[int, str]] = field(default_factory=list)

    def rows(self, path: Path) -> Iterator[DictionaryRow]:
        """Yield a row for each code; one without dates holds when none with dates does."""
        found = [row for number, code in self.codes for row in _row(code, tuple(self.names), path, number)]
        dated = [row for row in found if row.begin or row.end]
        for row in found:
            if row in dated or not dated:
                yield row
            else:
                yield from (replace(row, begin=begin, end=end) for begin, end in _gaps(dated))


def _gaps(dated: Iterable[DictionaryRow]) -> Iterator[tuple[str, str]]:
    """Yield the spans of days before, between and after dated rows, as ISO dates (empty: open)."""
    begin = ""
    for row in sorted(dated, key=lambda row: row.begin):
        if row.begin and (not begin or row.begin > begin):
            yield begin, _shift(row.begin, -1)
        if not row.end:
            return
        begin = max(begin, _shift(row.end, 1))
    yield begin, ""


def _shift(day: str, days: int) -> str:
    """Return the day before or after an ISO date; of a year alone, its first day counts."""
    return (
        date.fromisoformat(day if len(day) > len("2020") else f"{day}-01-01") + timedelta(days)
    ).isoformat()


def dictionary_tables(path: Path) -> Iterator[tuple[str, list[Row]]]:
    """Yield a dictionary as our tables: states, dated names as people in office, other names, and agents."""
    tables: dict[str, list[Row]] = {"regions": [], "people in office": [], "organisations": [], "agents": []}
    for row in read_dictionary(path):
        found = _agent(row, path.name) if row.agent else _named(row, path.name)
        if found is not None:
            tables[found[0]].append(Row(path.name, row.line, found[1]))
    yield from tables.items()


def _agent(row: DictionaryRow, file: str) -> tuple[str, dict[str, str]]:
    country, found = plover(row.code.replace("~", ""))
    sectors = " ".join(([country] if country in STATELESS else []) + list(found))
    return "agents", _cells(row, file) | {
        "names": ";".join(name.casefold() for name in row.names),
        "kind": "unnamed", "role": "own", "sectors": sectors,
    }  # fmt: skip


def _named(row: DictionaryRow, file: str) -> tuple[str, dict[str, str]] | None:
    """Return the table and the cells of a name; None for a code that says nothing."""
    read = [plover(code) for code in row.code.split("/")]
    country, found = ";".join(code for code, _ in read if code), read[0][1]
    if not country and not found:
        return None
    cells = _cells(row, file) | {"country": country, "sectors": " ".join(found)}
    if country and not found and country not in STATELESS:
        return "regions", cells | {"adjectives": cells["names"], "people": "", "sectors": "GOV"}
    if row.begin or row.end:
        return "people in office", cells | {"office": row.code}
    return "organisations", cells | {"kind": "organization"}


def _cells(row: DictionaryRow, file: str) -> dict[str, str]:
    return {
        "key": row.names[0].casefold(), "names": ";".join(row.names), "from": row.begin, "to": row.end,
        "source": file,
    }  # fmt: skip


def plover(code: str) -> tuple[str | None, tuple[str, ...]]:
    """Return the country and the PLOVER sectors of a CAMEO actor code: ``IRQGOVMIL`` is IRQ, MIL GOV."""
    roles = _roles()
    chunks = [code[at : at + 3].upper() for at in range(0, len(code) - len(code) % 3, 3)]
    country: str | None = None
    found: list[str] = []
    for index, chunk in enumerate(chunks):
        if chunk in roles:
            found += roles[chunk].split()
        elif chunk in SECTORS:
            found.append(chunk)
        elif index == 0 or (country == "IGO" and chunk in STATELESS):
            country = chunk
    return country, tuple(dict.fromkeys(reversed(found)))


@cache
def _roles() -> dict[str, str]:
    return {row.cells["cameo"]: row.cells["sectors"] for row in read_table(FOLDER / "cameo_roles.csv")[1]}


def _row(code: str, names: tuple[str, ...], path: Path, number: int) -> Iterator[DictionaryRow]:
    if not names:
        raise DataFileError(path, number, f"the code [{code}] stands before any name")
    match = _DATED.match(code.strip())
    if not match or not match["code"].strip("~"):
        return
    begin, end = match["low"], match["high"]
    if match["side"]:
        begin, end = (match["one"], None) if match["side"] == ">" else (None, match["one"])
    yield DictionaryRow(number, names, match["code"], _iso(begin), _iso(end), "~" in match["code"])


def _iso(digits: str | None) -> str:
    if not digits:
        return ""
    if len(digits) == _SHORT_DATE:
        digits = ("19" if int(digits[:2]) >= _CENTURY else "20") + digits
    if len(digits) != _FULL_DATE or not "01" <= digits[4:6] <= "12":
        return digits[:4]
    year, month = int(digits[:4]), int(digits[4:6])
    return f"{year:04}-{month:02}-{max(1, min(int(digits[6:8]), monthrange(year, month)[1])):02}"


def _expand(words: str, sets: dict[str, list[str]], path: Path, number: int, *, agent: bool) -> list[str]:
    plural = _PLURAL.search(words)
    base = _PLURAL.sub("", words).strip()
    forms = _substitute(base, sets, path, number)
    if plural and plural[1].strip():
        forms += _substitute(plural[1].strip(), sets, path, number)
    elif agent and not plural:
        forms += [_plural(form) for form in forms]
    return [spelled for form in forms for spelled in _spelled(form)]


def _plural(word: str) -> str:
    """Return the regular plural, which PETRARCH makes of each agent word that names no other."""
    word = word.rstrip("_ ")
    if word.endswith("Y") and word[-2:-1] not in "AEIOU":
        return f"{word[:-1]}IES"
    return word if word.endswith("S") else f"{word}ES" if word.endswith(("X", "CH", "SH")) else f"{word}S"


def _spelled(form: str) -> Iterator[str]:
    """Yield a form as news would write it. Short capitals may be an acronym; of four letters, a name too."""
    words = " ".join(form.replace("_", " ").split())
    acronym = " " not in words and len(words) <= LONGEST_ACRONYM
    if acronym or not words.isupper():
        yield words
    if words.isupper() and (not acronym or (words.isalpha() and len(words) == LONGEST_ACRONYM)):
        yield words.title()


def _substitute(words: str, sets: dict[str, list[str]], path: Path, number: int) -> list[str]:
    match = re.search(r"!(\w+)!", words)
    if not match:
        return [words]
    if match[1] not in sets:
        raise DataFileError(path, number, f"the set !{match[1]}! is not defined above")
    return [
        form
        for word in sets[match[1]]
        for form in _substitute(words.replace(match[0], word, 1), sets, path, number)
    ]
