"""Labelled sentences: a plain format that people write by hand.

A block is a sentence and the acts it speaks of::

    > Washington turned down an Iraqi request to withdraw US troops, an aide said.
      turned down | REJECT yield | occurred | by Washington [USA GOV] | to Iraqi [IRQ GOV] | says an aide
      request | REQUEST yield | occurred | by Iraqi [IRQ GOV] | to Washington [USA GOV] | says an aide
      withdraw | RETREAT withdraw | intended | by US troops [USA MIL]

Parts after the first three come in any order. ``by`` an actor, ``to`` a
recipient, each with codes in brackets (country, then sectors; ``-`` for no
country); ``says`` the source; ``on`` a day or ``from..to``; ``at`` a place
with its country; ``dead`` and ``hurt`` a number or ``low-high``; the bare words
``quoted``, ``reciprocal`` and ``unsure``. Words must stand in the sentence;
``word#2`` takes the second place where they stand. ``the plant => Sellafield
[GBR]`` says whom a phrase refers to. A sentence with no lines speaks of no act.
``@ 2020-01-11`` sets the date of the report for the sentences below it;
``@ 2020-01-11 report`` says that they are one report, in order, the first its
headline. Lines that begin with ``#`` are comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from legation.errors import DataFileError
from legation.records import STATUSES, Record, Span, Status, Toll

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
_CODED = re.compile(r"^(?P<text>.+?)(?:\s*=>\s*(?P<name>[^\[\]]+?))?\s*\[(?P<codes>[^\]]*)\]$")
_NTH = re.compile(r"^(?P<text>.+)#(?P<nth>\d+)$")


class LabelledParty(Record, frozen=True, kw_only=True):
    """A party as a person marked it."""

    span: Span
    name: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()


class LabelledMention(Record, frozen=True, kw_only=True):
    """A mention as a person marked it; offsets count from the sentence's start."""

    trigger: Span
    type: str
    mode: str | None = None
    status: Status
    actors: tuple[LabelledParty, ...] = ()
    recipients: tuple[LabelledParty, ...] = ()
    source: Span | None = None
    quoted: bool = False
    reciprocal: bool = False
    unsure: bool = False
    from_: date | None = None
    to: date | None = None
    where: LabelledParty | None = None
    deaths: Toll | None = None
    injuries: Toll | None = None


class LabelledSentence(Record, frozen=True, kw_only=True):
    """A sentence and every act in it; ``report`` is the line that begins its report, 0 if it stands alone."""

    text: str
    mentions: tuple[LabelledMention, ...]
    day: date | None = None
    line: int = 0
    report: int = 0


def read_labels(path: Path) -> Iterator[LabelledSentence]:
    """Yield the sentences of a label file; `DataFileError` names a line that breaks the format."""
    day, report = None, 0
    text, start, mentions = "", 0, list[LabelledMention]()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if stripped[0] in ">@" and text:
            yield LabelledSentence(text=text, mentions=tuple(mentions), day=day, line=start, report=report)
            text, mentions = "", []
        if stripped[0] == ">":
            text, start = stripped[1:].strip(), number
        elif stripped[0] == "@":
            words, _, whole = stripped[1:].strip().partition(" ")
            day, report = _day(words, path, number), number if _is_report(whole, path, number) else 0
        elif not text:
            raise DataFileError(path, number, "a mention stands before any '> sentence'")
        else:
            mentions.append(_mention(stripped, text, path, number))
    if text:
        yield LabelledSentence(text=text, mentions=tuple(mentions), day=day, line=start, report=report)


def _is_report(word: str, path: Path, number: int) -> bool:
    if word not in {"", "report"}:
        raise DataFileError(path, number, f"{word!r} stands after the date; only 'report' can")
    return bool(word)


def _mention(line: str, text: str, path: Path, number: int) -> LabelledMention:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) < len(("trigger", "type", "status")):
        raise DataFileError(path, number, "a mention needs at least 'trigger | TYPE | status'")
    kind, _, mode = parts[1].partition(" ")
    if kind not in TYPES:
        raise DataFileError(path, number, f"{kind!r} is no event type; one of {', '.join(TYPES)}")
    if parts[2] not in STATUSES:
        raise DataFileError(path, number, f"{parts[2]!r} is no status; one of {', '.join(STATUSES)}")
    values: dict[str, Any] = {"actors": (), "recipients": ()}
    for part in parts[3:]:
        _add(values, part, text, path, number)
    return LabelledMention(
        trigger=_find(parts[0], text, path, number), type=kind, mode=mode.strip() or None, status=parts[2],
        **values,
    )  # fmt: skip


def _add(values: dict[str, Any], part: str, text: str, path: Path, number: int) -> None:
    """Add to the fields of a mention what one part of its line says."""
    key, _, rest = part.partition(" ")
    match key:
        case "by":
            values["actors"] += (_party(rest, text, path, number),)
        case "to":
            values["recipients"] += (_party(rest, text, path, number),)
        case "at":
            values["where"] = _party(rest, text, path, number)
        case "says":
            values["source"] = _find(rest, text, path, number)
        case "on":
            low, _, high = rest.partition("..")
            values["from_"], values["to"] = _day(low, path, number), _day(high or low, path, number)
        case "dead" | "hurt":
            values["deaths" if key == "dead" else "injuries"] = _toll(rest, path, number)
        case "quoted" | "reciprocal" | "unsure":
            values[key] = True
        case _:
            known = "by, to, at, says, on, dead, hurt, quoted, reciprocal, unsure"
            raise DataFileError(path, number, f"{key!r} is no part; one of {known}")


def _party(part: str, text: str, path: Path, number: int) -> LabelledParty:
    match = _CODED.match(part)
    if not match:
        raise DataFileError(path, number, f"{part!r} needs codes in brackets: 'words [USA GOV]'")
    codes = match["codes"].split()
    country = codes[0] if codes and codes[0] != "-" else None
    if country and not re.fullmatch(r"[A-Z]{3}", country):
        raise DataFileError(path, number, f"{country!r} is no country code of three letters")
    span = _find(match["text"], text, path, number)
    return LabelledParty(span=span, name=match["name"], country=country, sectors=tuple(codes[1:]))


def _find(words: str, text: str, path: Path, number: int) -> Span:
    match = _NTH.match(words)
    wanted, nth = (match["text"], int(match["nth"])) if match else (words, 1)
    found = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", text)]
    if len(found) < nth:
        raise DataFileError(path, number, f"{words!r} does not stand in the sentence as whole words")
    start = found[nth - 1]
    return Span(text=wanted, start=start, end=start + len(wanted))


def _day(words: str, path: Path, number: int) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise DataFileError(path, number, f"{words!r} is no date; write 2020-01-10") from None


def _toll(words: str, path: Path, number: int) -> Toll:
    match = re.fullmatch(r"(\d+)(?:-(\d+))?", words)
    if not match:
        raise DataFileError(path, number, f"{words!r} is no number of people; write 2 or 3-5")
    return Toll(low=int(match[1]), high=int(match[2] or match[1]))
