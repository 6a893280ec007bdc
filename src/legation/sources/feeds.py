"""http and https addresses: a page is an article; a feed (RSS, Atom) leads to many."""

from __future__ import annotations

import re
from typing import Any

from legation.errors import InputError
from legation.sources.encodings import decode
from legation.sources.fetching import Answer, Fetcher
from legation.sources.items import Draft, Found, Options, Refusal
from legation.sources.kinds import is_html, refuse_binary
from legation.sources.pages import read_page
from legation.sources.text import split_text

_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b")
_ENTITY = b"<!ENTITY"
_HEAD = 4096
_FULL_TEXT = 1000  # characters of an entry that make fetching its page needless


def read_url(url: str, fetcher: Fetcher, options: Options) -> Found:
    """Yield the article of a page, or the articles that a feed leads to."""
    answer = fetcher.get(url)
    if answer is None:
        options.note(url, "not changed since it was last read")
        return
    if _FEED.search(decode(answer.body[:_HEAD])):
        yield from _read_feed(url, answer, fetcher, options)
        return
    yield _read_answer(url, answer)
    _remember(url, answer, options)


def _read_answer(url: str, answer: Answer) -> Draft:
    head = decode(answer.body[:_HEAD])
    if "html" in answer.kind or is_html(head):
        return read_page(answer.body, url, url=answer.url, charset=answer.charset, fetched=answer.fetched)
    refuse_binary(answer.body[:_HEAD], url)
    if not answer.kind.startswith("text/"):
        raise InputError(url, f"this is {answer.kind or 'of no stated kind'}, not a page or a feed")
    draft = split_text(decode(answer.body), url)
    draft.url, draft.fetched = answer.url, answer.fetched
    return draft


def _read_feed(url: str, answer: Answer, fetcher: Fetcher, options: Options) -> Found:
    """Read each entry; the feed counts as read only if no page of it has failed."""
    feed = _parse(url, answer)
    whole = True
    for number, entry in enumerate(feed.entries, 1):
        try:
            draft = _read_entry(entry, f"{url}, entry {number}", answer, fetcher, options)
        except InputError as error:
            whole = False
            yield Refusal.of(error)
            continue
        if draft is not None:
            draft.publisher = draft.publisher or feed.feed.get("title")
            yield draft
    if not feed.entries:
        raise InputError(url, "there are no entries in this feed")
    if whole:
        _remember(url, answer, options)


def _parse(url: str, answer: Answer) -> Any:
    try:
        import feedparser  # type: ignore[import-untyped]
    except ImportError:
        raise InputError(url, "feeds need feedparser", "pip install 'legation[feeds]'") from None
    if _ENTITY in answer.body:
        raise InputError(url, "this feed defines entities of its own, which is not read")
    feed = feedparser.parse(
        answer.body, response_headers={"content-type": answer.kind, "content-location": answer.url}
    )
    if feed.bozo and not feed.entries:
        raise InputError(url, "this is no feed that can be read")
    return feed


def _read_entry(
    entry: Any,
    name: str,
    answer: Answer,
    fetcher: Fetcher,
    options: Options,
) -> Draft | None:
    """Return the article of an entry: its own full text, or the page that it links to; None if unchanged."""
    link = entry.get("link")
    text = _full_text(entry)
    if text:
        draft = Draft(name=link or name, text=text, url=link, fetched=answer.fetched)
    elif link:
        page = fetcher.get(link)
        if page is None:
            return None
        draft = _read_answer(link, page)
        _remember(link, page, options)
    else:
        raise InputError(name, "this entry has neither a text nor a link")
    draft.title = _plain(entry.get("title")) or draft.title
    stated = entry.get("published") or entry.get("updated")
    if stated:
        draft.date, draft.guessed = stated, True
    return draft


def _full_text(entry: Any) -> str | None:
    held = "".join(part.get("value", "") for part in entry.get("content", ()))
    text = _plain(held) if held else None
    return text if text and len(text) >= _FULL_TEXT else None


def _plain(markup: str | None) -> str | None:
    """Return the text of a piece of HTML, its blocks set apart by blank lines."""
    if not markup:
        return None
    if "<" not in markup and "&" not in markup:
        return markup.strip() or None
    from lxml import etree, html  # type: ignore[import-untyped]

    try:
        tree = html.fromstring(f"<div>{markup}</div>")
    except (etree.ParserError, ValueError):
        return None
    for block in tree.iter("p", "br", "div", "li", "h1", "h2", "h3", "h4", "blockquote"):
        block.tail = "\n\n" + (block.tail or "")
    lines = (" ".join(line.split()) for line in tree.text_content().split("\n"))
    return "\n\n".join(line for line in lines if line) or None


def _remember(url: str, answer: Answer, options: Options) -> None:
    if options.visits:
        options.visits.remember(url, answer.validators)
