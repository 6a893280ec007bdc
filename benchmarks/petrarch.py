"""PETRARCH's unit tests, with its own dictionaries read as a user's (measured only, never fitted to).

    python benchmarks/petrarch.py            # a table
    python benchmarks/petrarch.py --errors   # and each sentence that is not all right

Sentences about invented countries, with the codes that its authors expect. UniversalPetrarch gets 12.3% of them exactly
right (quoted, not measured here); our target is 60%. Actors are compared as country and PLOVER sectors, GOV put aside
(a country alone stands for its government); event codes as types, by ``data/weis.tsv``.

Left out: tests of error messages and of the options of PETRARCH, and sentences with nothing expected but comments.
Sentences whose event code was made up for the test count for the actors alone.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

import legation
from legation.grounding.petrarch import plover

ROOT = Path(__file__).parent.parent
FOLDER = Path(os.environ.get("LEGATION_DATA", ROOT / "../shared/data")) / "coding" / "petrarch_unit_tests"
MUTUAL = frozenset({"CONSULT", "AGREE"})
Side = tuple[str | None, frozenset[str]]
NOBODY: Side = (None, frozenset())
_PARSE = re.compile(r"<Parse>.*?</Parse>|<!--.*?-->", re.DOTALL)
_SENTENCE = re.compile(r"<Sentence\s(.*?)>(.*?)</Sentence>", re.DOTALL)
_CELL = re.compile(r"""(\w+)\s*=\s*"([^"]*)\"""")


@dataclass(frozen=True)
class Wanted:
    """An expected event; no types if its code means nothing beyond the test."""

    source: Side
    target: Side
    types: frozenset[str]


@dataclass(frozen=True)
class Case:
    """A sentence with its day and the events expected of it."""

    name: str
    category: str
    day: date
    text: str
    wanted: tuple[Wanted, ...]


@dataclass(frozen=True)
class Dyad:
    """One coded act between two parties."""

    source: Side
    target: Side
    type: str
    mutual: bool


def cases() -> Iterator[Case]:
    """Yield the sentences that can be scored."""
    text = (FOLDER / "PETR.UnitTest.records.xml").read_text(encoding="utf-8", errors="replace")
    for opening, content in _SENTENCE.findall(text):
        cells, body = dict(_CELL.findall(opening)), _PARSE.sub("", content)
        told = re.search(r"<Text>(.*?)</Text>", body, re.DOTALL)
        raw = re.findall(r"<EventCoding(.*?)>", body, re.DOTALL)
        if told is None or not raw or any("error" in one or "'" in one for one in raw):
            continue
        events = [dict(_CELL.findall(one)) for one in raw]
        expected = [wanted(one) for one in events if "eventcode" in one]
        acts = tuple(one for one in expected if one is not None)
        if expected and not acts:
            continue
        day = date.fromisoformat(cells["date"])
        yield Case(cells["id"], cells["category"], day, unescape(" ".join(told[1].split())), acts)


def wanted(event: dict[str, str]) -> Wanted | None:
    """Return an expected event; None for a comment."""
    code = event["eventcode"]
    found = next((types()[code[:n]] for n in range(len(code), 1, -1) if code[:n] in types()), frozenset())
    if found == {"-"}:
        return None
    return Wanted(side(event["sourcecode"]), side(event["targetcode"]), found)


@cache
def types() -> dict[str, frozenset[str]]:
    """Return the types of each code."""
    with (ROOT / "benchmarks" / "data" / "weis.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader((line for line in file if line[0] != "#"), delimiter="\t")
        return {row["code"]: frozenset(row["types"].split()) for row in rows}


def side(code: str) -> Side:
    """Return the country and the sectors of an actor code, GOV put aside."""
    country, sectors = plover(code.replace("---", "   ").replace("###", "   "))
    return country if country and country.strip() else None, frozenset(sectors) - {"GOV"}


def dyads(mentions: Iterable[legation.Mention]) -> Iterator[Dyad]:
    """Yield each act between each actor and each recipient."""
    for mention in mentions:
        for actor in [_side(p) for p in mention.actors] or [NOBODY]:
            for recipient in [_side(p) for p in mention.recipients] or [NOBODY]:
                yield Dyad(actor, recipient, mention.type, mention.reciprocal or mention.type in MUTUAL)


def _side(party: legation.Party) -> Side:
    """Return a party's country and sectors; a country taken from the scene alone is none to PETRARCH."""
    return None if party.inferred else party.country, frozenset(party.sectors) - {"GOV"}


