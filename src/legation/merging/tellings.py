"""One report's account of one act, with what it takes to know it again in another report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from legation.merging.compare import days
from legation.merging.senses import sense
from legation.records import Event, Mention, Record, Report

SENSE, STORY = "=", "@"
_NAMES = 24
_AROUND = 160
_WORD = re.compile(r"[^\W_]{4,}|\d+")
_NAME_WITHIN = re.compile(r"(?<=[^\W\d_A-Z][ ,] )[A-Z][^\W\d_]{2,}|(?<=[^\W\d_A-Z] )[A-Z][^\W\d_]{2,}")
_ANY_DAY = date.min, date.max


class Telling(Record, frozen=True, kw_only=True):
    """One report's account of one act.

    ``event`` is the act as this report tells it; ``copy_of`` names the group of
    copies that the report belongs to; ``joined`` the event of the store it is
    part of by now. ``words`` are those of the sentences that speak of the act,
    and two kinds of marked ones: ``=`` and the sense of the words of the act,
    ``@`` and a name that stands anywhere in the report.
    """

    event: Event
    article: str
    published: date | None = None
    publisher: str | None = None
    copy_of: str
    words: frozenset[str] = frozenset()
    joined: str | None = None

    @property
    def id(self) -> str:
        """The id of the act as this report tells it."""
        return self.event.id

    @property
    def day(self) -> tuple[date, date]:
        """The days of the act, else that of the report; all days where neither is known."""
        return days(self.event.when) or (self.published and (self.published, self.published)) or _ANY_DAY

    @property
    def sense(self) -> str:
        """The sense of the words of the act, empty if it is not known."""
        return next((word[1:] for word in self.words if word[0] == SENSE), "")


def tellings_of(report: Report, copy_of: str | None = None) -> tuple[Telling, ...]:
    """Return a report's account of each of its events."""
    article = report.article
    mentions = {mention.id: mention for mention in report.mentions}
    names = _names(article.text)
    return tuple(
        Telling(
            event=event,
            article=article.id,
            published=article.day,
            publisher=article.publisher,
            copy_of=copy_of or article.id,
            words=names | _words(report, [mentions[name] for name in event.mentions if name in mentions]),
        )
        for event in report.events
    )


def _names(text: str) -> frozenset[str]:
    """Return the most frequent words that are written as names, of equals the first in the alphabet."""
    counted = Counter(word.casefold() for word in _NAME_WITHIN.findall(text))
    ranked = sorted(counted, key=lambda word: (-counted[word], word))
    return frozenset(STORY + word for word in ranked[:_NAMES])


def _words(report: Report, mentions: Iterable[Mention]) -> frozenset[str]:
    """Return the words around the mentions of an act, and the sense of the first of them."""
    words = set[str]()
    told = list(mentions)
    for mention in told:
        text, trigger = report.article.field(mention.field), mention.trigger
        start, end = max(0, trigger.start - _AROUND), trigger.end + _AROUND
        for sentence in report.sentences:
            if sentence.field == mention.field and sentence.start <= trigger.start < sentence.end:
                start, end = sentence.start, sentence.end
        words.update(_WORD.findall(text[start:end].casefold()))
    return frozenset(words | {SENSE + sense(mention.trigger.text) for mention in told[:1]})
