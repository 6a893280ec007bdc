"""From a draft to an article: characters, language and date, checked in one place for all sources."""

from __future__ import annotations

import re
from datetime import date, datetime

from legation.records import Article
from legation.sources.dates import read_date
from legation.sources.encodings import BROKEN, clean
from legation.sources.items import MEGABYTE, TEXT_LIMIT, Draft, Options, Refusal, printable
from legation.sources.languages import foreign_language

_LONGEST_WORD = 1000
_RUN = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}")
_ENGLISH = ("en", "eng", "english")


def finish(draft: Draft, options: Options) -> Article | Refusal:
    """Check a draft and make the article of it, or say why it is refused."""
    name = printable(draft.name)
    text, controls = clean(draft.text)
    title = clean(draft.title)[0].strip() or None if draft.title else None
    if not text.strip() and not title:
        return Refusal(name=name, reason="there is no text in it")
    if len(text) > TEXT_LIMIT:
        return Refusal(
            name=name, reason=f"the text is larger than {TEXT_LIMIT // MEGABYTE} MB", mend="split it"
        )
    if foreign := _foreign(draft, title, text):
        return Refusal(name=name, reason=f"language is {foreign[1]} ({foreign[0]}), only English is coded")
    try:
        published = _published(draft, options)
    except ValueError as error:
        return Refusal(name=name, reason=printable(str(error)), mend="write it as 2020-01-11")
    if controls:
        options.note(name, f"{_count(controls, 'control character')} became spaces")
    if broken := text.count(BROKEN):
        options.note(name, f"{_count(broken, 'broken byte')} became {BROKEN}, the encoding may be mixed")
    return Article(
        text=_without_runs(text, name, options),
        title=title,
        published=published,
        url=_plain(draft.url),
        publisher=_plain(draft.publisher),
        language="en",
        fetched=draft.fetched,
        id=_plain(draft.id) or "",
    )


def _foreign(draft: Draft, title: str | None, text: str) -> tuple[str, str] | None:
    """Ask what the text is written in, unless the source says that it is English."""
    if draft.language and draft.language.lower().replace("_", "-").split("-")[0] in _ENGLISH:
        return None
    return foreign_language(f"{title}\n{text}" if title else text)


def _published(draft: Draft, options: Options) -> date | datetime | None:
    try:
        found = read_date(draft.date)
    except ValueError as error:
        if not draft.guessed:
            raise
        options.note(draft.name, f"{error}, it is left out")
        found = None
    return options.date if found is None else found


def _without_runs(text: str, name: str, options: Options) -> str:
    """Leave out runs of characters that no word is as long as: encoded files, broken markup."""
    shortened, runs = _RUN.subn("…", text)
    if runs:
        options.note(
            name, f"{_count(runs, 'run')} of more than {_LONGEST_WORD} characters without a space left out"
        )
    return shortened


def _plain(value: str | None) -> str | None:
    return (clean(value)[0].strip() or None) if value else None


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
