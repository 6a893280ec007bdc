"""ECB+ as articles with labelled events (Cybulska and Vossen 2014): topics 1 to 35, those after are kept apart.

A topic has two sub-topics: reports of one event (``ecb``), and of another of its kind (``ecbplus``).
"""

from __future__ import annotations

import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from legation.grounding.dates import find_times
from legation.records import Article

ROOT = Path(__file__).parent.parent
LAST = 35
_CLOSING = {".", ",", ";", ":", "?", "!", ")", "]", "}", "%", "’", "”", "…", "...", "''"}
_OPENING = {"(", "[", "{", "$", "£", "€", "“", "‘", "``", "#"}
_EITHER_WAY = {'"', "'"}
_CONTRACTED = {"s", "t", "re", "ve", "ll", "d", "m"}
_WITHIN_NUMBERS = {".", ":", ","}
_THOUSAND = 3
_PLAIN = {"``": "“", "''": "”", "'''": "”'", "--": "–"}
_GLUED = {"-", "/", "_", "@"}
_STOP = re.compile(r"[.?!”\"’)]$")
_ADDRESS = re.compile(r"^https? ?:")
_DAY_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?:/|$|-)")
_HEADING, _SHORT, _AT_ONCE = 4, 80, 40


class Token(NamedTuple):
    """A token of a document: its id, sentence and word."""

    id: str
    sentence: int
    text: str


class Gold(NamedTuple):
    """A labelled mention of an event: its offsets, words and the event."""

    start: int
    end: int
    text: str
    event: str


class Document(NamedTuple):
    """A document: its article and the labelled mentions in its text."""

    name: str
    topic: str
    subtopic: str
    article: Article
    gold: list[Gold]


def read_topics(folder: Path | None = None) -> dict[str, list[Document]]:
    """Return the documents by topic."""
    folder = folder or Path(os.environ.get("LEGATION_DATA", ROOT / "../shared/data")) / "events" / "ecbplus"
    if not folder.is_dir():
        raise SystemExit(f"{folder} is no folder; set LEGATION_DATA to the one that holds events/ecbplus")
    names = sorted(int(path.name) for path in folder.iterdir() if path.name.isdecimal())
    topics = [str(name) for name in names if name <= LAST]
    return {topic: [read(path) for path in sorted((folder / topic).glob("*.xml"))] for topic in topics}


def read(path: Path) -> Document:
    """Return one file as an article and its labelled mentions."""
    root = ET.parse(path).getroot()
    tokens = [
        Token(t.get("t_id", ""), int(t.get("sentence", "0")), (t.text or "").strip())
        for t in root.iter("token")
    ]
    address, body = _address(tokens)
    subtopic = "ecbplus" if "ecbplus" in path.name else "ecb"
    text, places = joined(body, hyphens_split=subtopic == "ecbplus")
    article = Article(text=text, published=_day(address, text), url=address, publisher=_publisher(address))
    gold = list(_gold(root, text, places, path.name))
    return Document(path.name, path.parent.name, subtopic, article, gold)


def _address(tokens: Sequence[Token]) -> tuple[str | None, list[Token]]:
    """Return the address that stands before the text, and the other tokens."""
    first = [token.text for token in tokens if token.sentence == 0]
    if not _ADDRESS.match(" ".join(first[:2])):
        return None, list(tokens)
    return "".join(first), [token for token in tokens if token.sentence]


def _publisher(address: str | None) -> str | None:
    found = re.match(r"https?://([^/]+)", address or "")
    return found and found[1]


def joined(tokens: Sequence[Token], *, hyphens_split: bool) -> tuple[str, dict[str, tuple[int, int]]]:
    """Return the text that tokens make, and where each stands; a line that ends without a stop stands alone.

    ``hyphens_split`` says that hyphens within words stand as tokens of their own.
    """
    text, places, opened = "", dict[str, tuple[int, int]](), set[str]()
    for number, token in enumerate(tokens):
        word = _PLAIN.get(token.text, token.text)
        if number == 0:
            gap = ""
        elif token.sentence != tokens[number - 1].sentence:
            gap, opened = (" " if _STOP.search(text) else "\n\n"), set()
        else:
            gap = _gap(
                [t.text for t in tokens[max(0, number - 2) : number]], token.text, opened, hyphens_split
            )
        if token.text in _EITHER_WAY:
            opened ^= {token.text}
        places[token.id] = (len(text + gap), len(text + gap + word))
        text += gap + word
    return text, places


def _gap(earlier: Sequence[str], here: str, opened: set[str], hyphens_split: bool) -> str:
    """Return what stands between two tokens of one sentence."""
    before = earlier[-1]
    if here in _EITHER_WAY:
        return "" if here in opened or before in _OPENING or (here == "'" and before.endswith("s")) else " "
    if before in _EITHER_WAY and before in opened:
        return ""
    if here in _CLOSING or before in _OPENING or here.startswith(("'", "n't")):
        return ""
    if before == "’":
        return "" if here in _CONTRACTED else " "
    if hyphens_split and (here in _GLUED or before in _GLUED):
        return ""
    if hyphens_split and before in _WITHIN_NUMBERS and here.isdecimal() and earlier[0].isdecimal():
        return "" if before != "," or len(here) == _THOUSAND else " "
    return "" if before == "." and len(here) == len(earlier[0]) == 1 and here.isalpha() else " "


def _gold(root: ET.Element, text: str, places: dict[str, tuple[int, int]], name: str) -> Iterator[Gold]:
    """Yield the mentions of events that were given an event; those without one were not looked at."""
    events = dict[str, str]()
    for number, relation in enumerate(root.iter()):
        if relation.tag in {"CROSS_DOC_COREF", "INTRA_DOC_COREF"}:
            event = relation.get("note") or f"{name} {number}"
            events |= {source.get("m_id", ""): event for source in relation.findall("source")}
    for mark in root.find("Markables") or ():
        spans = [
            places[a.get("t_id", "")] for a in mark.findall("token_anchor") if a.get("t_id", "") in places
        ]
        event = events.get(mark.get("m_id", ""))
        if "ACTION" in mark.tag and spans and event:
            start, end = min(spans)[0], max(spans)[1]
            yield Gold(start, end, text[start:end], event)


def _day(address: str | None, text: str) -> date | None:
    """Return the day that the address or one of the first lines names, or None."""
    found = _DAY_IN_ADDRESS.search(address or "")
    if found:
        year, month, day = map(int, found.groups())
        if 1 <= month <= 12 and 1 <= day <= 31:
            return date(year, month, day)
    for line in text.split("\n\n")[:_HEADING]:
        near = len(line) if len(line) <= _SHORT else _AT_ONCE
        named = [t.from_ for t in find_times(line[:_SHORT], None) if t.precision == "day" and t.start < near]
        if any(named):
            return next(filter(None, named))
    return None
