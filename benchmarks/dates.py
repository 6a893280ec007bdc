"""Scores of the reader of dates on TimeBank and AQUAINT (TimeML).

Found: an expression counts if it overlaps a gold TIMEX3, one to one (TempEval-3's relaxed match); the day
of the report is given, as there, and is neither searched for nor scored. Value: a found expression counts
if its value and the gold value mean the same. Values of days, weeks, quarters, seasons, years and so on are
compared as intervals of days, so hours and parts of days count as their day; durations by their length;
sets and vague references as written; an X in the gold value stands for any digit. Precision is of what we
found, recall of what gold has.

The sets may be measured only, and rules tuned on them in general; both are older than the peers' figures,
which are on TempEval-3's test articles.
"""

from __future__ import annotations

import argparse
import os
import re
import time
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import NamedTuple

from legation.grounding import calendar
from legation.grounding.dates import TimeExpression, find_times

PEERS = {"HeidelTime": (90.3, 77.6), "SUTime": (90.3, 67.4)}
SETS = ("timebank", "aquaint")
_TAG = re.compile(r"<[^>]*>")
_MONTHS = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200, "L": 12000}
_DAYS = {"D": 1.0, "W": 7.0}
_PARTS = {"H": 1 / 24, "M": 1 / 1440, "S": 1 / 86400}


class Gold(NamedTuple):
    """A TIMEX3 of an article: its place, words, type and value."""

    start: int
    end: int
    text: str
    kind: str
    value: str


class Document(NamedTuple):
    """An article: name, plain text, day of the report, gold expressions."""

    name: str
    text: str
    day: date | None
    gold: list[Gold]


class Tally:
    """Counts of one set."""

    def __init__(self) -> None:
        self.gold = self.ours = self.found = self.right = 0

    def f1(self, hits: int) -> float:
        """Return F1 in per cent."""
        return 200 * hits / (self.gold + self.ours) if self.gold + self.ours else 0.0

    def row(self) -> dict[str, float]:
        """Return precision, recall and F1 of what was found, and F1 and accuracy of the values."""
        return {
            "precision": 100 * self.found / max(1, self.ours),
            "recall": 100 * self.found / max(1, self.gold),
            "found_f1": self.f1(self.found),
            "value_f1": self.f1(self.right),
            "value_accuracy": 100 * self.right / max(1, self.found),
        }


def read_timeml(path: Path) -> Document:
    """Return the text of a TimeML file with its expressions; the day is that of the creation time."""
    source = path.read_text(encoding="utf-8", errors="replace")
    created = re.search(r'<TIMEX3[^>]*functionInDocument="CREATION_TIME"[^>]*>', source)
    value = re.search(r'value="(\d{4}-\d\d-\d\d)', created[0]) if created else None
    body = re.search(r"<TEXT>(.*?)</TEXT>", source, re.DOTALL)
    text, gold, opened = "", list[Gold](), list[tuple[int, str]]()
    for piece in re.split(r"(<[^>]*>)", body[1] if body else ""):
        if piece.startswith("<TIMEX3"):
            opened.append((len(text), piece))
        elif piece.startswith("</TIMEX3"):
            start, tag = opened.pop()
            attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
            gold.append(Gold(start, len(text), text[start:], attributes["type"], attributes["value"]))
        elif not piece.startswith("<"):
            text += unescape(piece)
    return Document(path.name, text, date.fromisoformat(value[1]) if value else None, gold)


def pairs(
    gold: list[Gold], ours: list[TimeExpression]
) -> Iterator[tuple[Gold | None, TimeExpression | None]]:
    """Pair expressions that overlap, one to one, in the order of the text; what is left stands alone."""
    left = list(ours)
    for one in sorted(gold):
        match = next((other for other in left if other.start < one.end and one.start < other.end), None)
        if match:
            left.remove(match)
        yield one, match
    for other in left:
        yield None, other


def same(gold: str, ours: str) -> bool:
    """Tell whether two TIMEX3 values mean the same days or the same length."""
    if gold == ours:
        return True
    if gold.startswith("P") and ours.startswith("P") and "_" not in gold + ours:
        return length(gold) == length(ours)
    first, second = interval(gold), interval(ours)
    if first and second:
        return first == second
    pattern = "".join("." if letter == "X" else re.escape(letter) for letter in gold.partition("T")[0])
    return "X" in gold and bool(re.fullmatch(pattern + ".*", ours.partition("T")[0]))


def length(value: str) -> tuple[float, float] | str:
    """Return months and days of a duration; what cannot be counted stays as it is."""
    days_part, _, hours = value[1:].partition("T")
    if "X" in value or not re.fullmatch(r"(?:[\d.]+[A-Z])*", days_part + hours):
        return value
    months = days = 0.0
    for number, unit in re.findall(r"([\d.]+)([A-Z])", days_part):
        months += float(number) * _MONTHS.get(unit, 0)
        days += float(number) * _DAYS.get(unit, 0)
    days += sum(float(number) * _PARTS.get(unit, 0) for number, unit in re.findall(r"([\d.]+)([A-Z])", hours))
    return round(months, 4), round(days, 4)