def same_actors(one: Wanted, own: Dyad) -> bool:
    """Say whether an act has the expected parties, in either order if it is mutual."""
    straight = (one.source, one.target) == (own.source, own.target)
    return straight or (own.mutual and (one.target, one.source) == (own.source, own.target))


def known(own: Dyad) -> bool:
    """Say whether both parties have a country, without which PETRARCH codes nothing."""
    return own.source[0] is not None and own.target[0] is not None


def score(case: Case, own: list[Dyad]) -> dict[str, bool]:
    """Return what is right of a sentence. An expected event is found by an act with its parties and type."""
    actors = all(any(same_actors(one, act) for act in own) for one in case.wanted)
    fits = [
        [one for one in case.wanted if same_actors(one, act) and (not one.types or act.type in one.types)]
        for act in own
    ]
    found = all(any(one in fit for fit in fits) for one in case.wanted)
    extra = [act for act, fit in zip(own, fits, strict=True) if not fit and known(act)]
    right = {"actors": actors, "all": found, "exact": found and not extra}
    if not case.wanted:
        right = dict.fromkeys(right, not extra)
    return right


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        codes = Path(folder) / "codes.csv"
        codes.write_text(
            "code,type\n" + "".join(f"{code},{min(kinds)}\n" for code, kinds in types().items()),
            encoding="utf-8",
        )
        coder = legation.Coder(
            actors=[FOLDER / "PETR.Validate.actors.txt", FOLDER / "PETR.Validate.agents.txt"],
            codebook=[FOLDER / "PETR.Validate.verbs.txt", codes],
        )
    hits: Counter[tuple[str, str]] = Counter()
    for case in cases():
        mentions = coder.read(case.text, date=case.day).mentions
        right = score(case, list(dyads(mentions)))
        meaningless = any(not one.types for one in case.wanted)
        for group in (case.category, "every sentence"):
            hits[group, "sentences"] += 1
            hits[group, "actors"] += right["actors"]
            hits[group, "coded"] += not meaningless
            for name in ("all", "exact"):
                hits[group, name] += right[name] and not meaningless
        if options.errors and not (right["actors"] if meaningless else right["exact"]):
            _show(case, mentions, right)
    print(f"{'tests':16} {'n':>4} {'actors':>7} {'n':>5} {'actors and type':>16} {'and nothing else':>17}")
    for group in dict.fromkeys(group for group, _ in hits):
        row = {name: hits[group, name] for name in ("sentences", "actors", "coded", "all", "exact")}
        shares = [
            100 * row[a] / max(1, row[b])
            for a, b in (("actors", "sentences"), ("all", "coded"), ("exact", "coded"))
        ]
        print(
            f"{group:16} {row['sentences']:4} {shares[0]:7.1f} {row['coded']:5} {shares[1]:16.1f} {shares[2]:17.1f}"
        )


def _show(case: Case, mentions: Iterable[legation.Mention], right: dict[str, bool]) -> None:
    code = lambda one: f"{one[0]} {' '.join(sorted(one[1]))}".strip()  # noqa: E731
    print(case.name, *(name for name, good in right.items() if not good), "|", case.text)
    for one in case.wanted:
        print(
            f"    wanted {code(one.source)} → {code(one.target)} {' '.join(sorted(one.types)) or 'any type'}"
        )
    for mention in mentions:
        sides = [
            "; ".join(f"{p.text} [{code(_side(p))}]" for p in x) for x in (mention.actors, mention.recipients)
        ]
        print(
            f"    coded  {sides[0]} → {sides[1]} {mention.type} {mention.trigger.text!r} {mention.confidence}"
        )


if __name__ == "__main__":
    main()
