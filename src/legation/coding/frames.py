"""The small language of the lexicon: conditions on a sentence, and links to the parties.

A condition is ``link=lemma,lemma``, ``link!=lemma``, ``link=*`` (there is one),
``link!=*`` (there is none), ``person-link`` (a person, group, country or
organisation stands there) or ``passive``; ``!`` before a flag turns it round.
This module reads that notation and checks it; it looks at no sentence.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WORD_LINKS = frozenset({"subj", "obj", "iobj", "mod", "poss", "comp", "inf", "sent"})
PARTY_LINKS = frozenset({"subj", "obj", "iobj", "poss", "compound", "mod", "after"})
COMPLEMENT_LINKS = frozenset({"comp.subj", "comp.obj", "comp.recipient"})
NO_PARTY = "-"
_SHORT = {
    "comp": "comp=*",
    "no-comp": "comp!=*",
    "to": "inf=*",
    "no-to": "inf!=*",
    "has-obj": "obj=*",
    "no-obj": "obj!=*",
}
_TEST = re.compile(r"(?P<link>[a-z.]+)(?P<sign>!?=)(?P<values>\S+)")
_LEMMAS = re.compile(r"[^\s,;=|]+(?:,[^\s,;=|]+)*")


class FrameError(ValueError):
    """A condition or link that the notation does not know; the message says why."""


class Condition(msgspec.Struct, frozen=True, gc=False):
    """One test on the words around a trigger.

    ``link`` says where to look: a structural link (``subj``, ``obj``, ``iobj``,
    ``mod``, ``poss``, ``comp`` and ``inf`` for the verb of a clausal or infinitive
    complement, ``sent`` for any word of the sentence) or a preposition; ``obj.``
    before it looks at what hangs on the object. ``lemmas`` are lower-case lemmas of
    the head word there, None for any word. ``flag`` is empty, ``person`` (what
    stands at ``link`` must be a party) or ``passive`` (``link`` is empty).
    ``negated`` turns the whole test round.
    """

    link: str
    negated: bool = False
    lemmas: frozenset[str] | None = None
    flag: str = ""


class Notation:
    """Reads frames and links, with the named sets and prepositions of one codebook."""

    def __init__(self, sets: Mapping[str, frozenset[str]]) -> None:
        self._sets = sets
        self._frames: dict[str, tuple[Condition, ...]] = {}
        self._conditions: dict[str, Condition] = {}
        self._links: dict[str, tuple[str, ...]] = {}

    @cached_property
    def prepositions(self) -> frozenset[str]:
        """The words that may stand as a link of their own."""
        return self._sets.get("prepositions", frozenset())

    def frame(self, text: str) -> tuple[Condition, ...]:
        """Return the conditions of a frame, in the order written."""
        if text not in self._frames:
            self._frames[text] = tuple([self._known(part) for part in text.split()])
        return self._frames[text]

    def links(self, text: str) -> tuple[str, ...]:
        """Return the alternatives of an actor or recipient column; ``-`` gives none."""
        if text not in self._links:
            names = () if text in ("", NO_PARTY) else tuple(name.strip() for name in text.split(","))
            for name in names:
                self._check_party_link(name)
            self._links[text] = names
        return self._links[text]

    def _known(self, text: str) -> Condition:
        """Read a condition once; frames share it."""
        found = self._conditions.get(text)
        if found is None:
            found = self._conditions[text] = self._condition(text)
        return found

    def _condition(self, text: str) -> Condition:
        if text in _SHORT:
            return self._condition(_SHORT[text])
        if "=" not in text:
            return self._flag(text)
        match = _TEST.fullmatch(text)
        if not match:
            raise FrameError(f"{text!r} is no condition; write link=lemma,lemma")
        self._check_word_link(match["link"])
        return Condition(match["link"], match["sign"] == "!=", self._lemmas(match["values"]))

    def _flag(self, text: str) -> Condition:
        name = text.removeprefix("!")
        if name == "passive":
            return Condition("", name != text, None, "passive")
        if not name.startswith("person-"):
            known = ("passive", "person-obj", "person-subj", *_SHORT)
            raise FrameError(f"{text!r} is no condition{hint(name, known)}")
        link = name.removeprefix("person-")
        self._check_word_link(link)
        return Condition(link, name != text, None, "person")

    def _lemmas(self, values: str) -> frozenset[str] | None:
        if values == "*":
            return None
        if not _LEMMAS.fullmatch(values) or values != values.lower():
            raise FrameError(f"{values!r} is no list of lemmas; write lower-case words with commas between")
        parts = values.split(",")
        if len(parts) == 1 and values[0] == "@":
            return self._set(values[1:])
        sets = [self._set(part[1:]) for part in parts if part[0] == "@"]
        return frozenset(part for part in parts if part[0] != "@").union(*sets)

    def _set(self, name: str) -> frozenset[str]:
        if name not in self._sets:
            raise FrameError(f"no set is named @{name}{hint(name, self._sets)}")
        return self._sets[name]

    def _check_word_link(self, link: str) -> None:
        name = link.removeprefix("obj.")
        if name not in WORD_LINKS and name not in self.prepositions:
            raise FrameError(f"{link!r} is no link{hint(name, {*WORD_LINKS, *self.prepositions})}")

    def _check_party_link(self, link: str) -> None:
        if link in COMPLEMENT_LINKS:
            return
        name = link.removeprefix("obj.")
        preposition = name.removeprefix("prep:") if name.startswith("prep:") else None
        if name not in PARTY_LINKS and preposition not in self.prepositions:
            known = {*PARTY_LINKS, *COMPLEMENT_LINKS, *("prep:" + word for word in self.prepositions)}
            raise FrameError(f"{link!r} is no link to a party{hint(name, known)}")


def hint(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean 'x'?`` for the nearest known word, or nothing."""
    near = get_close_matches(word, list(known), 1)
    return f"; did you mean {near[0]!r}?" if near else ""
