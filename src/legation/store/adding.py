"""A batch of reports becomes rows: what is new, what it changes, what it supersedes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec

from legation.merging import (
    Cluster,
    Telling,
    fingerprint,
    group_copies,
    merge_article,
    merge_reports,
    tellings_of,
)
from legation.merging.copies import bands
from legation.merging.reports import block, window
from legation.records import Article, Event, Mention, Report
from legation.store.flatten import (
    Row,
    article_row,
    decode,
    event_row,
    mention_row,
    party_rows,
    report_digest,
    telling_row,
)
from legation.store.reading import Snapshot

_COPIED_WITHIN = timedelta(days=30)


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """A report ready to be added: what can be worked out before the store is locked."""

    report: Report
    digest: str
    signature: tuple[int, ...]

    @property
    def id(self) -> str:
        """The article's id."""
        return self.report.article.id

    @property
    def version(self) -> tuple[int | str, ...]:
        """The coder's version, in an order that puts 0.10 after 0.9; empty where nothing was coded."""
        return _version(max((mention.coder.version for mention in self.report.mentions), default=None))


class Changes(msgspec.Struct, kw_only=True):
    """The rows of one batch, by table, and how much it changed."""

    rows: dict[str, list[Row]]
    added: int = 0
    replaced: int = 0
    unchanged: int = 0


def prepare(report: Report) -> Prepared:
    """Work out what does not depend on the store; events are made here if the report has none."""
    named = {event.id for event in report.events}
    if any(mention.event not in named for mention in report.mentions):
        mentions, events = merge_article(report.mentions, report.article)
        report = msgspec.structs.replace(report, mentions=mentions, events=events)
    return Prepared(report=report, digest=report_digest(report), signature=fingerprint(report.article.text))


def plan(batch: Sequence[Prepared], snapshot: Snapshot, now: datetime | None = None) -> Changes:
    """Return what a batch changes in a store."""
    return _Plan(snapshot, now or datetime.now(UTC)).run(batch)


