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
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from legation.errors import DataFileError
from legation.grounding.tables import FOLDER, SECTORS, STATELESS, Row, read_table

_CODE = re.compile(r"\[([^\]]*)\]")
_SET = re.compile(r"^!(\w+)!\s*=\s*(.+)$")
_PLURAL = re.compile(r"\{([^}]*)\}")
_DATED = re.compile(
    r"^(?P<code>[A-Za-z~]*)\s*"
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
    names: list[str] = []
    coded = False
    for number, raw in enumerate(text.splitlines(), 1):
        line = re.split(r"[#;]", raw, maxsplit=1)[0].strip()
        named = _SET.match(line)
        if named:
            sets[named[1]] = [word.strip() for word in named[2].split(",")]
            continue
        if not line or line.startswith("<"):
            continue
        words = _CODE.sub("", line).strip()
        if words and not words.startswith("+") and not raw.startswith(("\t", " ")) and (coded or names):
            if not coded and not _CODE.search(line):
                names += _expand(words, sets, path, number)
                continue
            if coded:
                names, coded = [], False
        if words:
            names += _expand(words.lstrip("+"), sets, path, number)
        for code in _CODE.findall(line):
            coded = True
            yield from _row(code, tuple(names), path, number)


def dictionary_tables(path: Path) -> Iterator[tuple[str, list[Row]]]:
    """Yield a dictionary as our tables: dated names as people in office, the others as organisations."""
    agents: list[Row] = []
    offices: list[Row] = []
    named: list[Row] = []
    for row in read_dictionary(path):
        country, found = plover(row.code.replace("~", ""))
        cells = {
            "key": row.names[0].casefold(), "names": ";".join(row.names), "country": country or "",
            "sectors": " ".join(found), "from": row.begin, "to": row.end, "source": path.name,
        }  # fmt: skip
        if row.agent:
            cells["sectors"] = " ".join(([country] if country in STATELESS else []) + list(found))
            cells |= {
                "kind": "unnamed",
                "role": "own",
                "names": ";".join(name.casefold() for name in row.names),
            }
            agents.append(Row(path.name, row.line, cells))
        elif country is None and not found:
            continue
        elif row.begin or row.end:
            offices.append(Row(path.name, row.line, cells | {"office": row.code}))
        else:
            kind = "state" if not found and country not in STATELESS else "organization"
            sectors = cells["sectors"] or ("GOV" if kind == "state" else "")
            named.append(Row(path.name, row.line, cells | {"kind": kind, "sectors": sectors}))
    yield "people in office", offices
    yield "organisations", named
    yield "agents", agents


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


def _expand(words: str, sets: dict[str, list[str]], path: Path, number: int) -> list[str]:
    plural = _PLURAL.search(words)
    base = _PLURAL.sub("", words).strip()
    forms = [base]
    if plural and plural[1].strip():
        forms.append(plural[1].strip())
    return [_spelled(form) for each in forms for form in _substitute(each, sets, path, number)]


def _spelled(form: str) -> str:
    """Return a form as news would write it: capitals throughout stand only in acronyms."""
    words = " ".join(form.replace("_", " ").split())
    acronym = " " not in words and len(words) <= LONGEST_ACRONYM
    return words.title() if words.isupper() and not acronym else words


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