def interval(value: str) -> tuple[date, date] | None:
    """Return first and last day of a TIMEX3 date; None for what is none."""
    value = re.sub(r"(-XX)+$|X+$", "", value.partition("T")[0])
    if "/" in value:
        low, high = (interval(part) for part in value.split("/", 1))
        return (low[0], high[1]) if low and high else None
    stretch = _stretch(value)
    return (stretch.first, stretch.last) if stretch else None


def _stretch(value: str) -> calendar.Stretch | None:
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        return calendar.day_at(*(int(part) for part in found.groups()))
    if found := re.fullmatch(r"(\d{4})-W(\d{1,2})(-WE)?", value):
        day = date(int(found[1]), 1, 4) + timedelta(weeks=int(found[2]) - 1)
        return calendar.weekend_at(day) if found[3] else calendar.week_at(day)
    if found := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return calendar.month_at(int(found[1]), int(found[2]))
    if found := re.fullmatch(r"(\d{4})-([QH])(\d)", value):
        return (calendar.quarter_at if found[2] == "Q" else calendar.half_at)(int(found[1]), int(found[3]))
    if found := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return calendar.season_at(int(found[1]), found[2])
    if re.fullmatch(r"\d{2,4}", value):
        whole = int(value)
        return (
            None,
            None,
            calendar.century_at(whole + 1),
            calendar.decade_at(whole * 10),
            calendar.year_at(whole),
        )[len(value)]
    return None


def score(document: Document, tally: Tally) -> list[tuple[str, Gold | None, TimeExpression | None]]:
    """Add one article to the counts and return what is missed, invented or has a wrong value."""
    ours = list(find_times(document.text, document.day))
    errors = list[tuple[str, Gold | None, TimeExpression | None]]()
    tally.gold += len(document.gold)
    tally.ours += len(ours)
    for gold, other in pairs(document.gold, ours):
        if gold and other:
            tally.found += 1
            right = same(gold.value, other.value)
            tally.right += right
            if not right:
                errors.append(("value", gold, other))
        else:
            errors.append(("missed" if gold else "invented", gold, other))
    return errors


def measure(data: Path) -> dict[str, float]:
    """Return the scores on each set and both (``timebank_found_f1`` …) and characters read a second."""
    result: dict[str, float] = {}
    both, seconds, characters = Tally(), 0.0, 0
    for name in SETS:
        documents = [read_timeml(path) for path in sorted((data / "time" / name).glob("*.tml"))]
        tally, begun = Tally(), time.process_time()
        for document in documents:
            score(document, tally)
        seconds += time.process_time() - begun
        characters += sum(len(document.text) for document in documents)
        for count in ("gold", "ours", "found", "right"):
            setattr(both, count, getattr(both, count) + getattr(tally, count))
        result |= {f"{name}_{key}": value for key, value in tally.row().items()}
    return (
        result | {f"both_{key}": value for key, value in both.row().items()} | {"speed": characters / seconds}
    )


def main() -> None:
    """Print the scores, or with ``--errors`` what went wrong."""
    parser = argparse.ArgumentParser(description="Score dates on TimeBank and AQUAINT.")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("LEGATION_DATA", "../shared/data")))
    parser.add_argument("--errors", action="store_true", help="print every error in its context")
    options = parser.parse_args()
    if options.errors:
        for name in SETS:
            for path in sorted((options.data / "time" / name).glob("*.tml")):
                _print_errors(read_timeml(path))
        return
    scores = measure(options.data)
    print(f"{'':16}{'found F1':>10}{'precision':>11}{'recall':>8}{'value F1':>10}{'values right':>14}")
    for name in (*SETS, "both"):
        row = [
            scores[f"{name}_{key}"]
            for key in ("found_f1", "precision", "recall", "value_f1", "value_accuracy")
        ]
        print(f"{name:16}{row[0]:10.1f}{row[1]:11.1f}{row[2]:8.1f}{row[3]:10.1f}{row[4]:14.1f}")
    for peer, (found, value) in PEERS.items():
        print(f"{peer:16}{found:10.1f}{'':19}{value:10.1f}   (TempEval-3's test articles)")
    print(f"{scores['speed'] / 1e6:.2f} million characters a second")


def _print_errors(document: Document) -> None:
    for kind, gold, other in score(document, Tally()):
        start = gold.start if gold else other.start if other else 0
        end = gold.end if gold else other.end if other else 0
        around = " ".join(document.text[max(0, start - 60) : end + 40].split())
        told = f"{gold.text!r} {gold.kind} {gold.value}" if gold else "-"
        got = f"{other.text!r} {other.value}" if other else "-"
        print(f"{kind}\t{document.day}\t{told}\t{got}\t{around}")


if __name__ == "__main__":
    main()