class _Plan:
    def __init__(self, snapshot: Snapshot, now: datetime) -> None:
        self.at = snapshot
        self.number = snapshot.manifest.batch + 1
        self.now = now
        self.rows = defaultdict[str, list[Row]](list)

    def run(self, batch: Sequence[Prepared]) -> Changes:
        fresh, replaced = self._news(batch)
        if fresh:
            groups, regrouped = self._copies(fresh)
            self._write_articles(fresh, groups)
            self._merge(fresh, replaced, groups, regrouped)
        for rows in self.rows.values():
            for row in rows:
                row["batch"] = self.number
        added = len(fresh) - len(replaced)
        return Changes(
            rows=dict(self.rows), added=added, replaced=len(replaced), unchanged=len(batch) - len(fresh)
        )

    def supersede(self, table: str, keys: Iterable[str], **more: object) -> None:
        self.rows["superseded"] += [
            {"table_name": table, "key": key, "removed": False, "noted_at": self.now, **more} for key in keys
        ]

    def _news(self, batch: Sequence[Prepared]) -> tuple[dict[str, Prepared], list[str]]:
        """Return the reports that are not in the store yet or differ from it, and the ids of the latter."""
        sql = "SELECT id, digest, coder_version FROM articles WHERE id IN (SELECT unnest(?::VARCHAR[]))"
        stored = {row[0]: row for row in self.at.rows(sql, [item.id for item in batch])}
        fresh = dict[str, Prepared]()
        for item in batch:
            _, digest, version = stored.get(item.id, (None, None, None))
            if digest == item.digest or (version and item.version and _version(version) > item.version):
                continue
            earlier = fresh.get(item.id)
            if not earlier or item.version >= earlier.version:
                fresh[item.id] = item
        return fresh, [name for name in fresh if name in stored]

    def _copies(self, fresh: Mapping[str, Prepared]) -> tuple[dict[str, str], dict[str, str]]:
        """Return the group of copies of each fresh article, and the new group of each group that changed."""
        known = {row[0]: row for row in self._alike(fresh) if row[0] not in fresh}
        signatures = {name: item.signature for name, item in fresh.items()}
        signatures |= {name: row[2] for name, row in known.items()}
        published = {name: item.report.article.day for name, item in fresh.items()}
        published |= {name: row[3] for name, row in known.items()}
        groups, regrouped = dict[str, str](), dict[str, str]()
        for group in group_copies(signatures, {name: row[1] for name, row in known.items()}):
            first = min(group, key=lambda name: (published[name] or date.max, name))
            groups |= dict.fromkeys(group, first)
            regrouped |= {
                known[name][1]: first for name in group if name in known and known[name][1] != first
            }
        return groups, regrouped

    def _alike(self, fresh: Mapping[str, Prepared]) -> list[tuple[Any, ...]]:
        """Return the stored articles that may be copies of fresh ones, and the first of each such group."""
        keys = sorted({band for item in fresh.values() for band in bands(item.signature)})
        days = [item.report.article.day for item in fresh.values()]
        dated = [day for day in days if day]
        low = min(dated) - _COPIED_WITHIN if None not in days else date.min
        high = max(dated) + _COPIED_WITHIN if None not in days else date.max
        return self.at.rows(
            "WITH near AS (SELECT id, copy_of, unnest(bands) AS band FROM articles "
            "WHERE published_day IS NULL "
            "OR published_day BETWEEN ? AND ?), met AS (SELECT DISTINCT id, copy_of FROM near "
            "WHERE band IN (SELECT unnest(?::BIGINT[]))) "
            "SELECT id, copy_of, signature, published_day FROM articles "
            "WHERE id IN (SELECT id FROM met UNION SELECT copy_of FROM met)",
            low,
            high,
            keys,
        )

    def _write_articles(self, fresh: Mapping[str, Prepared], groups: Mapping[str, str]) -> None:
        for item in fresh.values():
            self.rows["articles"].append(
                article_row(
                    item.report,
                    digest=item.digest,
                    copy_of=groups[item.id],
                    signature=item.signature,
                    bands=bands(item.signature),
                )
            )

    def _merge(
        self,
        fresh: Mapping[str, Prepared],
        replaced: Sequence[str],
        groups: Mapping[str, str],
        regrouped: Mapping[str, str],
    ) -> None:
        new = [telling for item in fresh.values() for telling in tellings_of(item.report, groups[item.id])]
        left = self._drop(replaced)
        loosened = {*left.values(), *self._regroup(regrouped, fresh)}
        known = [item for item in self._known(new, loosened, regrouped) if item.article not in fresh]
        clusters = merge_reports(new, known, loosened)
        joined = {telling.joined for cluster in clusters for telling in cluster.tellings if telling.joined}
        self._write_events(clusters, loosened | joined)
        self._write_tellings(clusters, fresh)

    def _drop(self, replaced: Sequence[str]) -> dict[str, str]:
        """Supersede all rows of replaced articles; return the event of each of their tellings."""
        if not replaced:
            return {}
        sql = "SELECT id, event FROM tellings WHERE article IN (SELECT unnest(?::VARCHAR[]))"
        left = dict(self.at.rows(sql, list(replaced)))
        for table in ("articles", "mentions", "parties"):
            self.supersede(table, replaced)
        self.supersede("tellings", left)
        return left

    def _regroup(self, regrouped: Mapping[str, str], fresh: Mapping[str, Prepared]) -> list[str]:
        """Rewrite the stored articles whose group of copies has changed; return the events they tell of."""
        if not regrouped:
            return []
        sql = "SELECT * FROM articles WHERE copy_of IN (SELECT unnest(?::VARCHAR[]))"
        rows = [row for row in self.at.query(sql, [list(regrouped)]).dicts() if row["id"] not in fresh]
        self.rows["articles"] += [{**row, "copy_of": regrouped[row["copy_of"]]} for row in rows]
        names = [row["id"] for row in rows]
        self.supersede("articles", names)
        sql = "SELECT DISTINCT event FROM tellings WHERE article IN (SELECT unnest(?::VARCHAR[]))"
        return [event for (event,) in self.at.rows(sql, names)]

    def _known(
        self, new: Sequence[Telling], events: Iterable[str], regrouped: Mapping[str, str]
    ) -> list[Telling]:
        """Return the stored tellings of the given events and of all that new tellings may be part of."""
        wanted = [(block(telling), *window(telling)) for telling in new if block(telling)]  # type: ignore[misc]
        keys, lows, highs = [list(column) for column in zip(*wanted, strict=True)] or [[], [], []]
        found = self.at.rows(
            "WITH wanted AS (SELECT unnest(?::VARCHAR[]) AS block, unnest(?::DATE[]) AS low, "
            "unnest(?::DATE[]) AS high), touched AS (SELECT t.event FROM tellings t JOIN wanted w "
            "ON t.block = w.block AND t.day_from <= w.high AND t.day_to >= w.low "
            "UNION SELECT unnest(?::VARCHAR[])) "
            "SELECT t.record, t.article, a.published_day, a.publisher, a.copy_of, t.words, t.event "
            "FROM tellings t JOIN articles a ON a.id = t.article "
            "WHERE t.event IN (SELECT event FROM touched)",
            keys,
            lows,
            highs,
            sorted(events),
        )
        return [
            Telling(
                event=decode(Event, record),
                article=article,
                published=published,
                publisher=publisher,
                copy_of=regrouped.get(copy_of, copy_of),
                words=frozenset(words),
                joined=event,
            )
            for record, article, published, publisher, copy_of, words, event in found
        ]

    def _write_events(self, clusters: Sequence[Cluster], touched: set[str]) -> None:
        """Write the events that are new or changed, and take away those that are no more."""
        sql = "SELECT record FROM events WHERE id IN (SELECT unnest(?::VARCHAR[]))"
        stored = {
            event.id: event
            for (text,) in self.at.rows(sql, sorted(touched))
            for event in [decode(Event, text)]
        }
        now_in = {telling.id: cluster.event.id for cluster in clusters for telling in cluster.tellings}
        for cluster in clusters:
            event, before = cluster.event, stored.get(cluster.event.id)
            if before and msgspec.structs.replace(before, revised_at=None) == event:
                continue
            if before or any(telling.joined for telling in cluster.tellings):
                event = msgspec.structs.replace(event, revised_at=self.now)
            self.rows["events"].append(event_row(event))
        current = {cluster.event.id for cluster in clusters}
        self.supersede("events", [row["id"] for row in self.rows["events"] if row["id"] in stored])
        for event_id in sorted(stored.keys() - current):
            self.supersede("events", [event_id], removed=True, replaced_by=now_in.get(event_id))

    def _write_tellings(self, clusters: Sequence[Cluster], fresh: Mapping[str, Prepared]) -> None:
        """Write new tellings and those that changed their event, with the mentions they are made of."""
        event_of = dict[str, str]()
        moved = dict[str, str]()
        for cluster in clusters:
            for telling in cluster.tellings:
                event_of |= dict.fromkeys(telling.event.mentions, cluster.event.id)
                if telling.joined != cluster.event.id:
                    self.rows["tellings"].append(telling_row(telling, cluster.event.id))
                    if telling.joined:
                        moved[telling.id] = telling.article
        for item in fresh.values():
            self._write_mentions(item.report.mentions, item.report.article, event_of)
        self.supersede("tellings", moved)
        articles = sorted(set(moved.values()))
        self.supersede("mentions", articles)
        self.supersede("parties", articles)
        for mentions, article in self._stored_mentions(articles):
            self._write_mentions(mentions, article, event_of)

    def _stored_mentions(self, articles: Sequence[str]) -> Iterable[tuple[list[Mention], Article]]:
        sql = (
            "SELECT a.record, list(m.record) FROM articles a JOIN mentions m ON m.article = a.id "
            "WHERE a.id IN (SELECT unnest(?::VARCHAR[])) GROUP BY a.id, a.record"
        )
        for article, records in self.at.rows(sql, list(articles)) if articles else ():
            yield [decode(Mention, record) for record in records], decode(Article, article)

    def _write_mentions(
        self, mentions: Iterable[Mention], article: Article, event_of: Mapping[str, str]
    ) -> None:
        for mention in mentions:
            joined = msgspec.structs.replace(mention, event=event_of.get(mention.id, mention.event))
            self.rows["mentions"].append(mention_row(joined, article))
            self.rows["parties"] += party_rows(joined)


def _version(text: str | None) -> tuple[int | str, ...]:
    """Split a version so that numbers compare as numbers: a release after its parts, words before numbers."""
    parts = (text or "").replace("-", ".").replace("+", ".").split(".")
    return tuple(int(part) if part.isdigit() else -1 for part in parts if part)
